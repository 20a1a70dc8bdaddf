// SPDX-License-Identifier: GPL-3.0-or-later
// A scan of one server finds every key that was asked for, whatever its name.
#include "core/net/connection.h"
#include "core/scan/scanengine.h"
#include "tests/core/scan/testscan.h"

#include <QObject>
#include <QTest>

#include <thread>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::chrono_literals;

namespace {

std::set<std::string> trapNames()
{
    std::set<std::string> names{
        "", "a", "a:", ":a", "a::b", "\\x00", std::string(1, '\0'), "\xE2\x80\x8B", "a\nb", "a\\nb"};
    for (int byte = 0; byte < 256; ++byte) {
        names.insert(std::string("byte:") + static_cast<char>(byte));
    }
    names.insert(std::string(300, 'x'));
    names.insert(std::string(65536, 'y'));
    const std::string half(5'000'000, 'z');
    names.insert(half + "1" + half);
    names.insert(half + "2" + half);
    return names;
}

} // namespace

class TestNodeScanner : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsEveryKey_data();
    void findsEveryKey();
    void findsEveryNameThatBytesCanMake();
    void keepsToThePattern_data();
    void keepsToThePattern();
    void keepsToTheType_data();
    void keepsToTheType();
    void looksUpAnExactKey();
    void keysThatStayAreFoundWhileOthersComeAndGo();
    void asksForLessWhereAReplyWouldBeTooLarge_data();
    void asksForLessWhereAReplyWouldBeTooLarge();
    void tellsThatScanIsForbidden();
    void browsesWithScanTypeAndReadsAlone();
    void usesKeysWhenTold();
    void countersOfSeveralNodesAreAdded();
};

void TestNodeScanner::findsEveryKey_data()
{
    QTest::addColumn<int>("keys");
    QTest::addColumn<int>("count");
    QTest::addRow("empty database") << 0 << 10;
    QTest::addRow("one key") << 1 << 10;
    QTest::addRow("many calls, small COUNT") << 5000 << 10;
    QTest::addRow("COUNT of one") << 500 << 1;
    QTest::addRow("COUNT above the keyspace") << 5000 << 100'000;
    QTest::addRow("larger than one gathering") << 40'000 << 500;
}

void TestNodeScanner::findsEveryKey()
{
    QFETCH(int, keys);
    QFETCH(int, count);
    const auto server = RedisServer::start();
    const auto truth = fill(*server, "user:", static_cast<std::size_t>(keys));
    ScanRequest request;
    request.count = count;
    Scan scan(server->socketPath(), request);
    const NodeScanEnd end = scan.run();
    QVERIFY(end.isComplete());
    QVERIFY(scan.keys() == truth);
    QCOMPARE(end.share, 1.0);
    QCOMPARE(end.largestCount, count);
    QVERIFY(!end.runId.empty());
    QCOMPARE(end.expectedKeys, std::uint64_t(keys));
}

void TestNodeScanner::findsEveryNameThatBytesCanMake()
{
    const auto server = RedisServer::start();
    const auto truth = trapNames();
    const std::vector<std::string> names(truth.begin(), truth.end());
    server->fill(names.size(), [&](std::size_t i) { return RedisServer::Args{"SET", names[i], "v"}; });
    Scan scan(server->socketPath());
    QVERIFY(scan.run().isComplete());
    QVERIFY(scan.keys() == truth);
}

void TestNodeScanner::keepsToThePattern_data()
{
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<QStringList>("found");
    QTest::addRow("prefix") << QByteArray("a")
                            << QStringList{QStringLiteral("a*:1"), QStringLiteral("a1:1"), QStringLiteral("a[1]:1"),
                                   QStringLiteral("ab:1")};
    QTest::addRow("prefix with brackets escaped") << QByteArray("a\\[1\\]:") << QStringList{QStringLiteral("a[1]:1")};
    QTest::addRow("prefix with a star escaped") << QByteArray("a\\*:") << QStringList{QStringLiteral("a*:1")};
    QTest::addRow("glob") << QByteArray("a[1]:*") << QStringList{QStringLiteral("a1:1")};
    QTest::addRow("nothing fits") << QByteArray("zzz") << QStringList{};
}

void TestNodeScanner::keepsToThePattern()
{
    QFETCH(QByteArray, pattern);
    QFETCH(QStringList, found);
    const auto server = RedisServer::start();
    for (const char* key : {"a[1]:1", "a1:1", "a*:1", "ab:1", "b"}) {
        server->command({"SET", key, "v"});
    }
    ScanRequest request;
    request.pattern = *KeyPattern::fromText(pattern.toStdString());
    Scan scan(server->socketPath(), request);
    QVERIFY(scan.run().isComplete());
    QStringList names;
    for (const std::string& key : scan.keys()) {
        names << QString::fromStdString(key);
    }
    QCOMPARE(names, found);
}

void TestNodeScanner::keepsToTheType_data()
{
    QTest::addColumn<bool>("byKeys");
    QTest::addRow("SCAN TYPE") << false;
    QTest::addRow("KEYS, where each type is asked for") << true;
}

void TestNodeScanner::keepsToTheType()
{
    QFETCH(bool, byKeys);
    const auto server = RedisServer::start();
    fill(*server, "s:", 3000);
    server->fill(2000, [](std::size_t i) { return RedisServer::Args{"SADD", numbered("set:", i), "m"}; });
    ScanRequest request;
    request.type = "set";
    if (byKeys) {
        // KEYS knows no TYPE.
        request.useKeysCommand = true;
    }
    Scan scan(server->socketPath(), request);
    QVERIFY(scan.run().isComplete());
    QCOMPARE(scan.keys().size(), std::size_t{2000});
    QVERIFY(scan.keys().begin()->starts_with("set:"));
}

void TestNodeScanner::looksUpAnExactKey()
{
    const auto server = RedisServer::start();
    server->command({"SET", "a[1]*", "v"});
    for (const char* wanted : {"a[1]*", "a1"}) {
        ScanRequest request;
        request.pattern = KeyPattern::exact(wanted);
        Scan scan(server->socketPath(), request);
        const NodeScanEnd end = scan.run();
        QVERIFY(end.isComplete());
        QCOMPARE(end.calls, std::uint64_t{1});
        QCOMPARE(scan.keys().size(), std::size_t(std::string_view(wanted) == "a[1]*" ? 1 : 0));
    }
}

void TestNodeScanner::keysThatStayAreFoundWhileOthersComeAndGo()
{
    const auto server = RedisServer::start();
    const auto staying = fill(*server, "stays:", 20'000);
    ScanRequest request;
    request.count = 50;
    Scan scan(server->socketPath(), request);
    std::size_t round = 0;
    // Between batches the table grows, shrinks and is rehashed under the scan.
    scan.afterBatch = [&] {
        ++round;
        server->fill(2000, [&](std::size_t i) {
            const std::string key = numbered("comes:", i) + ':' + std::to_string(round / 2);
            return round % 2 == 1 ? RedisServer::Args{"SET", key, "v"} : RedisServer::Args{"DEL", key};
        });
        return true;
    };
    QVERIFY(scan.run().isComplete());
    for (const std::string& key : staying) {
        QVERIFY2(scan.found.count(key) == 1, key.c_str());
    }
}

void TestNodeScanner::asksForLessWhereAReplyWouldBeTooLarge_data()
{
    QTest::addColumn<std::size_t>("longest");
    QTest::addColumn<bool>("isWhole");
    QTest::addRow("many long keys") << std::size_t{2000} << true;
    QTest::addRow("one key that alone is too long") << std::size_t{200'000} << false;
}

void TestNodeScanner::asksForLessWhereAReplyWouldBeTooLarge()
{
    QFETCH(const std::size_t, longest);
    QFETCH(const bool, isWhole);
    const auto server = RedisServer::start();
    const std::string longPart(2000, 'k');
    std::set<std::string> truth;
    for (std::size_t key = 0; key < 1000; ++key) {
        truth.insert(longPart + std::to_string(key));
    }
    const std::vector<std::string> names(truth.begin(), truth.end());
    server->fill(names.size(), [&](std::size_t i) { return RedisServer::Args{"SET", names[i], "v"}; });
    server->command({"SET", std::string(longest, 'l'), "v"});
    truth.insert(std::string(longest, 'l'));
    ScanRequest request;
    request.count = 500; // a megabyte
    Scan scan(server->socketPath(), request);
    ConnectionOptions options;
    options.endpoint.socketPath = server->socketPath();
    options.replyCap = 100'000;
    scan.lane = makeLane(options, std::make_shared<CommandGate>(GateRules{}));
    const NodeScanEnd end = scan.run();
    QCOMPARE(end.isComplete(), isWhole);
    if (isWhole) {
        QVERIFY(scan.keys() == truth);
        QCOMPARE(end.restarts, 0);
    } else {
        QCOMPARE(end.stoppedBy->kind, ErrorKind::Limit);
        QVERIFY(!scan.keys().contains(std::string(longest, 'l')));
    }
}

void TestNodeScanner::tellsThatScanIsForbidden()
{
    const auto server = RedisServer::start();
    server->command({"ACL", "SETUSER", "default", "-scan"});
    Scan scan(server->socketPath());
    const NodeScanEnd end = scan.run();
    QVERIFY(end.stoppedBy.has_value());
    QCOMPARE(end.stoppedBy->kind, ErrorKind::Permission);
}

void TestNodeScanner::browsesWithScanTypeAndReadsAlone()
{
    const auto server = RedisServer::start();
    const auto truth = fill(*server, "k:", 3000);
    server->command({"ACL", "SETUSER", "default", "-@all", "+scan", "+type", "+get"});
    Scan scan(server->socketPath());
    const NodeScanEnd end = scan.run();
    QVERIFY2(end.isComplete(), end.stoppedBy ? qPrintable(end.stoppedBy->detail) : "");
    QVERIFY(scan.keys() == truth);
    QVERIFY(end.runId.empty());
}

void TestNodeScanner::usesKeysWhenTold()
{
    const auto server = RedisServer::start();
    const auto truth = fill(*server, "k:", 3000);
    ScanRequest request;
    request.useKeysCommand = true;
    Scan scan(server->socketPath(), request);
    const NodeScanEnd end = scan.run();
    QVERIFY(end.isComplete());
    QCOMPARE(end.calls, std::uint64_t{1});
    QVERIFY(scan.keys() == truth);
    QVERIFY(
        !QString::fromStdString(server->command({"INFO", "commandstats"})).contains(QStringLiteral("cmdstat_scan")));
}

void TestNodeScanner::countersOfSeveralNodesAreAdded()
{
    const auto one = RedisServer::start();
    const auto other = RedisServer::start();
    auto truth = fill(*one, "one:", 3000);
    truth.merge(fill(*other, "other:", 2000));
    std::vector<ScanNode> nodes;
    nodes.push_back(ScanNode{laneTo(one->socketPath()), {}, {}});
    nodes.push_back(ScanNode{laneTo(other->socketPath()), {}, {}});
    ScanEngine engine({}, std::move(nodes));
    std::mutex mutex;
    std::set<std::string> found;
    const ScanReport report = engine.run({}, [&](KeyBatch&& batch) {
        const std::lock_guard lock(mutex);
        for (std::size_t at = 0; at < batch.size(); ++at) {
            found.insert(std::string(batch[at]));
        }
        return true;
    });
    QVERIFY(report.isComplete());
    QVERIFY(found == truth);
    QCOMPARE(report.keys(), std::uint64_t{5000});
    QCOMPARE(engine.progress().share, 1.0);
}

QTEST_GUILESS_MAIN(TestNodeScanner)
#include "tst_nodescanner.moc"
