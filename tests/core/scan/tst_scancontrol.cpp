// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scan/boundedqueue.h"
#include "core/scan/scancontrol.h"

#include <QObject>
#include <QTest>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

using namespace keyglass;
using namespace std::chrono_literals;

class TestScanControl : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesOutExactlyTheCallsAllowed();
    void givesOutExactlyTheKeysAllowed();
    void pausesAndGoesOn();
    void stopEndsAPause();
    void fullQueueMakesTheProducerWait();
    void stopEndsTheWaitForRoom();
    void closedQueueIsEmptiedFirst();
};

void TestScanControl::givesOutExactlyTheCallsAllowed()
{
    ScanControl control(ScanLimits{.maxKeys = {}, .maxIterations = 1000, .maxTime = {}});
    std::atomic<int> taken = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&] {
                while (control.takeCall()) {
                    ++taken;
                }
            });
        }
    }
    QCOMPARE(taken.load(), 1000);
}

void TestScanControl::givesOutExactlyTheKeysAllowed()
{
    ScanControl control(ScanLimits{.maxKeys = 1000, .maxIterations = {}, .maxTime = {}});
    QCOMPARE(control.takeKeys(600), std::uint64_t{600});
    QVERIFY(!control.keysAreUsedUp());
    QCOMPARE(control.takeKeys(600), std::uint64_t{400});
    QVERIFY(control.keysAreUsedUp());
    QCOMPARE(control.takeKeys(1), std::uint64_t{0});
}

void TestScanControl::pausesAndGoesOn()
{
    ScanControl control({});
    control.pause();
    QVERIFY(control.isPaused());
    std::atomic<bool> wentOn = false;
    std::jthread scanner([&](std::stop_token stop) {
        control.waitWhilePaused(stop);
        wentOn = true;
    });
    QVERIFY(!wentOn);
    control.resume();
    QTRY_VERIFY(wentOn);
}

void TestScanControl::stopEndsAPause()
{
    ScanControl control({});
    control.pause();
    std::atomic<bool> ended = false;
    std::jthread scanner([&](std::stop_token stop) { ended = !control.waitWhilePaused(stop); });
    scanner.request_stop();
    QTRY_VERIFY(ended);
}

void TestScanControl::fullQueueMakesTheProducerWait()
{
    BoundedQueue<std::unique_ptr<int>> queue(2);
    std::atomic<int> pushed = 0;
    std::jthread producer([&](std::stop_token stop) {
        while (queue.push(std::make_unique<int>(pushed), stop)) {
            ++pushed;
        }
    });
    QTRY_COMPARE(pushed.load(), 2);
    QCOMPARE(**queue.pop({}, 1s), 0);
    QTRY_COMPARE(pushed.load(), 3);
}

void TestScanControl::stopEndsTheWaitForRoom()
{
    BoundedQueue<int> queue(1);
    QVERIFY(queue.push(1, {}));
    std::atomic<bool> refused = false;
    std::jthread producer([&](std::stop_token stop) { refused = !queue.push(2, stop); });
    producer.request_stop();
    QTRY_VERIFY(refused);
}

void TestScanControl::closedQueueIsEmptiedFirst()
{
    BoundedQueue<int> queue(4);
    QVERIFY(queue.push(1, {}));
    queue.close();
    QVERIFY(!queue.isDrained());
    QCOMPARE(*queue.pop({}, 0ms), 1);
    QVERIFY(queue.isDrained());
    QVERIFY(!queue.pop({}, 1h).has_value());
    QVERIFY(!queue.push(2, {}));
}

QTEST_GUILESS_MAIN(TestScanControl)
#include "tst_scancontrol.moc"
