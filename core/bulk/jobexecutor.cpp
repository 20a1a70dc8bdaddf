// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/jobexecutor.h"

#include "core/base/errortext.h"
#include "core/bulk/nodeworker.h"
#include "core/source/redis/slots.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>
#include <vector>

namespace keyglass {

namespace {

using namespace std::chrono_literals;

/// How long what is in flight may still be waited for once a job is cancelled.
constexpr auto settlingTime = 50ms;

} // namespace

JobExecutor::JobExecutor(JobNodes nodes, MakeStep makeStep, JobOptions options, JobReport& report)
    : m_nodes(std::move(nodes))
    , m_makeStep(std::move(makeStep))
    , m_options(std::move(options))
    , m_report(report)
    , m_turns(m_options.turns, m_options.targets)
    , m_pace(m_options.keysPerSecond)
    , m_watchdog([this](const std::stop_token& end) {
        std::unique_lock lock(m_mutex);
        const auto isCancelled = [this] { return m_cancel.stop_requested(); };
        if (m_over.wait(lock, end, isCancelled)) {
            m_over.wait_for(lock, end, settlingTime, [this] { return m_open == 0; });
            lock.unlock(); // a callback of the stop may want it
            m_hard.request_stop();
        }
    })
{
}

JobExecutor::~JobExecutor()
{
    if (!m_closed) {
        cancel();
        static_cast<void>(finish());
    }
}

bool JobExecutor::take(KeyBatch&& keys)
{
    m_taken += keys.size();
    m_open += keys.size();
    return route(std::move(keys), {}, true);
}

void JobExecutor::leave(const KeyBatch& keys, const Error& why)
{
    m_taken += keys.size();
    m_open += keys.size();
    leave(keys, {}, m_nodes.name, errorText(why).toStdString());
}

/// Gives keys to the workers of their owners. False where the job is over for them; they are reported then.
bool JobExecutor::route(KeyBatch&& keys, KeyHistory history, bool mayWait)
{
    if (keys.isEmpty()) {
        return true;
    }
    if (m_cancel.stop_requested()) {
        const auto why = failure();
        leave(keys, history, m_nodes.name, why ? errorText(*why).toStdString() : "cancelled");
        return false;
    }
    std::map<std::string, KeyBatch> byOwner;
    if (!m_nodes.cluster) {
        byOwner.emplace(std::string(), std::move(keys));
    } else {
        const auto topology = m_nodes.cluster->topology();
        for (std::size_t at = 0; at < keys.size(); ++at) {
            const ClusterNode* owner = topology->owner(slotOf(keys[at]));
            byOwner[owner ? owner->id : std::string()].append(
                keys[at]); // nobody's wait for an owner, as for a lost node
        }
    }
    bool all = true;
    for (auto& [id, part] : byOwner) {
        if (!workerOf(id).push(std::move(part), history, mayWait)) {
            // NOLINTNEXTLINE(bugprone-use-after-move): push() has left them as they were
            leave(part, history, m_nodes.name, "cancelled");
            all = false;
        }
    }
    return all;
}

/// Keys that are on another node already, though their slot is not: as its owner said. Where that node is not known,
/// the owner is asked again.
void JobExecutor::routeAsked(KeyBatch&& keys, const Redirect& to, KeyHistory history)
{
    const auto topology = m_nodes.cluster->topology();
    const QString place = m_nodes.cluster->optionsFor(to).endpoint.text();
    const auto node = std::ranges::find_if(topology->nodes(), [&](const ClusterNode& one) {
        return one.isMaster() && m_nodes.cluster->optionsFor(one).endpoint.text() == place;
    });
    if (node == topology->nodes().end() || m_cancel.stop_requested()) {
        static_cast<void>(route(std::move(keys), history, false)); // reports those that nobody takes any more
        return;
    }
    if (!workerOf(node->id, true).push(std::move(keys), history, false)) {
        // NOLINTNEXTLINE(bugprone-use-after-move): push() has left them as they were
        leave(keys, history, m_nodes.name, "cancelled");
    }
}

NodeWorker& JobExecutor::workerOf(const std::string& nodeId, bool isAsking)
{
    const std::lock_guard lock(m_mutex);
    auto& worker = m_workers[{nodeId, isAsking}];
    if (!worker) {
        QString name = m_nodes.name;
        if (m_nodes.cluster) {
            name = QCoreApplication::translate("Bulk", "no node");
            const auto topology = m_nodes.cluster->topology();
            if (const ClusterNode* node = topology->find(nodeId)) {
                name = m_nodes.cluster->optionsFor(*node).endpoint.text();
            }
        }
        worker = std::make_shared<NodeWorker>(*this, nodeId, std::move(name), isAsking);
    }
    return *worker;
}

void JobExecutor::settled(std::uint64_t keys)
{
    if (m_open.fetch_sub(keys) == keys) {
        wakeAll();
    }
}

/// These keys will not be tried.
void JobExecutor::leave(const KeyBatch& keys, KeyHistory history, const QString& node, std::string_view why)
{
    if (keys.isEmpty()) {
        return;
    }
    const Outcome outcome = history.mayBeDone ? Outcome::Unknown : Outcome::NotDone;
    OutcomeCounts counts;
    counts[outcome] = keys.size();
    std::vector<KeyOutcome> rows;
    rows.reserve(keys.size());
    for (std::size_t at = 0; at < keys.size(); ++at) {
        rows.push_back(KeyOutcome{std::string(keys[at]), outcome, std::string(why), {}});
    }
    m_report.add(node, counts, std::move(rows));
    settled(keys.size());
}

void JobExecutor::wakeAll()
{
    std::map<std::pair<std::string, bool>, std::shared_ptr<NodeWorker>> workers;
    {
        const std::lock_guard lock(m_mutex);
        workers = m_workers;
    }
    m_over.notify_all();
    for (const auto& [id, worker] : workers) {
        worker->wake();
    }
}

void JobExecutor::fail(const Error& why)
{
    {
        const std::lock_guard lock(m_mutex);
        m_failure = m_failure.value_or(why);
    }
    cancel();
}

std::optional<Error> JobExecutor::failure() const
{
    const std::lock_guard lock(m_mutex);
    return m_failure;
}

void JobExecutor::cancel()
{
    m_cancel.request_stop();
    wakeAll();
}

void JobExecutor::refreshNodes(const std::stop_token& stop)
{
    if (m_nodes.cluster) {
        static_cast<void>(refreshTopology(*m_nodes.cluster, stop)); // else the next try tells
    }
}

Status JobExecutor::finish()
{
    m_closed = true;
    wakeAll();
    {
        std::unique_lock lock(m_mutex);
        m_over.wait(lock, [this] { return m_open == 0; });
    }
    std::map<std::pair<std::string, bool>, std::shared_ptr<NodeWorker>> workers;
    {
        const std::lock_guard lock(m_mutex);
        workers = std::exchange(m_workers, {});
    }
    for (const auto& [id, worker] : workers) {
        worker->join(); // all of them before the first is gone: they wake each other
    }
    m_watchdog.request_stop();
    if (const auto why = failure()) {
        return *why;
    }
    return m_cancel.stop_requested() ? Status(Error{ErrorKind::Cancelled, m_nodes.name, {}}) : ok();
}

JobProgress JobExecutor::progress() const
{
    const std::uint64_t taken = m_taken;
    return JobProgress{taken, taken - m_open, m_report.counts(), m_pace.isPaused(), m_waiting, m_lost, m_lostNode};
}

} // namespace keyglass
