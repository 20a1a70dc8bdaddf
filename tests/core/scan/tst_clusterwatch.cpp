// SPDX-License-Identifier: GPL-3.0-or-later
// What a scan knows of the slots of a real cluster while it runs.
#include "tests/core/scan/clusterscanfixture.h"
#include "tests/servers/faultproxy.h"

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

class TestClusterWatch : public ClusterScanTest {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_cluster.reset(); }
    void withoutClusterNodesItSaysWhatItCannotKnow();
    void whereClusterNodesTellsNothingItSaysSo();
    void aClusterFarAwayIsWatchedAllTheSame();
};

void TestClusterWatch::withoutClusterNodesItSaysWhatItCannotKnow()
{
    ClusterOptions options;
    options.users = {u"user default on nopass ~* &* +@all"_s, u"user guest on >pw ~* &* +@all -cluster|nodes"_s};
    start(options);
    HeldScan scan(clusterEngine(mapOf(*m_cluster, 0, u"guest"_s, u"pw"_s)), 0);
    const auto report = scan.report();
    QVERIFY(report && report->isComplete());
    QVERIFY(scan.found() == m_truth);
    QCOMPARE(report->cluster->unwatched.size(), 3);
}

/// Nodes that have no such subcommand, as far as they say.
void TestClusterWatch::whereClusterNodesTellsNothingItSaysSo()
{
    ClusterOptions options;
    options.replicasPerMaster = 0;
    start(options);
    std::vector<std::unique_ptr<FaultProxy>> proxies;
    AddressRules rules;
    for (int node = 0; node < m_cluster->size(); ++node) {
        proxies.push_back(
            std::make_unique<FaultProxy>(ProxyTarget{{}, m_cluster->port(node)}, Faults{.unknownWord = "NODES"}));
        rules.map.emplace_back(
            u"127.0.0.1:%1"_s.arg(m_cluster->port(node)), u"127.0.0.1:%1"_s.arg(proxies.back()->port()));
    }
    ConnectionOptions seed;
    seed.endpoint = Endpoint{u"127.0.0.1"_s, proxies.front()->port(), {}, {}};
    const auto map =
        std::make_shared<ClusterMap>(ClusterAddresses(seed, rules), std::make_shared<CommandGate>(GateRules{}));
    HeldScan scan(clusterEngine(map), 0);
    const auto report = scan.report();
    QVERIFY(report && report->isComplete());
    QVERIFY(scan.found() == m_truth);
    QCOMPARE(report->cluster->unwatched.size(), 3);
    QCOMPARE(report->cluster->roundsAgain, 0);
}

/// No answer comes within the second that a master next door is given.
void TestClusterWatch::aClusterFarAwayIsWatchedAllTheSame()
{
    ClusterOptions options;
    options.replicasPerMaster = 0;
    options.proxies = ClusterProxies::Unknown;
    m_cluster = RedisCluster::start(options);
    m_cluster->fill(300);
    for (int node = 0; node < m_cluster->size(); ++node) {
        m_cluster->proxy(node).setDelay(std::chrono::milliseconds(600), std::chrono::milliseconds(600));
    }
    ConnectionOptions seed;
    seed.endpoint = Endpoint{u"127.0.0.1"_s, m_cluster->seedPort(0), {}, {}};
    seed.connectTimeout = std::chrono::seconds(20);
    seed.callTimeout = std::chrono::seconds(20);
    AddressRules rules;
    for (const auto& [announced, reachable] : m_cluster->addressMap()) {
        rules.map.emplace_back(announced, reachable);
    }
    const auto map =
        std::make_shared<ClusterMap>(ClusterAddresses(seed, rules), std::make_shared<CommandGate>(GateRules{}));
    HeldScan scan(clusterEngine(map, {}), 0);
    const auto report = scan.report();
    QVERIFY(report && report->isComplete());
    QVERIFY(scan.found() == m_cluster->truth());
    QVERIFY(report->cluster->unsettledSlots.isEmpty());
    QVERIFY(report->cluster->unwatched.isEmpty());
}

QTEST_GUILESS_MAIN(TestClusterWatch)
#include "tst_clusterwatch.moc"
