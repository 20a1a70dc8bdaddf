// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scan/nodewalk.h"

#include "core/scan/scaninfo.h"
#include "core/source/redis/serverfacts.h"

#include <QCoreApplication>

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace keyglass {

namespace {

using namespace std::chrono_literals;

constexpr int fewestAtOnce = 10;
constexpr std::size_t statsCap = 1024U * 1024;
/// A reply that is there this soon was there before we looked.
constexpr auto notWaited = 30us;
/// In a smaller table a single cursor is quick enough.
constexpr std::uint64_t keysWorthSplitting = 50'000;
/// A part is not split below so many calls: each border costs a call that gives keys twice.
constexpr double callsWorthSplitting = 4;

/// `process`: the run_id found now, empty where the server does not tell it.
QString whyNotTheCursor(const std::string& process)
{
    return process.empty()
        ? QCoreApplication::translate("NodeScanner", "began again, as the server does not tell its run_id")
        : QCoreApplication::translate("NodeScanner", "began again, as the server process is another");
}

} // namespace

NodeWalk::NodeWalk(NodeRun& run, std::vector<ScanPart> rest)
    : m_run(run)
    , m_parts(std::move(rest))
    , m_reply(ScanReply::Shape::Scan, run.request.pattern, run.arriving, [this](Cursor cursor) { sendEarly(cursor); })
{
}

Status NodeWalk::walk()
{
    if (Status verified = verifyProcess(); !verified) {
        return verified;
    }
    while (!m_parts.isDone()) {
        if (Status sent = sendAll(); !sent || m_run.end.limit) {
            return sent;
        }
        if (Status received = receiveNext(); !received || m_run.end.limit) {
            return received;
        }
        if (m_run.stop.stop_requested()) {
            return m_run.cancelled();
        }
    }
    return ok();
}

void NodeWalk::connectionLost()
{
    m_owed.clear();
    m_scansOwed = 0;
    m_sendError.reset();
    m_parts.lostAll();
    m_mark = {}; // what is asked once more is answered once more
    if (m_pacer) {
        m_pacer->connectionLost();
    }
}

bool NodeWalk::goesSmaller()
{
    constexpr int smallerBy = 8;
    const int count = std::exchange(m_tooLarge, 0);
    if (count <= 1) {
        return false;
    }
    m_countCap = std::max(1, count / smallerBy);
    return true;
}

std::vector<ScanPart> NodeWalk::rest()
{
    if (m_run.isAllTaken()) {
        m_parts.taken();
    }
    return m_parts.rest();
}

/// Makes sure that the lane is open and that its server is the process our cursors belong to; begins again at 0 where
/// not.
Status NodeWalk::verifyProcess()
{
    m_run.progress.asked(Clock::now());
    const auto process = fetchProcess(m_run.lane, m_run.stop);
    if (!process) {
        return process.error();
    }
    m_isProven = process->isProvenForParts;
    if (!m_parts.isAtStart()) {
        const bool isSame = !process->runId.empty() && m_run.end.runId == process->runId;
        isSame ? m_run.ledger.goesOn() : beginAgain(whyNotTheCursor(process->runId));
    }
    m_run.end.runId = process->runId;
    m_run.ledger.line().runId = process->runId;
    m_opening = m_run.lane.openings();
    if (!m_sizeKnown) {
        const auto size = fetchKeyCount(m_run.lane, m_run.stop);
        if (!size) {
            return size.error();
        }
        m_run.progress.expectedKeys = size->value_or(0);
        m_sizeKnown = true;
    }
    if (!m_run.request.count && !m_pacer) {
        m_pacer.emplace(m_run.request.pace, mayUseParts(m_isProven));
    }
    m_run.progress.answered(Clock::now(), false);
    m_run.progress.setWaitingFor({});
    return ok();
}

bool NodeWalk::mayUseParts(bool isProven) const
{
    const bool isAllowed = m_run.request.severalCursors == SeveralCursors::Always
        || (m_run.request.severalCursors == SeveralCursors::WhereProven && isProven);
    const bool isWorthIt = m_run.progress.expectedKeys >= keysWorthSplitting;
    return isAllowed && !m_isDisordered && m_run.request.limits == ScanLimits{} && isWorthIt;
}

void NodeWalk::beginAgain(const QString& reason)
{
    m_run.ledger.beginsAgain(reason);
    m_parts = ScanParts(std::vector<ScanPart>{});
    ++m_run.end.restarts;
    m_run.progress.walked = 0;
    m_sizeKnown = false;
    m_pacer.reset();
}

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

Status NodeWalk::receiveNext()
{
    if (m_sendError) {
        return *std::exchange(m_sendError, std::nullopt);
    }
    if (m_owed.empty()) {
        return ok();
    }
    return m_owed.front().part ? receiveScan() : receiveStats();
}

Status NodeWalk::receiveStats()
{
    const auto reply = m_run.lane.receiveWhole(statsCap, m_run.stop);
    if (!reply && reply.error().kind != ErrorKind::Limit) {
        return reply.error();
    }
    const auto now = Clock::now();
    m_owed.pop_front();
    m_run.progress.answered(now, !m_owed.empty());
    const auto stats = !reply || reply->isError() ? std::nullopt : scanStatsOf(reply->text);
    if (stats) {
        m_pacer->statsArrived(*stats, now);
    } else {
        m_pacer->statsRefused();
    }
    return ok();
}

Status NodeWalk::receiveScan()
{
    m_reply.begin();
    m_receiveBegan = Clock::now();
    if (Status received = m_run.lane.receive(m_reply, m_run.stop); !received) {
        m_tooLarge = received.error().kind == ErrorKind::Limit ? m_owed.front().call.count : 0;
        return received;
    }
    const Owed owed = m_owed.front();
    m_owed.pop_front();
    --m_scansOwed;
    const auto cursor = m_reply.finished();
    if (!cursor) {
        m_parts.lost(*owed.part);
        const bool isOldServer = owed.withType && cursor.error().detail.contains(u"syntax error");
        m_scanTakesType = m_scanTakesType && !isOldServer; // before Redis 6.0: made again without TYPE
        return isOldServer ? ok() : Status(Error(cursor.error()).about(m_run.lane.nodeText()));
    }
    callAnswered(owed);
    if (m_sendError) {
        return *std::exchange(m_sendError, std::nullopt);
    }
    return take(*owed.part, *cursor);
}

/// The keys that came, then the cursor: only when they are safe with us it counts as answered.
Status NodeWalk::take(std::size_t part, Cursor cursor)
{
    if (asksKeys()) {
        m_owed.clear(); // the pipeline drops what is owed
        m_scansOwed = 0;
        m_parts.lostAll();
        if (Status kept = m_run.keepWanted(typesByPipeline()); !kept) {
            return kept;
        }
    }
    if (goesRound(cursor)) {
        return Error{ErrorKind::Server, m_run.lane.nodeText(),
            QCoreApplication::translate(
                "NodeScanner", "The cursors of its SCAN come again and again, so that there would be no end to it")};
    }
    // Where the next call of this part is under way already, it stays so.
    const bool isUnderWay = std::ranges::any_of(m_owed, [part](const Owed& owed) { return owed.part == part; });
    if (!m_run.gather()) {
        return m_run.ended(false);
    }
    if (!m_parts.answered(part, cursor)) {
        m_isDisordered = true;
        beginAgain(QCoreApplication::translate("NodeScanner", "began again, as the server's cursors go backwards"));
        return Error{ErrorKind::Protocol, m_run.lane.nodeText(),
            QCoreApplication::translate("NodeScanner", "The cursor of SCAN went backwards")};
    }
    if (isUnderWay) {
        m_parts.sent(part);
    }
    if (m_run.isAllTaken()) {
        m_parts.taken();
    }
    return ok();
}

/// Brent's way of finding a circle: the mark stays for twice as long each time.
bool NodeWalk::goesRound(Cursor cursor)
{
    if (cursor == Cursor{} || !m_parts.isOneLeft()) {
        m_mark = {}; // beyond the border to the next part stands what that one has had
        return false;
    }
    if (cursor == m_mark) {
        return true;
    }
    if (++m_answersSinceMark >= m_answersToMark) {
        m_mark = cursor;
        m_answersSinceMark = 0;
        m_answersToMark *= 2;
    }
    return false;
}

void NodeWalk::callAnswered(const Owed& owed)
{
    const auto now = Clock::now();
    m_isPatienceWhole = true;
    if (m_countCap < std::numeric_limits<int>::max() / 2 && owed.call.count == m_countCap) {
        m_countCap += m_countCap / 16 + 1; // where the long keys end, calls become larger again
    }
    m_run.progress.walked += static_cast<std::uint64_t>(owed.call.count);
    m_run.progress.answered(now, !m_owed.empty());
    NodeLedger& line = m_run.ledger.line();
    line.count = owed.call.count;
    line.largestCount = m_run.end.largestCount;
    if (m_pacer) {
        m_pacer->answered(owed.call);
        line.count = m_pacer->count();
        line.underWay = m_pacer->window();
        line.countIsMeasured = m_pacer->isMeasured();
        line.serverTime = m_pacer->serverTime();
        line.pauseBetween = std::chrono::duration_cast<std::chrono::microseconds>(m_pacer->spacing());
    }
    if (m_run.ledger.isDue(now)) {
        line.cursors = m_parts.cursors();
    }
    m_run.ledger.answered(owed.call.count, owed.call.cursorSeen - owed.call.sentAt, now);
}

} // namespace keyglass
