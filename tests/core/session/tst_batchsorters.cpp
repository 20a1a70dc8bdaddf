// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/batchsorters.h"

#include <QTest>

#include <set>
#include <string>

using namespace keyglass;
using namespace std::chrono_literals;

namespace {

KeyBatch batchOf(std::size_t from, std::size_t count)
{
    KeyBatch batch;
    for (std::size_t at = from; at < from + count; ++at) {
        batch.append("key:" + std::to_string(at * 7919 % 1'000'003));
    }
    return batch;
}

std::set<std::string> keysOf(BoundedQueue<SmallRun>& runs, std::size_t* count = nullptr)
{
    std::set<std::string> keys;
    while (!runs.isDrained()) {
        const auto run = runs.pop({}, 10s);
        if (!run) {
            continue;
        }
        std::string before;
        for (std::size_t at = 0; at < run->size(); ++at) {
            const std::string key((*run)[at]);
            if (at > 0 && key <= before) {
                qFatal("a run is not in order");
            }
            keys.insert(key);
            before = key;
        }
        if (count != nullptr) {
            ++*count;
        }
    }
    return keys;
}

} // namespace

class TestBatchSorters : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyKeyIsInARun_data();
    void everyKeyIsInARun();
    void manySmallBatchesBecomeFewRuns();
    void whatWasTakenIsSortedAfterAStop();
    void closedRunsHoldNobodyUp();
};

void TestBatchSorters::everyKeyIsInARun_data()
{
    QTest::addColumn<int>("threads");
    QTest::addColumn<int>("batches");
    QTest::addColumn<int>("keys");
    QTest::addRow("nothing") << 1 << 0 << 0;
    QTest::addRow("one key") << 1 << 1 << 1;
    QTest::addRow("empty batches") << 2 << 30 << 0;
    QTest::addRow("one thread") << 1 << 60 << 900;
    QTest::addRow("three threads") << 3 << 60 << 900;
    QTest::addRow("batches larger than a run") << 2 << 3 << 70'000;
}

void TestBatchSorters::everyKeyIsInARun()
{
    QFETCH(int, threads);
    QFETCH(int, batches);
    QFETCH(int, keys);
    BoundedQueue<SmallRun> runs(2);
    BatchSorters sorters(static_cast<std::size_t>(threads), runs);
    const auto each = static_cast<std::size_t>(keys);
    std::jthread scanner([&] {
        for (std::size_t at = 0; at < static_cast<std::size_t>(batches); ++at) {
            sorters.push(batchOf(at * each, each), {});
        }
        sorters.close();
    });
    QCOMPARE(keysOf(runs).size(), static_cast<std::size_t>(batches) * each);
}

void TestBatchSorters::manySmallBatchesBecomeFewRuns()
{
    BoundedQueue<SmallRun> runs(1000);
    BatchSorters sorters(1, runs);
    for (std::size_t at = 0; at < 500; ++at) {
        QVERIFY(sorters.push(batchOf(at * 10, 10), {}));
    }
    sorters.close();
    std::size_t count = 0;
    QCOMPARE(keysOf(runs, &count).size(), std::size_t{5000});
    QVERIFY2(count < 300, qPrintable(QString::number(count)));
}

void TestBatchSorters::whatWasTakenIsSortedAfterAStop()
{
    BoundedQueue<SmallRun> runs(1);
    BatchSorters sorters(1, runs);
    std::stop_source stop;
    std::size_t taken = 0;
    std::jthread scanner([&] {
        // Nobody takes a run until the stop: the queues fill, and a push has to wait.
        while (sorters.push(batchOf(taken * 40'000, 40'000), stop.get_token())) {
            ++taken;
        }
        sorters.close();
    });
    std::this_thread::sleep_for(100ms); // however far it comes, the promise is the same
    stop.request_stop();
    scanner.join();
    QCOMPARE(keysOf(runs).size(), taken * 40'000);
}

void TestBatchSorters::closedRunsHoldNobodyUp()
{
    BoundedQueue<SmallRun> runs(1);
    runs.close();
    BatchSorters sorters(2, runs);
    for (std::size_t at = 0; at < 50; ++at) {
        sorters.push(batchOf(at, 100), {});
    }
    sorters.close(); // the destructor would wait for ever where a thread did
}

QTEST_GUILESS_MAIN(TestBatchSorters)
#include "tst_batchsorters.moc"
