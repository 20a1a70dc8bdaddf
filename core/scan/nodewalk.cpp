// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scan/nodewalk.h"

#include "core/scan/scaninfo.h"
#include "core/source/redis/serverfacts.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {

/// In a smaller table a single cursor is quick enough.
constexpr std::uint64_t keysWorthSplitting = 50'000;

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

} // namespace keyglass
