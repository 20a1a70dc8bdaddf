// SPDX-License-Identifier: GPL-3.0-or-later
// Scans of a real cluster at rest, and while its slots move. Each change is made while the scan is held after a third
// of its keys, and each test says what a scan of one master after the other would lose.
#include "tests/core/scan/clusterscanfixture.h"
#include "tests/servers/slotmove.h"

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

/// Servers with a table for each slot (Valkey 8, Redis 7.4) walk them in order: a node's last ones are those that its
/// scan has not come to, and that the scan of who gets them has behind it.
std::vector<int> lastSlots(RedisCluster& cluster, int node, std::size_t count)
{
    const std::vector<int> slots = cluster.slotsOf(node);
    return {slots.end() - static_cast<std::ptrdiff_t>(std::min(slots.size(), count)), slots.end()};
}

std::string ownersPicture(RedisCluster& cluster)
{
    std::string picture;
    for (int slot = 0; slot < clusterSlots; slot += 61) {
        picture += std::to_string(cluster.ownerOf(slot)) + ' ';
    }
    return picture;
}

} // namespace

class TestClusterScan : public ClusterScanTest {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_cluster.reset(); }
    void atRestItEqualsTheTruth_data();
    void atRestItEqualsTheTruth();
    void oneKeyIsLookedUpWhereItIs();
    void slotsThatMovedAreReadAgain_data();
    void slotsThatMovedAreReadAgain();
    void aMigrationHalfDoneIsWaitedFor();
    void aMigrationBrokenOffIsReadFromBothSides();
    void nodesThatComeAndGo_data();
    void nodesThatComeAndGo();
};

void TestClusterScan::atRestItEqualsTheTruth_data()
{
    QTest::addColumn<int>("seed");
    QTest::addColumn<ScanReplicas>("replicas");
    QTest::addColumn<int>("nodesRead");
    QTest::addRow("from a master") << 0 << ScanReplicas::Masters << 3;
    QTest::addRow("from a replica") << 5 << ScanReplicas::Masters << 3;
    QTest::addRow("replicas only") << 1 << ScanReplicas::Replicas << 3;
    QTest::addRow("masters and replicas") << 1 << ScanReplicas::Both << 6;
}

void TestClusterScan::atRestItEqualsTheTruth()
{
    QFETCH(const int, seed);
    QFETCH(const ScanReplicas, replicas);
    QFETCH(const int, nodesRead);
    start();
    HeldScan scan(clusterEngine(mapOf(*m_cluster, seed), {}, {}, replicas), 0);
    const auto report = scan.report();
    QVERIFY(report && report->isComplete());
    QVERIFY(scan.found() == m_truth);
    QCOMPARE(report->nodes.size(), static_cast<std::size_t>(nodesRead));
    QCOMPARE(report->keys(), keyCount * static_cast<std::size_t>(nodesRead) / 3);
    QCOMPARE(report->share(), 1.0);
    QVERIFY(report->cluster);
    QCOMPARE(report->cluster->roundsAgain, 0);
    QVERIFY(report->cluster->unwatched.isEmpty());
    QCOMPARE(report->cluster->hasReadBoth, replicas == ScanReplicas::Both);
    const auto asked =
        std::ranges::count_if(report->nodes, [](const NodeScanEnd& end) { return end.ledger.role == u"replica"_s; });
    QCOMPARE(static_cast<int>(asked), replicas == ScanReplicas::Masters ? 0 : 3);
}

void TestClusterScan::oneKeyIsLookedUpWhereItIs()
{
    m_cluster = RedisCluster::start();
    m_cluster->fill(300);
    for (const auto& [key, isThere] : {std::pair<std::string, bool>{"key:7", true}, {"key:none", false}}) {
        ScanRequest request;
        request.pattern = KeyPattern::exact(key);
        HeldScan scan(clusterEngine(mapOf(*m_cluster, 0), request), 0);
        const auto report = scan.report();
        QVERIFY(report && report->isComplete());
        QVERIFY(scan.found() == (isThere ? std::set<std::string>{key} : std::set<std::string>{}));
    }
}

void TestClusterScan::slotsThatMovedAreReadAgain_data()
{
    QTest::addColumn<int>("slots");
    QTest::addColumn<bool>("glob");
    QTest::addRow("4000 slots") << 4000 << false;
    QTest::addRow("a few slots, few keys in them") << 200 << false;
    QTest::addRow("with a pattern that only the server can judge") << 2000 << true;
}

void TestClusterScan::slotsThatMovedAreReadAgain()
{
    QFETCH(const int, slots);
    QFETCH(const bool, glob);
    start();
    ScanRequest request = smallCalls();
    if (glob) {
        request.pattern = *KeyPattern::fromText("us?r:*");
    }
    HeldScan scan(clusterEngine(mapOf(*m_cluster, 0), request), third);
    HeldScan plain(plainEngine(*m_cluster), third);
    scan.waitForHold();
    plain.waitForHold();
    const std::string before = ownersPicture(*m_cluster);
    m_cluster->moveSlots(0, 1, lastSlots(*m_cluster, 0, static_cast<std::size_t>(slots)));
    m_cluster->moveSlots(1, 2, lastSlots(*m_cluster, 1, static_cast<std::size_t>(slots / 2)));
    QVERIFY(before != ownersPicture(*m_cluster));
    scan.letGo();
    plain.letGo();
    const auto report = scan.report();
    QVERIFY(report && report->isComplete());
    QCOMPARE(missing(m_truth, scan.found()).size(), std::size_t{0});
    QVERIFY(scan.found() == m_truth);
    QVERIFY(report->cluster->roundsAgain > 0);
    QVERIFY(plain.report() && plain.report()->isComplete()); // it believes so
    QVERIFY(!missing(m_truth, plain.found()).empty());
}

void TestClusterScan::aMigrationHalfDoneIsWaitedFor()
{
    start();
    HeldScan scan(clusterEngine(mapOf(*m_cluster, 0)), third);
    HeldScan plain(plainEngine(*m_cluster), third);
    scan.waitForHold();
    plain.waitForHold();
    SlotMove move(*m_cluster, 0, 2, lastSlots(*m_cluster, 0, 1000));
    move.moveKeysOfSlots(500);
    move.moveHalfOfNextSlot();
    scan.letGo();
    plain.letGo();
    QVERIFY(plain.report() && plain.report()->isComplete());
    move.finish(); // while the scan runs
    const auto report = scan.report();
    QVERIFY(report && report->isComplete());
    QVERIFY(scan.found() == m_truth);
    QVERIFY(!missing(m_truth, plain.found()).empty());
}

void TestClusterScan::aMigrationBrokenOffIsReadFromBothSides()
{
    start();
    HeldScan scan(clusterEngine(mapOf(*m_cluster, 0)), third);
    scan.waitForHold();
    SlotMove move(*m_cluster, 0, 2, lastSlots(*m_cluster, 0, 1000));
    move.moveKeysOfSlots(500);
    move.moveHalfOfNextSlot();
    scan.letGo();
    const auto report = scan.report();
    QVERIFY(report && report->isComplete()); // the marks still stand
    QVERIFY(scan.found() == m_truth);
    QVERIFY(report->cluster->unsettledSlots.isEmpty());
    move.finish();
}

void TestClusterScan::nodesThatComeAndGo_data()
{
    QTest::addColumn<bool>("comes");
    QTest::addRow("a node is added and given slots") << true;
    QTest::addRow("a node gives all its slots away and is removed") << false;
}

void TestClusterScan::nodesThatComeAndGo()
{
    QFETCH(const bool, comes);
    ClusterOptions options;
    options.replicasPerMaster = 0;
    start(options);
    HeldScan scan(clusterEngine(mapOf(*m_cluster, 1)), third);
    HeldScan plain(plainEngine(*m_cluster, shortPatience()), third);
    scan.waitForHold();
    plain.waitForHold();
    if (comes) {
        const int added = m_cluster->addNode();
        m_cluster->moveSlots(0, added, lastSlots(*m_cluster, 0, 3000));
        QVERIFY(m_cluster->isMaster(added));
    } else {
        m_cluster->removeNode(0);
    }
    scan.letGo();
    plain.letGo();
    const auto report = scan.report();
    QVERIFY(report && report->isComplete());
    QVERIFY(scan.found() == m_truth);
    QVERIFY(plain.report());
    QVERIFY(!missing(m_truth, plain.found()).empty());
}

QTEST_GUILESS_MAIN(TestClusterScan)
#include "tst_clusterscan.moc"
