// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scan/ledgerkeeper.h"
#include "core/scan/scanengine.h"
#include "tests/core/scan/testscan.h"
#include "tests/core/scan/watchedscan.h"
#include "tests/servers/faultproxy.h"

#include <QDateTime>
#include <QObject>
#include <QTest>

#include <thread>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::chrono_literals;
using std::chrono::microseconds;

class TestScanLedger : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsPercentilesOfLatencies_data();
    void tellsPercentilesOfLatencies();
    void tellsWhatWasAskedAndAnswered();
    void tellsHowMuchThePatternFinds();
    void showsEachNodeWhileItRuns();
    void aSilentNodeIsShownAndWaitedFor();
    void silenceIsNotBlamedForOurOwnSlowness();
    void aRefusedNodeIsNamedAtOnce();
    void tellsThatItWentOnFromItsCursor();
    void tellsThatItBeganAgain();
    void patienceBeginsWithTheUnansweredCall();
};

void TestScanLedger::tellsPercentilesOfLatencies_data()
{
    QTest::addColumn<int>("largest"); // 1 to this many microseconds, each once
    QTest::addRow("single microseconds") << 7;
    QTest::addRow("hundreds") << 400;
    QTest::addRow("seconds") << 2'000'000;
}

void TestScanLedger::tellsPercentilesOfLatencies()
{
    QFETCH(int, largest);
    LatencyHistogram latencies;
    QCOMPARE(latencies.percentile(0.99), 0us);
    QCOMPARE(latencies.mean(), 0us);
    for (int at = 1; at <= largest; ++at) {
        latencies.add(microseconds(at));
    }
    for (const double share : {0.01, 0.5, 0.9, 0.99, 1.0}) {
        const double told = static_cast<double>(latencies.percentile(share).count());
        const double true_ = std::max(1.0, share * largest);
        QVERIFY2(told >= true_ * 0.99 - 1 && told <= true_ * 1.13 + 1, qPrintable(QString::number(told)));
    }
    QCOMPARE(latencies.largest(), microseconds(largest));
    QCOMPARE(latencies.mean(), microseconds((largest + 1) / 2));
}

void TestScanLedger::tellsWhatWasAskedAndAnswered()
{
    const auto server = RedisServer::start();
    fill(*server, "k:", 5000);
    ScanRequest request;
    request.count = 100;
    Scan scan(server->socketPath(), request);
    const NodeScanEnd end = scan.run();
    const NodeLedger& line = end.ledger;
    QVERIFY(line.state == NodeScanState::Done);
    QCOMPARE(line.keys, end.keys);
    QCOMPARE(line.calls, end.calls);
    QCOMPARE(line.examined, end.calls * 100);
    QCOMPARE(line.count, 100);
    QCOMPARE(line.largestCount, 100);
    QCOMPARE(line.runId, end.runId);
    QVERIFY(line.callsPerSecond > 0);
    QVERIFY(line.lastLatency > 0us && line.meanLatency > 0us);
    QVERIFY(line.p99Latency >= line.meanLatency / 2 && line.maxLatency >= line.p99Latency);
    QVERIFY(line.started && line.finished && *line.started <= *line.finished);
    QVERIFY(QDateTime::fromString(isoText(line.started), Qt::ISODate).isValid());
    QCOMPARE(line.errors, std::uint64_t{0});
    QVERIFY(line.lastRestart.isEmpty() && line.trouble.isEmpty() && !line.silentSince);
}

void TestScanLedger::tellsHowMuchThePatternFinds()
{
    const auto server = RedisServer::start();
    fill(*server, "rare:", 500);
    fill(*server, "other:", 9500);
    ScanRequest request;
    request.count = 200;
    request.pattern = *KeyPattern::fromText("rare:");
    Scan scan(server->socketPath(), request);
    const NodeLedger line = scan.run().ledger;
    QCOMPARE(line.keysPerCall(), 500.0 / static_cast<double>(line.calls));
    QVERIFY2(line.keysPerExamined() > 0.03 && line.keysPerExamined() < 0.06,
        qPrintable(QString::number(line.keysPerExamined())));
    QCOMPARE(NodeLedger{}.keysPerCall(), 0.0);
    QCOMPARE(NodeLedger{}.keysPerExamined(), 0.0);
}

void TestScanLedger::showsEachNodeWhileItRuns()
{
    const auto one = RedisServer::start();
    const auto other = RedisServer::start();
    fill(*one, "one:", 20'000);
    fill(*other, "other:", 20'000);
    std::vector<ScanNode> nodes;
    nodes.push_back(ScanNode{laneTo(one->socketPath()), {}, {}, QStringLiteral("master"), QStringLiteral("0-8191")});
    nodes.push_back(
        ScanNode{laneTo(other->socketPath()), {}, {}, QStringLiteral("replica"), QStringLiteral("8192-16383")});
    ScanRequest request;
    request.count = 10;
    ScanEngine engine(request, std::move(nodes));
    std::atomic<bool> go = false;
    ScanReport report;
    std::jthread scanning([&](std::stop_token stop) {
        report = engine.run(stop, [&](KeyBatch&&) {
            while (!go && !stop.stop_requested()) {
                std::this_thread::sleep_for(1ms);
            }
            return true;
        });
    });
    const auto bothRun = [&] {
        const auto lines = engine.progress().nodes;
        return lines.size() == 2 && lines.at(0).calls > 0 && lines.at(1).calls > 0 && lines.at(0).started
            && lines.at(1).started;
    };
    QTRY_VERIFY_WITH_TIMEOUT(bothRun(), 20000);
    go = true;
    scanning.join();
    const auto lines = engine.progress().nodes;
    QCOMPARE(lines.at(0).role, QStringLiteral("master"));
    QCOMPARE(lines.at(1).role, QStringLiteral("replica"));
    QCOMPARE(lines.at(1).slotRanges, QStringLiteral("8192-16383"));
    QCOMPARE(lines.at(0).node, one->socketPath());
    QCOMPARE(report.nodes.at(1).ledger.slotRanges, QStringLiteral("8192-16383"));
    QCOMPARE(report.nodes.at(1).ledger.node, other->socketPath());
    QCOMPARE(lines.at(0).keys, std::uint64_t{20'000});
    QVERIFY(lines.at(0).state == NodeScanState::Done);
}

void TestScanLedger::aSilentNodeIsShownAndWaitedFor()
{
    const auto server = RedisServer::start();
    const auto truth = fill(*server, "k:", 20'000);
    ScanRequest request;
    request.count = 10;
    Scan scan(server->socketPath(), request); // gives a reply 2 s, a node 10
    bool frozen = false;
    scan.afterBatch = [&] {
        if (!std::exchange(frozen, true)) {
            server->freeze();
        }
        return true;
    };
    NodeScanEnd end;
    std::jthread scanner([&](std::stop_token stop) { end = scan.run(stop); });
    QTRY_VERIFY_WITH_TIMEOUT(scan.progress.ledger().silentSince.has_value(), 20000);
    const NodeLedger silent = scan.progress.ledger();
    QVERIFY(silent.state == NodeScanState::Silent);
    QVERIFY(std::chrono::system_clock::now() - *silent.silentSince > silenceShown);
    QCOMPARE(silent.callsPerSecond, 0.0);
    QVERIFY2(
        scan.progress.waitingFor().contains(QStringLiteral("no answer since")), qPrintable(scan.progress.waitingFor()));
    // The reply's own patience ends, the node is tried again, and it is still the same silence.
    QTRY_VERIFY_WITH_TIMEOUT(scan.progress.ledger().errors > 0, 20000);
    const NodeLedger later = scan.progress.ledger();
    QVERIFY(later.silentSince.has_value());
    QVERIFY(std::chrono::abs(*later.silentSince - *silent.silentSince) < 500ms);
    server->thaw();
    scanner.join();
    QVERIFY(end.isComplete());
    QVERIFY(scan.keys() == truth);
    QVERIFY(!end.ledger.silentSince);
    QVERIFY(end.ledger.trouble.isEmpty());
    QCOMPARE(end.restarts, 0);
}

void TestScanLedger::silenceIsNotBlamedForOurOwnSlowness()
{
    const auto server = RedisServer::start();
    fill(*server, "k:", 20'000);
    ScanRequest request;
    request.count = 10;
    Scan scan(server->socketPath(), request);
    std::atomic<bool> held = false;
    std::atomic<bool> go = false;
    scan.afterBatch = [&] {
        held = true;
        while (!go) {
            std::this_thread::sleep_for(1ms);
        }
        return true;
    };
    NodeScanEnd end;
    std::jthread scanner([&](std::stop_token stop) { end = scan.run(stop); });
    QTRY_VERIFY_WITH_TIMEOUT(held, 20000);
    const bool owes = scan.progress.owesSince().has_value();
    go = true;
    scanner.join();
    QVERIFY(!owes);
    QVERIFY(end.isComplete());
}

void TestScanLedger::aRefusedNodeIsNamedAtOnce()
{
    const auto server = RedisServer::start();
    fill(*server, "k:", 50'000);
    FaultProxy proxy(ProxyTarget{server->socketPath()});
    ScanRequest request;
    request.count = 1;
    Scan scan(proxy.socketPath(), request);
    NodeScanEnd end;
    std::jthread scanner([&](std::stop_token stop) { end = scan.run(stop); });
    QTRY_VERIFY_WITH_TIMEOUT(scan.progress.calls > 10, 20000);
    proxy.refuse();
    proxy.dropConnections();
    QTRY_VERIFY_WITH_TIMEOUT(!scan.progress.ledger().trouble.isEmpty(), 20000);
    const NodeLedger lost = scan.progress.ledger();
    QVERIFY(lost.state == NodeScanState::Retrying);
    QVERIFY(lost.errors > 0 && !lost.lastError.isEmpty());
    scanner.request_stop();
    scanner.join();
    QVERIFY(end.ledger.state == NodeScanState::Interrupted);
}

void TestScanLedger::tellsThatItWentOnFromItsCursor()
{
    const auto server = RedisServer::start();
    const auto truth = fill(*server, "user:profile:", 20'000);
    FaultProxy proxy(ProxyTarget{server->socketPath()}, Faults{.cutAfter = 100'000});
    Scan scan(proxy.socketPath());
    const NodeScanEnd end = scan.run();
    QVERIFY(end.isComplete());
    QVERIFY(scan.keys() == truth);
    QVERIFY(end.ledger.wentOn > 0);
    QCOMPARE(end.ledger.beganAgain, 0);
    QVERIFY(end.ledger.errors > 0);
    QCOMPARE(end.ledger.lastRestart, QStringLiteral("went on from its cursor"));
}

void TestScanLedger::tellsThatItBeganAgain()
{
    const auto server = RedisServer::start({QStringLiteral("--save"), QStringLiteral("3600 1")});
    const auto truth = fill(*server, "k:", 20'000);
    server->save();
    ScanRequest request;
    request.count = 100;
    Scan scan(server->socketPath(), request);
    bool killed = false;
    restartInTheMiddle(scan, *server, 5000, killed);
    const NodeScanEnd end = scan.run();
    QVERIFY(end.isComplete());
    QVERIFY(scan.keys() == truth);
    QCOMPARE(end.ledger.beganAgain, 1);
    QCOMPARE(end.ledger.lastRestart, QStringLiteral("began again, as the server process is another"));
}

/// A scan that was paused for long has still all its patience when the node is lost then.
void TestScanLedger::patienceBeginsWithTheUnansweredCall()
{
    const auto server = RedisServer::start();
    const auto truth = fill(*server, "k:", 20'000);
    ScanRequest request;
    request.count = 10;
    FaultProxy proxy(ProxyTarget{server->socketPath()});
    Scan scan(proxy.socketPath(), request);
    scan.patience = 500ms;
    bool paused = false;
    std::jthread resuming;
    scan.afterBatch = [&] {
        if (!std::exchange(paused, true)) {
            scan.control.pause();
            resuming = std::jthread([&] {
                std::this_thread::sleep_for(700ms);
                proxy.dropConnections();
                scan.control.resume();
            });
        }
        return true;
    };
    const NodeScanEnd end = scan.run();
    QVERIFY2(end.isComplete(), end.stoppedBy ? qPrintable(end.stoppedBy->detail) : "");
    QVERIFY(scan.keys() == truth);
    QCOMPARE(end.ledger.wentOn, 1);
}

QTEST_GUILESS_MAIN(TestScanLedger)
#include "tst_scanledger.moc"
