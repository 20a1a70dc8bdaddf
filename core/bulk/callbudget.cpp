// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/callbudget.h"

#include <algorithm>
#include <charconv>

namespace keyglass {

namespace {

using namespace std::chrono_literals;

constexpr auto statsEvery = 300ms;
constexpr auto firstStatsAfter = 50ms;
/// Fewer keys say little.
constexpr std::uint64_t keysToTell = 100;
/// Of values that are read or written: far below what servers reach, as their large values are no fast ones.
constexpr std::uint64_t bytesPerMicrosecond = 250;
/// Of the newest measurement in what a key takes; a dearer one counts at once.
constexpr double newShare = 0.5;

/// The number behind `name` in "calls=21,usec=175,…"; 0 where there is none.
std::uint64_t numberAfter(std::string_view line, std::string_view name)
{
    const std::size_t at = line.find(name);
    std::uint64_t number = 0;
    if (at != std::string_view::npos) {
        std::from_chars(line.data() + at + name.size(), line.data() + line.size(), number);
    }
    return number;
}

} // namespace

std::optional<CommandTime> commandTime(std::string_view info, const std::vector<std::string>& commands)
{
    std::optional<CommandTime> sum;
    for (const std::string& command : commands) {
        const std::string begin = "cmdstat_" + command + ":";
        const std::size_t at = info.find(begin);
        if (at == std::string_view::npos) {
            continue;
        }
        const std::string_view line = info.substr(at, info.find('\n', at) - at);
        CommandTime time = sum.value_or(CommandTime{});
        time.calls += numberAfter(line, "calls=");
        time.time += std::chrono::microseconds{static_cast<std::int64_t>(numberAfter(line, "usec="))};
        sum = time;
    }
    return sum;
}

CallBudget::CallBudget(std::chrono::microseconds budget, std::size_t mostKeys)
    : m_budget(budget)
    , m_mostKeys(std::max<std::size_t>(mostKeys, 1))
{
    m_size.keys =
        std::clamp<std::size_t>(static_cast<std::size_t>(budget.count() / 2), 1, m_mostKeys); // as of 2 µs a key
    m_size.bytes = static_cast<std::uint64_t>(budget.count()) * bytesPerMicrosecond;
}

bool CallBudget::wantsStats(Clock::time_point now) const
{
    return !m_askedAt || now - *m_askedAt >= (m_perKey ? statsEvery : firstStatsAfter);
}

void CallBudget::statsArrived(const std::optional<CommandTime>& stats, std::uint64_t keys, Clock::time_point now)
{
    m_askedAt = now;
    if (!stats) {
        return;
    }
    if (!m_mark || stats->calls < m_mark->stats.calls || keys < m_mark->keys) { // CONFIG RESETSTAT is another start
        m_mark = Mark{*stats, keys};
        return;
    }
    const std::uint64_t done = keys - m_mark->keys;
    if (done < keysToTell) {
        return;
    }
    const double perKey = static_cast<double>((stats->time - m_mark->stats.time).count()) / static_cast<double>(done);
    m_perKey = !m_perKey || perKey > *m_perKey ? perKey : (1 - newShare) * *m_perKey + newShare * perKey;
    m_mark = Mark{*stats, keys};
    const double fitting = static_cast<double>(m_budget.count()) / std::max(*m_perKey, 0.01);
    m_size.keys = std::clamp<std::size_t>(static_cast<std::size_t>(std::min(fitting, 1e6)), 1, m_mostKeys);
}

void CallBudget::connectionLost()
{
    m_mark.reset();
}

} // namespace keyglass
