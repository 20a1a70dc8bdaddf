// SPDX-License-Identifier: GPL-3.0-or-later
// What a scan knows of the slots of a real cluster while it runs.
#include "tests/core/scan/clusterscanfixture.h"
#include "tests/servers/faultproxy.h"

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// For tests of what comes after it: of a node that is there, an answer comes sooner, or in one of the next looks.
constexpr Milliseconds quick{300};

/// With time enough for a long line.
std::shared_ptr<ClusterMap> mapByProxies(RedisCluster& cluster)
{
    ConnectionOptions seed;
    seed.endpoint = Endpoint{u"127.0.0.1"_s, cluster.seedPort(0), {}, {}};
    seed.connectTimeout = std::chrono::seconds(20);
    seed.callTimeout = std::chrono::seconds(20);
    AddressRules rules;
    for (const auto& [announced, reachable] : cluster.addressMap()) {
        rules.map.emplace_back(announced, reachable);
    }
    return std::make_shared<ClusterMap>(ClusterAddresses(seed, rules), std::make_shared<CommandGate>(GateRules{}));
}

} // namespace

class TestClusterWatch : public ClusterScanTest {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_cluster.reset(); }
    void withoutClusterNodesItSaysWhatItCannotKnow();
    void whereClusterNodesTellsNothingItSaysSo();
    void aClusterFarAwayIsWatchedAllTheSame();
    void itIsInAHurryAgainOnceAnswersAreQuick();
    void whoAnswersIsHeardHoweverManyAreSilent();
    void twoThatCantBeConnectedToAreWaitedForAtMost();
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
    const auto map = mapByProxies(*m_cluster);
    HeldScan scan(clusterEngine(map, {}), 0);
    const auto report = scan.report();
    QVERIFY(report && report->isComplete());
    QVERIFY(scan.found() == m_cluster->truth());
    QVERIFY(report->cluster->unsettledSlots.isEmpty());
    QVERIFY(report->cluster->unwatched.isEmpty());
}

void TestClusterWatch::itIsInAHurryAgainOnceAnswersAreQuick()
{
    ClusterOptions options;
    options.replicasPerMaster = 0;
    options.proxies = ClusterProxies::Unknown;
    m_cluster = RedisCluster::start(options);
    const auto map = mapByProxies(*m_cluster);
    QVERIFY(refreshTopology(*map, {}));
    ClusterWatch watch(map, quick);
    const auto first = watch.patience();
    const auto setLine = [&](std::chrono::milliseconds eachWay) {
        for (int node = 0; node < m_cluster->size(); ++node) {
            m_cluster->proxy(node).setDelay(eachWay, eachWay);
        }
    };
    setLine(first * 6 / 10); // each way: an answer takes longer than the watch is patient
    QTRY_VERIFY_WITH_TIMEOUT((watch.look({}), watch.hasHeard()), 60000);
    QVERIFY(watch.patience() > first); // else it would never hear of them
    setLine(0ms);
    QTRY_COMPARE_WITH_TIMEOUT((watch.look({}), watch.patience()), first, 60000);
}

/// Its answer has come long since when two others have been waited for.
void TestClusterWatch::whoAnswersIsHeardHoweverManyAreSilent()
{
    ClusterOptions options;
    options.masters = 5;
    options.replicasPerMaster = 0;
    m_cluster = RedisCluster::start(options);
    const auto map = mapOf(*m_cluster, 4);
    QVERIFY(refreshTopology(*map, {}));
    ClusterWatch watch(map); // patient, so that a loaded machine answers in time
    QTRY_VERIFY_WITH_TIMEOUT((watch.look({}), watch.hasHeard() && watch.silent() == 0), 60000);
    for (int node = 0; node < 3; ++node) { // those that are asked first
        m_cluster->pause(node);
    }
    watch.look({});
    for (int node = 0; node < m_cluster->size(); ++node) {
        QCOMPARE(watch.master(m_cluster->id(node)).isFresh, node >= 3);
    }
}

void TestClusterWatch::twoThatCantBeConnectedToAreWaitedForAtMost()
{
    ClusterOptions options;
    options.masters = 5;
    options.replicasPerMaster = 0;
    m_cluster = RedisCluster::start(options);
    const auto map = mapOf(*m_cluster, 0);
    QVERIFY(refreshTopology(*map, {}));
    ClusterWatch watch(map, quick);
    QTRY_VERIFY_WITH_TIMEOUT((watch.look({}), watch.hasHeard() && watch.silent() == 0), 60000);
    for (int node = 1; node < m_cluster->size(); ++node) {
        m_cluster->pause(node);
    }
    watch.look({}); // whose silence closes the lines that there are
    const auto isHeard = [&] { return watch.master(m_cluster->id(0)).isFresh; };
    for (int look = 0; look < 3; ++look) {
        watch.look({});
        const int slow = isHeard() ? 0 : 1; // also the one that runs can be late
        QVERIFY2(watch.silent() >= 2 && watch.silent() <= 2 + slow, qPrintable(QString::number(watch.silent())));
    }
    QTRY_VERIFY_WITH_TIMEOUT((watch.look({}), isHeard()), 60000); // who answers is heard all the same
    for (int node = 1; node < m_cluster->size(); ++node) {
        m_cluster->resume(node);
    }
    const auto allAreHeard = [&] {
        watch.look({});
        return watch.silent() == 0
            && std::ranges::all_of(watch.masters(), [](const auto& each) { return each.second.isFresh; });
    };
    QTRY_VERIFY_WITH_TIMEOUT(allAreHeard(), 60000);
}

QTEST_GUILESS_MAIN(TestClusterWatch)
#include "tst_clusterwatch.moc"
