// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of the replies to a walk's calls.
#include "core/scan/nodewalk.h"
#include "core/scan/scaninfo.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {

constexpr std::size_t statsCap = 1024U * 1024;

} // namespace

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
    m_isPatienceWhole = true; // not sooner: one that answers SCAN, but nothing of its keys, gets no further
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
