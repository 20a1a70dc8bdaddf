// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scan/nodescanner.h"

#include "core/base/errortext.h"
#include "core/scan/ledgerkeeper.h"
#include "core/scan/scanreply.h"
#include "core/source/commandgate.h"
#include "core/source/redis/serverfacts.h"

#include <QCoreApplication>

#include <algorithm>
#include <deque>

namespace keyglass {

namespace {

using namespace std::chrono_literals;

/// Keys gathered from several replies before they are handed on, so that a sorted run is worth its while; small enough
/// that sorting it takes less time than the call that is under way meanwhile.
constexpr std::size_t gatherKeys = 4096;
constexpr std::size_t gatherBytes = 4U * 1024 * 1024;
/// Keys don't wait longer than this for company.
constexpr auto gatherTime = 30ms;

bool isWorthRetrying(ErrorKind kind)
{
    return kind == ErrorKind::Network || kind == ErrorKind::Timeout || kind == ErrorKind::Loading
        || kind == ErrorKind::Protocol;
}

Error cancelled(const Lane& lane)
{
    return Error{ErrorKind::Cancelled, lane.nodeText(), {}};
}

} // namespace

/// One run of a scanner: its cursor, the keys not handed on yet, and how it ends.
class NodeScanner::Walk {
public:
    Walk(NodeScanner& scanner, Cursor from, std::string runId, std::stop_token stop, const Sink& sink)
        : m_lane(scanner.m_lane)
        , m_request(scanner.m_request)
        , m_control(scanner.m_control)
        , m_progress(scanner.m_progress)
        , m_ledger(m_progress)
        , m_retry(scanner.m_retry)
        , m_stop(std::move(stop))
        , m_sink(sink)
        , m_next(from)
        , m_reply(ScanReply::Shape::Scan, m_request.pattern, m_arriving, [this](Cursor cursor) { sendEarly(cursor); })
    {
        m_end.node = m_lane.nodeText();
        m_end.runId = std::move(runId);
        m_end.resumeFrom = from;
    }

    NodeScanEnd run();

private:
    /// A SCAN that is not answered yet.
    struct Call {
        int count = 0;
        Clock::time_point sentAt{};
    };

    [[nodiscard]] NodeScanState endState() const;
    Status walk();
    Status walkByKeys();
    Status lookUpExactKey();
    Status verifyProcess();
    void beginAgain(const std::string& process);
    Status sendScan(Cursor cursor);
    void sendEarly(Cursor cursor);
    Result<Cursor> receiveReply();
    void callAnswered();
    Status keepOnlyType();
    [[nodiscard]] bool reachedLimit();
    bool gather();
    bool flush();
    bool waitToRetry(const Error& error);
    [[nodiscard]] int count() const { return m_request.count.value_or(countOf(m_request.pace)); }
    [[nodiscard]] bool typesByPipeline() const { return !m_request.type.empty() && !m_scanTakesType; }

    Lane& m_lane;
    const ScanRequest& m_request;
    ScanControl& m_control;
    NodeProgress& m_progress;
    LedgerKeeper m_ledger;
    const RetryPolicy m_retry;
    const std::stop_token m_stop;
    const Sink& m_sink;

    NodeScanEnd m_end;
    Cursor m_next;                     ///< The cursor to send next.
    std::optional<Cursor> m_sentEarly; ///< The cursor of a call that went out while its forerunner was being parsed.
    std::optional<Error> m_sendError;  ///< Why sending early failed; told by the next wait.
    std::uint64_t m_opening = 0;       ///< The lane's opening that the cursor was verified on; 0: none yet.
    bool m_sizeKnown = false;
    bool m_scanTakesType = true;

    KeyBatch m_arriving; ///< Keys of the reply being received.
    KeyBatch m_gathered; ///< Keys of whole replies, not handed on yet.
    Clock::time_point m_gatheringSince{};
    bool m_handedOnAny = false;
    std::chrono::milliseconds m_pause{0};
    std::deque<Call> m_underWay;
    Clock::time_point m_cursorSeen{};
    ScanReply m_reply;
};

NodeScanEnd NodeScanner::Walk::run()
{
    m_ledger.begins();
    while (true) {
        Status status = m_request.useKeysCommand                  ? walkByKeys()
            : m_request.pattern.kind() == KeyPattern::Kind::Exact ? lookUpExactKey()
                                                                  : walk();
        // Keys of whole replies are handed on whatever happened after them.
        if (status && !flush()) {
            status = cancelled(m_lane);
        }
        if (status) {
            break;
        }
        m_lane.close();
        m_sentEarly.reset();
        m_sendError.reset();
        m_underWay.clear();
        m_arriving.clear();
        if (!flush() || m_stop.stop_requested() || status.error().kind == ErrorKind::Cancelled) {
            m_end.stoppedBy = cancelled(m_lane);
            break;
        }
        if (!isWorthRetrying(status.error().kind) || !waitToRetry(status.error())) {
            m_ledger.failed(status.error(), false);
            m_end.stoppedBy = m_stop.stop_requested() ? cancelled(m_lane) : std::move(status).error();
            break;
        }
    }
    m_end.calls = m_progress.calls;
    m_end.keys = m_progress.keys;
    m_end.expectedKeys = m_progress.expectedKeys;
    m_progress.atEnd = m_end.isComplete();
    m_end.share = m_progress.share();
    m_progress.setWaitingFor({});
    m_ledger.line().runId = m_end.runId;
    m_ledger.line().cursors = {m_end.resumeFrom};
    m_ledger.ends(endState());
    m_end.ledger = m_ledger.line();
    return std::move(m_end);
}

NodeScanState NodeScanner::Walk::endState() const
{
    if (m_end.stoppedBy) {
        return m_end.stoppedBy->kind == ErrorKind::Cancelled ? NodeScanState::Interrupted : NodeScanState::GivenUp;
    }
    return m_end.limit ? NodeScanState::AtLimit : NodeScanState::Done;
}

Status NodeScanner::Walk::walk()
{
    if (Status verified = verifyProcess(); !verified) {
        return verified;
    }
    while (true) {
        if (!m_sentEarly) {
            if (m_control.isPaused() && !(flush() && m_control.waitWhilePaused(m_stop))) {
                return cancelled(m_lane);
            }
            if (reachedLimit()) {
                return ok();
            }
            if (Status sent = sendScan(m_next); !sent) {
                return sent;
            }
        }
        m_sentEarly.reset();
        const auto cursor = receiveReply();
        if (!cursor) {
            return cursor.error();
        }
        if (!gather()) {
            return m_end.limit ? ok() : Status(cancelled(m_lane));
        }
        m_next = *cursor;
        m_end.resumeFrom = m_gathered.isEmpty() ? m_next : m_end.resumeFrom;
        if (*cursor == Cursor{}) {
            return ok();
        }
        if (m_stop.stop_requested()) {
            return cancelled(m_lane);
        }
    }
}

Status NodeScanner::Walk::walkByKeys()
{
    ScanReply keys(ScanReply::Shape::Keys, m_request.pattern, m_arriving, {});
    m_end.largestCount = 0;
    // That the request says so is the user's explicit choice; the gate asks for it everywhere.
    const auto lane = m_lane.confirmed(Confirmation{"KEYS"});
    if (Status sent = lane->send(Command{"KEYS", m_request.pattern.matchArgument().value_or("*")}, m_stop); !sent) {
        return sent;
    }
    ++m_progress.calls;
    m_progress.asked(Clock::now());
    if (Status received = lane->receive(keys, m_stop); !received) {
        return received;
    }
    if (const auto finished = keys.finished(); !finished) {
        return Error(finished.error()).about(m_lane.nodeText());
    }
    m_scanTakesType = false; // KEYS has no TYPE
    if (Status kept = keepOnlyType(); !kept) {
        return kept;
    }
    return gather() || m_end.limit ? ok() : Status(cancelled(m_lane));
}

Status NodeScanner::Walk::lookUpExactKey()
{
    const std::string& key = m_request.pattern.bytes();
    m_progress.asked(Clock::now());
    const auto type = m_lane.call(Command{"TYPE", key}, m_stop);
    if (!type) {
        return type.error();
    }
    ++m_progress.calls;
    const bool wanted = m_request.type.empty() || type->text == m_request.type;
    if (type->text != "none" && wanted) {
        m_arriving.append(key);
    }
    return gather() || m_end.limit ? ok() : Status(cancelled(m_lane));
}

/// Makes sure that the lane is open and that its server is the process our cursor belongs to; begins again at 0 where
/// not.
Status NodeScanner::Walk::verifyProcess()
{
    m_progress.asked(Clock::now());
    const auto runId = fetchRunId(m_lane, m_stop);
    if (!runId) {
        return runId.error();
    }
    const std::string process = runId->value_or(std::string());
    const bool sameProcess = !process.empty() && m_end.runId == process;
    if (m_next != Cursor{}) {
        sameProcess ? m_ledger.goesOn() : beginAgain(process);
    }
    m_end.runId = process;
    m_ledger.line().runId = process;
    m_opening = m_lane.openings();
    if (!m_sizeKnown) {
        const auto size = fetchKeyCount(m_lane, m_stop);
        if (!size) {
            return size.error();
        }
        m_progress.expectedKeys = size->value_or(0);
        m_sizeKnown = true;
    }
    m_progress.answered(Clock::now(), false);
    m_progress.setWaitingFor({});
    return ok();
}

/// `process`: the run_id found now, empty where the server does not tell it.
void NodeScanner::Walk::beginAgain(const std::string& process)
{
    m_ledger.beginsAgain(process.empty()
            ? QCoreApplication::translate("NodeScanner", "began again, as the server does not tell its run_id")
            : QCoreApplication::translate("NodeScanner", "began again, as the server process is another"));
    m_next = Cursor{};
    m_end.resumeFrom = Cursor{};
    ++m_end.restarts;
    m_progress.walked = 0;
    m_sizeKnown = false;
}

Status NodeScanner::Walk::sendScan(Cursor cursor)
{
    Command scan{"SCAN", std::to_string(cursor.value)};
    if (const auto match = m_request.pattern.matchArgument()) {
        scan.add("MATCH").add(*match);
    }
    scan.add("COUNT").add(std::int64_t{count()});
    if (!m_request.type.empty() && m_scanTakesType) {
        scan.add("TYPE").add(m_request.type);
    }
    if (Status sent = m_lane.send(scan, m_stop); !sent) {
        return sent;
    }
    if (m_lane.openings() != m_opening) {
        // The lane was lost and opened itself again: this cursor may now be in the hands of another process.
        return Error{ErrorKind::Network, m_lane.nodeText(), QStringLiteral("The connection was lost")};
    }
    ++m_progress.calls;
    const auto now = Clock::now();
    m_underWay.push_back(Call{count(), now});
    m_progress.asked(now);
    m_end.largestCount = std::max(m_end.largestCount, count());
    return ok();
}

/// Called between two bytes of a reply: the server works on the next call while the keys of this one are parsed.
void NodeScanner::Walk::sendEarly(Cursor cursor)
{
    m_cursorSeen = Clock::now();
    const bool last = cursor == Cursor{};
    if (last || typesByPipeline() || m_stop.stop_requested() || m_control.isPaused() || m_control.timeIsUp()
        || m_control.keysAreUsedUp() || !m_control.takeCall()) {
        return;
    }
    if (Status sent = sendScan(cursor); !sent) {
        m_sendError = std::move(sent).error();
        return;
    }
    m_sentEarly = cursor;
}

Result<Cursor> NodeScanner::Walk::receiveReply()
{
    m_reply.begin();
    if (Status received = m_lane.receive(m_reply, m_stop); !received) {
        return std::move(received).error();
    }
    auto cursor = m_reply.finished();
    if (!cursor) {
        const bool oldServer =
            m_scanTakesType && !m_request.type.empty() && cursor.error().detail.contains(u"syntax error");
        if (!oldServer) {
            return std::move(cursor).error().about(m_lane.nodeText());
        }
        m_scanTakesType = false; // before Redis 6.0: the call is made again without TYPE
        m_underWay.pop_front();
        if (Status sent = sendScan(m_next); !sent) {
            return std::move(sent).error();
        }
        return receiveReply();
    }
    if (m_sendError) {
        return *std::exchange(m_sendError, std::nullopt);
    }
    callAnswered();
    if (Status kept = keepOnlyType(); !kept) {
        return std::move(kept).error();
    }
    return cursor;
}

void NodeScanner::Walk::callAnswered()
{
    const auto now = Clock::now();
    const Call call = m_underWay.front();
    m_underWay.pop_front();
    m_pause = 0ms;
    m_progress.walked += static_cast<std::uint64_t>(call.count);
    m_progress.answered(now, !m_underWay.empty());
    NodeLedger& line = m_ledger.line();
    line.count = call.count;
    line.largestCount = m_end.largestCount;
    line.cursors.assign(1, m_next);
    line.underWay = 1;
    m_ledger.answered(call.count, m_cursorSeen - call.sentAt, now);
}

/// Where SCAN can't, asks each key's type and keeps those wanted.
Status NodeScanner::Walk::keepOnlyType()
{
    if (!typesByPipeline() || m_arriving.isEmpty()) {
        return ok();
    }
    std::vector<Command> asks;
    asks.reserve(m_arriving.size());
    for (std::size_t at = 0; at < m_arriving.size(); ++at) {
        asks.push_back(Command{"TYPE", m_arriving[at]});
    }
    const auto types = m_lane.pipeline(asks, m_stop);
    if (!types) {
        return types.error();
    }
    KeyBatch kept;
    for (std::size_t at = 0; at < m_arriving.size(); ++at) {
        const Reply& type = (*types)[at];
        if (type.isError()) {
            return replyError(type.text).about(m_lane.nodeText());
        }
        if (type.text == m_request.type) {
            kept.append(m_arriving[at]);
        }
    }
    m_arriving = std::move(kept);
    return ok();
}

bool NodeScanner::Walk::reachedLimit()
{
    if (m_control.keysAreUsedUp()) {
        m_end.limit = ScanLimit::MaxKeys;
    } else if (m_control.timeIsUp()) {
        m_end.limit = ScanLimit::MaxTime;
    } else if (!m_control.takeCall()) {
        m_end.limit = ScanLimit::MaxIterations;
    }
    return m_end.limit.has_value();
}

/// Takes the keys that arrived into the gathered ones and hands those on when they are enough. False: the run is over.
bool NodeScanner::Walk::gather()
{
    const std::size_t arrived = m_arriving.size();
    const auto granted = static_cast<std::size_t>(m_control.takeKeys(arrived));
    if (m_gathered.isEmpty()) {
        m_gatheringSince = Clock::now();
    }
    if (granted == arrived && m_gathered.isEmpty()) {
        std::swap(m_gathered, m_arriving);
    } else {
        for (std::size_t at = 0; at < granted; ++at) {
            m_gathered.append(m_arriving[at]);
        }
    }
    m_arriving.clear();
    m_progress.keys += granted;
    if (granted < arrived) {
        m_end.limit = ScanLimit::MaxKeys; // resumeFrom stays where it is: the rest of this reply comes again
        static_cast<void>(flush());
        return false;
    }
    const bool enough = m_gathered.size() >= gatherKeys || m_gathered.byteCount() >= gatherBytes || !m_handedOnAny
        || Clock::now() - m_gatheringSince >= gatherTime;
    return !enough || flush();
}

bool NodeScanner::Walk::flush()
{
    if (m_gathered.isEmpty()) {
        return true;
    }
    m_handedOnAny = true;
    KeyBatch batch;
    std::swap(batch, m_gathered);
    // While the sink makes us wait, it is not the node that owes anything.
    const auto owesSince = m_progress.owesSince();
    m_progress.answered({}, false);
    const bool taken = m_sink(std::move(batch));
    if (owesSince) {
        m_progress.asked(m_underWay.empty() ? *owesSince : Clock::now());
    }
    if (!taken) {
        return false;
    }
    m_end.resumeFrom = m_next;
    return true;
}

/// Says what is being waited for, waits with a growing pause. False: stopped, or patience is over.
bool NodeScanner::Walk::waitToRetry(const Error& error)
{
    const auto now = Clock::now();
    m_progress.asked(now);
    if (now - *m_progress.owesSince() >= m_retry.patience) {
        return false;
    }
    m_ledger.failed(error, true);
    m_pause = m_pause == 0ms ? m_retry.firstPause : std::min(m_pause * 2, m_retry.longestPause);
    m_progress.setWaitingFor(QCoreApplication::translate("NodeScanner", "%1 (%2), trying again")
            .arg(m_lane.nodeText(), errorKindText(error.kind)));
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, m_stop, m_pause, [] { return false; });
    return !m_stop.stop_requested();
}

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
    return Walk(*this, from, std::move(runId), std::move(stop), sink).run();
}

} // namespace keyglass
