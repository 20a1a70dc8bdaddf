// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/scan/scanreport.h"
#include "core/scan/scanrequest.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <string>

namespace keyglass {

/// What the nodes of one scan share while it runs: the pause, the limits' budgets, the counters for progress.
///
/// Made for one run. Every member function may be called from any thread.
class ScanControl {
public:
    explicit ScanControl(const ScanLimits& limits);

    void pause();
    void resume();
    [[nodiscard]] bool isPaused() const;
    /// Waits while paused. False once `stop` is requested.
    bool waitWhilePaused(std::stop_token stop);

    /// Takes one call off the budget of calls; false where none is left.
    [[nodiscard]] bool takeCall();
    /// How many of `wanted` keys may still be handed on; takes them off the budget.
    [[nodiscard]] std::uint64_t takeKeys(std::uint64_t wanted);
    [[nodiscard]] bool keysAreUsedUp() const;
    [[nodiscard]] bool timeIsUp() const;
    /// Whether any limit is reached, so that nothing more is to come of any node.
    [[nodiscard]] bool isUsedUp() const;

    /// Time since the start without pauses.
    [[nodiscard]] std::chrono::milliseconds elapsed() const;

private:
    const ScanLimits m_limits;
    const Clock::time_point m_start = Clock::now();
    std::atomic<std::uint64_t> m_calls = 0;
    std::atomic<std::uint64_t> m_keys = 0;
    mutable std::mutex m_mutex; ///< Guards the pause's members; a condition variable needs one.
    std::condition_variable_any m_resumed;
    bool m_paused = false;
    Clock::time_point m_pausedSince{};
    Clock::duration m_pausedFor{0};
};

} // namespace keyglass
