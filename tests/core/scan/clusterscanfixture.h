// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scan/clusterscan.h"
#include "core/scan/scanengine.h"
#include "core/source/commandgate.h"
#include "tests/servers/rediscluster.h"

#include <QtTest>

#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <thread>

namespace keyglass::test {

inline std::shared_ptr<ClusterMap> mapOf(
    RedisCluster& cluster, int seed, const QString& user = {}, const QString& password = {})
{
    ConnectionOptions options;
    options.endpoint = Endpoint{QStringLiteral("127.0.0.1"), cluster.port(seed), {}, {}};
    options.user = user;
    options.password = password;
    return std::make_shared<ClusterMap>(ClusterAddresses(options, {}), std::make_shared<CommandGate>(GateRules{}));
}

/// Runs an engine on a thread, keeps what it finds, and holds it after a third of the keys until it is let go.
class HeldScan {
public:
    HeldScan(std::unique_ptr<ScanEngine> engine, std::size_t holdAfter)
        : m_engine(std::move(engine))
        , m_holdAfter(holdAfter)
        , m_thread([this](std::stop_token stop) {
            ScanReport report = m_engine->run(stop, [this](KeyBatch&& batch) { return take(batch); });
            const std::lock_guard lock(m_mutex);
            m_report = std::move(report);
        })
    {
    }

    /// Waits until the scan has come to its hold and no call is under way.
    void waitForHold()
    {
        QTRY_VERIFY_WITH_TIMEOUT(m_engine->isPaused(), 30000);
        std::uint64_t calls = 0;
        do {
            calls = m_engine->progress().calls;
            QTest::qWait(100);
        } while (calls != m_engine->progress().calls);
    }
    void letGo() { m_engine->resume(); }
    void stop() { m_thread.request_stop(); }
    [[nodiscard]] ScanProgress progress() const { return m_engine->progress(); }

    /// The end of the scan, a minute at most; nothing if it does not come.
    [[nodiscard]] std::optional<ScanReport> report()
    {
        const QDeadlineTimer patience(60000);
        while (!patience.hasExpired()) {
            {
                const std::lock_guard lock(m_mutex);
                if (m_report) {
                    return m_report;
                }
            }
            QTest::qWait(20);
        }
        return {};
    }
    [[nodiscard]] std::set<std::string> found() const
    {
        const std::lock_guard lock(m_mutex);
        return m_found;
    }

private:
    bool take(const KeyBatch& batch)
    {
        std::unique_lock lock(m_mutex);
        for (std::size_t at = 0; at < batch.size(); ++at) {
            m_found.emplace(batch[at]);
        }
        if (m_holdAfter > 0 && m_found.size() >= m_holdAfter) {
            m_holdAfter = 0;
            m_engine->pause();
            m_held.notify_all();
        }
        // A third of all keys can be all keys of one node: who is ahead waits, so that no node is done at the hold.
        std::size_t& ofThisNode = m_taken[std::this_thread::get_id()];
        ofThisNode += batch.size();
        if (ofThisNode > m_holdAfter / 2) {
            m_held.wait_for(lock, std::chrono::seconds(10), [this] { return m_holdAfter == 0; });
        }
        return true;
    }

    const std::unique_ptr<ScanEngine> m_engine;
    mutable std::mutex m_mutex; ///< Guards the members below: nodes' threads fill them, the test reads.
    std::size_t m_holdAfter;
    std::map<std::thread::id, std::size_t> m_taken; ///< Keys taken from each node's thread.
    std::set<std::string> m_found;
    std::optional<ScanReport> m_report;
    std::condition_variable m_held;
    std::jthread m_thread; // last: joined first
};

/// Small calls, so that a third of a small keyspace is many of them.
inline ScanRequest smallCalls()
{
    ScanRequest request;
    request.count = 20;
    return request;
}

inline RetryPolicy shortPatience()
{
    RetryPolicy retry;
    retry.patience = std::chrono::milliseconds(3000);
    return retry;
}

inline std::unique_ptr<ScanEngine> clusterEngine(const std::shared_ptr<ClusterMap>& map,
    ScanRequest request = smallCalls(), RetryPolicy retry = {}, ScanReplicas replicas = ScanReplicas::Masters,
    std::shared_ptr<const ClusterScanMemory> memory = nullptr, std::string onlyNode = {})
{
    auto lead = std::make_unique<ClusterScan>(map, request, replicas, std::move(memory), std::move(onlyNode));
    return std::make_unique<ScanEngine>(std::move(request), std::move(lead), retry);
}

/// What a browser does that scans each master once and looks at nothing else.
inline std::unique_ptr<ScanEngine> plainEngine(RedisCluster& cluster, RetryPolicy retry = {})
{
    std::vector<ScanNode> nodes;
    for (const int node : cluster.masters()) {
        ConnectionOptions options;
        options.endpoint = Endpoint{QStringLiteral("127.0.0.1"), cluster.port(node), {}, {}};
        nodes.push_back(ScanNode{makeLane(options, std::make_shared<CommandGate>(GateRules{})), {}, {}});
    }
    return std::make_unique<ScanEngine>(smallCalls(), std::move(nodes), retry);
}

/// Keys of `truth` that are not in `found`.
inline std::set<std::string> missing(const std::set<std::string>& truth, const std::set<std::string>& found)
{
    std::set<std::string> lost;
    std::ranges::set_difference(truth, found, std::inserter(lost, lost.end()));
    return lost;
}

inline constexpr std::size_t keyCount = 36'000;
inline constexpr std::size_t third = keyCount / 3;

/// Tests with a cluster of their own, full of keys.
class ClusterScanTest : public QObject {
protected:
    void start(ClusterOptions options = {})
    {
        m_cluster = RedisCluster::start(std::move(options));
        m_cluster->fill(keyCount, "user:");
        m_truth = m_cluster->truth();
        QCOMPARE(m_truth.size(), keyCount);
    }

    std::unique_ptr<RedisCluster> m_cluster;
    std::set<std::string> m_truth;
};

} // namespace keyglass::test
