// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scan/scanengine.h"

#include "core/scan/slotreader.h"

#include <QCoreApplication>

#include <algorithm>
#include <exception>
#include <new>

namespace keyglass {

namespace {

using namespace std::chrono_literals;

constexpr auto lookEvery = 1s;

/// How many keys a node without an answer holds, by what the others hold per slot.
double expectedKeys(const NodeProgress& progress, std::size_t slots, double keysPerSlot)
{
    const auto told = static_cast<double>(progress.expectedKeys.load());
    return std::max(1.0, told > 0 ? told : static_cast<double>(slots) * keysPerSlot);
}

QString nameOf(const ScanNode& node)
{
    return node.label.isEmpty() ? node.lane->nodeText() : node.label;
}

KeyBatch withRoot(const KeyBatch& keys, const std::string& root)
{
    KeyBatch rooted;
    rooted.reserve(keys.size(), keys.byteCount() + keys.size() * root.size());
    std::string key = root;
    for (std::size_t at = 0; at < keys.size(); ++at) {
        key.resize(root.size());
        key += keys[at];
        rooted.append(key);
    }
    return rooted;
}

} // namespace

ScanEngine::ScanEngine(ScanRequest request, std::vector<ScanNode> nodes, RetryPolicy retry)
    : m_request(std::move(request))
    , m_first(std::move(nodes))
    , m_retry(retry)
    , m_control(m_request.limits)
{
}

ScanEngine::ScanEngine(ScanRequest request, std::unique_ptr<ScanSupervisor> supervisor, RetryPolicy retry)
    : m_request(std::move(request))
    , m_supervisor(std::move(supervisor))
    , m_retry(retry)
    , m_control(m_request.limits)
{
}

ScanEngine::~ScanEngine() = default;

ScanReport ScanEngine::run(std::stop_token stop, const Sink& sink)
{
    ScanReport report;
    report.usedKeysCommand = m_request.useKeysCommand;
    const std::stop_callback stopAll(stop, [this] {
        const std::lock_guard lock(m_mutex);
        for (Walk& walk : m_walks) {
            walk.thread.request_stop();
        }
    });
    if (m_supervisor) {
        auto orders = m_supervisor->begin(stop);
        if (!orders) {
            NodeScanEnd end;
            end.node = orders.error().subject;
            end.stoppedBy = std::move(orders).error();
            report.nodes.push_back(std::move(end));
            return report;
        }
        obey(*std::move(orders), stop, sink);
        supervise(stop, sink);
    } else {
        begin(std::exchange(m_first, {}), stop, sink);
        while (!waitForNews({})) { }
    }
    for (Walk& walk : m_walks) {
        walk.thread.join();
        report.nodes.push_back(*walk.end);
    }
    report.elapsed = m_control.elapsed();
    if (m_supervisor) {
        m_supervisor->conclude(report);
    }
    return report;
}

void ScanEngine::supervise(const std::stop_token& stop, const Sink& sink)
{
    while (true) {
        const bool allEnded = waitForNews(lookEvery);
        if (allEnded && stop.stop_requested()) {
            return;
        }
        auto orders = m_supervisor->look(ends(), stop);
        const bool isFinished = allEnded && orders.isFinished && orders.begin.empty();
        obey(std::move(orders), stop, sink);
        if (isFinished) {
            return;
        }
    }
}

void ScanEngine::obey(ScanSupervisor::Orders&& orders, const std::stop_token& stop, const Sink& sink)
{
    {
        const std::lock_guard lock(m_mutex);
        m_waitingFor = orders.waitingFor;
        m_keysToCome = orders.keysToCome;
        for (const std::size_t at : orders.drop) {
            m_walks[at].thread.request_stop();
        }
    }
    begin(std::move(orders.begin), stop, sink);
}

void ScanEngine::begin(std::vector<ScanNode> nodes, const std::stop_token& stop, const Sink& sink)
{
    for (ScanNode& node : nodes) {
        const std::lock_guard lock(m_mutex);
        Walk& walk = m_walks.emplace_back();
        walk.node = std::move(node);
        walk.progress.describe(nameOf(walk.node), walk.node.role, walk.node.slotRanges);
        walk.thread = std::jthread([this, &walk, &sink](std::stop_token own) {
            NodeScanEnd end = scanNode(walk, std::move(own), sink);
            {
                const std::lock_guard ended(m_mutex);
                walk.end = std::move(end);
                ++m_ended;
            }
            m_news.notify_one();
        });
        if (stop.stop_requested()) {
            walk.thread.request_stop(); // the callback may have come before this walk
        }
    }
}

/// Waits until a walk has ended since the last time, or patience is over. True once all have.
bool ScanEngine::waitForNews(std::optional<std::chrono::milliseconds> patience)
{
    std::unique_lock lock(m_mutex);
    const auto hasNews = [this] { return m_ended != m_endsSeen || m_walks.empty(); };
    if (patience) {
        m_news.wait_for(lock, *patience, hasNews);
    } else {
        m_news.wait(lock, hasNews);
    }
    m_endsSeen = m_ended;
    return m_ended == m_walks.size();
}

std::vector<const NodeScanEnd*> ScanEngine::ends() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<const NodeScanEnd*> all;
    for (const Walk& walk : m_walks) {
        all.push_back(walk.end ? &*walk.end : nullptr);
    }
    return all;
}

NodeScanEnd ScanEngine::scanNode(Walk& walk, std::stop_token stop, const Sink& wholeSink)
{
    ScanNode& node = walk.node;
    const Sink rooted = [&](KeyBatch&& keys) { return wholeSink(withRoot(keys, node.root)); };
    const Sink& sink = node.root.empty() ? wholeSink : rooted;
    NodeScanEnd end;
    try {
        auto bySlots = node.onlySlots ? readSlots(walk, stop, sink) : std::nullopt;
        if (node.rest.empty() && node.from != Cursor{}) {
            node.rest.push_back(ScanPart{node.from, 0});
        }
        end = bySlots ? *std::move(bySlots)
                      : NodeScanner(*node.lane, m_request, m_control, walk.progress, m_retry)
                            .run(node.rest, node.runId, stop, sink);
    } catch (const std::bad_alloc&) {
        end.stoppedBy =
            Error{ErrorKind::Limit, node.lane->nodeText(), QCoreApplication::translate("ScanEngine", "Out of memory")};
    } catch (const std::exception& problem) {
        end.stoppedBy = Error{ErrorKind::Server, node.lane->nodeText(), QString::fromUtf8(problem.what())};
    }
    end.node = nameOf(node);
    node.lane->close(); // on the thread that used it
    return end;
}

/// The node's part of a few slots, where that is quicker than to scan it. Nothing: it has to be scanned.
std::optional<NodeScanEnd> ScanEngine::readSlots(Walk& walk, std::stop_token stop, const Sink& sink)
{
    if (!m_request.type.empty() || !m_request.predicate.isEmpty() || m_request.useKeysCommand) {
        return std::nullopt;
    }
    auto found = fetchKeysOfSlots(*walk.node.lane, *walk.node.onlySlots, m_request.pattern, std::move(stop));
    if (!found || !*found) {
        return std::nullopt;
    }
    NodeScanEnd end;
    end.calls = (*found)->calls;
    end.keys = (*found)->keys.size();
    end.share = 1;
    walk.progress.calls = end.calls;
    walk.progress.keys = end.keys;
    walk.progress.atEnd = true;
    end.ledger = walk.progress.ledger();
    end.ledger.state = NodeScanState::Done;
    if (!(*found)->keys.isEmpty() && !sink(std::move((*found)->keys))) {
        end.stoppedBy = Error{ErrorKind::Cancelled, walk.node.lane->nodeText(), {}};
    }
    return end;
}

ScanProgress ScanEngine::progress() const
{
    const std::lock_guard lock(m_mutex);
    ScanProgress sum;
    double toldKeys = 0;
    double toldSlots = 0;
    for (const Walk& walk : m_walks) {
        sum.nodes.push_back(walk.progress.ledger());
        sum.keys += walk.progress.keys;
        sum.calls += walk.progress.calls;
        if (walk.progress.expectedKeys > 0 && !walk.node.isRepeat) {
            sum.expectedKeys += walk.progress.expectedKeys;
            toldKeys += static_cast<double>(walk.progress.expectedKeys.load());
            toldSlots += static_cast<double>(walk.node.slots);
        }
        if (sum.waitingFor.isEmpty()) {
            sum.waitingFor = walk.progress.waitingFor();
        }
    }
    sum.waitingFor = sum.waitingFor.isEmpty() ? m_waitingFor : sum.waitingFor;
    double walked = 0;
    auto whole = static_cast<double>(m_keysToCome);
    sum.expectedKeys += m_keysToCome;
    bool allEnded = m_ended == m_walks.size();
    for (const Walk& walk : m_walks) {
        if (!walk.node.isRepeat) {
            const double weight =
                expectedKeys(walk.progress, walk.node.slots, toldSlots > 0 ? toldKeys / toldSlots : 0);
            walked += walk.progress.share() * weight;
            whole += weight;
        }
    }
    sum.share = whole > 0 ? walked / whole : 0;
    sum.share = allEnded ? sum.share : std::min(sum.share, 0.99);
    sum.elapsed = m_control.elapsed();
    sum.paused = m_control.isPaused();
    // Below a hundredth the estimate jumps about too much to be shown.
    if (sum.share >= 0.01 && sum.share < 1) {
        const double rest = static_cast<double>(sum.elapsed.count()) * (1 - sum.share) / sum.share;
        sum.remaining = std::chrono::milliseconds(static_cast<std::int64_t>(rest));
    }
    return sum;
}

} // namespace keyglass
