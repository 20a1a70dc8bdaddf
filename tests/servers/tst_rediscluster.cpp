// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/servers/rediscluster.h"
#include "tests/servers/slotmove.h"

#include <QObject>
#include <QTest>

#include <algorithm>

using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

using Args = RedisServer::Args;

std::vector<int> firstOf(std::vector<int> slots, std::size_t count)
{
    slots.resize(count);
    return slots;
}

bool isOwnerInEveryView(RedisCluster& cluster, int slot, int owner)
{
    for (int i = 0; i < cluster.size(); ++i) {
        if (!cluster.isRunning(i)) {
            continue;
        }
        const auto lines = clusterLines(cluster.server(i).command({"CLUSTER", "NODES"}));
        const auto line = std::ranges::find(lines, cluster.id(owner), &ClusterLine::id);
        if (line == lines.end() || !std::ranges::binary_search(line->slots, slot)) {
            return false;
        }
    }
    return true;
}

std::string runIdOf(RedisServer& server)
{
    const std::string text = server.command({"INFO", "server"});
    const std::size_t at = text.find("run_id:");
    return text.substr(at, text.find('\r', at) - at);
}

} // namespace

class TestRedisCluster : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hashesAsServersDo_data();
    void hashesAsServersDo();
    void standsAndIsFilled();
    void movesSlotsWithTheirKeys();
    void holdsAMoveHalfDone();
    void failsOver();
    void promotesWhenAMasterDies();
    void losesAShareWhereThereIsNoReplica();
    void pausesAndComesBack();
    void restartsFromItsRdb();
    void growsAndShrinks();
    void letsUsersIn();
    void listensWithTls_data();
    void listensWithTls();
    void standsBehindProxies_data();
    void standsBehindProxies();
};

void TestRedisCluster::hashesAsServersDo_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addRow("plain") << "foo"_ba;
    QTest::addRow("empty") << ""_ba;
    QTest::addRow("tag") << "a{user:7}b"_ba;
    QTest::addRow("second tag") << "{a}{b}"_ba;
    QTest::addRow("empty tag") << "a{}b{c}"_ba;
    QTest::addRow("tag not closed") << "a{b"_ba;
    QTest::addRow("closed before opened") << "}a{b}"_ba;
    QTest::addRow("brace within a tag") << "{{a}}"_ba;
    QTest::addRow("all bytes above 127") << "\x80\xff\xfe{\xe9}"_ba;
}

void TestRedisCluster::hashesAsServersDo()
{
    QFETCH(QByteArray, key);
    const auto node = RedisServer::start(ServerOptions{.tcp = true, .cluster = true});
    QCOMPARE(std::to_string(slotOf(key.toStdString())), node->command({"CLUSTER", "KEYSLOT", key.toStdString()}));
}

void TestRedisCluster::standsAndIsFilled()
{
    const auto cluster = RedisCluster::start();
    QCOMPARE(cluster->size(), 6);
    QCOMPARE(cluster->masters(), (std::vector<int>{0, 1, 2}));
    cluster->fill(20'000);
    const auto truth = cluster->truth();
    QCOMPARE(truth.size(), std::size_t{20'000});
    QVERIFY(truth.contains("key:19999"));
    for (int master = 0; master < 3; ++master) {
        QVERIFY(std::stoi(cluster->server(master).command({"DBSIZE"})) > 5000);
        QCOMPARE(cluster->replicaOf(master), std::optional(3 + master));
        QTRY_COMPARE_WITH_TIMEOUT(
            cluster->server(3 + master).command({"DBSIZE"}), cluster->server(master).command({"DBSIZE"}), 20'000);
    }
    QVERIFY(isOwnerInEveryView(*cluster, slotOf("key:7"), cluster->ownerOf(slotOf("key:7"))));
}

void TestRedisCluster::movesSlotsWithTheirKeys()
{
    const auto cluster = RedisCluster::start();
    cluster->fill(20'000);
    const auto before = cluster->truth();
    const auto slots = firstOf(cluster->slotsOf(0), 4000);
    const auto mine = std::stoi(cluster->server(0).command({"DBSIZE"}));
    cluster->moveSlots(0, 1, slots);
    QCOMPARE(cluster->truth(), before);
    QVERIFY(std::stoi(cluster->server(0).command({"DBSIZE"})) < mine / 2);
    QVERIFY(isOwnerInEveryView(*cluster, slots.front(), 1));
    QVERIFY(isOwnerInEveryView(*cluster, slots.back(), 1));
    QCOMPARE(cluster->slotsOf(0).size(), std::size_t{clusterSlots / 3 - 4000});
}

void TestRedisCluster::holdsAMoveHalfDone()
{
    const auto cluster = RedisCluster::start({.replicasPerMaster = 0});
    cluster->fill(1000, [](std::size_t i) { return Args{"SET", "{a}" + std::to_string(i), "v"}; });
    const int slot = slotOf("{a}0");
    const int from = cluster->ownerOf(slot);
    const int to = (from + 1) % 3;
    const auto keysAt = [&](int node) {
        return std::stoi(cluster->server(node).command({"CLUSTER", "COUNTKEYSINSLOT", std::to_string(slot)}));
    };
    SlotMove move(*cluster, from, to, {slot});
    QCOMPARE(move.moveHalfOfNextSlot(), slot);
    QCOMPARE(keysAt(from), 500);
    QCOMPARE(keysAt(to), 500);
    QCOMPARE(cluster->ownerOf(slot), from);
    QVERIFY(cluster->server(from).command({"CLUSTER", "NODES"}).find("->-" + cluster->id(to)) != std::string::npos);
    QVERIFY(cluster->server(to).command({"CLUSTER", "NODES"}).find("-<-" + cluster->id(from)) != std::string::npos);
    QVERIFY(cluster->server(from).command({"GET", "{a}none"}).starts_with("-ASK "));
    QVERIFY(cluster->server(to).command({"GET", "{a}0"}).starts_with("-MOVED "));
    move.finish();
    cluster->waitUntilAgreed();
    QCOMPARE(keysAt(to), 1000);
    QVERIFY(isOwnerInEveryView(*cluster, slot, to));
    QVERIFY(cluster->server(from).command({"CLUSTER", "NODES"}).find("->-") == std::string::npos);
}

void TestRedisCluster::failsOver()
{
    const auto cluster = RedisCluster::start();
    cluster->fill(3000);
    const auto before = cluster->truth();
    QCOMPARE(cluster->failover(1), 4);
    QCOMPARE(cluster->masters(), (std::vector<int>{0, 2, 4}));
    QCOMPARE(cluster->replicaOf(4), std::optional(1));
    QCOMPARE(cluster->truth(), before);
}

void TestRedisCluster::promotesWhenAMasterDies()
{
    const auto cluster = RedisCluster::start();
    cluster->fill(3000);
    const auto before = cluster->truth();
    for (int replica = 3; replica < 6; ++replica) { // what has not reached the replica dies with the master
        QTRY_COMPARE_WITH_TIMEOUT(
            cluster->server(replica).command({"DBSIZE"}), cluster->server(replica - 3).command({"DBSIZE"}), 20'000);
    }
    QCOMPARE(cluster->killMaster(0), std::optional(3));
    QCOMPARE(cluster->masters(), (std::vector<int>{1, 2, 3}));
    QCOMPARE(cluster->truth(), before);
    cluster->restart(0);
    QVERIFY(!cluster->isMaster(0));
    QCOMPARE(cluster->replicaOf(3), std::optional(0));
}

void TestRedisCluster::losesAShareWhereThereIsNoReplica()
{
    const auto cluster = RedisCluster::start({.replicasPerMaster = 0});
    cluster->fill(3000);
    const auto before = cluster->truth();
    const int slot = cluster->slotsOf(2).front();
    QCOMPARE(cluster->killMaster(2), std::nullopt);
    QCOMPARE(cluster->masters(), (std::vector<int>{0, 1}));
    QCOMPARE(cluster->ownerOf(slot), -1);
    const auto left = cluster->truth();
    QVERIFY(left.size() < before.size());
    QVERIFY(std::ranges::includes(before, left));
}

void TestRedisCluster::pausesAndComesBack()
{
    const auto cluster = RedisCluster::start();
    const int slot = cluster->slotsOf(2).front();
    cluster->pause(2);
    QCOMPARE(cluster->waitForOwner(slot), 5);
    cluster->waitUntilAgreed();
    QCOMPARE(cluster->masters(), (std::vector<int>{0, 1, 5}));
    cluster->resume(2);
    cluster->waitUntilAgreed();
    QCOMPARE(cluster->replicaOf(5), std::optional(2));
}

void TestRedisCluster::restartsFromItsRdb()
{
    const auto cluster = RedisCluster::start();
    cluster->fill(3000);
    const auto before = cluster->truth();
    const std::uint16_t port = cluster->port(0);
    const std::string runId = runIdOf(cluster->server(0));
    cluster->restart(0);
    QCOMPARE(cluster->port(0), port);
    QVERIFY(runIdOf(cluster->server(0)) != runId);
    QCOMPARE(cluster->masters(), (std::vector<int>{0, 1, 2}));
    QCOMPARE(cluster->truth(), before);
}

void TestRedisCluster::growsAndShrinks()
{
    const auto cluster = RedisCluster::start({.replicasPerMaster = 0});
    cluster->fill(3000);
    const auto before = cluster->truth();
    const int added = cluster->addNode();
    QCOMPARE(added, 3);
    QVERIFY(cluster->isMaster(added));
    QCOMPARE(cluster->masters(), (std::vector<int>{0, 1, 2})); // without slots it is none of them
    cluster->moveSlots(0, added, firstOf(cluster->slotsOf(0), 100));
    QCOMPARE(cluster->masters(), (std::vector<int>{0, 1, 2, 3}));
    const int replica = cluster->addNode(added);
    QCOMPARE(cluster->replicaOf(added), std::optional(replica));
    cluster->removeNode(1);
    QCOMPARE(cluster->masters(), (std::vector<int>{0, 2, 3}));
    QVERIFY(cluster->views().find(cluster->id(1)) == std::string::npos);
    QCOMPARE(cluster->truth(), before);
}

void TestRedisCluster::letsUsersIn()
{
    const auto cluster = RedisCluster::start(
        {.password = u"pw"_s, .usersOf = {{1, {u"user default off"_s, u"user ann on >other ~* +@all"_s}}}});
    cluster->fill(300);
    cluster->moveSlots(0, 1, firstOf(cluster->slotsOf(0), 10));
    QCOMPARE(cluster->failover(1), 4);
    QCOMPARE(cluster->truth().size(), std::size_t{300});
    QCOMPARE(cluster->server(0).command({"AUTH", "pw"}), std::string("OK"));
    QVERIFY(cluster->server(1).command({"AUTH", "pw"}).starts_with("-WRONGPASS"));
    QCOMPARE(cluster->server(1).command({"AUTH", "ann", "other"}), std::string("OK"));
}

void TestRedisCluster::listensWithTls_data()
{
    QTest::addColumn<ClusterTls>("tls");
    QTest::addRow("beside") << ClusterTls::Beside;
    QTest::addRow("only") << ClusterTls::Only;
}

void TestRedisCluster::listensWithTls()
{
    QFETCH(ClusterTls, tls);
    const auto cluster = RedisCluster::start({.replicasPerMaster = 1, .tls = tls});
    cluster->fill(300);
    cluster->moveSlots(0, 1, firstOf(cluster->slotsOf(0), 10));
    QCOMPARE(cluster->truth().size(), std::size_t{300});
    QVERIFY(cluster->server(0).tlsPort() != 0);
    QCOMPARE(cluster->server(0).port() == 0, tls == ClusterTls::Only);
    QCOMPARE(cluster->port(0), tls == ClusterTls::Only ? cluster->server(0).tlsPort() : cluster->server(0).port());
}

void TestRedisCluster::standsBehindProxies_data()
{
    QTest::addColumn<ClusterProxies>("proxies");
    QTest::addColumn<ClusterTls>("tls");
    QTest::addRow("announced") << ClusterProxies::Announced << ClusterTls::No;
    QTest::addRow("announced, TLS beside") << ClusterProxies::Announced << ClusterTls::Beside;
    QTest::addRow("announced, TLS only") << ClusterProxies::Announced << ClusterTls::Only;
    QTest::addRow("unknown to the cluster") << ClusterProxies::Unknown << ClusterTls::No;
}

void TestRedisCluster::standsBehindProxies()
{
    QFETCH(ClusterProxies, proxies);
    QFETCH(ClusterTls, tls);
    const auto cluster = RedisCluster::start({.tls = tls, .proxies = proxies});
    const bool isAnnounced = proxies == ClusterProxies::Announced;
    const auto isTold = [&](int node, std::uint16_t port) {
        const std::string slots = cluster->server(2).command({"CLUSTER", "SHARDS"});
        return slots.find(std::to_string(port)) != std::string::npos && cluster->isMaster(node);
    };
    QVERIFY(cluster->seedPort(0) == cluster->proxy(0).port() && cluster->seedPort(0) != cluster->port(0));
    QCOMPARE(isTold(0, cluster->seedPort(0)), isAnnounced);
    QCOMPARE(isTold(0, cluster->port(0)), !isAnnounced);
    QCOMPARE(cluster->addressMap().at(u"127.0.0.1:%1"_s.arg(cluster->port(1))),
        u"127.0.0.1:%1"_s.arg(cluster->proxy(1).port()));
    cluster->fill(300);
    cluster->moveSlots(0, 1, firstOf(cluster->slotsOf(0), 10));
    cluster->restart(0);
    QCOMPARE(isTold(0, cluster->seedPort(0)), isAnnounced);
    QCOMPARE(cluster->failover(1), 4);
    QCOMPARE(cluster->truth().size(), std::size_t{300});
    QCOMPARE(cluster->proxy(0).scans(), 0);
}

QTEST_GUILESS_MAIN(TestRedisCluster)
#include "tst_rediscluster.moc"
