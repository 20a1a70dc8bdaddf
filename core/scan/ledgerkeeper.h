// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/scan/nodeprogress.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace keyglass {

/// How often which latency came, in steps of about 9 % (eight to a doubling). An entry costs one addition.
class LatencyHistogram {
public:
    void add(std::chrono::microseconds latency);
    /// The latency that `share` (0 to 1) of the entries do not exceed, to about 9 %; 0 without entries.
    [[nodiscard]] std::chrono::microseconds percentile(double share) const;
    [[nodiscard]] std::chrono::microseconds mean() const;
    [[nodiscard]] std::chrono::microseconds largest() const { return m_largest; }

private:
    static constexpr std::size_t stepsPerDoubling = 8;
    static constexpr std::size_t steps = 36 * stepsPerDoubling; ///< Up to 19 hours.

    [[nodiscard]] static std::size_t stepOf(std::uint64_t microseconds);
    [[nodiscard]] static std::uint64_t endOf(std::size_t step);

    std::array<std::uint64_t, steps> m_entries{};
    std::uint64_t m_count = 0;
    std::chrono::microseconds m_sum{0};
    std::chrono::microseconds m_largest{0};
};

/// Keeps a node's line of the ledger on the scanner's own thread, and publishes it a few times a second.
class LedgerKeeper {
public:
    explicit LedgerKeeper(NodeProgress& progress);

    /// The line: what the scanner knows is set here directly.
    [[nodiscard]] NodeLedger& line() { return m_line; }

    void begins();
    /// The next answered() publishes.
    [[nodiscard]] bool isDue(Clock::time_point now) const;
    /// A SCAN with this COUNT was answered after `latency`. Publishes where that is due.
    void answered(int count, Clock::duration latency, Clock::time_point now);
    /// Something failed; published at once. `retrying`: it is tried again.
    void failed(const Error& error, bool retrying);
    /// An interruption is over: it goes on from its cursor, or begins again for `reason`.
    void goesOn();
    void beginsAgain(const QString& reason);
    void ends(NodeScanState state);

    void publish(Clock::time_point now);

private:
    void sampleRate(Clock::time_point now);

    /// How many calls had been sent at a time.
    struct Sample {
        Clock::time_point at{};
        std::uint64_t calls = 0;
    };

    NodeProgress& m_progress;
    NodeLedger m_line;
    LatencyHistogram m_latencies;
    Clock::time_point m_began{};
    Clock::time_point m_publishedAt{};
    std::array<Sample, 10> m_samples{}; ///< A ring of the last second's.
    std::size_t m_sampled = 0;
};

} // namespace keyglass
