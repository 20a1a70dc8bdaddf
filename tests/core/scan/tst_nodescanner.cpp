// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/connection.h"
#include "core/scan/scanengine.h"
#include "tests/core/scan/testscan.h"
#include "tests/servers/faultproxy.h"
#include "tests/servers/holdingproxy.h"

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QObject>
#include <QTest>

#include <thread>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(std::set<std::string>)
Q_DECLARE_METATYPE(keyglass::ScanLimits)

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

/// It is stopped where it takes too long, which its end then tells.
NodeScanEnd endOf(Scan& scan)
{
    NodeScanEnd end;
    std::atomic<bool> ended = false;
    std::jthread scanner([&](std::stop_token stop) {
        end = scan.run(stop);
        ended = true;
    });
    static_cast<void>(QTest::qWaitFor([&] { return ended.load(); }, 30000));
    scanner.request_stop();
    scanner.join();
    return end;
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
    void sendsExactlyTheCallsAllowed_data();
    void sendsExactlyTheCallsAllowed();
    void handsOnExactlyTheKeysAllowed();
    void goesOnWhereALimitEndedIt();
    void keysThatStayAreFoundWhileOthersComeAndGo();
    void pausesAndGoesOn();
    void stopsWithin100Milliseconds_data();
    void stopsWithin100Milliseconds();
    void survivesCutConnections();
    void aRestartedServerIsScannedAgain();
    void theOldCursorWouldHaveLostKeys();
    void givesUpALostNodeAndNamesIt();
    void isNotWaitedForOnceALimitIsReached_data();
    void isNotWaitedForOnceALimitIsReached();
    void givesUpANodeThatAnswersEverythingButScan();
    void givesUpANodeThatAnswersNothingOfItsKeys();
    void aPauseIsNotTheNodesFault();
    void givesUpANodeThatHasToBeBegunAgainAndAgain();
    void givesUpAServerWhoseScanHasNoEnd();
    void asksForLessWhereAReplyWouldBeTooLarge_data();
    void asksForLessWhereAReplyWouldBeTooLarge();
    void waitsForAServerThatRefusesForNow_data();
    void waitsForAServerThatRefusesForNow();
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

void TestNodeScanner::sendsExactlyTheCallsAllowed_data()
{
    QTest::addColumn<int>("allowed");
    QTest::addRow("one") << 1;
    QTest::addRow("two") << 2;
    QTest::addRow("seventeen") << 17;
}

void TestNodeScanner::sendsExactlyTheCallsAllowed()
{
    QFETCH(int, allowed);
    const auto server = RedisServer::start();
    fill(*server, "k:", 5000);
    ScanRequest request;
    request.count = 10;
    request.limits.maxIterations = static_cast<std::uint64_t>(allowed);
    Scan scan(server->socketPath(), request);
    const NodeScanEnd end = scan.run();
    QVERIFY(end.limit == ScanLimit::MaxIterations);
    QVERIFY(!end.stoppedBy);
    QCOMPARE(end.calls, std::uint64_t(allowed));
    const QString stats = QString::fromStdString(server->command({"INFO", "commandstats"}));
    QVERIFY2(stats.contains(QStringLiteral("cmdstat_scan:calls=%1,").arg(allowed)), qPrintable(stats));
}

void TestNodeScanner::handsOnExactlyTheKeysAllowed()
{
    const auto server = RedisServer::start();
    fill(*server, "k:", 5000);
    ScanRequest request;
    request.limits.maxKeys = 1234;
    Scan scan(server->socketPath(), request);
    const NodeScanEnd end = scan.run();
    QVERIFY(end.limit == ScanLimit::MaxKeys);
    QCOMPARE(scan.keys().size(), std::size_t{1234});
    QCOMPARE(end.keys, std::uint64_t{1234});
}

void TestNodeScanner::goesOnWhereALimitEndedIt()
{
    const auto server = RedisServer::start();
    const auto truth = fill(*server, "k:", 5000);
    ScanRequest request;
    request.limits.maxKeys = 777;
    NodeScanEnd end;
    std::set<std::string> together;
    for (int part = 0; part < 100 && !(part > 0 && end.isComplete()); ++part) {
        Scan scan(server->socketPath(), request);
        end = scan.run({}, end.resumeFrom, end.runId);
        together.merge(scan.keys());
        QCOMPARE(end.restarts, 0);
    }
    QVERIFY(end.isComplete());
    QVERIFY(together == truth);
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

void TestNodeScanner::pausesAndGoesOn()
{
    const auto server = RedisServer::start();
    const auto truth = fill(*server, "k:", 20'000);
    ScanRequest request;
    request.count = 10;
    Scan scan(server->socketPath(), request);
    scan.control.pause();
    NodeScanEnd end;
    std::jthread scanner([&](std::stop_token stop) { end = scan.run(stop); });
    QCOMPARE(scan.progress.calls.load(), std::uint64_t{0});
    scan.control.resume();
    scanner.join();
    QVERIFY(end.isComplete());
    QVERIFY(scan.keys() == truth);
}

void TestNodeScanner::stopsWithin100Milliseconds_data()
{
    QTest::addColumn<bool>("paused");
    QTest::addColumn<bool>("frozen");
    QTest::addRow("while scanning") << false << false;
    QTest::addRow("while paused") << true << false;
    QTest::addRow("while the server hangs") << false << true;
}

void TestNodeScanner::stopsWithin100Milliseconds()
{
    QFETCH(bool, paused);
    QFETCH(bool, frozen);
    const auto server = RedisServer::start();
    fill(*server, "k:", 50'000);
    ScanRequest request;
    request.count = 1;
    Scan scan(server->socketPath(), request);
    NodeScanEnd end;
    std::atomic<bool> ended = false;
    std::jthread scanner([&](std::stop_token stop) {
        end = scan.run(stop);
        ended = true;
    });
    QTRY_VERIFY(scan.progress.calls > 10);
    if (paused) {
        scan.control.pause();
    }
    if (frozen) {
        server->freeze();
    }
    QElapsedTimer timer;
    timer.start();
    scanner.request_stop();
    scanner.join();
    const auto took = timer.elapsed();
    server->thaw();
    QVERIFY2(took < 1000, qPrintable(QStringLiteral("%1 ms").arg(took))); // 100 ms on a machine with nothing else to do
    QVERIFY(end.stoppedBy && end.stoppedBy->kind == ErrorKind::Cancelled);
}

void TestNodeScanner::survivesCutConnections()
{
    const auto server = RedisServer::start();
    const auto truth = fill(*server, "user:profile:", 20'000);
    FaultProxy proxy(ProxyTarget{server->socketPath()}, Faults{.cutAfter = 100'000});
    Scan scan(proxy.socketPath());
    const NodeScanEnd end = scan.run();
    QVERIFY(end.isComplete());
    QVERIFY2(proxy.accepted() > 2, "the proxy has to have cut");
    QCOMPARE(end.restarts, 0); // the same process: no reason to begin again
    QVERIFY(scan.keys() == truth);
}

void TestNodeScanner::aRestartedServerIsScannedAgain()
{
    const auto server = RedisServer::start({QStringLiteral("--save"), QStringLiteral("3600 1")});
    const auto truth = fill(*server, "k:", 50'000);
    server->save();
    ScanRequest request;
    request.count = 100;
    Scan scan(server->socketPath(), request);
    bool killed = false;
    scan.afterBatch = [&] {
        if (!killed && scan.found.size() > 10'000) {
            killed = true;
            server->kill();
            server->restart();
        }
        return true;
    };
    const NodeScanEnd end = scan.run();
    QVERIFY(killed);
    QVERIFY(end.isComplete());
    QCOMPARE(end.restarts, 1);
    QVERIFY(scan.keys() == truth);
}

/// Why a cursor is never carried over to another process: its hash seed differs, and so does every key's bucket.
void TestNodeScanner::theOldCursorWouldHaveLostKeys()
{
    const auto server = RedisServer::start({QStringLiteral("--save"), QStringLiteral("3600 1")});
    const auto truth = fill(*server, "k:", 50'000);
    server->save();
    ScanRequest half;
    half.limits.maxKeys = 25'000;
    Scan first(server->socketPath(), half);
    const NodeScanEnd middle = first.run();
    QVERIFY(middle.limit == ScanLimit::MaxKeys);
    server->kill();
    server->restart();

    std::set<std::string> naive = first.keys();
    const std::string cursor = std::to_string(middle.resumeFrom.value);
    for (std::string at = cursor; at != "0";) {
        const auto reply = server->list({"SCAN", at, "COUNT", "1000"});
        at = reply.at(0);
        const QStringList keys = QString::fromStdString(reply.at(1)).split(u'\n', Qt::SkipEmptyParts);
        for (const QString& key : keys) {
            naive.insert(key.toStdString());
        }
    }
    QVERIFY2(naive.size() < truth.size(), "going on from the old cursor was expected to lose keys");

    Scan second(server->socketPath());
    const NodeScanEnd end = second.run({}, middle.resumeFrom, middle.runId);
    QVERIFY(end.isComplete());
    QCOMPARE(end.restarts, 1);
    QVERIFY(second.keys() == truth);
}

void TestNodeScanner::givesUpALostNodeAndNamesIt()
{
    const auto server = RedisServer::start();
    fill(*server, "k:", 20'000);
    ScanRequest request;
    request.count = 10;
    Scan scan(server->socketPath(), request);
    scan.patience = 300ms;
    bool killed = false;
    scan.afterBatch = [&] {
        if (!std::exchange(killed, true)) {
            server->kill();
        }
        return true;
    };
    const NodeScanEnd end = scan.run();
    QVERIFY(end.stoppedBy.has_value());
    QCOMPARE(end.stoppedBy->kind, ErrorKind::Network);
    QCOMPARE(end.node, server->socketPath());
    QVERIFY(end.keys > 0);
    QVERIFY(end.share > 0 && end.share < 1);
    QVERIFY(!end.isComplete());
}

void TestNodeScanner::isNotWaitedForOnceALimitIsReached_data()
{
    using namespace std::chrono;
    QTest::addColumn<ScanLimits>("limits");
    QTest::addRow("keys") << ScanLimits{.maxKeys = 10, .maxIterations = {}, .maxTime = {}};
    QTest::addRow("calls") << ScanLimits{.maxKeys = {}, .maxIterations = 1, .maxTime = {}};
    QTest::addRow("time") << ScanLimits{.maxKeys = {}, .maxIterations = {}, .maxTime = seconds(1)};
}

/// By the keys and calls of other nodes; this one is still named as what it is.
void TestNodeScanner::isNotWaitedForOnceALimitIsReached()
{
    QFETCH(const ScanLimits, limits);
    const auto server = RedisServer::start();
    server->kill();
    ScanRequest request;
    request.limits = limits;
    Scan scan(server->socketPath(), request);
    scan.patience = 600s;
    QVERIFY(scan.control.takeCall());
    QCOMPARE(scan.control.takeKeys(10), std::uint64_t{10});
    const NodeScanEnd end = endOf(scan);
    QVERIFY(end.stoppedBy.has_value());
    QCOMPARE(end.stoppedBy->kind, ErrorKind::Network);
}

/// Its keys are longer than what comes through at once: it greets us and says who it is, and each SCAN is cut off.
void TestNodeScanner::givesUpANodeThatAnswersEverythingButScan()
{
    const auto server = RedisServer::start();
    const std::string longPart(3000, 'k');
    server->fill(200, [&](std::size_t i) { return RedisServer::Args{"SET", longPart + std::to_string(i), "v"}; });
    FaultProxy proxy(ProxyTarget{server->socketPath()}, Faults{.cutAfter = 8192});
    ScanRequest request;
    request.count = 20;
    Scan scan(proxy.socketPath(), request);
    scan.patience = 1s;
    const NodeScanEnd end = endOf(scan);
    QVERIFY(end.stoppedBy.has_value());
    QCOMPARE(end.stoppedBy->kind, ErrorKind::Network);
    QVERIFY(proxy.accepted() > 1); // it was tried again
    QVERIFY(scan.found.empty());
}

/// SCAN is answered again and again, and what is asked of the keys never is: a cluster that lacks a slot.
void TestNodeScanner::givesUpANodeThatAnswersNothingOfItsKeys()
{
    ServerOptions options;
    options.cluster = true;
    options.tcp = true;
    const auto server = RedisServer::start(options);
    server->command({"CLUSTER", "ADDSLOTSRANGE", "0", "16383"});
    const auto says = [&](const char* state) {
        return server->command({"CLUSTER", "INFO"}).find(state) != std::string::npos;
    };
    QTRY_VERIFY_WITH_TIMEOUT(says("cluster_state:ok"), 30000);
    fill(*server, "k:", 200);
    server->command({"CLUSTER", "DELSLOTS", "0"});
    QTRY_VERIFY_WITH_TIMEOUT(says("cluster_state:fail"), 30000);
    ScanRequest request;
    request.predicate.hasTtl = false;
    Scan scan(server->socketPath(), request);
    scan.patience = 1s;
    const NodeScanEnd end = endOf(scan);
    QVERIFY(end.stoppedBy.has_value());
    QVERIFY2(end.stoppedBy->detail.startsWith(QStringLiteral("CLUSTERDOWN")), qPrintable(end.stoppedBy->detail));
    QVERIFY(end.ledger.errors > 1); // it was tried again
    QVERIFY(scan.found.empty());
}

/// A line that breaks, is there again while the user has paused the scan, and breaks again long after.
void TestNodeScanner::aPauseIsNotTheNodesFault()
{
    const auto server = RedisServer::start();
    const auto truth = fill(*server, "k:", 2000);
    HoldingProxy proxy(ProxyTarget{server->socketPath()});
    proxy.holdReplyOf(2); // which is asked for before the first keys are handed on
    ScanRequest request;
    request.count = 10;
    Scan scan(server->socketPath(), request);
    ConnectionOptions options;
    options.endpoint = Endpoint{QStringLiteral("127.0.0.1"), proxy.port(), {}, {}};
    scan.lane = makeLane(options, std::make_shared<CommandGate>(GateRules{true, Environment::Development}));
    scan.patience = 2s;
    bool broke = false;
    bool wasHolding = false;
    scan.afterBatch = [&] {
        if (!std::exchange(broke, true)) {
            wasHolding = proxy.waitUntilHolding();
            scan.control.pause();
            proxy.dropConnections();
        }
        return true;
    };
    NodeScanEnd end;
    std::atomic<bool> ended = false;
    std::jthread scanner([&](std::stop_token stop) {
        end = scan.run(stop);
        ended = true;
    });
    QTRY_VERIFY_WITH_TIMEOUT(proxy.accepted() >= 2, 20000); // it has looked who is there, and waits
    const QElapsedTimer paused = [] {
        QElapsedTimer timer;
        timer.start();
        return timer;
    }();
    QTRY_VERIFY_WITH_TIMEOUT(paused.elapsed() > 2500, 20000);
    proxy.dropConnections();
    scan.control.resume();
    QTRY_VERIFY_WITH_TIMEOUT(ended, 20000);
    scanner.join();
    QVERIFY(wasHolding);
    QVERIFY2(end.isComplete(), end.stoppedBy ? qPrintable(end.stoppedBy->detail) : "");
    QVERIFY(scan.keys() == truth);
}

/// A server that does not tell its run_id, behind something that cuts each connection before its end.
void TestNodeScanner::givesUpANodeThatHasToBeBegunAgainAndAgain()
{
    const auto server = RedisServer::start();
    fill(*server, "user:profile:", 20'000);
    server->command({"ACL", "SETUSER", "default", "-info"});
    FaultProxy proxy(ProxyTarget{server->socketPath()}, Faults{.cutAfter = 50'000});
    Scan scan(proxy.socketPath());
    NodeScanEnd end;
    std::atomic<bool> ended = false;
    std::jthread scanner([&](std::stop_token stop) {
        end = scan.run(stop);
        ended = true;
    });
    QTRY_VERIFY_WITH_TIMEOUT(ended, 60000);
    scanner.join();
    QVERIFY(end.stoppedBy.has_value());
    QCOMPARE(end.stoppedBy->kind, ErrorKind::Network);
    QVERIFY2(end.stoppedBy->detail.contains(QStringLiteral("begun again")), qPrintable(end.stoppedBy->detail));
    QVERIFY(!scan.found.empty()); // what came stands
}

/// Whatever it is asked, it answers with the same cursor and a key.
void TestNodeScanner::givesUpAServerWhoseScanHasNoEnd()
{
    const FaultProxy server(ProxyTarget{}, Faults{.replaceReplies = "*2\r\n$1\r\n5\r\n*1\r\n$3\r\nkey\r\n"});
    ScanRequest request;
    request.count = 10;
    Scan scan(server.socketPath(), request);
    NodeScanEnd end;
    std::atomic<bool> ended = false;
    std::jthread scanner([&](std::stop_token stop) {
        end = scan.run(stop);
        ended = true;
    });
    QTRY_VERIFY_WITH_TIMEOUT(ended, 20000);
    scanner.join();
    QVERIFY(end.stoppedBy.has_value());
    QVERIFY2(end.stoppedBy->detail.contains(QStringLiteral("cursors")), qPrintable(end.stoppedBy->detail));
    QCOMPARE(scan.keys(), std::set<std::string>{"key"});
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

void TestNodeScanner::waitsForAServerThatRefusesForNow_data()
{
    QTest::addColumn<QByteArray>("why");
    QTest::addRow("it is busy with a script") << QByteArray("BUSY");
    QTest::addRow("a replica whose master is gone") << QByteArray("MASTERDOWN");
    QTest::addRow("it has no room for another client") << QByteArray("max number of clients");
}

void TestNodeScanner::waitsForAServerThatRefusesForNow()
{
    QFETCH(const QByteArray, why);
    ServerOptions options;
    options.arguments = {QStringLiteral("--lua-time-limit"), QStringLiteral("20")};
    const auto server = RedisServer::start(options);
    const auto truth = fill(*server, "k:", 20'000);
    ScanRequest request;
    request.count = 10;
    Scan scan(server->socketPath(), request);
    scan.patience = 60s;
    std::atomic<bool> hasBegun = false;
    std::atomic<bool> isRefusing = false;
    scan.afterBatch = [&] {
        hasBegun = true;
        for (const QDeadlineTimer patience(30000); !isRefusing && !patience.hasExpired();) {
            std::this_thread::sleep_for(1ms);
        }
        return true;
    };
    NodeScanEnd end;
    std::atomic<bool> ended = false;
    std::jthread scanner([&](std::stop_token stop) {
        end = scan.run(stop);
        ended = true;
    });
    QTRY_VERIFY_WITH_TIMEOUT(hasBegun, 20000);

    ConnectionOptions aside;
    aside.endpoint.socketPath = server->socketPath();
    const auto script = Connection::open(aside, {});
    QVERIFY(script.has_value());
    if (why == "BUSY") {
        QVERIFY((*script)->send(Command{"EVAL", "while true do end", "0"}, {}).has_value());
        QTRY_VERIFY_WITH_TIMEOUT(server->command({"DBSIZE"}).starts_with("-BUSY"), 20000);
    } else if (why == "MASTERDOWN") {
        server->command({"CONFIG", "SET", "replica-serve-stale-data", "no"});
        server->command({"REPLICAOF", "127.0.0.1", std::to_string(freePort())});
    } else {
        server->command({"CONFIG", "SET", "maxclients", "1"});
        server->command({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});
    }
    isRefusing = true;
    QTRY_VERIFY_WITH_TIMEOUT(scan.progress.ledger().errors > 0, 20000);
    if (why == "BUSY") {
        server->command({"SCRIPT", "KILL"});
    } else if (why == "MASTERDOWN") {
        server->command({"REPLICAOF", "NO", "ONE"});
    } else {
        QTRY_VERIFY_WITH_TIMEOUT(scan.progress.ledger().errors > 2, 20000); // the first was the cut connection
        server->command({"CONFIG", "SET", "maxclients", "1000"});
    }
    QTRY_VERIFY_WITH_TIMEOUT(ended, 60000);
    scanner.join();
    QVERIFY2(end.isComplete(), end.stoppedBy ? qPrintable(end.stoppedBy->detail) : "");
    QVERIFY(scan.keys() == truth);
    QCOMPARE(end.restarts, 0); // the same process all the time
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
