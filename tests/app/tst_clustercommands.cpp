// SPDX-License-Identifier: GPL-3.0-or-later
// The program itself against a real cluster, as a script would start it.
#include "tests/app/program.h"
#include "tests/servers/rediscluster.h"
#include "tests/servers/redissentinels.h"

#include <QJsonArray>
#include <QObject>
#include <QTest>

using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

QString uriOf(const RedisCluster& cluster, int seed = 0)
{
    return u"redis+cluster://127.0.0.1:%1"_s.arg(cluster.port(seed));
}

QString uriOf(const RedisSentinels& group)
{
    return u"redis+sentinel://127.0.0.1:%1,127.0.0.1:%2/main"_s.arg(group.sentinelPort(0)).arg(group.sentinelPort(1));
}

} // namespace

class TestClusterCommands : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void listsTheKeysOfAllMasters();
    void addsTheLedger();
    void namesADeadMaster();
    void printsTheNodes();
    void printsNodesThatOwnNothing();
    void printsWhatSentinelsWatch();
    void printsTheMasterWhereSentinelsTellNoMore();
    void countsWhatComesTwice();
    void saysThatANodeBeganAgain();
    void saysWhatItCannotKnow();
    void hasOneDatabase();
    void readsAValueWhereverItIs();
    void saysThatOneNodeIsNotTheCluster();
};

void TestClusterCommands::listsTheKeysOfAllMasters()
{
    const auto cluster = RedisCluster::start();
    cluster->fill(1000);
    const Outcome done = run({u"keys"_s, u"--uri"_s, uriOf(*cluster), u"--format"_s, u"lines"_s});
    QCOMPARE(done.status, 0);
    std::set<std::string> keys;
    for (const QByteArray& line : done.out.split('\n')) {
        if (!line.isEmpty()) {
            keys.insert(line.toStdString());
        }
    }
    QVERIFY(keys == cluster->truth());
}

void TestClusterCommands::addsTheLedger()
{
    const auto cluster = RedisCluster::start();
    cluster->fill(1000);
    const Outcome done = run({u"keys"_s, u"--uri"_s, uriOf(*cluster), u"--format"_s, u"count"_s, u"--ledger"_s});
    QCOMPARE(done.status, 0);
    QCOMPARE(done.json()[u"count"_s], 1000);
    QCOMPARE(done.json()[u"cluster"_s].toObject()[u"orphan_slots"_s], u""_s);
    const QJsonArray ledger = done.json()[u"ledger"_s].toArray();
    QCOMPARE(ledger.size(), 3);
    double keys = 0;
    for (const QJsonValue& line : ledger) {
        keys += line[u"keys"_s].toDouble();
        QCOMPARE(line[u"role"_s], u"master"_s);
        QCOMPARE(line[u"complete"_s], true);
        QCOMPARE(line[u"run_id"_s].toString().size(), 40);
        QVERIFY(line[u"iterations"_s].toInt() > 0);
        QVERIFY(line[u"slots"_s].toString().contains(u'-'));
        QVERIFY(!line[u"started"_s].toString().isEmpty());
    }
    QCOMPARE(keys, 1000.0);
    const Outcome lines = run({u"keys"_s, u"--uri"_s, uriOf(*cluster), u"--format"_s, u"lines"_s, u"--ledger"_s});
    QVERIFY(!lines.out.contains("iterations"));
    QVERIFY(lines.err.contains("\"iterations\""));
}

void TestClusterCommands::namesADeadMaster()
{
    ClusterOptions options;
    options.replicasPerMaster = 0;
    options.password = u"secret"_s;
    options.usersOf[2] = {u"user default on >another ~* &* +@all"_s};
    const auto cluster = RedisCluster::start(options);
    cluster->fill(1000);
    const Outcome done =
        run({u"keys"_s, u"--uri"_s, uriOf(*cluster), u"--format"_s, u"count"_s}, {}, {u"KEYGLASS_PASSWORD=secret"_s});
    QCOMPARE(done.status, 1);
    const QString dead = u"127.0.0.1:%1"_s.arg(cluster->port(2));
    QCOMPARE(done.json()[u"partial_nodes"_s].toArray(), QJsonArray{dead});
    QVERIFY(done.json()[u"count"_s].toInt() > 500);
    QVERIFY(QString::fromUtf8(done.err).contains(dead));
    const Outcome nodes = run({u"nodes"_s, u"--uri"_s, uriOf(*cluster)}, {}, {u"KEYGLASS_PASSWORD=secret"_s});
    QCOMPARE(nodes.status, 1);
    QCOMPARE(nodes.json()[u"count"_s], QJsonValue());
    // Two of three were read and have no such key: done in part, not failed.
    const Outcome none =
        run({u"keys"_s, u"--uri"_s, uriOf(*cluster), u"--pattern"_s, u"none:"_s, u"--format"_s, u"count"_s}, {},
            {u"KEYGLASS_PASSWORD=secret"_s});
    QCOMPARE(none.status, 1);
    QCOMPARE(none.json()[u"count"_s], 0);
    QCOMPARE(none.json()[u"partial_nodes"_s].toArray(), QJsonArray{dead});
}

void TestClusterCommands::printsTheNodes()
{
    const auto cluster = RedisCluster::start();
    cluster->fill(600);
    const Outcome done = run({u"nodes"_s, u"--uri"_s, uriOf(*cluster, 4)}); // a replica as the seed
    QCOMPARE(done.status, 0);
    QCOMPARE(done.json()[u"count"_s], 600);
    const QJsonArray nodes = done.json()[u"nodes"_s].toArray();
    QCOMPARE(nodes.size(), 6);
    int masters = 0;
    int slotSum = 0;
    for (const QJsonValue& node : nodes) {
        masters += node[u"role"_s] == u"master"_s ? 1 : 0;
        slotSum += node[u"slot_count"_s].toInt();
        QVERIFY(node[u"keys"_s].toInt() > 0);
        QCOMPARE(node[u"error"_s], QJsonValue());
        QCOMPARE(node[u"master"_s].isNull(), node[u"role"_s] == u"master"_s);
    }
    QCOMPARE(masters, 3);
    QCOMPARE(slotSum, 16384);
    const auto alone = RedisServer::start();
    alone->command({"SET", "a", "1"});
    const Outcome one = run({u"nodes"_s, u"--uri"_s, u"redis+unix://"_s + alone->socketPath()});
    QCOMPARE(one.status, 0);
    QCOMPARE(one.json()[u"nodes"_s].toArray().size(), 1);
    QCOMPARE(one.json()[u"count"_s], 1);
}

void TestClusterCommands::printsNodesThatOwnNothing()
{
    ClusterOptions options;
    options.replicasPerMaster = 0;
    const auto cluster = RedisCluster::start(options);
    cluster->fill(600);
    const int added = cluster->addNode();
    Outcome done = run({u"nodes"_s, u"--uri"_s, uriOf(*cluster)});
    QCOMPARE(done.status, 0);
    QCOMPARE(done.json()[u"count"_s], 600);
    const QJsonArray nodes = done.json()[u"nodes"_s].toArray();
    QCOMPARE(nodes.size(), 4);
    const QJsonValue last = nodes[3];
    QCOMPARE(last[u"address"_s], u"127.0.0.1:%1"_s.arg(cluster->port(added)));
    QCOMPARE(last[u"role"_s], u"master"_s);
    QCOMPARE(last[u"slot_count"_s], 0);
    QCOMPARE(last[u"keys"_s], 0);
    cluster->kill(added);
    done = run({u"nodes"_s, u"--uri"_s, uriOf(*cluster)});
    QCOMPARE(done.status, 1);               // it does not answer, and is named
    QCOMPARE(done.json()[u"count"_s], 600); // it holds none of the cluster's keys
    QVERIFY(done.err.contains(QByteArray::number(cluster->port(added))));
}

void TestClusterCommands::printsWhatSentinelsWatch()
{
    // Sentinels ask each other once a second, and where that is their limit too, hold each other for down at first.
    const auto group = RedisSentinels::start({.replicas = 2, .sentinels = 2, .downAfter = std::chrono::seconds(5)});
    group->server(0).fill(30, [](std::size_t i) { return RedisServer::Args{"SET", "k:" + std::to_string(i), "v"}; });
    group->waitUntilAgreed();
    const QStringList words{u"nodes"_s, u"--uri"_s, uriOf(*group)};
    const Outcome done = run(words);
    QVERIFY2(done.status == 0, done.err.constData());
    QCOMPARE(done.json()[u"count"_s], 30);
    QCOMPARE(done.json()[u"quorum"_s], 2);
    const QJsonArray nodes = done.json()[u"nodes"_s].toArray();
    QCOMPARE(nodes.size(), 3);
    QStringList addresses;
    for (const QJsonValue& node : nodes) {
        const bool isMaster = addresses.isEmpty();
        addresses << node[u"address"_s].toString();
        QCOMPARE(node[u"role"_s], isMaster ? u"master"_s : u"replica"_s);
        QCOMPARE(node[u"master"_s], isMaster ? QJsonValue() : QJsonValue(addresses.front()));
        QCOMPARE(node[u"link"_s], isMaster ? QJsonValue() : QJsonValue(u"up"_s));
        QCOMPARE(node[u"lag_s"_s].isDouble(), !isMaster);
        QCOMPARE(node[u"behind_bytes"_s].isDouble(), !isMaster);
        QVERIFY(node[u"offset"_s].toInt() > 0);
        QVERIFY(node[u"flags"_s].toString().contains(isMaster ? u"master"_s : u"slave"_s));
        QCOMPARE(node[u"health"_s], u"online"_s);
        QCOMPARE(node[u"keys"_s], 30);
        QCOMPARE(node[u"error"_s], QJsonValue());
    }
    for (int server = 0; server < group->servers(); ++server) {
        QVERIFY(addresses.contains(u"127.0.0.1:%1"_s.arg(group->port(server))));
    }
    QStringList sentinels;
    for (const QJsonValue& sentinel : done.json()[u"sentinels"_s].toArray()) {
        sentinels << sentinel[u"address"_s].toString();
        QCOMPARE(sentinel[u"id"_s].toString().size(), 40);
        QCOMPARE(sentinel[u"health"_s], u"online"_s);
    }
    QCOMPARE(sentinels,
        (QStringList{u"127.0.0.1:%1"_s.arg(group->sentinelPort(0)), u"127.0.0.1:%1"_s.arg(group->sentinelPort(1))}));

    group->kill(2); // one that does not answer is named, the others stand
    const Outcome without = run(words);
    QCOMPARE(without.status, 1);
    QCOMPARE(without.json()[u"count"_s], 30);
    QVERIFY2(without.err.contains(QByteArray::number(group->port(2))), without.err.constData());
    for (const QJsonValue& node : without.json()[u"nodes"_s].toArray()) {
        const bool isDead = node[u"address"_s].toString() == u"127.0.0.1:%1"_s.arg(group->port(2));
        QCOMPARE(node[u"error"_s].isString(), isDead);
        QCOMPARE(node[u"keys"_s], isDead ? QJsonValue() : QJsonValue(30));
    }
    const auto isKnownAsDead = [&] {
        for (const QJsonValue& node : run(words).json()[u"nodes"_s].toArray()) {
            if (node[u"health"_s] == u"failed"_s) {
                return node[u"address"_s].toString() == u"127.0.0.1:%1"_s.arg(group->port(2));
            }
        }
        return false;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isKnownAsDead(), 30000); // once the Sentinels know
}

void TestClusterCommands::printsTheMasterWhereSentinelsTellNoMore()
{
    SentinelOptions options;
    options.sentinels = 2;
    options.sentinelUsers = {u"user default on nopass ~* &* +@all -sentinel|replicas -sentinel|slaves"_s};
    const auto group = RedisSentinels::start(options);
    group->server(0).command({"SET", "k", "v"});
    const Outcome done = run({u"nodes"_s, u"--uri"_s, uriOf(*group)});
    QCOMPARE(done.status, 1);
    const QJsonArray nodes = done.json()[u"nodes"_s].toArray();
    QCOMPARE(nodes.size(), 1);
    QCOMPARE(nodes[0][u"role"_s], u"master"_s);
    QCOMPARE(nodes[0][u"keys"_s], 1);
    QVERIFY2(done.err.contains("sentinel|replicas"), done.err.constData());
}

void TestClusterCommands::countsWhatComesTwice()
{
    const auto cluster = RedisCluster::start();
    cluster->fill(1000);
    for (const auto& [replicas, twice] :
        {std::pair(u"masters"_s, 0), std::pair(u"replicas"_s, 0), std::pair(u"both"_s, 1000)}) {
        const Outcome done = run({u"keys"_s, u"--uri"_s, uriOf(*cluster), u"--replicas"_s, replicas, u"--format"_s,
            u"count"_s, u"--ledger"_s});
        QCOMPARE(done.status, 0);
        const QJsonArray ledger = done.json()[u"ledger"_s].toArray();
        QCOMPARE(ledger.size(), replicas == u"both"_s ? 6 : 3);
        QCOMPARE(ledger[0][u"role"_s], replicas == u"masters"_s ? u"master"_s : u"replica"_s);
        QCOMPARE(done.json()[u"count"_s], 1000);
        QCOMPARE(done.json()[u"duplicates"_s], twice);
    }
}

/// It may have lost keys that were listed before, and the list is whole all the same.
void TestClusterCommands::saysThatANodeBeganAgain()
{
    ClusterOptions options;
    options.replicasPerMaster = 0;
    options.proxies = ClusterProxies::Announced;
    const auto cluster = RedisCluster::start(options);
    cluster->fill(3000);
    cluster->proxy(0).holdAfter(5);
    QProcess program;
    program.start(QStringLiteral(KEYGLASS_PROGRAM),
        {u"keys"_s, u"--uri"_s, u"redis+cluster://127.0.0.1:%1"_s.arg(cluster->seedPort(1)), u"--count"_s, u"10"_s,
            u"--format"_s, u"count"_s});
    QVERIFY(program.waitForStarted(20000));
    QVERIFY(cluster->proxy(0).waitUntilHolding(std::chrono::seconds(60)));
    cluster->restart(0);
    cluster->proxy(0).release();
    QVERIFY(program.waitForFinished(60000));
    QCOMPARE(program.exitCode(), 0);
    const QJsonObject json = QJsonDocument::fromJson(program.readAllStandardOutput()).object();
    QCOMPARE(json[u"count"_s], 3000);
    const QString said = QString::fromUtf8(program.readAllStandardError());
    QVERIFY2(said.contains(u"127.0.0.1:%1 was read again from 0"_s.arg(cluster->seedPort(0))), qPrintable(said));
}

void TestClusterCommands::saysWhatItCannotKnow()
{
    ClusterOptions options;
    options.replicasPerMaster = 0;
    options.users = {u"user default on >secret ~* &* +@all -cluster|nodes"_s};
    const auto cluster = RedisCluster::start(options);
    cluster->fill(300);
    const Outcome done =
        run({u"keys"_s, u"--uri"_s, uriOf(*cluster), u"--format"_s, u"lines"_s}, {}, {u"KEYGLASS_PASSWORD=secret"_s});
    QCOMPARE(done.status, 0);
    QCOMPARE(done.out.count('\n'), 300);
    QVERIFY2(done.err.contains("CLUSTER NODES"), done.err.constData());
    QVERIFY(done.err.contains(QByteArray::number(cluster->port(0))));
}

void TestClusterCommands::hasOneDatabase()
{
    const auto cluster = RedisCluster::start({.replicasPerMaster = 0});
    const Outcome done = run({u"keys"_s, u"--uri"_s, uriOf(*cluster), u"--databases"_s, u"0,1"_s});
    QCOMPARE(done.status, 2);
    QVERIFY2(done.err.contains("--databases") && done.err.contains("cluster has one"), done.err.constData());
    QVERIFY(done.out.isEmpty());
}

void TestClusterCommands::readsAValueWhereverItIs()
{
    const auto cluster = RedisCluster::start();
    cluster->fill(30);
    for (int key = 0; key < 30; ++key) {
        const Outcome done =
            run({u"value"_s, u"--uri"_s, uriOf(*cluster), u"key:%1"_s.arg(key), u"--format"_s, u"raw"_s});
        QCOMPARE(done.status, 0);
        QCOMPARE(done.out.trimmed(), QByteArray("v"));
    }
}

void TestClusterCommands::saysThatOneNodeIsNotTheCluster()
{
    const auto cluster = RedisCluster::start();
    cluster->fill(300);
    const QString uri = u"redis://127.0.0.1:%1"_s.arg(cluster->port(0));
    const Outcome done = run({u"keys"_s, u"--uri"_s, uri, u"--format"_s, u"count"_s});
    QCOMPARE(done.status, 0);
    QVERIFY(done.json()[u"count"_s].toInt() < 300);
    QVERIFY(done.err.contains("redis+cluster://"));
}

QTEST_GUILESS_MAIN(TestClusterCommands)
#include "tst_clustercommands.moc"
