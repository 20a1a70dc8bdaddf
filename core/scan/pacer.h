// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/scanpace.h"
#include "core/scan/budgetsearch.h"
#include "core/scan/latencyslope.h"

#include <cstdint>
#include <optional>

namespace keyglass {

/// What a server says of the SCANs it has answered since it started, whoever sent them (INFO commandstats).
struct ScanStats {
    std::uint64_t calls = 0;
    std::chrono::microseconds time{0}; ///< Spent within them.
};

/// One SCAN of ours that was answered.
struct ScanCall {
    int count = 0;
    Clock::time_point sentAt{};
    Clock::time_point cursorSeen{};
    bool wasAwaited = true; ///< We were waiting for it: else we were late ourselves, and its latency says little.
    bool wasAlone = true;   ///< No other call of ours was under way when it was sent.
};

/// Chooses how large the calls of a scan are, how many are under way at once and how long to leave between them, so
/// that the server is not busy with one of them for longer than the pace allows.
///
/// | pace     | server time of a call          | pause                              | calls under way, at most    |
/// | gentle   | 0.15 ms                        | server busy with us 1/4 of the time | 4, over a long network only |
/// | balanced | 0.4 ms                         | none                               | 16, over a long network only |
/// | full     | what measures best, <= 0.7 ms  | none                               | 32                          |
///
/// The server's time is measured by INFO commandstats, else by the slope between small and large COUNTs as seen from
/// here; where neither can be had, COUNT is 300 and isMeasured() is false. A server that becomes slower gets smaller
/// calls and longer pauses; so does one where more than one call in a hundred takes over 0.25 ms (gentle) or 0.5 ms
/// (balanced), down to two thirds of the above. When twice as slow as in the last seconds, calls no longer follow each
/// other at once. Thread: one. Knows no clock: it is told the time.
class Pacer {
public:
    using Duration = Clock::duration;

    /// `mayUseParts`: several calls may be under way at once.
    Pacer(ScanPace pace, bool mayUseParts);

    /// The COUNT of the call to be sent now.
    [[nodiscard]] int nextCount();
    /// The COUNT in use.
    [[nodiscard]] int count() const { return m_count; }
    /// How many calls may be under way at once.
    [[nodiscard]] int window() const { return m_window; }
    /// A call is sent no sooner than this after the one before it was.
    [[nodiscard]] Duration spacing() const { return m_spacing; }
    /// What one call of count() takes the server; nothing before that is measured.
    [[nodiscard]] std::optional<std::chrono::microseconds> serverTime() const;
    [[nodiscard]] bool isMeasured() const { return m_cost.has_value(); }

    void answered(const ScanCall& call);

    /// Whether it is time to ask for the stats. They are asked for behind a call, and their answer is right for all
    /// calls sent before.
    [[nodiscard]] bool wantsStats(Clock::time_point now) const;
    /// Stats are asked for, after `calls` SCANs of ours with `examined` as sum of their COUNTs.
    void statsAsked(Clock::time_point now, std::uint64_t calls, std::uint64_t examined);
    void statsArrived(const ScanStats& stats, Clock::time_point now);
    /// They can't be had.
    void statsRefused();
    /// Another connection, maybe another process: differences to earlier stats mean nothing.
    void connectionLost();

private:
    /// Stats and what we had sent when they were taken.
    struct Mark {
        ScanStats stats;
        std::uint64_t calls = 0;
        std::uint64_t examined = 0;
        Clock::time_point askedAt{};
    };

    void learnCost(double microseconds, Clock::time_point now);
    void learnLatency(const ScanCall& call);
    void learnLateness(double serverTime);
    void choose();
    [[nodiscard]] double budget() const;
    [[nodiscard]] double network() const;
    [[nodiscard]] bool isFarAway() const;
    [[nodiscard]] bool isExplained() const;
    [[nodiscard]] int windowFor(double callTime) const;
    [[nodiscard]] double spacingFor(double callTime) const;

    const ScanPace m_pace;
    const bool m_mayUseParts;
    int m_count;
    int m_window = 1;
    Duration m_spacing{0};

    std::optional<double> m_cost; ///< Server time in microseconds for each one of COUNT.
    double m_usualCost = 0;       ///< The same over the last seconds.
    Clock::time_point m_costAt{};
    BudgetSearch m_search;
    LatencySlope m_slope;

    bool m_statsRefused = false;
    std::optional<Mark> m_asked; ///< Stats under way.
    std::optional<Mark> m_last;  ///< The stats before.
    Clock::time_point m_statsAskedAt{};
    int m_statsSeen = 0;
    bool m_isUnsettled = false;                              ///< The cost was just changing.
    Duration m_soonerStats = std::chrono::milliseconds(100); ///< When to ask again if latency is not explained.
    int m_callsSinceStats = 0;

    double m_caution = 1;      ///< Share of its budget that a call may take, so that few of them take much longer.
    double m_latency = 0;      ///< Microseconds, averaged over some ten calls that we waited for.
    double m_leastRest = 0;    ///< Least latency beyond the server's time lately: what the network takes.
    double m_leastRestNow = 0; ///< The same since m_leastRestSince.
    Clock::time_point m_leastRestSince{};
};

} // namespace keyglass
