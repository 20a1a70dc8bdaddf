// SPDX-License-Identifier: GPL-3.0-or-later
// A lane to a real cluster whose slots move and whose masters change.
#include "core/source/redis/clusterlane.h"
#include "core/source/redis/clusterview.h"
#include "tests/core/source/lanefixture.h"
#include "tests/servers/holdingproxy.h"
#include "tests/servers/rediscluster.h"
#include "tests/servers/slotmove.h"

#include <QtTest>

#include <thread>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

std::shared_ptr<ClusterMap> mapOf(RedisCluster& cluster, int seed = 0, const GateRules& rules = normal)
{
    ConnectionOptions options;
    options.endpoint = Endpoint{u"127.0.0.1"_s, cluster.port(seed), {}, {}};
    return std::make_shared<ClusterMap>(ClusterAddresses(options, {}), std::make_shared<CommandGate>(rules));
}

} // namespace

class TestClusterLane : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_cluster.reset(); }
    void theTopologyIsWhatTheClusterSays();
    void aSeedFarAwayIsGivenItsTime();
    void aNodeInDoubtSpeaksForNobodyWhoIsSilent_data();
    void aNodeInDoubtSpeaksForNobodyWhoIsSilent();
    void anotherPlaceIsAnotherOpening();
    void everyKeyIsFoundFromAnySide();
    void keysMovedSinceAreFollowed();
    void keysUnderWayAreFoundByAsking();
    void aNewMasterIsFound();
    void aReplicaWhereTheMasterWasIsLeft();
    void stoppingEndsTheWaitForAMaster();
    void theGateStandsBeforeEveryNode();
    void aYesReachesEveryWayOfSending();
    void greetingsAreSentToEveryNode();

private:
    std::unique_ptr<RedisCluster> m_cluster;
};

void TestClusterLane::init()
{
    m_cluster = RedisCluster::start();
    m_cluster->fill(300);
}

void TestClusterLane::theTopologyIsWhatTheClusterSays()
{
    const auto map = mapOf(*m_cluster, 4); // a replica tells as well
    QVERIFY(refreshTopology(*map, {}));
    const auto topology = map->topology();
    QCOMPARE(topology->masters().size(), std::size_t{3});
    QCOMPARE(topology->nodes().size(), std::size_t{6});
    QVERIFY(topology->orphans().none());
    for (int slot = 0; slot < clusterSlots; slot += 1111) {
        QCOMPARE(topology->owner(static_cast<std::uint16_t>(slot))->id, m_cluster->id(m_cluster->ownerOf(slot)));
    }
    for (const ClusterNode* master : topology->masters()) {
        QCOMPARE(topology->replicasOf(master->id).size(), std::size_t{1});
        const auto lane = makeLane(map->optionsFor(*master), map->gate());
        const auto view = fetchNodeView(*lane, {});
        QVERIFY(view);
        QCOMPARE(view->id, master->id);
        QVERIFY(view->slots == master->slots);
        QVERIFY(view->marked().none());
    }
}

/// It answers later than another node would be asked, and no other is known.
void TestClusterLane::aSeedFarAwayIsGivenItsTime()
{
    HoldingProxy proxy(ProxyTarget{{}, m_cluster->port(0)});
    proxy.setDelay(900ms, 900ms);
    ConnectionOptions options;
    options.endpoint = Endpoint{u"127.0.0.1"_s, proxy.port(), {}, {}};
    options.connectTimeout = 20s;
    options.callTimeout = 20s;
    ClusterMap map(ClusterAddresses(options, {}), std::make_shared<CommandGate>(normal));
    const Status known = refreshTopology(map, {});
    QVERIFY2(known.has_value(), known ? "" : qPrintable(known.error().detail));
    QCOMPARE(map.topology()->masters().size(), std::size_t{3});
}

void TestClusterLane::aNodeInDoubtSpeaksForNobodyWhoIsSilent_data()
{
    QTest::addColumn<bool>("areSilent");
    QTest::addRow("the others may answer again") << true;
    QTest::addRow("the others are gone") << false;
}

/// Where the third node was, a node of another cluster is now, and none of the others can say whether it is theirs.
void TestClusterLane::aNodeInDoubtSpeaksForNobodyWhoIsSilent()
{
    QFETCH(const bool, areSilent);
    m_cluster = RedisCluster::start({.replicasPerMaster = 0});
    const auto another = RedisCluster::start({.replicasPerMaster = 0});
    HoldingProxy place(ProxyTarget{.port = another->port(0)});
    ConnectionOptions options;
    options.endpoint = Endpoint{u"127.0.0.1"_s, m_cluster->port(0), {}, {}};
    AddressRules rules;
    rules.map.emplace_back(u"127.0.0.1:%1"_s.arg(m_cluster->port(2)), u"127.0.0.1:%1"_s.arg(place.port()));
    const auto map =
        std::make_shared<ClusterMap>(ClusterAddresses(options, rules), std::make_shared<CommandGate>(normal));
    QVERIFY(refreshTopology(*map, {}));
    QVERIFY(map->topology()->find(m_cluster->id(1)));
    for (const int node : {0, 1}) {
        areSilent ? m_cluster->pause(node) : m_cluster->kill(node);
    }
    const Status refreshed = refreshTopology(*map, {});
    QVERIFY(place.accepted() > 0); // it was asked, and told of its own
    QCOMPARE(static_cast<bool>(refreshed), !areSilent);
    QCOMPARE(map->topology()->find(m_cluster->id(1)) != nullptr, areSilent);
    QCOMPARE(map->topology()->find(another->id(1)) != nullptr, !areSilent);
    if (areSilent) {
        QCOMPARE(refreshed.error().kind, ErrorKind::Timeout);
        m_cluster->resume(0);
        m_cluster->resume(1);
    }
}

/// The same node of the cluster, started elsewhere: a cursor of the process before must not be taken for one of its
/// own.
void TestClusterLane::anotherPlaceIsAnotherOpening()
{
    const auto before = RedisServer::start(ServerOptions{.tcp = true});
    const auto after = RedisServer::start(ServerOptions{.tcp = true});
    ConnectionOptions seed;
    seed.endpoint = Endpoint{u"127.0.0.1"_s, before->port(), {}, {}};
    const auto map = std::make_shared<ClusterMap>(ClusterAddresses(seed, {}), std::make_shared<CommandGate>(normal));
    const auto at = [](std::uint16_t port) {
        ClusterNode node;
        node.id = std::string(40, 'a');
        node.host = "127.0.0.1";
        node.port = port;
        node.role = ServerRole::Master;
        node.slots.set();
        return ClusterTopology({node});
    };
    map->update(at(before->port()), seed.endpoint);
    const auto lane = makeClusterLane(map, std::string(40, 'a'));
    QVERIFY(lane->call(Command{"PING"}, {}));
    const auto opening = lane->openings();
    QVERIFY(lane->call(Command{"PING"}, {}));
    QCOMPARE(lane->openings(), opening);
    map->update(at(after->port()), seed.endpoint);
    QVERIFY(lane->send(Command{"PING"}, {}));
    QCOMPARE(lane->nodeText(), u"127.0.0.1:%1"_s.arg(after->port()));
    QVERIFY(lane->openings() != opening);
}

void TestClusterLane::everyKeyIsFoundFromAnySide()
{
    const auto map = mapOf(*m_cluster);
    for (int node = 0; node < m_cluster->size(); ++node) {
        const auto lane = makeClusterLane(map, m_cluster->id(node)); // the first learns where keys are by being sent on
        std::vector<Command> commands;
        for (int key = 0; key < 300; ++key) {
            commands.push_back(Command{"GET", "key:" + std::to_string(key)});
        }
        commands.push_back(Command{"PING"});
        const auto replies = lane->pipeline(commands, {});
        QVERIFY(replies);
        QCOMPARE(replies->back().text, std::string("PONG"));
        for (std::size_t at = 0; at + 1 < replies->size(); ++at) {
            QCOMPARE((*replies)[at].text, std::string("v"));
        }
    }
}

void TestClusterLane::keysMovedSinceAreFollowed()
{
    const auto map = mapOf(*m_cluster);
    QVERIFY(refreshTopology(*map, {}));
    const auto lane = makeClusterLane(map, m_cluster->id(0));
    QVERIFY(lane->call(Command{"GET", "key:1"}, {}));
    const int slot = keyglass::slotOf("key:1");
    const int owner = m_cluster->ownerOf(slot);
    const int other = (owner + 1) % 3;
    m_cluster->moveSlots(owner, other, {slot});
    const auto value = lane->call(Command{"GET", "key:1"}, {});
    QVERIFY(value);
    QCOMPARE(value->text, std::string("v"));
    QCOMPARE(map->topology()->owner(static_cast<std::uint16_t>(slot))->id, m_cluster->id(other)); // learnt
}

void TestClusterLane::keysUnderWayAreFoundByAsking()
{
    const auto map = mapOf(*m_cluster);
    QVERIFY(refreshTopology(*map, {}));
    const int slot = keyglass::slotOf("key:1");
    const int owner = m_cluster->ownerOf(slot);
    SlotMove move(*m_cluster, owner, (owner + 1) % 3, {slot});
    move.moveKeysOfSlots(1);
    const auto lane = makeClusterLane(map, m_cluster->id(0));
    const std::vector<Command> commands{Command{"GET", "key:1"}, Command{"TYPE", "key:1"}};
    const auto replies = lane->pipeline(commands, {});
    QVERIFY(replies);
    QCOMPARE(replies->front().text, std::string("v"));
    QCOMPARE(replies->back().text, std::string("string"));
    QCOMPARE(map->topology()->owner(static_cast<std::uint16_t>(slot))->id, m_cluster->id(owner)); // ASK changes nothing
    move.finish();
}

void TestClusterLane::aNewMasterIsFound()
{
    const auto map = mapOf(*m_cluster);
    QVERIFY(refreshTopology(*map, {}));
    const auto lane = makeClusterLane(map, m_cluster->id(0));
    QVERIFY(lane->call(Command{"GET", "key:1"}, {}));
    const int owner = m_cluster->ownerOf(keyglass::slotOf("key:1"));
    const auto promoted = m_cluster->killMaster(owner);
    QVERIFY(promoted);
    QVERIFY(refreshTopology(*map, {})); // the seed may be the dead one: others are asked
    const auto value = lane->call(Command{"GET", "key:1"}, {});
    QVERIFY(value);
    QCOMPARE(value->text, std::string("v"));
    QCOMPARE(map->topology()->owner(keyglass::slotOf("key:1"))->id, m_cluster->id(*promoted));
}

void TestClusterLane::aReplicaWhereTheMasterWasIsLeft()
{
    const auto map = mapOf(*m_cluster);
    QVERIFY(refreshTopology(*map, {}));
    const auto lane = makeClusterLane(map, m_cluster->id(0));
    QVERIFY(lane->call(Command{"SET", "key:1", "a"}, {}));
    const int owner = m_cluster->ownerOf(keyglass::slotOf("key:1"));
    const int promoted = m_cluster->failover(owner);
    const auto set = lane->call(Command{"SET", "key:1", "b"}, {});
    QVERIFY(set);
    QCOMPARE(m_cluster->server(promoted).command({"GET", "key:1"}), std::string("b"));
}

void TestClusterLane::stoppingEndsTheWaitForAMaster()
{
    const auto map = mapOf(*m_cluster);
    QVERIFY(refreshTopology(*map, {}));
    const int slot = keyglass::slotOf("key:1");
    const int owner = m_cluster->ownerOf(slot);
    for (int node = 0; node < 3; ++node) { // nobody serves the slot: CLUSTERDOWN
        m_cluster->server(node).command({"CLUSTER", "DELSLOTS", std::to_string(slot)});
    }
    const auto lane = makeClusterLane(map, m_cluster->id(owner));
    std::jthread stopping;
    std::stop_source stop;
    stopping = std::jthread([&] {
        std::this_thread::sleep_for(300ms);
        stop.request_stop();
    });
    QElapsedTimer timer;
    timer.start();
    const auto value = lane->call(Command{"GET", "key:1"}, stop.get_token());
    QVERIFY(!value);
    QVERIFY(timer.elapsed() < 4000); // not the whole patience
}

void TestClusterLane::theGateStandsBeforeEveryNode()
{
    const auto map = mapOf(*m_cluster, 0, readOnly);
    QVERIFY(refreshTopology(*map, {}));
    const auto lane = makeClusterLane(map, m_cluster->id(0));
    const auto set = lane->call(Command{"SET", "key:1", "x"}, {});
    QVERIFY(!set);
    QCOMPARE(set.error().kind, ErrorKind::ReadOnly);
    QVERIFY(lane->call(Command{"GET", "key:1"}, {}));
}

void TestClusterLane::aYesReachesEveryWayOfSending()
{
    const auto map = mapOf(*m_cluster);
    QVERIFY(refreshTopology(*map, {}));
    const auto lane = makeClusterLane(map, m_cluster->id(0));
    const Command keys{"KEYS", "*"}; // asked for everywhere
    QCOMPARE(lane->call(keys, {}).error().kind, ErrorKind::Confirm);
    QCOMPARE(lane->send(keys, {}).error().kind, ErrorKind::Confirm);
    const auto confirmed = lane->confirmed(Confirmation{"KEYS"});
    QVERIFY(confirmed->call(keys, {}));
    KeepingSink sink;
    QVERIFY(confirmed->send(keys, {}));
    QVERIFY(confirmed->receive(sink, {}));
    QVERIFY(!sink.texts.empty());
    QCOMPARE(lane->send(keys, {}).error().kind, ErrorKind::Confirm); // the lane itself goes on asking
}

void TestClusterLane::greetingsAreSentToEveryNode()
{
    const auto map = mapOf(*m_cluster);
    QVERIFY(refreshTopology(*map, {}));
    const auto lane = makeClusterLane(map, m_cluster->id(0), {Command{"CLIENT", "SETNAME", "greeted"}});
    for (int key = 0; key < 30; ++key) {
        QVERIFY(lane->call(Command{"GET", "key:" + std::to_string(key)}, {}));
    }
    for (int node = 0; node < 3; ++node) {
        const std::string clients = m_cluster->server(node).command({"CLIENT", "LIST"});
        QVERIFY(clients.find("name=greeted") != std::string::npos);
    }
}

QTEST_GUILESS_MAIN(TestClusterLane)
#include "tst_clusterlane.moc"
