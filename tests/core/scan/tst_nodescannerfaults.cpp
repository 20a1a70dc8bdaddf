// SPDX-License-Identifier: GPL-3.0-or-later
// Cut lines, restarts and servers that refuse: a scan goes on where it may, and names a node that it gives up.
#include "core/net/connection.h"
#include "tests/core/scan/testscan.h"
#include "tests/core/scan/watchedscan.h"
#include "tests/servers/faultproxy.h"
#include "tests/servers/holdingproxy.h"

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QObject>
#include <QTest>

#include <atomic>
#include <thread>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::chrono_literals;

class TestNodeScannerFaults : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void survivesCutConnections();
    void aRestartedServerIsScannedAgain();
    void theOldCursorWouldHaveLostKeys();
    void givesUpALostNodeAndNamesIt();
    void givesUpANodeThatAnswersEverythingButScan();
    void givesUpANodeThatAnswersNothingOfItsKeys();
    void aPauseIsNotTheNodesFault();
    void givesUpANodeThatHasToBeBegunAgainAndAgain();
    void givesUpAServerWhoseScanHasNoEnd();
    void waitsForAServerThatRefusesForNow_data();
    void waitsForAServerThatRefusesForNow();
};

void TestNodeScannerFaults::survivesCutConnections()
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

void TestNodeScannerFaults::aRestartedServerIsScannedAgain()
{
    const auto server = RedisServer::start({QStringLiteral("--save"), QStringLiteral("3600 1")});
    const auto truth = fill(*server, "k:", 50'000);
    server->save();
    ScanRequest request;
    request.count = 100;
    Scan scan(server->socketPath(), request);
    bool killed = false;
    restartInTheMiddle(scan, *server, 10'000, killed);
    const NodeScanEnd end = scan.run();
    QVERIFY(killed);
    QVERIFY(end.isComplete());
    QCOMPARE(end.restarts, 1);
    QVERIFY(scan.keys() == truth);
}

/// Why a cursor is never carried over to another process: its hash seed differs, and so does every key's bucket.
void TestNodeScannerFaults::theOldCursorWouldHaveLostKeys()
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

void TestNodeScannerFaults::givesUpALostNodeAndNamesIt()
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

/// Its keys are longer than what comes through at once: it greets us and says who it is, and each SCAN is cut off.
void TestNodeScannerFaults::givesUpANodeThatAnswersEverythingButScan()
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
void TestNodeScannerFaults::givesUpANodeThatAnswersNothingOfItsKeys()
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
void TestNodeScannerFaults::aPauseIsNotTheNodesFault()
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
void TestNodeScannerFaults::givesUpANodeThatHasToBeBegunAgainAndAgain()
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
void TestNodeScannerFaults::givesUpAServerWhoseScanHasNoEnd()
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

void TestNodeScannerFaults::waitsForAServerThatRefusesForNow_data()
{
    QTest::addColumn<QByteArray>("why");
    QTest::addRow("it is busy with a script") << QByteArray("BUSY");
    QTest::addRow("a replica whose master is gone") << QByteArray("MASTERDOWN");
    QTest::addRow("it has no room for another client") << QByteArray("max number of clients");
}

void TestNodeScannerFaults::waitsForAServerThatRefusesForNow()
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

QTEST_GUILESS_MAIN(TestNodeScannerFaults)
#include "tst_nodescannerfaults.moc"
