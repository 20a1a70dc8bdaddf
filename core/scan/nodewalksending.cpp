// SPDX-License-Identifier: GPL-3.0-or-later
// Which call a walk sends when: ahead, beside others, at its pace, within its limits.
#include "core/scan/nodewalk.h"

#include <QCoreApplication>

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace keyglass {

namespace {

using namespace std::chrono_literals;

constexpr int fewestAtOnce = 10;
/// A reply that is there this soon was there before we looked.
constexpr auto notWaited = 30us;
/// A part is not split below so many calls: each border costs a call that gives keys twice.
constexpr double callsWorthSplitting = 4;

} // namespace

int NodeWalk::window() const
{
    return m_pacer && !asksKeys() ? m_pacer->window() : 1;
}

/// Sends as many calls as may be under way. Leaves `end.limit` set where a limit forbids more and none is under way.
Status NodeWalk::sendAll()
{
    while (m_scansOwed < window()) {
        if (m_run.control.isPaused()) {
            if (m_scansOwed > 0) {
                return ok();
            }
            if (!(m_run.flush() && m_run.control.waitWhilePaused(m_run.stop))) {
                return m_run.cancelled();
            }
            m_isPatienceWhole = true; // it was not the node that made us wait
        }
        splitFor(m_scansOwed + 1);
        const auto part = m_parts.idle();
        if (!part) {
            break;
        }
        if (!waitUntilDue()) {
            return m_run.cancelled();
        }
        if (reachedLimit()) {
            return ok();
        }
        if (Status sent = sendScan(*part, m_parts.next(*part), m_scansOwed); !sent) {
            return sent;
        }
    }
    const bool wantsStats = m_pacer && !asksKeys() && m_pacer->wantsStats(Clock::now());
    return wantsStats ? sendStats() : ok();
}

/// Splits a part where that gives another call something to do.
void NodeWalk::splitFor(int underWay)
{
    const std::uint64_t keys = m_run.progress.expectedKeys;
    if (underWay < 2 || m_parts.idle() || keys == 0) {
        return;
    }
    m_parts.split(callsWorthSplitting * m_pacer->count() / static_cast<double>(keys));
}

bool NodeWalk::waitUntilDue()
{
    if (Clock::now() >= m_dueAt) {
        return true;
    }
    // Keys that are there don't wait with us.
    if (m_scansOwed == 0 && m_dueAt - Clock::now() > 5ms && !m_run.flush()) {
        return false;
    }
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_until(lock, m_run.stop, m_dueAt, [] { return false; });
    return !m_run.stop.stop_requested();
}

/// The end of a part is not overshot by more than needed: what lies behind it comes again.
int NodeWalk::countFor(std::size_t part, Cursor from)
{
    if (!m_pacer) {
        return std::min(*m_run.request.count, m_countCap);
    }
    const int count = std::min(m_pacer->nextCount(), m_countCap);
    const double left = m_parts.shareLeft(part, from) * static_cast<double>(m_run.progress.expectedKeys.load());
    const bool isWhole = !mayUseParts(m_isProven) || left >= count;
    return isWhole ? count : std::min(count, fewestAtOnce + static_cast<int>(left * 1.1));
}

/// `others`: calls that are under way beside it.
Status NodeWalk::sendScan(std::size_t part, Cursor cursor, int others)
{
    const int count = countFor(part, cursor);
    Command scan{"SCAN", std::to_string(cursor.value)};
    if (const auto match = m_run.request.pattern.matchArgument()) {
        scan.add("MATCH").add(*match);
    }
    scan.add("COUNT").add(std::int64_t{count});
    const bool withType = !m_run.request.type.empty() && m_scanTakesType;
    if (withType) {
        scan.add("TYPE").add(m_run.request.type);
    }
    if (Status sent = m_run.lane.send(scan, m_run.stop); !sent) {
        return sent;
    }
    if (m_run.lane.openings() != m_opening) {
        // The lane was lost and opened itself again: this cursor may now be in the hands of another process.
        return Error{ErrorKind::Network, m_run.lane.nodeText(),
            QCoreApplication::translate("NodeScanner", "The connection was lost")};
    }
    const auto now = Clock::now();
    m_owed.push_back(Owed{part, ScanCall{count, now, {}, true, others == 0}, withType});
    ++m_scansOwed;
    m_parts.sent(part);
    NodeLedger& line = m_run.ledger.line();
    line.mostUnderWay = std::max(line.mostUnderWay, others + 1);
    m_dueAt = now + (m_pacer ? m_pacer->spacing() : Clock::duration{0});
    ++m_run.progress.calls;
    ++m_scansSent;
    m_examinedSent += static_cast<std::uint64_t>(count);
    m_run.progress.asked(now);
    m_run.end.largestCount = std::max(m_run.end.largestCount, count);
    return ok();
}

/// Called between two bytes of a reply: the server works on the next call while the keys of this one are parsed.
void NodeWalk::sendEarly(Cursor cursor)
{
    Owed& answered = m_owed.front();
    answered.call.cursorSeen = Clock::now();
    answered.call.wasAwaited = answered.call.cursorSeen - m_receiveBegan > notWaited;
    const bool isLast = m_parts.isLast(*answered.part, cursor);
    // The answered call is still counted among those owed.
    const bool isDue = answered.call.cursorSeen >= m_dueAt && m_scansOwed <= window();
    if (isLast || !isDue || !mayBeSent() || !m_run.control.takeCall()) {
        return;
    }
    const std::size_t part = *answered.part; // sending may move what is owed
    if (Status sent = sendScan(part, cursor, m_scansOwed - 1); !sent) {
        m_sendError = std::move(sent).error();
    }
}

bool NodeWalk::mayBeSent() const
{
    return !asksKeys() && !m_run.stop.stop_requested() && !m_run.control.isPaused() && !m_run.control.timeIsUp()
        && !m_run.control.keysAreUsedUp();
}

bool NodeWalk::reachedLimit()
{
    ScanControl& control = m_run.control;
    if (control.keysAreUsedUp()) {
        m_run.end.limit = ScanLimit::MaxKeys;
    } else if (control.timeIsUp()) {
        m_run.end.limit = ScanLimit::MaxTime;
    } else if (!control.takeCall()) {
        m_run.end.limit = ScanLimit::MaxIterations;
    }
    return m_run.end.limit.has_value();
}

/// Asks in passing what SCANs take the server: the reply comes between two of theirs and costs no round trip.
Status NodeWalk::sendStats()
{
    const auto now = Clock::now();
    Status sent = m_run.lane.send(Command{"INFO", "commandstats"}, m_run.stop);
    if (!sent && m_run.lane.isOpen()) {
        m_pacer->statsRefused(); // by our own gate
        return ok();
    }
    if (!sent) {
        return sent;
    }
    m_pacer->statsAsked(now, m_scansSent, m_examinedSent);
    m_owed.push_back(Owed{});
    m_run.progress.asked(now);
    return ok();
}

} // namespace keyglass
