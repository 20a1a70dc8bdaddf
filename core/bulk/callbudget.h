// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

/// How much one call of a step may take on.
struct CallSize {
    std::size_t keys = 100;
    std::uint64_t bytes = 1024U * 1024; ///< Of values, where the call reads them; a larger one goes alone.

    friend bool operator==(const CallSize&, const CallSize&) = default;
};

/// What a server says of some commands since it started, whoever sent them (INFO commandstats).
struct CommandTime {
    std::uint64_t calls = 0;
    std::chrono::microseconds time{0}; ///< Spent within them.
};

/// The sum of the lines of these commands (lower case) in an INFO commandstats; nothing where the server keeps no such
/// lines, or has none of them yet.
[[nodiscard]] std::optional<CommandTime> commandTime(std::string_view info, const std::vector<std::string>& commands);

/// Chooses how many keys one call of a job takes, so that the server is not busy with it for longer than the budget:
/// what a key takes is the server's own time over some tenths of a second. A server that becomes slower, or keys that
/// are more work, get smaller calls. Thread: one. Knows no clock: it is told the time.
class CallBudget {
public:
    /// `budget`: of the server's time for a call, on average; one in a hundred takes two to three times as much.
    CallBudget(std::chrono::microseconds budget, std::size_t mostKeys);

    [[nodiscard]] const CallSize& size() const { return m_size; }
    /// Whether it is time to ask for the stats.
    [[nodiscard]] bool wantsStats(Clock::time_point now) const;
    /// They arrived; `keys`: how many of ours were done by these commands since the job began. Nothing: they can't be
    /// had, and the size stays.
    void statsArrived(const std::optional<CommandTime>& stats, std::uint64_t keys, Clock::time_point now);
    /// Another connection, maybe another process: differences to earlier stats mean nothing.
    void connectionLost();
    /// What a key takes the server; nothing before that is measured.
    [[nodiscard]] std::optional<double> microsecondsPerKey() const { return m_perKey; }

private:
    struct Mark {
        CommandTime stats;
        std::uint64_t keys = 0;
    };

    const std::chrono::microseconds m_budget;
    const std::size_t m_mostKeys;
    CallSize m_size;
    std::optional<Mark> m_mark;
    std::optional<double> m_perKey;
    std::optional<Clock::time_point> m_askedAt;
};

} // namespace keyglass
