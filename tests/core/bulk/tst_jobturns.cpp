// SPDX-License-Identifier: GPL-3.0-or-later
// Jobs that write to other nodes than those they read from wait for both, and never for each other.
#include "core/bulk/jobturns.h"

#include <QTest>

#include <atomic>
#include <thread>
#include <vector>

using namespace keyglass;

namespace {

constexpr int patience = 20'000;

JobTurns::Nodes named(std::set<std::string> nodes)
{
    return [nodes = std::move(nodes)] { return nodes; };
}

} // namespace

class TestJobTurns : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aTargetIsWaitedFor();
    void waitingEndsOnRequest();
    void workersHaveTheTargetsTogether();
    void whatIsNoTargetAnyMoreIsGivenBack();
    void fellowsLeaveForAnEarlierJob();
    void oppositeDirectionsNeverWaitForEachOther_data();
    void oppositeDirectionsNeverWaitForEachOther();
};

void TestJobTurns::aTargetIsWaitedFor()
{
    const auto turns = std::make_shared<NodeTurns>();
    const auto earlier = turns->begin();
    QVERIFY(turns->tryTake("t", earlier));
    JobTurns job(turns, named({"s", "t"}));
    QVERIFY(!job.tryEnter("n"));
    const auto other = turns->begin();
    QVERIFY(turns->tryTake("n", other) && turns->tryTake("s", other)); // nothing is held meanwhile
    turns->release("n", other);
    turns->release("s", other);
    std::atomic<bool> hasEntered = false;
    {
        const std::jthread worker([&] { hasEntered = job.enter("n", {}); });
        turns->release("t", earlier);
    }
    QVERIFY(hasEntered);
    for (const char* name : {"n", "s", "t"}) {
        QVERIFY2(!turns->tryTake(name, other), name);
    }
    job.leave("n");
    for (const char* name : {"n", "s", "t"}) {
        QVERIFY2(turns->tryTake(name, other), name);
    }
}

void TestJobTurns::waitingEndsOnRequest()
{
    const auto turns = std::make_shared<NodeTurns>();
    const auto earlier = turns->begin();
    QVERIFY(turns->tryTake("t", earlier));
    JobTurns job(turns, named({"t"}));
    std::atomic<bool> hasEntered = true;
    {
        std::jthread worker([&](const std::stop_token& stop) { hasEntered = job.enter("n", stop); });
        worker.request_stop();
    }
    QVERIFY(!hasEntered);
    QVERIFY(turns->tryTake("n", earlier));
}

void TestJobTurns::workersHaveTheTargetsTogether()
{
    const auto turns = std::make_shared<NodeTurns>();
    JobTurns job(turns, named({"t"}));
    const auto later = turns->begin();
    QVERIFY(job.tryEnter("a") && job.tryEnter("b"));
    job.leave("a");
    QVERIFY(!turns->tryTake("t", later));
    QVERIFY(job.tryEnter("a"));
    job.leave("b");
    QVERIFY(!turns->tryTake("t", later));
    job.leave("a");
    QVERIFY(turns->tryTake("t", later));
}

void TestJobTurns::whatIsNoTargetAnyMoreIsGivenBack()
{
    const auto turns = std::make_shared<NodeTurns>();
    const auto earlier = turns->begin();
    QVERIFY(turns->tryTake("t", earlier));
    std::atomic<bool> isTarget = true;
    JobTurns job(turns, [&isTarget] { return isTarget ? std::set<std::string>{"t"} : std::set<std::string>(); });
    const auto later = turns->begin();
    std::atomic<bool> hasEntered = false;
    {
        const std::jthread worker([&] { hasEntered = job.enter("n", {}); });
        QTRY_VERIFY_WITH_TIMEOUT(turns->isWantedEarlier("t", later), patience);
        isTarget = false;
        turns->release("t", earlier);
    }
    QVERIFY(hasEntered);
    QVERIFY(turns->tryTake("t", later));
}

/// Else two of them would keep it for ever, one after the other.
void TestJobTurns::fellowsLeaveForAnEarlierJob()
{
    const auto turns = std::make_shared<NodeTurns>();
    const auto earlier = turns->begin();
    JobTurns job(turns, named({"t"}));
    QVERIFY(job.tryEnter("a") && job.tryEnter("b"));
    std::atomic<bool> isTaken = false;
    {
        const std::jthread waiting([&] { isTaken = turns->take("t", earlier, {}); });
        QTRY_VERIFY_WITH_TIMEOUT(job.isWantedEarlier("a"), patience);
        job.leave("a");
        QVERIFY(!job.tryEnter("a"));
        job.leave("b");
    }
    QVERIFY(isTaken);
    QVERIFY(!job.tryEnter("a"));
    turns->release("t", earlier);
    QVERIFY(job.tryEnter("a"));
}

void TestJobTurns::oppositeDirectionsNeverWaitForEachOther_data()
{
    QTest::addColumn<int>("workers");
    QTest::addRow("a worker each") << 1;
    QTest::addRow("several workers each") << 3;
}

void TestJobTurns::oppositeDirectionsNeverWaitForEachOther()
{
    QFETCH(const int, workers);
    const auto turns = std::make_shared<NodeTurns>();
    JobTurns forward(turns, named({"y0", "y1", "y2"}));
    JobTurns backward(turns, named({"x0", "x1", "x2"}));
    std::atomic<int> ahead = 0;
    std::atomic<int> back = 0;
    std::atomic<bool> wereBoth = false;
    {
        std::vector<std::jthread> threads;
        const auto work = [&](JobTurns& job, const std::string& node, std::atomic<int>& own, std::atomic<int>& others) {
            threads.emplace_back([&job, node, &own, &others, &wereBoth] {
                for (int round = 0; round < 200; ++round) {
                    if (job.enter(node, {})) {
                        ++own;
                        wereBoth = wereBoth || others > 0;
                        --own;
                        job.leave(node);
                    }
                }
            });
        };
        for (int at = 0; at < workers; ++at) {
            work(forward, "x" + std::to_string(at), ahead, back);
            work(backward, "y" + std::to_string(at), back, ahead);
        }
    }
    QVERIFY(!wereBoth);
    QVERIFY(forward.tryEnter("x0"));
}

QTEST_GUILESS_MAIN(TestJobTurns)
#include "tst_jobturns.moc"
