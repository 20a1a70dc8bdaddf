// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/nodeturns.h"

#include <QTest>

#include <atomic>
#include <thread>
#include <vector>

using namespace keyglass;
using namespace std::chrono_literals;

class TestNodeTurns : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theEarlierJobComesFirst();
    void aTurnIsTakenAgainByWhoHasIt();
    void nodesAreApart();
    void waitingEndsOnRequest();
    void onlyOneWorksAtATime();
};

void TestNodeTurns::theEarlierJobComesFirst()
{
    NodeTurns turns;
    const auto first = turns.begin();
    const auto second = turns.begin();
    const auto third = turns.begin();
    QVERIFY(first < second && second < third);
    QVERIFY(turns.tryTake("n", second));
    QVERIFY(!turns.tryTake("n", first));
    std::atomic<int> order = 0;
    int firstAt = 0;
    int thirdAt = 0;
    {
        const std::jthread later([&] {
            QVERIFY(turns.take("n", third, {}));
            thirdAt = ++order;
            turns.release("n", third);
        });
        QVERIFY(!turns.isWantedEarlier("n", second)); // a later job's wish is none
        const std::jthread earlier([&] {
            QVERIFY(turns.take("n", first, {}));
            firstAt = ++order;
            turns.release("n", first);
        });
        QTRY_VERIFY_WITH_TIMEOUT(turns.isWantedEarlier("n", second), 20'000);
        turns.release("n", second);
    }
    QCOMPARE(firstAt, 1);
    QCOMPARE(thirdAt, 2);
}

void TestNodeTurns::aTurnIsTakenAgainByWhoHasIt()
{
    NodeTurns turns;
    const auto job = turns.begin();
    const auto other = turns.begin();
    QVERIFY(turns.take("n", job, {}));
    QVERIFY(turns.take("n", job, {}));
    turns.release("n", other); // it has none
    QVERIFY(!turns.tryTake("n", other));
    turns.release("n", job);
    QVERIFY(turns.tryTake("n", other));
}

void TestNodeTurns::nodesAreApart()
{
    NodeTurns turns;
    const auto one = turns.begin();
    const auto other = turns.begin();
    QVERIFY(turns.tryTake("a", one) && turns.tryTake("b", other));
    QVERIFY(!turns.tryTake("b", one) && !turns.tryTake("a", other));
    QVERIFY(!turns.isWantedEarlier("c", one));
}

void TestNodeTurns::waitingEndsOnRequest()
{
    NodeTurns turns;
    const auto one = turns.begin();
    const auto other = turns.begin();
    QVERIFY(turns.tryTake("n", one));
    std::atomic<bool> got = true;
    {
        std::jthread waiting([&](const std::stop_token& stop) { got = turns.take("n", other, stop); });
        waiting.request_stop();
    }
    QVERIFY(!got);
    turns.release("n", one);
    QVERIFY(turns.tryTake("n", one)); // who does not wait any more does not stand in the way
}

void TestNodeTurns::onlyOneWorksAtATime()
{
    NodeTurns turns;
    std::atomic<int> working = 0;
    std::atomic<bool> wereTwo = false;
    {
        std::vector<std::jthread> jobs;
        for (int at = 0; at < 6; ++at) {
            jobs.emplace_back([&, job = turns.begin()] {
                for (int round = 0; round < 300; ++round) {
                    static_cast<void>(turns.take("n", job, {}));
                    wereTwo = wereTwo || ++working > 1;
                    --working;
                    if (round % 3 == 0 || turns.isWantedEarlier("n", job)) {
                        turns.release("n", job);
                    }
                }
                turns.release("n", job);
            });
        }
    }
    QVERIFY(!wereTwo);
}

QTEST_GUILESS_MAIN(TestNodeTurns)
#include "tst_nodeturns.moc"
