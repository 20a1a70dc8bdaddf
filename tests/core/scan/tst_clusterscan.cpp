// SPDX-License-Identifier: GPL-3.0-or-later
// Scans of a real cluster that changes while they run. Each change is made while the scan is held after a third of its
// keys, and each test says what a scan of one master after the other would lose.
#include "tests/core/scan/clusterscanfixture.h"
#include "tests/servers/faultproxy.h"
#include "tests/servers/slotmove.h"

#include <numeric>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t keyCount = 36'000;
constexpr std::size_t third = keyCount / 3;

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

class TestClusterScan : public QObject {
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
    void aNewMasterIsReadInPlaceOfTheOld_data();
    void aNewMasterIsReadInPlaceOfTheOld();
    void aDeadMasterIsNamedAndTheRestStands();
    void aDeadMasterIsGoneOnWithLater();
    void oneOfTwoNodesIsGoneOnWithAlone_data();
    void oneOfTwoNodesIsGoneOnWithAlone();
    void whoTookANodesSlotsOverIsReadForIt();
    void aSilentNodeIsWaitedFor();
    void aNodeRestartedIsReadAnew();
    void nodesThatComeAndGo_data();
    void nodesThatComeAndGo();
    void aWrongPasswordOnOneNodeIsNamed();
    void withoutClusterNodesItSaysWhatItCannotKnow();
    void whereClusterNodesTellsNothingItSaysSo();
    void aClusterFarAwayIsWatchedAllTheSame();
    void replicasThatAreGivenUpAreReadByTheirMasters();
    void aReplicaThatLagsBehindIsNotRead();
    void aNodeWithAnotherAddressIsFollowed();
    void whatWasSeenIsNotForgottenWhereNobodyAnswers();
    void whatWasSettledIsNotReadAgain();
    void stoppingIsQuick();

private:
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

void TestClusterScan::aNewMasterIsReadInPlaceOfTheOld_data()
{
    QTest::addColumn<QString>("how");
    QTest::addRow("killed, its replica promoted") << u"kill"_s;
    QTest::addRow("hung, its replica promoted") << u"pause"_s;
    QTest::addRow("orderly failover") << u"failover"_s;
}

void TestClusterScan::aNewMasterIsReadInPlaceOfTheOld()
{
    QFETCH(const QString, how);
    start();
    HeldScan scan(clusterEngine(mapOf(*m_cluster, 1)), third);
    scan.waitForHold();
    const auto slot = m_cluster->slotsOf(0).front();
    if (how == u"kill") {
        QVERIFY(m_cluster->killMaster(0));
    } else if (how == u"pause") {
        m_cluster->pause(0);
        QVERIFY(m_cluster->waitForOwner(slot) != 0);
    } else {
        QVERIFY(m_cluster->failover(0) != 0);
    }
    QVERIFY(m_cluster->ownerOf(slot) != 0);
    scan.letGo();
    const auto report = scan.report();
    QVERIFY(report && report->isComplete());
    QVERIFY(scan.found() == m_truth);
    QVERIFY(report->partialNodes().empty());
    const auto replaced =
        std::ranges::find_if(report->nodes, [](const NodeScanEnd& end) { return !end.replacedBy.isEmpty(); });
    QVERIFY(replaced != report->nodes.end());
    QCOMPARE(replaced->replacedBy, u"127.0.0.1:%1"_s.arg(m_cluster->port(m_cluster->ownerOf(slot))));
    if (how == u"pause") {
        m_cluster->resume(0);
    }
}

void TestClusterScan::aDeadMasterIsNamedAndTheRestStands()
{
    ClusterOptions options;
    options.replicasPerMaster = 0;
    options.arguments = {u"--cluster-require-full-coverage"_s, u"no"_s};
    start(options);
    HeldScan scan(clusterEngine(mapOf(*m_cluster, 1), smallCalls(), shortPatience()), third);
    scan.waitForHold();
    const std::vector<int> slots = m_cluster->slotsOf(0);
    m_cluster->kill(0);
    scan.letGo();
    const auto report = scan.report();
    QVERIFY(report && !report->isComplete());
    QCOMPARE(report->partialNodes().size(), std::size_t{1});
    QCOMPARE(report->partialNodes().front()->node, u"127.0.0.1:%1"_s.arg(m_cluster->port(0)));
    QCOMPARE(report->partialNodes().front()->stoppedBy->kind, ErrorKind::Network);
    for (const std::string& lost : missing(m_truth, scan.found())) {
        QVERIFY(std::ranges::binary_search(slots, int{keyglass::slotOf(lost)}));
    }
    QVERIFY(report->share() > 0.5);
    QVERIFY(report->share() < 1);
}

void TestClusterScan::aDeadMasterIsGoneOnWithLater()
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

void TestClusterScan::oneOfTwoNodesIsGoneOnWithAlone_data()
{
    QTest::addColumn<bool>("isSameProcess");
    QTest::addRow("the same process goes on from its cursor") << true;
    QTest::addRow("another process begins again") << false;
}

void TestClusterScan::oneOfTwoNodesIsGoneOnWithAlone()
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

void TestClusterScan::whoTookANodesSlotsOverIsReadForIt()
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

void TestClusterScan::aSilentNodeIsWaitedFor()
{
    ClusterOptions options;
    options.replicasPerMaster = 0;
    start(options);
    HeldScan scan(clusterEngine(mapOf(*m_cluster, 1)), third);
    scan.waitForHold();
    m_cluster->pause(0);
    scan.letGo();
    QTRY_VERIFY_WITH_TIMEOUT(
        std::ranges::any_of(scan.progress().nodes, [](const NodeLedger& line) { return line.silentSince.has_value(); }),
        20000);
    m_cluster->resume(0);
    const auto report = scan.report();
    QVERIFY(report && report->isComplete());
    QVERIFY(scan.found() == m_truth);
}

void TestClusterScan::aNodeRestartedIsReadAnew()
{
    ClusterOptions options;
    options.replicasPerMaster = 0;
    start(options);
    HeldScan scan(clusterEngine(mapOf(*m_cluster, 1)), third);
    scan.waitForHold();
    m_cluster->restart(0);
    scan.letGo();
    const auto report = scan.report();
    QVERIFY(report && report->isComplete());
    QVERIFY(scan.found() == m_truth);
    const auto line = std::ranges::find(report->nodes, m_cluster->id(0), &NodeScanEnd::nodeId);
    QVERIFY(line != report->nodes.end());
    QVERIFY(line->restarts > 0);
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

void TestClusterScan::aWrongPasswordOnOneNodeIsNamed()
{
    ClusterOptions options;
    options.replicasPerMaster = 0;
    options.password = u"secret"_s;
    options.usersOf[2] = {u"user default on >another ~* &* +@all"_s};
    start(options);
    HeldScan scan(clusterEngine(mapOf(*m_cluster, 0, {}, u"secret"_s)), 0);
    const auto report = scan.report();
    QVERIFY(report && !report->isComplete());
    QCOMPARE(report->partialNodes().size(), std::size_t{1});
    QCOMPARE(report->partialNodes().front()->node, u"127.0.0.1:%1"_s.arg(m_cluster->port(2)));
    QCOMPARE(report->partialNodes().front()->stoppedBy->kind, ErrorKind::Auth);
    QVERIFY(scan.found().size() > keyCount / 2);
    QVERIFY(report->share() > 0.5 && report->share() < 0.8); // the third that nothing is known of counts as well
}

void TestClusterScan::withoutClusterNodesItSaysWhatItCannotKnow()
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
void TestClusterScan::whereClusterNodesTellsNothingItSaysSo()
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
void TestClusterScan::aClusterFarAwayIsWatchedAllTheSame()
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

void TestClusterScan::replicasThatAreGivenUpAreReadByTheirMasters()
{
    start();
    HeldScan scan(clusterEngine(mapOf(*m_cluster, 0), smallCalls(), shortPatience(), ScanReplicas::Replicas), third);
    scan.waitForHold();
    const auto replica = m_cluster->replicaOf(1);
    QVERIFY(replica);
    m_cluster->kill(*replica);
    scan.letGo();
    const auto report = scan.report();
    QVERIFY(report);
    QCOMPARE(report->partialNodes().size(), std::size_t{0});
    QVERIFY(report->isComplete());
    QVERIFY(scan.found() == m_truth);
    const auto line = std::ranges::find(report->nodes, m_cluster->id(*replica), &NodeScanEnd::nodeId);
    QVERIFY(line != report->nodes.end());
    QCOMPARE(line->replacedBy, u"127.0.0.1:%1"_s.arg(m_cluster->port(1)));
}

/// Its link is up, and it has not taken over yet what its master has.
void TestClusterScan::aReplicaThatLagsBehindIsNotRead()
{
    start();
    const auto late = m_cluster->replicaOf(0);
    QVERIFY(late);
    m_cluster->server(*late).command({"CLIENT", "PAUSE", "600000", "WRITE"});
    m_cluster->fill(1000, "late:");
    const auto truth = m_cluster->truth();
    QCOMPARE(truth.size(), keyCount + 1000);
    HeldScan scan(clusterEngine(mapOf(*m_cluster, 0), {}, {}, ScanReplicas::Replicas), 0);
    const auto report = scan.report();
    QVERIFY(report && report->isComplete());
    QVERIFY(scan.found() == truth);
    QVERIFY(std::ranges::any_of(
        report->nodes, [&](const NodeScanEnd& end) { return end.nodeId == m_cluster->id(0); })); // its master was read
    m_cluster->server(*late).command({"CLIENT", "UNPAUSE"});
}

/// As a container that is started elsewhere: the same node of the cluster, found by its id.
void TestClusterScan::aNodeWithAnotherAddressIsFollowed()
{
    ClusterOptions options;
    options.replicasPerMaster = 0;
    start(options);
    HeldScan scan(clusterEngine(mapOf(*m_cluster, 1), smallCalls(), {}), third);
    scan.waitForHold();
    const std::uint16_t port = freeClusterPort();
    m_cluster->server(0).save();
    m_cluster->server(0).kill();
    m_cluster->server(0).restart({u"--port"_s, QString::number(port)});
    scan.letGo();
    const auto report = scan.report();
    QVERIFY(report);
    QVERIFY2(report->isComplete(), qPrintable(QString::fromStdString(m_cluster->views())));
    QVERIFY(scan.found() == m_truth);
    const auto line = std::ranges::find(report->nodes, m_cluster->id(0), &NodeScanEnd::nodeId);
    QVERIFY(line != report->nodes.end());
    QCOMPARE(line->restarts, 1); // another process
}

void TestClusterScan::whatWasSeenIsNotForgottenWhereNobodyAnswers()
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

void TestClusterScan::whatWasSettledIsNotReadAgain()
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

void TestClusterScan::stoppingIsQuick()
{
    start();
    HeldScan scan(clusterEngine(mapOf(*m_cluster, 0)), third);
    scan.waitForHold();
    m_cluster->pause(0);
    scan.letGo();
    QTest::qWait(300); // calls are under way to the hung node
    scan.stop();
    const auto report = scan.report();
    QVERIFY(report && !report->isComplete());
    for (const NodeScanEnd* end : report->partialNodes()) {
        QCOMPARE(end->stoppedBy->kind, ErrorKind::Cancelled);
    }
    m_cluster->resume(0);
}

QTEST_GUILESS_MAIN(TestClusterScan)
#include "tst_clusterscan.moc"
