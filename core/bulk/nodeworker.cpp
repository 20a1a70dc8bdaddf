// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/nodeworker.h"

#include "core/base/errortext.h"
#include "core/base/stopwait.h"
#include "core/bulk/jobexecutor.h"
#include "core/bulk/stepreplies.h"
#include "core/source/redis/askinglane.h"
#include "core/source/redis/clusteraddress.h"

#include <QCoreApplication>
#include <QScopeGuard>

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {

using namespace std::chrono_literals;

/// Keys that came and are not begun with. Few: what the server has just looked at for a scan is still in its
/// processor's cache.
constexpr std::size_t queueKeys = 2'000;
/// While one node of a cluster is waited for, the others get theirs.
constexpr std::size_t clusterQueueKeys = 20'000;
constexpr auto firstBackoff = 50ms;
constexpr auto longestBackoff = 2000ms;
/// And not one slot of it, which nobody serves.
constexpr std::string_view clusterIsDown = "CLUSTERDOWN The cluster is down";
/// How long more keys are waited for before what is in flight is settled.
constexpr auto idleAfter = 2ms;

} // namespace

/// Gathers outcomes until they are handed to the report, so that its lock is taken once per batch.
class NodeWorker::Recorder final : public OutcomeSink {
public:
    explicit Recorder(NodeWorker& worker)
        : m_worker(worker)
        , m_wantsAll(worker.m_job.m_report.wantsAllRows())
    {
    }

    void add(std::string_view key, Outcome outcome, std::string_view detail) override
    {
        if (m_mayBeDone && outcome == Outcome::NotDone) {
            outcome = Outcome::Unknown;
        } else if (m_mayBeDone && outcome == Outcome::Missing && m_worker.m_job.m_options.deletes) {
            outcome = Outcome::Gone;
        }
        m_worker.m_refusedSince.reset(); // it does not refuse all of them
        ++m_counts[outcome];
        if (m_wantsAll || hasTrouble(outcome)) {
            m_rows.push_back(KeyOutcome{std::string(key), outcome, std::string(detail), {}});
        }
        constexpr std::size_t rowsAtOnce = 10'000;
        if (m_rows.size() >= rowsAtOnce) {
            flush();
        }
    }

    void addGone(std::span<const std::string_view> keys, std::size_t deleted) override
    {
        m_counts.goneDeleted += deleted;
        for (const std::string_view key : keys) {
            add(key, Outcome::Gone, {});
        }
    }

    void elsewhere(std::string_view key, std::string_view redirect) override
    {
        redirect = reasonOf(redirect);
        if (!m_worker.m_job.m_nodes.cluster && !isRefusedForNow(redirect)) { // there is nobody else
            add(key, Outcome::Failed, redirect);
            return;
        }
        const auto to = parseRedirect(redirect);
        const bool isAsk = to && to->isAsk;
        (isAsk ? m_asked[{to->host, to->port}] : m_elsewhere).append(key);
        m_askedCount += isAsk ? 1 : 0;
        m_redirect = redirect;
    }

    void flush()
    {
        const std::uint64_t keys = m_counts.keys();
        if (keys == 0) {
            return;
        }
        m_worker.m_atHand -= std::min(m_worker.m_atHand, keys);
        m_worker.m_told += keys;
        m_worker.m_job.m_report.add(m_worker.m_name, std::exchange(m_counts, {}), std::exchange(m_rows, {}));
        m_worker.m_job.settled(keys);
    }

    /// Whether the keys from now on have been sent before, on a line that was lost.
    void setMayBeDone(bool mayBe) { m_mayBeDone = mayBe; }
    /// Where keys are already, though their slots are not: by host and port.
    using Asked = std::map<std::pair<QString, std::uint16_t>, KeyBatch>;
    [[nodiscard]] std::size_t elsewhereCount() const { return m_elsewhere.size() + m_askedCount; }
    [[nodiscard]] KeyBatch takeElsewhere() { return std::exchange(m_elsewhere, {}); }
    [[nodiscard]] Asked takeAsked()
    {
        m_askedCount = 0;
        return std::exchange(m_asked, {});
    }
    [[nodiscard]] const std::string& lastRedirect() const { return m_redirect; }

private:
    NodeWorker& m_worker;
    const bool m_wantsAll;
    bool m_mayBeDone = false;
    OutcomeCounts m_counts;
    std::vector<KeyOutcome> m_rows;
    KeyBatch m_elsewhere;
    Asked m_asked;
    std::size_t m_askedCount = 0;
    std::string m_redirect;
};

NodeWorker::NodeWorker(JobExecutor& job, std::string nodeId, QString name, bool isAsking)
    : m_job(job)
    , m_id(std::move(nodeId))
    , m_name(std::move(name))
    , m_isAsking(isAsking)
    , m_recorder(std::make_unique<Recorder>(*this))
    , m_budget(m_job.m_options.callBudget, m_job.m_options.batchKeys)
    , m_thread([this] { run(); })
{
}

NodeWorker::~NodeWorker() = default;

bool NodeWorker::push(KeyBatch&& keys, KeyHistory history, bool mayWait)
{
    {
        std::unique_lock lock(m_mutex);
        const std::size_t most = m_job.m_nodes.cluster ? clusterQueueKeys : queueKeys;
        const auto hasRoom = [this, most] { return m_queued < most; };
        if ((mayWait && !m_changed.wait(lock, m_job.m_cancel.get_token(), hasRoom)) || m_isDropped) {
            return false;
        }
        m_queued += keys.size();
        m_queue.push_back(Item{std::move(keys), history});
    }
    m_changed.notify_all();
    return true;
}

void NodeWorker::wake()
{
    {
        const std::lock_guard lock(m_mutex); // so that a waiter sees what has changed before it waits
    }
    m_changed.notify_all();
}

bool NodeWorker::isCancelled() const
{
    return m_job.m_cancel.stop_requested();
}

/// The thread's first function: nothing is thrown across it.
void NodeWorker::run()
{
    try {
        work();
    } catch (const std::bad_alloc&) {
        drop(Error{ErrorKind::Limit, m_name, QCoreApplication::translate("Bulk", "There is not enough memory")});
    } catch (const std::exception& failure) {
        drop(Error{ErrorKind::Server, m_name, QString::fromUtf8(failure.what())});
    }
    leaveTurn();
    setLost(false);
}

/// Ends the job, and counts the keys that this worker still has; which of them were done is not known any more.
void NodeWorker::drop(const Error& why)
{
    m_job.fail(why);
    OutcomeCounts counts;
    {
        const std::lock_guard lock(m_mutex);
        counts[Outcome::NotDone] = m_queued;
        m_queue.clear();
        m_queued = 0;
        m_isDropped = true;
    }
    counts[Outcome::Unknown] = std::exchange(m_atHand, 0);
    if (counts.keys() > 0) {
        m_job.m_report.add(m_name, counts, {});
        m_job.settled(counts.keys());
    }
}

/// Keys at hand go to whoever owns them now.
void NodeWorker::giveBack(KeyBatch&& keys, KeyHistory history)
{
    m_atHand -= std::min<std::uint64_t>(m_atHand, keys.size());
    static_cast<void>(m_job.route(std::move(keys), history, false)); // reports those that nobody takes any more
}

void NodeWorker::work()
{
    m_node = m_job.m_nodes.node(m_id);
    m_routed = m_job.m_nodes.routed ? m_job.m_nodes.routed(m_id) : nullptr;
    auto own = m_node->confirmed(m_job.m_nodes.confirmation);
    const auto node = m_isAsking ? makeAskingLane(std::move(own)) : std::move(own);
    const auto routed = m_routed ? m_routed->confirmed(m_job.m_nodes.confirmation) : nullptr;
    const auto endStep = qScopeGuard([this] { m_step.reset(); }); // before its lanes, also by an exception
    m_lanes = std::make_unique<StepLanes>(StepLanes{*node, routed ? *routed : *node});
    if (m_job.m_nodes.cluster) {
        m_lanes->redirected = [this](const Redirect& to) { return redirected(to); };
    }
    m_step = m_job.m_makeStep();
    m_step->setCallSize(callSize());
    while (auto item = next()) {
        handle(*std::move(item));
    }
    m_step.reset();
    m_lanes.reset();
}

std::unique_ptr<Lane> NodeWorker::redirected(const Redirect& to)
{
    const auto& cluster = m_job.m_nodes.cluster;
    ConnectionOptions options = cluster->optionsFor(to);
    std::unique_ptr<Lane>& plain = m_redirected[options.endpoint.text()];
    if (!plain) {
        plain = makeLane(std::move(options), cluster->gate());
    }
    auto lane = plain->confirmed(m_job.m_nodes.confirmation);
    return to.isAsk ? makeAskingLane(std::move(lane)) : std::move(lane);
}

/// The next keys; settles what is in flight where none come. Nothing once the job is over.
std::optional<NodeWorker::Item> NodeWorker::next()
{
    std::unique_lock lock(m_mutex);
    const auto hasWork = [this] { return !m_queue.empty() || m_job.isOver(); };
    while (needsSettling() && !m_changed.wait_for(lock, idleAfter, hasWork)) {
        lock.unlock();
        settle();
        lock.lock();
    }
    if (!hasWork()) {
        leaveTurn();
        setLost(false);
    }
    m_changed.wait(lock, hasWork);
    if (m_queue.empty()) {
        return std::nullopt;
    }
    Item item = std::move(m_queue.front());
    m_queue.pop_front();
    m_queued -= item.keys.size();
    m_atHand += item.keys.size();
    lock.unlock();
    m_changed.notify_all();
    return item;
}

void NodeWorker::handle(Item&& item)
{
    const bool isAgain = item.history.round > 0 || item.history.mayBeDone;
    if (isAgain) {
        settle(); // so that what comes of these is known to be of these
    }
    m_history = item.history;
    m_recorder->setMayBeDone(m_history.mayBeDone);
    std::size_t at = 0;
    bool isLost = false;
    while (at < item.keys.size() && !isCancelled() && !m_givenUp && !isLost) {
        const std::size_t wanted = m_job.m_pace.atOnce(m_job.m_options.batchKeys);
        KeyBatch part;
        const std::size_t end = std::min(item.keys.size(), at + wanted);
        for (; at < end; ++at) {
            part.append(item.keys[at]);
        }
        if (m_job.m_pace.wouldWait()) {
            settle();
            leaveTurn();
        }
        if (!m_job.m_pace.take(part.size(), m_job.m_cancel.get_token()) || !takeTurn()) {
            leave(part, {});
            break;
        }
        applyPart(std::move(part));
        isLost = m_lostSince.has_value();
        constexpr std::size_t elsewhereAtOnce = 1000; // each time waits a little for the cluster to settle
        if (m_recorder->elsewhereCount() >= elsewhereAtOnce) {
            sendElsewhere();
        }
    }
    KeyBatch rest;
    for (; at < item.keys.size(); ++at) {
        rest.append(item.keys[at]);
    }
    if (isLost && !isCancelled() && !m_givenUp) {
        giveBack(std::move(rest), m_history); // another may own them by now
    } else {
        leave(rest, {});
    }
    if (isAgain || isCancelled()) {
        settle();
    }
    m_history = {};
    m_recorder->setMayBeDone(false);
}

void NodeWorker::applyPart(KeyBatch&& keys)
{
    const auto begun = Clock::now();
    m_inFlight = true;
    judge(m_step->apply(*m_lanes, std::move(keys), *m_recorder, m_job.m_hard.get_token()), false);
    if (const double share = m_job.m_options.busyShare; share < 1 && !m_lostSince) {
        settle();
        const auto busy = std::chrono::duration<double>(Clock::now() - begun);
        waitOrStop(std::chrono::ceil<Milliseconds>(busy * (1 / share - 1)), m_job.m_cancel.get_token());
    }
    if (!m_lostSince) {
        measure();
    }
}

/// Now and then: what the server's calls take decides how large the next ones are.
void NodeWorker::measure()
{
    constexpr std::uint64_t worthAConnection = 1000;
    const auto paced = m_step->pacedCommands();
    if (paced.empty() || m_told < worthAConnection || isCancelled() || !m_budget.wantsStats(Clock::now())) {
        return;
    }
    if (!m_stats) {
        m_stats = m_job.m_nodes.node(m_id);
    }
    const std::vector<Command> asking{Command{"INFO", "commandstats"}};
    const auto replies = m_stats->pipeline(asking, m_job.m_cancel.get_token());
    if (!replies) {
        m_budget.connectionLost();
    }
    const bool isTold = replies && replies->front().isText();
    m_budget.statsArrived(isTold ? commandTime(replies->front().text, paced) : std::nullopt, m_told, Clock::now());
    m_step->setCallSize(callSize());
}

/// Of several keys in one call that are not all there, a node says only that it is to be tried again.
CallSize NodeWorker::callSize() const
{
    CallSize size = m_budget.size();
    size.keys = m_isAsking ? 1 : size.keys;
    return size;
}

/// Waits until no earlier job works on the node; gives it up before where one wants it. False once cancelled.
bool NodeWorker::takeTurn()
{
    JobTurns& turns = m_job.m_turns;
    if (m_hasTurn && turns.isWantedEarlier(turnName())) {
        settle();
        leaveTurn();
    }
    if (!m_hasTurn) {
        m_hasTurn = turns.tryEnter(turnName());
    }
    if (!m_hasTurn) {
        ++m_job.m_waiting;
        m_hasTurn = turns.enter(turnName(), m_job.m_cancel.get_token());
        --m_job.m_waiting;
    }
    return m_hasTurn;
}

/// What the node is called among those that are waited for.
std::string NodeWorker::turnName() const
{
    if (!m_id.empty()) {
        return m_isAsking ? m_id + " asked" : m_id; // a turn has one worker of a job
    }
    return m_job.m_nodes.turn.empty() ? m_name.toStdString() : m_job.m_nodes.turn;
}

/// Nothing is in flight then, or the line is lost.
void NodeWorker::leaveTurn()
{
    if (std::exchange(m_hasTurn, false)) {
        m_job.m_turns.leave(turnName());
    }
}

void NodeWorker::settle()
{
    if (m_inFlight) {
        m_inFlight = false;
        judge(m_step->finish(*m_lanes, *m_recorder, m_job.m_hard.get_token()), true);
    }
    sendElsewhere();
}

bool NodeWorker::needsSettling() const
{
    return m_inFlight || m_recorder->elsewhereCount() > 0;
}

/// Looks at what a call of the step came to, and hands its outcomes on. `isSettled`: nothing is in flight where it went
/// well; else it may only have taken keys on.
void NodeWorker::judge(const Status& status, bool isSettled)
{
    if (status) {
        m_lostSince.reset();
        setLost(false);
        m_recorder->flush();
        if (isSettled || m_told != m_toldAtTrouble) {
            m_troubleSince.reset();
            m_backoff = 0ms;
        }
        return;
    }
    m_inFlight = false;
    if (isLostLine(status.error().kind) && !isCancelled()) {
        retry(status.error());
    } else if (status.error().kind == ErrorKind::Cancelled || isCancelled()) {
        giveUp(Error{ErrorKind::Cancelled, m_name, {}});
    } else {
        if (status.error().kind == ErrorKind::File) {
            m_job.fail(status.error());
        }
        giveUp(status.error());
    }
    m_recorder->flush();
    m_toldAtTrouble = m_told;
}

/// The line is lost: what was not settled is given again a little later, to whoever owns it by then.
void NodeWorker::retry(const Error& why)
{
    const auto now = Clock::now();
    m_lostSince = m_lostSince.value_or(now);
    m_troubleSince = m_troubleSince.value_or(now);
    if (now - *m_troubleSince > m_job.m_options.patience) {
        giveUp(why);
        return;
    }
    m_job.m_report.retried(m_name);
    setLost(true, why.detail.toStdString());
    UnsettledKeys keys = m_step->takeUnsettled();
    if (!m_step->isRepeatable()) {
        for (std::size_t at = 0; at < keys.maybeDone.size(); ++at) {
            m_recorder->add(keys.maybeDone[at], Outcome::Unknown, why.detail.toStdString());
        }
        keys.maybeDone.clear();
    }
    m_backoff = std::clamp<Milliseconds>(m_backoff * 2, firstBackoff, longestBackoff);
    m_budget.connectionLost();
    leaveTurn();
    waitOrStop(m_backoff, m_job.m_cancel.get_token());
    m_job.refreshNodes(m_job.m_cancel.get_token());
    giveBack(std::move(keys.notSent), m_history);
    giveBack(std::move(keys.maybeDone), {m_history.round, true, m_history.since});
    std::deque<Item> queue;
    {
        const std::lock_guard lock(m_mutex);
        queue = std::exchange(m_queue, {});
        m_queued = 0;
    }
    m_changed.notify_all(); // there is room, and it may be that none of them comes back
    for (Item& item : queue) {
        static_cast<void>(m_job.route(std::move(item.keys), item.history, false));
    }
}

/// For JobProgress. `why`: the server's words, where it has answered.
void NodeWorker::setLost(bool isLost, std::string_view why)
{
    if (isLost) {
        const std::string_view reason = reasonOf(why);
        m_job.m_lostNode = reason.starts_with(clusterIsDown) ? LostNode::ClusterDown
            : !isRefusedForNow(reason)                       ? LostNode::NoAnswer
            : reason.starts_with("BUSY")                     ? LostNode::RunsScript
            : reason.starts_with("LOADING")                  ? LostNode::Loads
                                                             : LostNode::NoMaster;
    }
    if (std::exchange(m_isLost, isLost) != isLost) {
        m_job.m_lost += isLost ? 1 : -1;
    }
}

/// Keys of other nodes go to whom the cluster names now; each time again a little later.
void NodeWorker::sendElsewhere()
{
    const int round = m_history.round;
    KeyBatch keys = m_recorder->takeElsewhere();
    Recorder::Asked asked = m_recorder->takeAsked();
    if (keys.isEmpty() && asked.empty()) {
        return;
    }
    const auto pause = std::min<Milliseconds>(longestBackoff, firstBackoff * (1 << std::min(round, 6)));
    const std::string_view redirect = m_recorder->lastRedirect();
    const bool isRefused = isRefusedForNow(redirect) || redirect.starts_with(clusterIsDown);
    const auto now = Clock::now();
    m_refusedSince = isRefused ? m_refusedSince.value_or(now) : m_refusedSince;
    const auto since = m_history.since.value_or(now); // by the clock: a lane waits, too, before it gives up
    const bool isPatient =
        now - since <= m_job.m_options.patience && (!isRefused || now - *m_refusedSince <= m_job.m_options.patience);
    if (!isPatient || isCancelled()) {
        const auto refusedSince = m_refusedSince; // what is left says nothing of the node
        leave(keys, m_recorder->lastRedirect());
        for (const auto& [place, part] : asked) {
            leave(part, m_recorder->lastRedirect());
        }
        m_refusedSince = refusedSince;
        return;
    }
    if (isRefused) {
        setLost(true, m_recorder->lastRedirect());
    }
    waitOrStop(pause, m_job.m_cancel.get_token());
    m_job.refreshNodes(m_job.m_cancel.get_token());
    const KeyHistory history{round + 1, m_history.mayBeDone, since};
    giveBack(std::move(keys), history);
    for (auto& [place, part] : asked) {
        m_atHand -= std::min<std::uint64_t>(m_atHand, part.size());
        m_job.routeAsked(std::move(part), Redirect{true, 0, place.first, place.second}, history);
    }
}

void NodeWorker::giveUp(const Error& why)
{
    const UnsettledKeys keys = m_step->takeUnsettled();
    const std::string text = why.kind == ErrorKind::Cancelled ? "cancelled" : errorText(why).toStdString();
    for (std::size_t at = 0; at < keys.maybeDone.size(); ++at) {
        m_recorder->add(keys.maybeDone[at], Outcome::Unknown, text);
    }
    for (std::size_t at = 0; at < keys.notSent.size(); ++at) {
        m_recorder->add(keys.notSent[at], Outcome::NotDone, text);
    }
    if (why.kind != ErrorKind::Cancelled) {
        m_givenUp = m_givenUp.value_or(why);
        m_job.m_report.giveUp(m_name, why);
        setLost(false);
    }
}

/// These keys are not tried. `why`: where that is not the end of the job or of the node.
void NodeWorker::leave(const KeyBatch& keys, std::string_view why)
{
    std::string text(why);
    if (text.empty()) {
        text = m_givenUp ? errorText(*m_givenUp).toStdString() : "cancelled";
    }
    for (std::size_t at = 0; at < keys.size(); ++at) {
        m_recorder->add(keys[at], Outcome::NotDone, text);
    }
    m_recorder->flush();
}

} // namespace keyglass
