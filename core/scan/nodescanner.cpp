// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scan/nodescanner.h"

#include "core/base/errortext.h"
#include "core/scan/nodewalk.h"
#include "core/scan/scaninfo.h"
#include "core/source/commandgate.h"

#include <QCoreApplication>

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace keyglass {

namespace {

using namespace std::chrono_literals;

bool isWorthRetrying(const Error& error)
{
    return error.kind == ErrorKind::Network || error.kind == ErrorKind::Timeout || error.kind == ErrorKind::Loading
        || error.kind == ErrorKind::Protocol || isPassingRefusal(error);
}

NodeScanState stateOf(const NodeScanEnd& end)
{
    if (end.stoppedBy) {
        return end.stoppedBy->kind == ErrorKind::Cancelled ? NodeScanState::Interrupted : NodeScanState::GivenUp;
    }
    return end.limit ? NodeScanState::AtLimit : NodeScanState::Done;
}

Status scanByKeys(NodeRun& run)
{
    ScanReply keys(ScanReply::Shape::Keys, run.request.pattern, run.arriving, {});
    // That the request says so is the user's explicit choice; the gate asks for it everywhere.
    const auto lane = run.lane.confirmed(Confirmation{"KEYS"});
    run.progress.asked(Clock::now());
    const Command command{"KEYS", run.request.pattern.matchArgument().value_or("*")};
    if (Status sent = lane->send(command, run.stop); !sent) {
        return sent;
    }
    ++run.progress.calls;
    if (Status received = lane->receive(keys, run.stop); !received) {
        return received;
    }
    run.progress.answered(Clock::now(), false);
    if (const auto finished = keys.finished(); !finished) {
        return Error(finished.error()).about(run.lane.nodeText());
    }
    // KEYS has no TYPE.
    if (Status kept = run.keepWanted(!run.request.type.empty()); !kept) {
        return kept;
    }
    return run.ended(run.gather());
}

Status lookUpExactKey(NodeRun& run)
{
    const std::string& key = run.request.pattern.bytes();
    run.progress.asked(Clock::now());
    const auto type = run.lane.call(Command{"TYPE", key}, run.stop);
    if (!type) {
        return type.error();
    }
    ++run.progress.calls;
    run.progress.answered(Clock::now(), false);
    const bool isWanted = run.request.type.empty() || type->text == run.request.type;
    if (type->text != "none" && isWanted) {
        run.arriving.append(key);
    }
    if (Status kept = run.keepWanted(false); !kept) {
        return kept;
    }
    return run.ended(run.gather());
}

} // namespace

/// One run: tries until it ends or patience is over.
class NodeScanner::Attempts {
public:
    Attempts(
        NodeScanner& scanner, std::vector<ScanPart> rest, std::string runId, std::stop_token stop, const Sink& sink)
        : m_run(scanner.m_lane, scanner.m_request, scanner.m_control, scanner.m_progress, std::move(stop), sink)
        , m_walk(m_run, std::move(rest))
        , m_retry(scanner.m_retry)
    {
        m_run.end.runId = std::move(runId);
    }

    NodeScanEnd run()
    {
        m_run.ledger.begins();
        while (!isOver(attempt())) { }
        return finish();
    }

private:
    Status attempt()
    {
        if (m_run.request.useKeysCommand) {
            return scanByKeys(m_run);
        }
        const bool isExact = m_run.request.pattern.kind() == KeyPattern::Kind::Exact;
        return isExact ? lookUpExactKey(m_run) : m_walk.walk();
    }

    bool isOver(Status status)
    {
        // Keys of whole replies are handed on whatever happened after them.
        if (status && !m_run.flush()) {
            status = m_run.cancelled();
        }
        if (status) {
            return true;
        }
        m_run.lane.close();
        m_walk.connectionLost();
        m_run.arriving.clear();
        const Error& error = status.error();
        if (!m_run.flush() || m_run.stop.stop_requested() || error.kind == ErrorKind::Cancelled) {
            m_run.end.stoppedBy = m_run.cancelled();
            return true;
        }
        if (m_walk.goesSmaller()) {
            m_run.ledger.failed(error, true);
            return false;
        }
        const bool goesInCircles = m_run.end.restarts >= m_retry.mostRestarts;
        if (isWorthRetrying(error) && !goesInCircles && waitToRetry(error)) {
            return false;
        }
        const Error why = goesInCircles ? begunTooOften(error) : error;
        m_run.ledger.failed(why, false);
        m_run.end.stoppedBy = m_run.stop.stop_requested() ? m_run.cancelled() : why;
        return true;
    }

    NodeScanEnd finish()
    {
        NodeScanEnd& end = m_run.end;
        NodeProgress& progress = m_run.progress;
        end.rest = end.isComplete() ? std::vector<ScanPart>{} : m_walk.rest();
        end.resumeFrom = end.rest.size() == 1 && end.rest.front().until == 0 ? end.rest.front().from : Cursor{};
        end.calls = progress.calls;
        end.keys = progress.keys;
        end.expectedKeys = progress.expectedKeys;
        progress.atEnd = end.isComplete();
        end.share = progress.share();
        progress.setWaitingFor({});
        NodeLedger& line = m_run.ledger.line();
        line.runId = end.runId;
        line.cursors = end.isComplete() ? std::vector<Cursor>{Cursor{}} : m_walk.cursors();
        line.largestCount = end.largestCount;
        m_run.ledger.ends(stateOf(end));
        end.ledger = m_run.ledger.line();
        return std::move(end);
    }

    /// A server that goes away before each end, and whose cursors mean nothing afterwards, is never read to its end.
    [[nodiscard]] Error begunTooOften(Error error) const
    {
        error.detail = QCoreApplication::translate("NodeScanner",
            "It had to be begun again %n time(s) and never came to its end; the last time: %1", nullptr,
            m_run.end.restarts)
                           .arg(error.detail);
        return error;
    }

    /// Says what is being waited for, waits with a growing pause. False: stopped, or patience is over.
    ///
    /// It is over for a node that has answered no SCAN for so long: one that greets us and says who it is, and no more,
    /// is as lost as one that is silent.
    bool waitToRetry(const Error& error)
    {
        const auto now = Clock::now();
        m_run.progress.asked(now);
        const bool isFirst = m_walk.isPatienceWhole() || m_pause == 0ms;
        const auto owesSince = m_run.progress.owesSince().value_or(now);
        m_failsSince = isFirst ? owesSince : std::min(m_failsSince, owesSince);
        // Once a limit is reached there is nothing to wait for; a line that is only short of one attempt still has it.
        const bool isPointless = !isFirst && m_run.control.isUsedUp();
        if (isPointless || now - m_failsSince >= m_retry.patience) {
            return false;
        }
        m_run.ledger.failed(error, true);
        m_pause = isFirst ? m_retry.firstPause : std::min(m_pause * 2, m_retry.longestPause);
        m_run.progress.setWaitingFor(QCoreApplication::translate("NodeScanner", "%1 (%2), trying again")
                .arg(m_run.lane.nodeText(), errorKindText(error.kind)));
        std::mutex mutex;
        std::condition_variable_any never;
        std::unique_lock lock(mutex);
        never.wait_for(lock, m_run.stop, m_pause, [] { return false; });
        return !m_run.stop.stop_requested();
    }

    NodeRun m_run;
    NodeWalk m_walk;
    const RetryPolicy m_retry;
    std::chrono::milliseconds m_pause{0};
    Clock::time_point m_failsSince{}; ///< Since when no SCAN was answered, from the first failure on.
};

NodeScanner::NodeScanner(
    Lane& lane, const ScanRequest& request, ScanControl& control, NodeProgress& progress, RetryPolicy retry)
    : m_lane(lane)
    , m_request(request)
    , m_control(control)
    , m_progress(progress)
    , m_retry(retry)
{
}

NodeScanner::~NodeScanner() = default;

NodeScanEnd NodeScanner::run(Cursor from, std::string runId, std::stop_token stop, const Sink& sink)
{
    return run(std::vector<ScanPart>{ScanPart{from}}, std::move(runId), std::move(stop), sink);
}

NodeScanEnd NodeScanner::run(std::vector<ScanPart> rest, std::string runId, std::stop_token stop, const Sink& sink)
{
    return Attempts(*this, std::move(rest), std::move(runId), std::move(stop), sink).run();
}

} // namespace keyglass
