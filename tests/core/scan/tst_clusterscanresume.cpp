// SPDX-License-Identifier: GPL-3.0-or-later
// Scans of a real cluster that are gone on with: all of them, or one node alone.
#include "tests/core/scan/clusterscanfixture.h"

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

class TestClusterScanResume : public ClusterScanTest {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_cluster.reset(); }
    void aDeadMasterIsGoneOnWithLater();
    void oneOfTwoNodesIsGoneOnWithAlone_data();
    void oneOfTwoNodesIsGoneOnWithAlone();
    void whoTookANodesSlotsOverIsReadForIt();
    void whatWasSeenIsNotForgottenWhereNobodyAnswers();
    void whatWasSettledIsNotReadAgain();
};

void TestClusterScanResume::aDeadMasterIsGoneOnWithLater()
{
    ClusterOptions options;
    options.replicasPerMaster = 0;
    start(options);
    const auto map = mapOf(*m_cluster, 1);
    HeldScan scan(clusterEngine(map, smallCalls(), shortPatience()), third);
    scan.waitForHold();
    m_cluster->server(0).save();
    m_cluster->kill(0);
    scan.letGo();
    const auto report = scan.report();
    QVERIFY(report && !report->isComplete());
    m_cluster->restart(0);
    HeldScan rest(clusterEngine(map, smallCalls(), {}, ScanReplicas::Masters, report->cluster->memory), 0);
    const auto whole = rest.report();
    QVERIFY(whole && whole->isComplete());
    QCOMPARE(whole->nodes.size(), std::size_t{3}); // all lines are kept
    std::set<std::string> together = scan.found();
    together.merge(rest.found());
    QVERIFY(together == m_truth);
    const auto walked = rest.progress();
    QCOMPARE(walked.nodes.size(), std::size_t{1}); // that node alone was asked again
    const auto line = std::ranges::find(whole->nodes, m_cluster->id(0), &NodeScanEnd::nodeId);
    QVERIFY(line != whole->nodes.end());
    QCOMPARE(line->restarts, 1); // another process: its old cursor means nothing to it
}

void TestClusterScanResume::oneOfTwoNodesIsGoneOnWithAlone_data()
{
    QTest::addColumn<bool>("isSameProcess");
    QTest::addRow("the same process goes on from its cursor") << true;
    QTest::addRow("another process begins again") << false;
}

void TestClusterScanResume::oneOfTwoNodesIsGoneOnWithAlone()
{
    QFETCH(const bool, isSameProcess);
    ClusterOptions options;
    options.replicasPerMaster = 0;
    options.arguments = {u"--cluster-require-full-coverage"_s, u"no"_s};
    start(options);
    const auto map = mapOf(*m_cluster, 2);
    HeldScan scan(clusterEngine(map, smallCalls(), shortPatience()), third);
    scan.waitForHold();
    if (isSameProcess) {
        m_cluster->pause(0);
    } else {
        m_cluster->server(0).save();
        m_cluster->kill(0);
    }
    m_cluster->server(1).save();
    m_cluster->kill(1);
    scan.letGo();
    const auto report = scan.report();
    QVERIFY(report);
    QCOMPARE(report->partialNodes().size(), std::size_t{2});
    const auto cursorsBefore = report->partialNodes().front()->rest;
    isSameProcess ? m_cluster->resume(0) : m_cluster->restart(0);
    m_cluster->restart(1);

    const auto goOnWith = [&](int node, const ScanReport& from) {
        return std::make_unique<HeldScan>(
            clusterEngine(map, smallCalls(), {}, ScanReplicas::Masters, from.cluster->memory, m_cluster->id(node)), 0);
    };
    const auto first = goOnWith(0, *report);
    const auto half = first->report();
    QVERIFY(half && !half->isComplete());
    QCOMPARE(first->progress().nodes.size(), std::size_t{1}); // nobody else was asked
    QCOMPARE(half->nodes.size(), std::size_t{3});
    QCOMPARE(half->partialNodes().size(), std::size_t{1});
    QCOMPARE(half->partialNodes().front()->nodeId, m_cluster->id(1));
    const auto line = std::ranges::find(half->nodes, m_cluster->id(0), &NodeScanEnd::nodeId);
    QVERIFY(line != half->nodes.end() && line->isComplete());
    QCOMPARE(line->ledger.beganAgain, isSameProcess ? 0 : 1);
    QCOMPARE(line->ledger.wentOn > 0, isSameProcess);
    QVERIFY2(line->ledger.lastRestart.contains(isSameProcess ? u"went on"_s : u"began again"_s),
        qPrintable(line->ledger.lastRestart));
    for (const std::string& lost : missing(m_truth, [&] {
             std::set<std::string> both = scan.found();
             both.merge(first->found());
             return both;
         }())) {
        QCOMPARE(m_cluster->ownerOf(int{keyglass::slotOf(lost)}), 1);
    }

    const auto second = goOnWith(1, *half); // what the other had left is still known
    const auto whole = second->report();
    QVERIFY(whole && whole->isComplete());
    QCOMPARE(second->progress().nodes.size(), std::size_t{1});
    std::set<std::string> together = scan.found();
    together.merge(first->found());
    together.merge(second->found());
    QVERIFY(together == m_truth);
}

void TestClusterScanResume::whoTookANodesSlotsOverIsReadForIt()
{
    start();
    const auto map = mapOf(*m_cluster, 1);
    HeldScan scan(clusterEngine(map, smallCalls(), shortPatience()), third);
    scan.waitForHold();
    const auto slot = m_cluster->slotsOf(0).front();
    const auto replica = m_cluster->replicaOf(0);
    QVERIFY(replica);
    m_cluster->server(*replica).save();
    m_cluster->kill(*replica); // nobody can take over
    m_cluster->kill(0);
    scan.letGo();
    const auto report = scan.report();
    QVERIFY(report);
    QCOMPARE(report->partialNodes().size(), std::size_t{1});
    m_cluster->restart(*replica);
    m_cluster->server(*replica).command({"CLUSTER", "FAILOVER", "TAKEOVER"});
    QCOMPARE(m_cluster->waitForOwner(slot), *replica);
    m_cluster->waitUntilAgreed();
    HeldScan rest(
        clusterEngine(map, smallCalls(), {}, ScanReplicas::Masters, report->cluster->memory, m_cluster->id(0)), 0);
    const auto whole = rest.report();
    QVERIFY(whole);
    QVERIFY(whole->partialNodes().empty());
    QVERIFY(whole->isComplete());
    QCOMPARE(rest.progress().nodes.size(), std::size_t{1});
    const auto line = std::ranges::find(whole->nodes, m_cluster->id(0), &NodeScanEnd::nodeId);
    QVERIFY(line != whole->nodes.end());
    QCOMPARE(line->replacedBy, u"127.0.0.1:%1"_s.arg(m_cluster->port(*replica)));
    std::set<std::string> together = scan.found();
    together.merge(rest.found());
    QVERIFY(together == m_truth);
}

void TestClusterScanResume::whatWasSeenIsNotForgottenWhereNobodyAnswers()
{
    ClusterOptions options;
    options.replicasPerMaster = 0;
    start(options);
    const auto map = mapOf(*m_cluster, 1);
    HeldScan scan(clusterEngine(map, smallCalls(), shortPatience()), third);
    scan.waitForHold();
    for (int node = 0; node < m_cluster->size(); ++node) {
        m_cluster->server(node).save();
    }
    m_cluster->server(0).kill();
    scan.letGo();
    const auto report = scan.report();
    QVERIFY(report);
    QCOMPARE(report->partialNodes().size(), std::size_t{1});
    m_cluster->server(1).kill();
    m_cluster->server(2).kill();

    HeldScan inVain(
        clusterEngine(map, smallCalls(), shortPatience(), ScanReplicas::Masters, report->cluster->memory), 0);
    const auto same = inVain.report();
    QVERIFY(same && same->cluster);
    QCOMPARE(same->nodes.size(), std::size_t{3}); // those that were read stay so
    QCOMPARE(same->partialNodes().size(), std::size_t{1});
    QCOMPARE(same->partialNodes().front()->nodeId, m_cluster->id(0));

    for (int node = 0; node < m_cluster->size(); ++node) {
        m_cluster->server(node).restart();
    }
    m_cluster->waitUntilAgreed();
    HeldScan rest(clusterEngine(map, smallCalls(), {}, ScanReplicas::Masters, same->cluster->memory), 0);
    const auto whole = rest.report();
    QVERIFY(whole && whole->isComplete());
    std::set<std::string> together = scan.found();
    together.merge(inVain.found());
    together.merge(rest.found());
    QVERIFY(together == m_truth);
}

void TestClusterScanResume::whatWasSettledIsNotReadAgain()
{
    start();
    ScanRequest request = smallCalls();
    request.limits.maxKeys = keyCount / 2;
    const auto map = mapOf(*m_cluster, 0);
    HeldScan half(clusterEngine(map, request), 0);
    const auto report = half.report();
    QVERIFY(report && report->limit());
    request.limits = {};
    HeldScan rest(clusterEngine(map, request, {}, ScanReplicas::Masters, report->cluster->memory), 0);
    const auto whole = rest.report();
    QVERIFY(whole && whole->isComplete());
    QVERIFY(rest.found().size() < keyCount * 2 / 3);
    std::set<std::string> together = half.found();
    together.merge(rest.found());
    QVERIFY(together == m_truth);
}

QTEST_GUILESS_MAIN(TestClusterScanResume)
#include "tst_clusterscanresume.moc"
