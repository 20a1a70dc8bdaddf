// SPDX-License-Identifier: GPL-3.0-or-later
// Scans that keep only keys with certain properties, against real servers.
#include "core/scan/keypredicate.h"
#include "core/scan/scanengine.h"
#include "core/source/commandgate.h"
#include "tests/core/scan/clusterscanfixture.h"
#include "tests/servers/redisserver.h"

#include <QtTest>

#include <set>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(keyglass::KeyPredicate)

namespace {

struct Found {
    ScanReport report;
    std::set<std::string> keys;
};

Found scan(const RedisServer& server, const ScanRequest& request)
{
    ConnectionOptions options;
    options.endpoint.socketPath = server.socketPath();
    std::vector<ScanNode> nodes;
    nodes.push_back(ScanNode{makeLane(options, std::make_shared<CommandGate>(GateRules{true, {}})), {}, {}});
    ScanEngine engine(request, std::move(nodes));
    Found found;
    found.report = engine.run({}, [&](KeyBatch&& batch) {
        for (std::size_t at = 0; at < batch.size(); ++at) {
            found.keys.emplace(batch[at]);
        }
        return true;
    });
    return found;
}

void addRow(const char* name, const KeyPredicate& predicate, const std::set<std::string>& keys)
{
    QStringList list;
    for (const std::string& key : keys) {
        list << QString::fromStdString(key);
    }
    QTest::addRow("%s", name) << predicate << list;
}

} // namespace

class TestKeyPredicate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatHoldsTrue_data();
    void keepsWhatHoldsTrue();
    void keepsByIdleTimeOrFrequency();
    void asksOnlyKeysOfThePattern();
    void goesWithTypesAndLimits();
    void findsKeysOfEveryMasterAndThoseUnderWay();
    void asksReplicasWhereTheseAreScanned();
    void touchesNothing();
};

void TestKeyPredicate::keepsWhatHoldsTrue_data()
{
    QTest::addColumn<KeyPredicate>("predicate");
    QTest::addColumn<QStringList>("keys");
    addRow("nothing asked", {}, {"big", "hour", "minute", "plain"});
    addRow("never expires", {.hasTtl = false}, {"big", "plain"});
    addRow("expires", {.hasTtl = true}, {"hour", "minute"});
    addRow("soon", {.ttlBelow = 120s}, {"minute"});
    addRow("late or never", {.ttlAbove = 120s}, {"big", "hour", "plain"});
    addRow("late, not never", {.hasTtl = true, .ttlAbove = 120s}, {"hour"});
    addRow("large", {.bytesAbove = ByteCount{5000}}, {"big"});
    addRow("small", {.bytesBelow = ByteCount{5000}}, {"hour", "minute", "plain"});
    addRow("small and soon", {.ttlBelow = 120s, .bytesBelow = ByteCount{5000}}, {"minute"});
    addRow("smaller than any number", {.bytesBelow = ByteCount{std::numeric_limits<std::uint64_t>::max()}},
        {"big", "hour", "minute", "plain"});
    addRow("larger than any number", {.bytesAbove = ByteCount{std::numeric_limits<std::uint64_t>::max()}}, {});
    addRow("nothing is that large", {.bytesAbove = ByteCount{500'000}}, {});
    addRow("touched just now", {.idleBelow = 100s}, {"big", "hour", "minute", "plain"});
    addRow("untouched for long", {.idleAbove = 100s}, {});
}

void TestKeyPredicate::keepsWhatHoldsTrue()
{
    QFETCH(const KeyPredicate, predicate);
    QFETCH(const QStringList, keys);
    const auto server = RedisServer::start();
    server->command({"SET", "plain", "v"});
    server->command({"SET", "minute", "v", "EX", "60"});
    server->command({"SET", "hour", "v", "EX", "3600"});
    server->command({"SET", "big", std::string(10'000, 'x')});
    ScanRequest request;
    request.predicate = predicate;
    for (const bool byKeys : {false, true}) {
        request.useKeysCommand = byKeys;
        const Found found = scan(*server, request);
        QVERIFY(found.report.isComplete());
        QStringList names;
        for (const std::string& key : found.keys) {
            names << QString::fromStdString(key);
        }
        QCOMPARE(names, keys);
    }
}

void TestKeyPredicate::keepsByIdleTimeOrFrequency()
{
    const auto server = RedisServer::start({u"--maxmemory-policy"_s, u"allkeys-lfu"_s});
    server->command({"SET", "often", "v"});
    server->command({"SET", "seldom", "v"});
    for (int each = 0; each < 3000; ++each) {
        server->command({"GET", "often"});
    }
    ScanRequest request;
    request.predicate.frequencyAbove = 20;
    const Found found = scan(*server, request);
    QVERIFY(found.report.isComplete());
    QVERIFY(found.keys == std::set<std::string>{"often"});
    request.predicate = {.idleAbove = 1s}; // not told under LFU: an error, and not an empty list
    const Found refused = scan(*server, request);
    QCOMPARE(refused.report.partialNodes().size(), std::size_t{1});
    QCOMPARE(refused.report.partialNodes().front()->stoppedBy->kind, ErrorKind::Unsupported);
}

void TestKeyPredicate::asksOnlyKeysOfThePattern()
{
    const auto server = RedisServer::start();
    server->fill(5000, [](std::size_t i) { return RedisServer::Args{"SET", "a:" + std::to_string(i), "v"}; });
    server->fill(50, [](std::size_t i) { return RedisServer::Args{"SET", "b:" + std::to_string(i), "v", "EX", "60"}; });
    server->command({"CONFIG", "RESETSTAT"});
    ScanRequest request;
    request.pattern = *KeyPattern::fromText("b:");
    request.predicate.hasTtl = true;
    const Found found = scan(*server, request);
    QVERIFY(found.report.isComplete());
    QCOMPARE(found.keys.size(), std::size_t{50});
    const std::string stats = server->command({"INFO", "commandstats"});
    QVERIFY2(stats.find("cmdstat_pttl:calls=50,") != std::string::npos, stats.c_str());
}

void TestKeyPredicate::goesWithTypesAndLimits()
{
    const auto server = RedisServer::start();
    server->fill(
        500, [](std::size_t i) { return RedisServer::Args{"SET", "s:" + std::to_string(i), "v", "EX", "60"}; });
    server->fill(500, [](std::size_t i) { return RedisServer::Args{"SADD", "t:" + std::to_string(i), "v"}; });
    ScanRequest request;
    request.type = "string";
    request.predicate.hasTtl = true;
    QCOMPARE(scan(*server, request).keys.size(), std::size_t{500});
    request.type = "set";
    QCOMPARE(scan(*server, request).keys.size(), std::size_t{0});
    request.type = "string";
    request.limits.maxKeys = 100;
    const Found limited = scan(*server, request);
    QCOMPARE(limited.keys.size(), std::size_t{100});
    QVERIFY(limited.report.limit());
}

void TestKeyPredicate::findsKeysOfEveryMasterAndThoseUnderWay()
{
    const auto cluster = RedisCluster::start();
    cluster->fill(600, [](std::size_t i) {
        const std::string key = "key:" + std::to_string(i);
        return i % 2 == 0 ? RedisCluster::Args{"SET", key, "v"} : RedisCluster::Args{"SET", key, "v", "EX", "600"};
    });
    ScanRequest request;
    request.predicate.hasTtl = true;
    HeldScan held(clusterEngine(mapOf(*cluster, 0), request), 0);
    const auto report = held.report();
    QVERIFY(report && report->isComplete());
    QCOMPARE(held.found().size(), std::size_t{300});
    request.useKeysCommand = true;
    request.type = "string";
    HeldScan byKeys(clusterEngine(mapOf(*cluster, 0), request), 0);
    const auto byKeysReport = byKeys.report();
    QVERIFY(byKeysReport && byKeysReport->isComplete());
    QVERIFY(byKeys.found() == held.found());
}

/// The masters are to be spared.
void TestKeyPredicate::asksReplicasWhereTheseAreScanned()
{
    const auto cluster = RedisCluster::start();
    cluster->fill(
        600, [](std::size_t i) { return RedisCluster::Args{"SET", "key:" + std::to_string(i), "v", "EX", "600"}; });
    const auto keysOfReplicas = [&] {
        int sum = 0;
        for (int node = 0; node < cluster->size(); ++node) {
            sum += cluster->isMaster(node) ? 0 : std::stoi(cluster->server(node).command({"DBSIZE"}));
        }
        return sum;
    };
    QTRY_COMPARE_WITH_TIMEOUT(keysOfReplicas(), 600, 20000);
    for (int node = 0; node < cluster->size(); ++node) {
        cluster->server(node).command({"CONFIG", "RESETSTAT"});
    }
    ScanRequest request;
    request.predicate.hasTtl = true;
    HeldScan held(clusterEngine(mapOf(*cluster, 0), request, {}, ScanReplicas::Replicas), 0);
    const auto report = held.report();
    QVERIFY(report && report->isComplete());
    QCOMPARE(held.found().size(), std::size_t{600});
    for (int node = 0; node < cluster->size(); ++node) {
        const std::string stats = cluster->server(node).command({"INFO", "commandstats"});
        QCOMPARE(stats.find("cmdstat_pttl") == std::string::npos, cluster->isMaster(node));
    }
}

void TestKeyPredicate::touchesNothing()
{
    const auto server = RedisServer::start({u"--enable-debug-command"_s, u"yes"_s});
    server->command({"SET", "old", "v"});
    QTest::qWait(2500); // its idle time is counted in seconds
    ScanRequest request;
    request.predicate = {.hasTtl = false, .bytesBelow = ByteCount{1'000'000}, .idleBelow = 1000s};
    QCOMPARE(scan(*server, request).keys.size(), std::size_t{1});
    QVERIFY(std::stoi(server->command({"OBJECT", "IDLETIME", "old"})) >= 1);
}

QTEST_GUILESS_MAIN(TestKeyPredicate)
#include "tst_keypredicate.moc"
