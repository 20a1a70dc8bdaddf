// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/commandgate.h"
#include "core/source/redis/clusteraddress.h"
#include "core/source/redis/clustermap.h"
#include "core/source/redis/clusterview.h"
#include "core/source/redis/topology.h"

#include <QtTest>

#include <random>

using namespace keyglass;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(keyglass::Reply)

namespace {

Reply text(std::string bytes)
{
    Reply reply;
    reply.type = Reply::Type::String;
    reply.text = std::move(bytes);
    return reply;
}

Reply number(std::int64_t value)
{
    Reply reply;
    reply.type = Reply::Type::Integer;
    reply.integer = value;
    return reply;
}

Reply list(std::vector<Reply> elements)
{
    Reply reply;
    reply.type = Reply::Type::Array;
    reply.elements = std::move(elements);
    return reply;
}

Reply shardNode(const std::string& id, const std::string& endpoint, std::int64_t port, const std::string& role,
    const std::string& health = "online")
{
    return list({text("id"), text(id), text("port"), number(port), text("tls-port"), number(port + 1), text("ip"),
        text("10.0.0.7"), text("endpoint"), text(endpoint), text("hostname"), text("seven.example"), text("role"),
        text(role), text("replication-offset"), number(5), text("health"), text(health)});
}

Reply shard(std::vector<Reply> slots, std::vector<Reply> nodes)
{
    return list({text("slots"), list(std::move(slots)), text("nodes"), list(std::move(nodes))});
}

/// A reply that a server could send only if it were broken or hostile.
Reply randomReply(std::mt19937& random, int depth)
{
    static const std::vector<std::string> words{
        "slots", "nodes", "id", "port", "endpoint", "role", "master", "?", "", "x"};
    switch (random() % (depth > 0 ? 4U : 3U)) {
    case 0:
        return text(words[random() % words.size()]);
    case 1:
        return number(static_cast<std::int64_t>(random() % 20000) - 1000);
    case 2:
        return Reply{};
    default:
        break;
    }
    std::vector<Reply> elements;
    for (auto left = random() % 8; left > 0; --left) {
        elements.push_back(randomReply(random, depth - 1));
    }
    return list(std::move(elements));
}

/// `reply` with one of its parts, at any depth, replaced by something else.
Reply damaged(Reply reply, std::mt19937& random)
{
    if (reply.elements.empty() || random() % 4 == 0) {
        return randomReply(random, 2);
    }
    Reply& part = reply.elements[random() % reply.elements.size()];
    part = damaged(std::move(part), random);
    return reply;
}

Reply wholeShards()
{
    return list({shard({number(0), number(8191)},
                     {shardNode("aa", "10.0.0.7", 7000, "master"), shardNode("ab", "10.0.0.8", 7001, "replica")}),
        shard({number(8192), number(16383)}, {shardNode("ba", "", 7002, "master")})});
}

} // namespace

class TestClusterTopology : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keysHaveTheSlotsOfTheSpecification_data();
    void keysHaveTheSlotsOfTheSpecification();
    void slotsAreNamedAsRanges_data();
    void slotsAreNamedAsRanges();
    void shardsAreRead();
    void aFailedMasterKeepsItsSlotsUntilItIsReplaced();
    void slotsAreRead();
    void bothRepliesAreReadTogether_data();
    void bothRepliesAreReadTogether();
    void whatOnlyShardsTellsIsKeptWhereItLacksOwners();
    void brokenRepliesAreErrorsOrHarmless();
    void repliesThatWouldTakeForEverAreNotRead();
    void theViewOfItselfIsRead_data();
    void theViewOfItselfIsRead();
    void brokenViewsAreNothing_data();
    void brokenViewsAreNothing();
    void redirectsAreRead_data();
    void redirectsAreRead();
    void addressesAreMapped_data();
    void addressesAreMapped();
    void theCertificateIsCheckedForTheAnnouncedName();
    void theMapFillsInTheHostItCameBy();
    void theMapDoesNotBelieveWhoWasTakenOut_data();
    void theMapDoesNotBelieveWhoWasTakenOut();
    void aRedirectLeadsToTheNodeThatIsKnownThere();
    void aNodeIsFoundAtItsNewAddress();
};

void TestClusterTopology::keysHaveTheSlotsOfTheSpecification_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<int>("slot");
    QTest::addRow("the check value of CRC16") << QByteArray("123456789") << 0x31C3 % 16384;
    QTest::addRow("empty") << QByteArray("") << 0;
    QTest::addRow("plain") << QByteArray("foo") << 12182;
    QTest::addRow("tag") << QByteArray("{foo}.bar") << 12182;
    QTest::addRow("tag in the middle") << QByteArray("a{foo}b{bar}") << 12182;
    QTest::addRow("the first closing bracket ends it") << QByteArray("x{foo}}") << 12182;
    QTest::addRow("an empty tag is none") << QByteArray("{}foo") << 9500;
    QTest::addRow("an unclosed tag is none") << QByteArray("{foo") << 13308;
}

void TestClusterTopology::keysHaveTheSlotsOfTheSpecification()
{
    QFETCH(const QByteArray, key);
    QFETCH(const int, slot);
    QCOMPARE(int{slotOf({key.constData(), static_cast<std::size_t>(key.size())})}, slot);
}

void TestClusterTopology::slotsAreNamedAsRanges_data()
{
    QTest::addColumn<QStringList>("ranges");
    QTest::addColumn<QString>("text");
    QTest::addRow("none") << QStringList{} << u""_s;
    QTest::addRow("one") << QStringList{u"7"_s} << u"7"_s;
    QTest::addRow("all") << QStringList{u"0-16383"_s} << u"0-16383"_s;
    QTest::addRow("several, joined") << QStringList{u"5-9"_s, u"10"_s, u"0-1"_s} << u"0-1, 5-10"_s;
    QTest::addRow("many") << QStringList{u"1"_s, u"3"_s, u"5"_s, u"7"_s} << u"1, 3, 5, …"_s;
}

void TestClusterTopology::slotsAreNamedAsRanges()
{
    QFETCH(const QStringList, ranges);
    QFETCH(const QString, text);
    SlotSet slots;
    for (const QString& range : ranges) {
        QVERIFY(addSlots(slots, range.toStdString()));
    }
    QCOMPARE(slotText(slots, 3), text);
    for (const char* wrong : {"", "-", "5-", "-5", "9-5", "16384", "0-16384", "x", "1-2-3", "99999999999999999999"}) {
        SlotSet untouched;
        QVERIFY2(!addSlots(untouched, wrong), wrong);
        QVERIFY(untouched.none());
    }
}

void TestClusterTopology::shardsAreRead()
{
    const auto topology = topologyFromShards(wholeShards());
    QVERIFY(topology);
    QCOMPARE(topology->nodes().size(), std::size_t{3});
    QCOMPARE(topology->masters().size(), std::size_t{2});
    QCOMPARE(topology->owner(0)->id, std::string("aa"));
    QCOMPARE(topology->owner(8192)->id, std::string("ba"));
    QCOMPARE(topology->owner(8192)->host, std::string());
    QCOMPARE(topology->replicasOf("aa").size(), std::size_t{1});
    QCOMPARE(topology->replicasOf("aa").front()->port, std::uint16_t{7001});
    QCOMPARE(topology->owner(0)->tlsPort, std::uint16_t{7001});
    QVERIFY(topology->orphans().none());
}

void TestClusterTopology::aFailedMasterKeepsItsSlotsUntilItIsReplaced()
{
    const auto dead = shardNode("aa", "10.0.0.7", 7000, "master", "fail");
    const auto lone = topologyFromShards(list({shard({number(0), number(10)}, {dead})}));
    QVERIFY(lone);
    QCOMPARE(lone->owner(5)->id, std::string("aa"));
    QCOMPARE(lone->orphans().count(), slotCount - 11);
    const auto replaced =
        topologyFromShards(list({shard({number(0), number(10)}, {dead, shardNode("ab", "10.0.0.8", 7001, "master")})}));
    QVERIFY(replaced);
    QCOMPARE(replaced->owner(5)->id, std::string("ab"));
}

void TestClusterTopology::slotsAreRead()
{
    const auto node = [](const std::string& host, std::int64_t port, const std::string& id) {
        return list({text(host), number(port), text(id), list({text("hostname"), text("n.example")})});
    };
    const Reply nobody = list({Reply{}, number(7005), text("cc"), list({})});
    const auto topology = topologyFromSlots(
        list({list({number(0), number(100), node("10.0.0.7", 7000, "aa"), node("10.0.0.8", 7001, "ab")}),
            list({number(200), number(300), node("10.0.0.7", 7000, "aa")}), list({number(101), number(101), nobody})}),
        true);
    QVERIFY(topology);
    QCOMPARE(topology->nodes().size(), std::size_t{3});
    QCOMPARE(topology->owner(250)->tlsPort, std::uint16_t{7000});
    QCOMPARE(topology->owner(250)->port, std::uint16_t{0});
    QCOMPARE(topology->owner(250)->slots.count(), std::size_t{202});
    QCOMPARE(topology->owner(101)->host, std::string());
    QVERIFY(!topology->owner(150));
    QCOMPARE(topology->replicasOf("aa").size(), std::size_t{1});
    QCOMPARE(topology->owner(0)->hostname, std::string("n.example"));
}

void TestClusterTopology::bothRepliesAreReadTogether_data()
{
    QTest::addColumn<Reply>("shards");
    QTest::addColumn<Reply>("slots");
    QTest::addColumn<int>("orphans");
    QTest::addColumn<QString>("ownerOfLast");
    QTest::addColumn<int>("replicasOfFirst");
    Reply refused;
    refused.type = Reply::Type::Error;
    refused.text = "ERR unknown subcommand 'SHARDS'";
    const auto member = [](std::int64_t port, const char* id) {
        return list({text("10.0.0.7"), number(port), text(id)});
    };
    const Reply slotsOfAll = list({list({number(0), number(8191), member(7000, "aa"), member(7001, "ab")}),
        list({number(8192), number(16383), member(7002, "ba")})});
    // The promoted replica's shard has lost its slots, or the node has not heard of all owners yet.
    const Reply withoutSome = list({shard({number(0), number(8191)}, {shardNode("aa", "10.0.0.7", 7000, "master")}),
        shard({}, {shardNode("ba", "10.0.0.7", 7002, "master")})});
    const Reply apart = list({shard({number(0), number(8191)}, {shardNode("aa", "10.0.0.7", 7000, "master")}),
        shard({}, {shardNode("ab", "10.0.0.8", 7001, "replica")}),
        shard({number(8192), number(16383)}, {shardNode("ba", "10.0.0.7", 7002, "master")})});
    QTest::addRow("SHARDS is whole") << wholeShards() << slotsOfAll << 0 << u"ba"_s << 1;
    QTest::addRow("no SHARDS before 7.0") << refused << slotsOfAll << 0 << u"ba"_s << 1;
    QTest::addRow("SLOTS is forbidden") << wholeShards() << refused << 0 << u"ba"_s << 1;
    QTest::addRow("SHARDS lacks owners") << withoutSome << slotsOfAll << 0 << u"ba"_s << 1;
    QTest::addRow("replicas in shards of their own") << apart << slotsOfAll << 0 << u"ba"_s << 1;
    QTest::addRow("nobody knows an owner") << list({}) << list({}) << int{slotCount} << u""_s << 0;
}

void TestClusterTopology::bothRepliesAreReadTogether()
{
    QFETCH(const Reply, shards);
    QFETCH(const Reply, slots);
    QFETCH(const int, orphans);
    QFETCH(const QString, ownerOfLast);
    QFETCH(const int, replicasOfFirst);
    const auto topology = topologyFrom(shards, slots, false);
    QVERIFY(topology);
    QCOMPARE(static_cast<int>(topology->orphans().count()), orphans);
    const ClusterNode* owner = topology->owner(16383);
    QCOMPARE(owner ? QString::fromStdString(owner->id) : QString(), ownerOfLast);
    QCOMPARE(static_cast<int>(topology->replicasOf("aa").size()), replicasOfFirst);
}

/// As Redis 8.0 does of a master that has failed and has no replica.
void TestClusterTopology::whatOnlyShardsTellsIsKeptWhereItLacksOwners()
{
    const Reply shards =
        list({shard({number(0), number(8191)},
                  {shardNode("aa", "10.0.0.7", 7000, "master"), shardNode("ab", "10.0.0.8", 7001, "replica", "fail")}),
            shard({}, {shardNode("ba", "10.0.0.9", 7002, "master", "fail")})});
    const auto member = [](std::int64_t port, const char* id) {
        return list({text("10.0.0.7"), number(port), text(id)});
    };
    const Reply slots = list({list({number(0), number(8191), member(7000, "aa")}),
        list({number(8192), number(16383), member(7002, "ba")})}); // which leaves out replicas that failed
    const auto topology = topologyFrom(shards, slots, false);
    QVERIFY(topology);
    QVERIFY(topology->orphans().none());
    const ClusterNode* failed = topology->owner(16383);
    QVERIFY(failed);
    QCOMPARE(failed->id, std::string("ba"));
    QCOMPARE(failed->health, NodeHealth::Failed);
    QCOMPARE(topology->owner(0)->health, NodeHealth::Online);
    QCOMPARE(topology->owner(0)->tlsPort, std::uint16_t{7001});
    QCOMPARE(topology->owner(0)->hostname, std::string("seven.example"));
    QCOMPARE(topology->replicasOf("aa").size(), std::size_t{1});
    QCOMPARE(topology->replicasOf("aa").front()->health, NodeHealth::Failed);
}

void TestClusterTopology::brokenRepliesAreErrorsOrHarmless()
{
    std::mt19937 random(20261121);
    for (int round = 0; round < 20000; ++round) {
        const Reply reply = round % 2 == 0 ? randomReply(random, 5) : damaged(wholeShards(), random);
        for (const auto& topology : {topologyFromShards(reply), topologyFromSlots(reply, round % 3 == 0)}) {
            if (topology) {
                for (std::size_t slot = 0; slot < slotCount; slot += 1000) {
                    const ClusterNode* owner = topology->owner(static_cast<std::uint16_t>(slot));
                    QVERIFY(!owner || owner->slots.test(slot));
                }
            } else {
                QCOMPARE(topology.error().kind, ErrorKind::Protocol);
            }
        }
    }
}

void TestClusterTopology::repliesThatWouldTakeForEverAreNotRead()
{
    constexpr std::size_t tooMany = 100'000;
    std::vector<Reply> pairs;
    std::vector<Reply> ranges;
    std::string line = "aa 127.0.0.1:30001@31001 myself,master - 0 0 1 connected";
    for (std::size_t each = 0; each < tooMany; ++each) {
        pairs.push_back(number(0));
        pairs.push_back(number(5));
        ranges.push_back(list({number(0), number(5), list({text("10.0.0.7"), number(7000), text("aa")})}));
        line += " 0-5";
    }
    const auto shards = topologyFromShards(list({shard(pairs, {shardNode("aa", "10.0.0.7", 7000, "master")})}));
    QVERIFY(!shards);
    QCOMPARE(shards.error().kind, ErrorKind::Protocol);
    const auto slots = topologyFromSlots(list(ranges), false);
    QVERIFY(!slots);
    QCOMPARE(slots.error().kind, ErrorKind::Protocol);
    QVERIFY(!parseNodeView(line));
}

void TestClusterTopology::theViewOfItselfIsRead_data()
{
    QTest::addColumn<QByteArray>("nodes");
    QTest::addColumn<QString>("owned");
    QTest::addColumn<QString>("migrating");
    QTest::addColumn<QString>("importing");
    QTest::addColumn<int>("epoch");
    const QByteArray other("bb 127.0.0.1:30002@31002 master - 0 1426238316232 9 connected 5461-10922 [7->-aa]\n");
    const QByteArray plain("aa 127.0.0.1:30001@31001,host myself,master - 0 0 1 connected 0-5460 9000\n");
    const QByteArray marks("aa 127.0.0.1:30001@31001 myself,master - 0 0 12 connected 0-5460 [93-<-bb] [77->-cc]");
    const QByteArray bare("aa :30001@31001 master,myself - 0 0 0 connected\r\n");
    QTest::addRow("plain") << other + plain << u"0-5460, 9000"_s << u""_s << u""_s << 1;
    QTest::addRow("both marks, no newline at the end") << marks << u"0-5460"_s << u"77"_s << u"93"_s << 12;
    QTest::addRow("no slots, carriage returns") << bare + other << u""_s << u""_s << u""_s << 0;
}

void TestClusterTopology::theViewOfItselfIsRead()
{
    QFETCH(const QByteArray, nodes);
    QFETCH(const QString, owned);
    QFETCH(const QString, migrating);
    QFETCH(const QString, importing);
    QFETCH(const int, epoch);
    const auto view = parseNodeView({nodes.constData(), static_cast<std::size_t>(nodes.size())});
    QVERIFY(view);
    QCOMPARE(view->id, std::string("aa"));
    QVERIFY(view->isMaster);
    QCOMPARE(slotText(view->slots), owned);
    QCOMPARE(slotText(view->migrating), migrating);
    QCOMPARE(slotText(view->importing), importing);
    QCOMPARE(view->configEpoch, static_cast<std::uint64_t>(epoch));
}

void TestClusterTopology::brokenViewsAreNothing_data()
{
    QTest::addColumn<QByteArray>("nodes");
    QTest::addRow("empty") << QByteArray();
    QTest::addRow("nobody is myself") << QByteArray("aa 1:2@3 master - 0 0 1 connected 0-5\n");
    QTest::addRow("no epoch") << QByteArray("aa 1:2@3 myself,master - 0 0\n");
    QTest::addRow("a slot too high") << QByteArray("aa 1:2@3 myself,master - 0 0 1 connected 0-16384\n");
    QTest::addRow("a mark without an arrow") << QByteArray("aa 1:2@3 myself,master - 0 0 1 connected [93]\n");
    QTest::addRow("half a mark") << QByteArray("aa 1:2@3 myself,master - 0 0 1 connected [\n");
}

void TestClusterTopology::brokenViewsAreNothing()
{
    QFETCH(const QByteArray, nodes);
    QVERIFY(!parseNodeView({nodes.constData(), static_cast<std::size_t>(nodes.size())}));
}

void TestClusterTopology::redirectsAreRead_data()
{
    QTest::addColumn<QByteArray>("error");
    QTest::addColumn<QString>("picture");
    QTest::addRow("moved") << QByteArray("MOVED 3999 127.0.0.1:6381") << u"3999 127.0.0.1 6381"_s;
    QTest::addRow("ask") << QByteArray("ASK 1 host.example:1") << u"ask 1 host.example 1"_s;
    QTest::addRow("no host") << QByteArray("MOVED 3999 :6381") << u"3999  6381"_s;
    QTest::addRow("a host that is not told") << QByteArray("MOVED 3999 ?:6381") << u"3999  6381"_s;
    QTest::addRow("IPv6") << QByteArray("MOVED 3999 ::1:6381") << u"3999 ::1 6381"_s;
    QTest::addRow("another error") << QByteArray("ERR MOVED 3999 127.0.0.1:6381") << u""_s;
    QTest::addRow("no port") << QByteArray("MOVED 3999 127.0.0.1") << u""_s;
    QTest::addRow("a slot too high") << QByteArray("MOVED 16384 127.0.0.1:6381") << u""_s;
    QTest::addRow("a port too high") << QByteArray("MOVED 1 127.0.0.1:65536") << u""_s;
    QTest::addRow("cut") << QByteArray("MOVED ") << u""_s;
}

void TestClusterTopology::redirectsAreRead()
{
    QFETCH(const QByteArray, error);
    QFETCH(const QString, picture);
    const auto redirect = parseRedirect({error.constData(), static_cast<std::size_t>(error.size())});
    QCOMPARE(redirect ? (redirect->isAsk ? u"ask "_s : QString())
                + u"%1 %2 %3"_s.arg(QString::number(redirect->slot), redirect->host, QString::number(redirect->port))
                      : QString(),
        picture);
}

void TestClusterTopology::addressesAreMapped_data()
{
    QTest::addColumn<QStringList>("map"); // "from=to"
    QTest::addColumn<bool>("useSeedHost");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("reached");
    QTest::addRow("as announced") << QStringList{} << false << u"10.0.0.9"_s << u"10.0.0.9:7000"_s;
    QTest::addRow("no host: the one we came by") << QStringList{} << false << u""_s << u"nat.example:7000"_s;
    QTest::addRow("the seed's host") << QStringList{} << true << u"10.0.0.9"_s << u"seed.example:7000"_s;
    QTest::addRow("host and port mapped")
        << QStringList{u"10.0.0.9:7001=a:1"_s, u"10.0.0.9:7000=b:2"_s} << false << u"10.0.0.9"_s << u"b:2"_s;
    QTest::addRow("host mapped, port kept") << QStringList{u"10.0.0.9=b"_s} << false << u"10.0.0.9"_s << u"b:7000"_s;
    QTest::addRow("the map wins over the seed's host")
        << QStringList{u"10.0.0.9=b"_s} << true << u"10.0.0.9"_s << u"b:7000"_s;
    QTest::addRow("IPv6") << QStringList{u"[fd00::9]:7000=[::1]:7100"_s} << false << u"fd00::9"_s << u"[::1]:7100"_s;
    QTest::addRow("what is no address maps nothing")
        << QStringList{u"10.0.0.9:x=a:1"_s, u"10.0.0.9=:1"_s} << false << u"10.0.0.9"_s << u"10.0.0.9:7000"_s;
    QTest::addRow("bare IPv6") << QStringList{u"fd00::9=::1"_s} << false << u"fd00::9"_s << u"[::1]:7000"_s;
}

void TestClusterTopology::addressesAreMapped()
{
    QFETCH(const QStringList, map);
    QFETCH(const bool, useSeedHost);
    QFETCH(const QString, host);
    QFETCH(const QString, reached);
    AddressRules rules;
    rules.useSeedHost = useSeedHost;
    for (const QString& each : map) {
        rules.map.emplace_back(each.section(u'=', 0, 0), each.section(u'=', 1));
    }
    ConnectionOptions seed;
    seed.endpoint = Endpoint{u"seed.example"_s, 6379, {}, {}};
    const ClusterAddresses addresses(seed, rules);
    const Endpoint cameBy{u"nat.example"_s, 6379, {}, {}};
    QCOMPARE(addresses.optionsFor(host, 7000, cameBy).endpoint.text(), reached);
}

void TestClusterTopology::theCertificateIsCheckedForTheAnnouncedName()
{
    ConnectionOptions seed;
    seed.endpoint = Endpoint{u"seed.example"_s, 6379, {}, TlsOptions{}};
    ClusterNode node;
    node.host = "10.0.0.9";
    node.port = 7000;
    node.tlsPort = 7100;
    const ClusterAddresses addresses(seed, {});
    const auto nameOf = [&] { return addresses.optionsFor(node, seed.endpoint).endpoint.tls->serverName; };
    QCOMPARE(nameOf(), u"seed.example"_s);
    QCOMPARE(addresses.optionsFor(node, seed.endpoint).endpoint.port, std::uint16_t{7100});
    node.host = "nine.example";
    QCOMPARE(nameOf(), u"nine.example"_s);
    node.hostname = "announced.example";
    QCOMPARE(nameOf(), u"announced.example"_s);
}

void TestClusterTopology::theMapFillsInTheHostItCameBy()
{
    ConnectionOptions seed;
    seed.endpoint = Endpoint{u"seed.example"_s, 6379, {}, {}};
    ClusterMap map(ClusterAddresses(seed, {}), std::make_shared<CommandGate>(GateRules{}));
    int changes = 0;
    map.onChange([&] { ++changes; });
    const auto topology = topologyFromShards(wholeShards());
    QVERIFY(topology);
    map.update(*topology, Endpoint{u"10.0.0.5"_s, 7002, {}, {}});
    QCOMPARE(map.topology()->owner(9000)->host, std::string("10.0.0.5"));
    QCOMPARE(map.topology()->owner(0)->host, std::string("10.0.0.7"));
    QCOMPARE(changes, 1);
    map.update(*topology, Endpoint{u"10.0.0.5"_s, 7002, {}, {}});
    QCOMPARE(changes, 1); // nothing new
}

void TestClusterTopology::theMapDoesNotBelieveWhoWasTakenOut_data()
{
    QTest::addColumn<Reply>("shards");
    QTest::addColumn<bool>("isBelieved");
    const auto lone = [](const char* id, const char* other) {
        return list({shard({number(0), number(8191)}, {shardNode(id, "10.0.0.7", 7000, "master")}),
            shard({number(8192), number(16383)}, {shardNode(other, "10.0.0.9", 7009, "master")})});
    };
    QTest::addRow("it was reset, and knows itself alone")
        << list({shard({}, {shardNode("aa", "10.0.0.7", 7000, "master")})}) << false;
    QTest::addRow("it has joined another cluster") << lone("aa", "zz") << false;
    QTest::addRow("another cluster has got its address") << lone("yy", "zz") << false;
    QTest::addRow("a replica's place was taken by a new master") << lone("aa", "ba") << true;
}

void TestClusterTopology::theMapDoesNotBelieveWhoWasTakenOut()
{
    QFETCH(const Reply, shards);
    QFETCH(const bool, isBelieved);
    ConnectionOptions seed;
    seed.endpoint = Endpoint{u"seed.example"_s, 6379, {}, {}};
    ClusterMap map(ClusterAddresses(seed, {}), std::make_shared<CommandGate>(GateRules{}));
    int changes = 0;
    map.onChange([&] { ++changes; });
    const auto whole = topologyFromShards(wholeShards());
    QVERIFY(whole && map.update(*whole, seed.endpoint));
    QCOMPARE(changes, 1);
    const auto told = topologyFromShards(shards);
    QVERIFY(told);
    QCOMPARE(map.update(*told, Endpoint{u"10.0.0.7"_s, 7000, {}, {}}), isBelieved);
    QCOMPARE(changes, isBelieved ? 2 : 1);
    QCOMPARE(map.topology()->nodes().size(), std::size_t{isBelieved ? 2U : 3U});
    QVERIFY(map.topology()->orphans().none());
}

void TestClusterTopology::aRedirectLeadsToTheNodeThatIsKnownThere()
{
    ConnectionOptions seed;
    seed.endpoint = Endpoint{u"seed.example"_s, 6379, {}, TlsOptions{}};
    ClusterMap map(ClusterAddresses(seed, {}), std::make_shared<CommandGate>(GateRules{}));
    const auto whole = topologyFromShards(wholeShards());
    QVERIFY(whole && map.update(*whole, seed.endpoint));
    // "aa" speaks TLS at the port after 7000, and announces a name beside its address.
    const ConnectionOptions known = map.optionsFor(*parseRedirect("MOVED 5 10.0.0.7:7001"));
    QCOMPARE(known.endpoint.text(), u"10.0.0.7:7001"_s);
    QCOMPARE(known.endpoint.tls->serverName, u"seven.example"_s);
    const ConnectionOptions unknown = map.optionsFor(*parseRedirect("MOVED 5 10.0.0.99:7001"));
    QCOMPARE(unknown.endpoint.text(), u"10.0.0.99:7001"_s);
    QCOMPARE(unknown.endpoint.tls->serverName, u"seed.example"_s);
}

void TestClusterTopology::aNodeIsFoundAtItsNewAddress()
{
    ConnectionOptions seed;
    seed.endpoint = Endpoint{u"seed.example"_s, 6379, {}, {}};
    const auto map =
        std::make_shared<ClusterMap>(ClusterAddresses(seed, {}), std::make_shared<CommandGate>(GateRules{}));
    const auto shards = [](const char* host) {
        return topologyFromShards(list({shard({number(0), number(8191)}, {shardNode("aa", host, 7000, "master")}),
            shard({number(8192), number(16383)}, {shardNode("ba", "10.0.0.8", 7002, "master")})}));
    };
    QVERIFY(map->update(*shards("10.0.0.7"), seed.endpoint));
    const ResolveNode resolve = nodeResolver(map, *map->topology()->find("aa"));
    const auto reached = [&] {
        const auto options = resolve({});
        return options ? options->endpoint.text() : QString();
    };
    QCOMPARE(reached(), u"10.0.0.7:7000"_s);
    QVERIFY(map->update(*shards("10.0.0.70"), seed.endpoint));
    QCOMPARE(reached(), u"10.0.0.70:7000"_s);
    const auto without =
        topologyFromShards(list({shard({number(0), number(16383)}, {shardNode("ba", "10.0.0.8", 7002, "master")})}));
    QVERIFY(without);
    map->replace(*without, seed.endpoint);
    QCOMPARE(reached(), u"10.0.0.70:7000"_s); // the last that was known
}

QTEST_APPLESS_MAIN(TestClusterTopology)
#include "tst_clustertopology.moc"
