// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/scan/scanreport.h"

#include <atomic>
#include <cstdint>
#include <mutex>

namespace keyglass {

/// A node that owes an answer for longer than this is shown as silent.
inline constexpr std::chrono::milliseconds silenceShown{1500};

/// What one node's scanner tells while it runs. Written by its thread, read by any.
///
/// What changes with every call is an atomic; the rest of the ledger's line is handed over a few times a second.
class NodeProgress {
public:
    std::atomic<std::uint64_t> keys = 0;
    std::atomic<std::uint64_t> calls = 0;
    std::atomic<std::uint64_t> expectedKeys = 0; ///< DBSIZE; 0 while or where it is not known.
    std::atomic<std::uint64_t> walked = 0;       ///< Sum of the COUNTs of the calls answered since cursor 0.
    std::atomic<bool> atEnd = false;

    /// Share of the table walked, 0 to 1; 1 only at the end. 0 where the size is not known.
    [[nodiscard]] double share() const;
    /// What is being waited for, for people: a lost node that is tried again, or one that is silent. Empty: nothing.
    [[nodiscard]] QString waitingFor() const;
    /// The line as of now.
    [[nodiscard]] NodeLedger ledger() const;

    /// Who the node is; before the scan begins.
    void describe(const QString& node, const QString& role, const QString& slotRanges);
    void setWaitingFor(const QString& what);
    /// Replaces the line, but for what describe() said and the counters above.
    void publish(const NodeLedger& line);

    /// The node owes an answer from `now` on, if it did not already.
    void asked(Clock::time_point now);
    /// It answered at `now`, and still owes other answers or not.
    void answered(Clock::time_point now, bool owesMore);
    /// Since when an answer is owed; nothing where none is.
    [[nodiscard]] std::optional<Clock::time_point> owesSince() const;

private:
    std::atomic<Clock::rep> m_owesSince = 0; ///< Ticks of the clock; 0: it owes nothing.
    mutable std::mutex m_mutex; ///< Guards the members below, which many readers copy while one thread sets them.
    QString m_waitingFor;
    NodeLedger m_line;
};

} // namespace keyglass
