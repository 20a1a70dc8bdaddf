// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <stop_token>

namespace keyglass {

/// Says when the next keys of a job may be worked on: a pause and a limit of keys per second, shared by all its
/// workers. All members may be called from any thread.
class JobPace {
public:
    explicit JobPace(std::optional<std::uint64_t> keysPerSecond = {});

    void pause();
    void resume();
    [[nodiscard]] bool isPaused() const;
    /// Nothing: no limit. Holds from now on.
    void setRate(std::optional<std::uint64_t> keysPerSecond);

    /// How many keys may be taken at once so that the limit is kept to a tenth of a second.
    [[nodiscard]] std::size_t atOnce(std::size_t wanted) const;
    /// Whether take() would wait: then what is in flight is better settled first.
    [[nodiscard]] bool wouldWait() const;
    /// Waits until `keys` may be worked on. False once `stop` is requested.
    [[nodiscard]] bool take(std::size_t keys, std::stop_token stop);

private:
    mutable std::mutex m_mutex; ///< Guards all below: workers wait on it, the user's thread changes it.
    std::condition_variable_any m_changed;
    std::optional<std::uint64_t> m_rate;
    Clock::time_point m_next{}; ///< When the limit lets the next keys through.
    bool m_paused = false;
    std::uint64_t m_changes = 0; ///< Of the limit: who waits looks again.
};

} // namespace keyglass
