// SPDX-License-Identifier: GPL-3.0-or-later
// Where a scan ends before its end: limits, pauses and stops.
#include "tests/core/scan/testscan.h"
#include "tests/core/scan/watchedscan.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTest>

#include <thread>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(keyglass::ScanLimits)

class TestScanStops : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sendsExactlyTheCallsAllowed_data();
    void sendsExactlyTheCallsAllowed();
    void handsOnExactlyTheKeysAllowed();
    void goesOnWhereALimitEndedIt();
    void isNotWaitedForOnceALimitIsReached_data();
    void isNotWaitedForOnceALimitIsReached();
    void pausesAndGoesOn();
    void stopsWithin100Milliseconds_data();
    void stopsWithin100Milliseconds();
};

void TestScanStops::sendsExactlyTheCallsAllowed_data()
{
    QTest::addColumn<int>("allowed");
    QTest::addRow("one") << 1;
    QTest::addRow("two") << 2;
    QTest::addRow("seventeen") << 17;
}

void TestScanStops::sendsExactlyTheCallsAllowed()
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

void TestScanStops::handsOnExactlyTheKeysAllowed()
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

void TestScanStops::goesOnWhereALimitEndedIt()
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

void TestScanStops::isNotWaitedForOnceALimitIsReached_data()
{
    using namespace std::chrono;
    QTest::addColumn<ScanLimits>("limits");
    QTest::addRow("keys") << ScanLimits{.maxKeys = 10, .maxIterations = {}, .maxTime = {}};
    QTest::addRow("calls") << ScanLimits{.maxKeys = {}, .maxIterations = 1, .maxTime = {}};
    QTest::addRow("time") << ScanLimits{.maxKeys = {}, .maxIterations = {}, .maxTime = seconds(1)};
}

/// By the keys and calls of other nodes; this one is still named as what it is.
void TestScanStops::isNotWaitedForOnceALimitIsReached()
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

void TestScanStops::pausesAndGoesOn()
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

void TestScanStops::stopsWithin100Milliseconds_data()
{
    QTest::addColumn<bool>("paused");
    QTest::addColumn<bool>("frozen");
    QTest::addRow("while scanning") << false << false;
    QTest::addRow("while paused") << true << false;
    QTest::addRow("while the server hangs") << false << true;
}

void TestScanStops::stopsWithin100Milliseconds()
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

QTEST_GUILESS_MAIN(TestScanStops)
#include "tst_scanstops.moc"
