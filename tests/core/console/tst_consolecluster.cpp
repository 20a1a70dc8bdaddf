// SPDX-License-Identifier: GPL-3.0-or-later
// Command lines in a cluster: where they run, and what becomes of keys in several slots.
#include "core/source/redis/clusterlane.h"
#include "tests/core/console/consolefixture.h"
#include "tests/servers/rediscluster.h"

#include <QObject>
#include <QTest>

#include <set>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::string_literals;
using namespace Qt::StringLiterals;

namespace {

Console consoleAt(RedisCluster& cluster, const GateRules& rules = normal)
{
    ConnectionOptions options;
    options.endpoint = Endpoint{u"127.0.0.1"_s, cluster.port(0), {}, {}};
    const auto gate = std::make_shared<const CommandGate>(rules);
    const auto map = std::make_shared<ClusterMap>(ClusterAddresses(options, {}), gate);
    if (!refreshTopology(*map, {})) {
        qFatal("no topology");
    }
    return Console(ConsoleSource{
        gate, map, [map](const std::string& id) { return makeClusterLane(map, id); }, Milliseconds{5000}, {}});
}

QString addressOf(const RedisCluster& cluster, int node)
{
    return u"127.0.0.1:%1"_s.arg(cluster.port(node));
}

} // namespace

class TestConsoleCluster : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_cluster = RedisCluster::start(); }
    void init()
    {
        for (const int master : m_cluster->masters()) {
            m_cluster->server(master).command({"FLUSHALL"});
        }
        m_cluster->fill(600);
    }
    void aCommandGoesWhereItsKeyIs();
    void aCommandWithoutKeysSaysWhereItWas();
    void oneStepNeedsANode();
    void eachNodesElementsRunThere();
    void keysInSeveralSlotsAreParted();
    void arraysComeBackInOrder();
    void anythingElseIsRefusedBeforeItIsSent();
    void anOperationWithSeveralKeysIsDivided();
    void anOperationMayGoToAnotherNode();
    void elementsOfOneKeyNeedNoNode();
    void aTransactionNeedsANode();
    void aTransactionMissesWhatHadNoPlace_data();
    void aTransactionMissesWhatHadNoPlace();
    void aDeadNodeIsNamed();

private:
    std::unique_ptr<RedisCluster> m_cluster;
};

void TestConsoleCluster::aCommandGoesWhereItsKeyIs()
{
    Console console = consoleAt(*m_cluster);
    for (int key = 0; key < 30; ++key) {
        QCOMPARE(said(console.run(typed("GET key:" + std::to_string(key)), {})), "\"v\""s);
    }
}

void TestConsoleCluster::aCommandWithoutKeysSaysWhereItWas()
{
    Console console = consoleAt(*m_cluster);
    const auto anywhere = console.run(typed("DBSIZE"), {});
    QVERIFY(anywhere);
    QVERIFY(anywhere->notes.join(u' ').contains(u"127.0.0.1:"_s));
    std::int64_t sum = 0;
    for (const int master : m_cluster->masters()) {
        const auto there = console.run(typed("DBSIZE", false, addressOf(*m_cluster, master)), {});
        QVERIFY2(there, said(there).c_str());
        QCOMPARE(std::to_string(there->reply.integer), m_cluster->server(master).command({"DBSIZE"}));
        QVERIFY(there->notes.isEmpty());
        sum += there->reply.integer;
    }
    QCOMPARE(sum, 600);
    const auto write = console.run(typed("FLUSHALL"), {});
    QVERIFY(!write); // it would empty one node of three
    QCOMPARE(write.error().kind, ErrorKind::Input);
    QVERIFY(!console.run(typed("DBSIZE", false, u"10.9.9.9:1"_s), {}));
}

void TestConsoleCluster::oneStepNeedsANode()
{
    Console console = consoleAt(*m_cluster);
    for (const char* line : {"SCAN 0", "SCAN 0 FOREACH 'TTL *'"}) {
        const auto nowhere = console.run(typed(line), {});
        QVERIFY(!nowhere);
        QCOMPARE(nowhere.error().kind, ErrorKind::Input);
    }
    QVERIFY(!console.run(typed("SCAN 17 FOREACH 'TTL *'", true), {}));
    const int master = m_cluster->masters().front();
    const auto there = console.run(typed("SCAN 0 COUNT 10 FOREACH 'TTL *'", false, addressOf(*m_cluster, master)), {});
    QVERIFY2(there, said(there).c_str());
    QCOMPARE(there->reply.elements[0].text, m_cluster->server(master).list({"SCAN", "0", "COUNT", "10"}).front());
    const auto plain = console.run(typed("SCAN 0 COUNT 10", false, addressOf(*m_cluster, master)), {});
    QVERIFY(plain);
    QCOMPARE(replyJson(plain->reply), replyJson(there->reply));
}

void TestConsoleCluster::eachNodesElementsRunThere()
{
    Console console = consoleAt(*m_cluster);
    const auto answer = console.run(typed("SCAN 0 COUNT 50 FOREACH 'EXPIRE * 1000' WITHREPLIES", true), {});
    QVERIFY2(answer, said(answer).c_str());
    QVERIFY(answer->gaps.empty());
    QCOMPARE(answer->reply.elements[0].text, "0"s);
    std::set<std::string> keys;
    for (const Reply& pair : answer->reply.elements[1].elements) {
        keys.insert(pair.elements[0].text);
        QCOMPARE(pair.elements[1].integer, 1);
    }
    QVERIFY(keys == m_cluster->truth());
    const int one = m_cluster->masters().back(); // a command without a key runs on the node whose element it is for
    const auto ports = console.run(
        typed("SCAN 0 COUNT 5 FOREACH 'CONFIG GET port' WITHREPLIES", false, addressOf(*m_cluster, one)), {});
    QVERIFY2(ports, said(ports).c_str());
    for (const Reply& pair : ports->reply.elements[1].elements) {
        QCOMPARE(pair.elements[1].elements[1].text, std::to_string(m_cluster->port(one)));
    }
}

void TestConsoleCluster::keysInSeveralSlotsAreParted()
{
    Console console = consoleAt(*m_cluster);
    const auto seen = console.run(typed("SCAN 0 COUNT 100 FORALL 'EXISTS *' WITHREPLIES", true), {});
    QVERIFY2(seen, said(seen).c_str());
    QVERIFY(seen->reply.elements[1].integer >= 600);
    QVERIFY(!seen->notes.isEmpty());
    const auto gone = console.run(typed("SCAN 0 MATCH key:1* COUNT 100 FORALL 'DEL *' WITHREPLIES", true), {});
    QVERIFY2(gone, said(gone).c_str());
    QVERIFY(gone->reply.elements[1].integer > 100);
    for (const std::string& key : m_cluster->truth()) {
        QVERIFY(!key.starts_with("key:1"));
    }
}

void TestConsoleCluster::arraysComeBackInOrder()
{
    for (int key = 0; key < 600; ++key) {
        const std::string name = "key:" + std::to_string(key);
        m_cluster->server(m_cluster->ownerOf(test::slotOf(name))).command({"SET", name, "value of " + name});
    }
    Console console = consoleAt(*m_cluster);
    const auto answer = console.run(typed("SCAN 0 COUNT 100 FORALL 'MGET *' WITHREPLIES", true), {});
    QVERIFY2(answer, said(answer).c_str());
    const auto& values = answer->reply.elements[1].elements;
    const auto& keys = answer->reply.elements[2].elements;
    QCOMPARE(values.size(), keys.size());
    QVERIFY(keys.size() >= 600);
    for (std::size_t at = 0; at < keys.size(); ++at) {
        QCOMPARE(values[at].text, "value of " + keys[at].text);
    }
}

void TestConsoleCluster::anythingElseIsRefusedBeforeItIsSent()
{
    Console console = consoleAt(*m_cluster);
    for (const char* line :
        {"SCAN 0 FORALL 'SUNION *'", "SCAN 0 FORALL 'ZUNION # *'", "SCAN 0 FOREACH 'RENAME * new:*'"}) {
        const auto answer = console.run(typed(line, true), {});
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Input);
        QVERIFY(answer.error().detail.contains(u"slots"_s));
    }
    for (const std::string& key : m_cluster->truth()) {
        QVERIFY(!key.starts_with("new:"));
    }
    // Where the keys stand only the server knows. Of the two members one would be done, as it is in the slot of the
    // key.
    QVERIFY(console.run(typed("SADD {key:1}members {key:1}x key:2"), {}));
    for (const char* operation :
        {"EVAL \\'return redis.call(\"SADD\",KEYS[1],\"x\")\\' 2 * {key:1}members", "SINTERCARD 2 * {key:1}members"}) {
        const auto answer = console.run(typed("SSCAN {key:1}members 0 FOREACH '"s + operation + "' WITHREPLIES"), {});
        QVERIFY2(!answer, said(answer).c_str());
        QCOMPARE(answer.error().kind, ErrorKind::Input);
        QVERIFY(answer.error().detail.contains(u"slots"_s));
    }
    QCOMPARE(said(console.run(typed("EXISTS {key:1}x"), {})), "0"s);
    const auto inOneSlot = console.run(
        typed("SSCAN {key:1}members 0 MATCH {key:1}x FOREACH 'SINTERCARD 2 * {key:1}members' WITHREPLIES"), {});
    QCOMPARE(said(inOneSlot), "[\"0\", [[\"{key:1}x\", 0]]]"s);
    const auto tagged = console.run(typed("SCAN 0 COUNT 100 FOREACH 'RENAME * {*}:new'", true), {});
    QVERIFY2(tagged, said(tagged).c_str());
}

void TestConsoleCluster::anOperationWithSeveralKeysIsDivided()
{
    Console console = consoleAt(*m_cluster);
    const auto there = console.run(typed("SCAN 0 COUNT 100 FOREACH 'EXISTS * missing:* *' WITHREPLIES", true), {});
    QVERIFY2(there, said(there).c_str());
    QVERIFY(there->reply.elements[1].elements.size() >= 600);
    for (const Reply& pair : there->reply.elements[1].elements) {
        QCOMPARE(pair.elements[1].integer, 2);
    }
    const auto values = console.run(typed("SCAN 0 COUNT 100 FOREACH 'MGET missing:* *' WITHREPLIES", true), {});
    QVERIFY2(values, said(values).c_str());
    for (const Reply& pair : values->reply.elements[1].elements) {
        QCOMPARE(pair.elements[1].elements.size(), std::size_t{2});
        QVERIFY(pair.elements[1].elements[0].isNil());
        QCOMPARE(pair.elements[1].elements[1].text, "v"s);
    }
}

void TestConsoleCluster::anOperationMayGoToAnotherNode()
{
    Console console = consoleAt(*m_cluster);
    const auto answer = console.run(typed("SCAN 0 COUNT 100 FORALL 'SADD all *' WITHREPLIES", true), {});
    QVERIFY2(answer, said(answer).c_str());
    QCOMPARE(said(console.run(typed("SCARD all"), {})), std::to_string(answer->reply.elements[1].integer));
    QVERIFY(answer->reply.elements[1].integer >= 600);
}

void TestConsoleCluster::elementsOfOneKeyNeedNoNode()
{
    Console console = consoleAt(*m_cluster);
    for (const char* key : {"a", "b", "c"}) {
        QVERIFY(console.run(typed("SADD set:"s + key + " key:1 key:2 key:3 key:4"), {}));
        const auto answer = console.run(typed("SSCAN set:"s + key + " 0 FORALL 'EXISTS *' WITHREPLIES"), {});
        QVERIFY2(answer, said(answer).c_str());
        QCOMPARE(answer->reply.elements[1].integer, 4);
    }
}

void TestConsoleCluster::aTransactionNeedsANode()
{
    Console console = consoleAt(*m_cluster);
    QVERIFY(!console.run(typed("MULTI"), {}));
    const QString node = addressOf(*m_cluster, m_cluster->ownerOf(test::slotOf("t")));
    QCOMPARE(said(console.run(typed("MULTI", false, node), {})), "\"OK\""s);
    QCOMPARE(said(console.run(typed("SET t 1", false, node), {})), "\"QUEUED\""s);
    QCOMPARE(said(console.run(typed("EXEC", false, node), {})), "[\"OK\"]"s);
}

void TestConsoleCluster::aTransactionMissesWhatHadNoPlace_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("node");
    QTest::addRow("a step of a scan without a node") << QByteArray("SCAN 0") << QString();
    QTest::addRow("a node that is none") << QByteArray("SET t 2") << u"10.9.9.9:1"_s;
}

void TestConsoleCluster::aTransactionMissesWhatHadNoPlace()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, node);
    Console console = consoleAt(*m_cluster);
    const int owner = m_cluster->ownerOf(test::slotOf("t"));
    const QString there = addressOf(*m_cluster, owner);
    QCOMPARE(said(console.run(typed("MULTI", false, there), {})), "\"OK\""s);
    QCOMPARE(said(console.run(typed("SET t 1", false, there), {})), "\"QUEUED\""s);
    QVERIFY(!console.run(typed(line.toStdString(), false, node), {}));
    const auto ended = console.run(typed("EXEC", false, there), {});
    QVERIFY2(!ended, said(ended).c_str());
    QCOMPARE(ended.error().kind, ErrorKind::Refused);
    QCOMPARE(m_cluster->server(owner).command({"EXISTS", "t"}), "0"s);
}

void TestConsoleCluster::aDeadNodeIsNamed()
{
    Console console = consoleAt(*m_cluster);
    const int dead = m_cluster->masters().front();
    m_cluster->kill(dead);
    const auto answer = console.run(typed("SCAN 0 COUNT 100 FOREACH 'TTL *'", true), {});
    QVERIFY2(answer, said(answer).c_str());
    QCOMPARE(answer->gaps.size(), std::size_t{1});
    QVERIFY(answer->gaps.front().subject.contains(addressOf(*m_cluster, dead)));
    QVERIFY(answer->reply.elements[0].isNil()); // the whole has no cursor to go on from
    QVERIFY(answer->reply.elements[1].elements.size() >= 300);
}

QTEST_GUILESS_MAIN(TestConsoleCluster)
#include "tst_consolecluster.moc"
