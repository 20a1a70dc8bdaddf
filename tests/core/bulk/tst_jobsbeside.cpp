// SPDX-License-Identifier: GPL-3.0-or-later
// Jobs beside one another: each node is worked on by one at a time, the earlier one first, and none waits for good.
#include "core/source/redis/slots.h"
#include "tests/core/bulk/deletingjobs.h"

#include <QTest>

#include <thread>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestJobsBeside : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_server = RedisServer::start(); }
    void twoJobsOnTheSameKeys();
    void waitsForAnEarlierJobAndSaysSo();
    void givesTheNodeToAnEarlierJob();
    void aPausedJobKeepsNobodyWaiting();
    void jobsOverSeveralNodesNeverWaitForEachOther();

private:
    std::unique_ptr<RedisServer> m_server;
};

void TestJobsBeside::twoJobsOnTheSameKeys()
{
    const auto names = namesOf("k:", 20'000);
    m_server->fill(names.size(), [&](std::size_t at) { return RedisServer::Args{"SET", names[at], "v"}; });
    JobReport first;
    JobReport second;
    JobExecutor job(nodesOf(*m_server), deleting(false), {}, first);
    JobExecutor other(nodesOf(*m_server), deleting(true), {}, second);
    std::thread beside([&] { takeAll(other, names); });
    takeAll(job, names);
    beside.join();
    QVERIFY(job.finish());
    QVERIFY(other.finish());
    QCOMPARE(first.counts().done() + second.counts().done(), 20'000U);
    QCOMPARE(first.counts().missing() + second.counts().missing(), 20'000U);
    QCOMPARE(sizeOf(*m_server), "0");
}

void TestJobsBeside::waitsForAnEarlierJobAndSaysSo()
{
    const auto names = namesOf("k:", 3000);
    m_server->fill(names.size(), [&](std::size_t at) { return RedisServer::Args{"SET", names[at], "v"}; });
    const auto turns = std::make_shared<NodeTurns>();
    const auto earlier = turns->begin();
    QVERIFY(turns->tryTake("server", earlier));
    JobOptions options;
    options.turns = turns;
    {
        JobReport report;
        JobExecutor job(nodesOf(*m_server), deleting(true), options, report);
        takeAll(job, names);
        QTRY_COMPARE_WITH_TIMEOUT(job.progress().waitingNodes, std::uint64_t{1}, 20'000);
        QCOMPARE(sizeOf(*m_server), "3000");
        job.cancel(); // also while it waits
        QVERIFY(!job.finish());
        QCOMPARE(report.counts()[Outcome::NotDone], 3000U);
    }
    JobReport report;
    JobExecutor job(nodesOf(*m_server), deleting(true), options, report);
    takeAll(job, names);
    QTRY_COMPARE_WITH_TIMEOUT(job.progress().waitingNodes, std::uint64_t{1}, 20'000);
    turns->release("server", earlier);
    QVERIFY(job.finish());
    QCOMPARE(job.progress().waitingNodes, std::uint64_t{0});
    QCOMPARE(report.counts()[Outcome::Done], 3000U);
    QVERIFY(turns->tryTake("server", earlier)); // it is given back
}

void TestJobsBeside::givesTheNodeToAnEarlierJob()
{
    const auto names = namesOf("k:", 300'000);
    m_server->fill(names.size(), [&](std::size_t at) { return RedisServer::Args{"SET", names[at], "v"}; });
    const auto turns = std::make_shared<NodeTurns>();
    const auto earlier = turns->begin();
    JobOptions options;
    options.turns = turns;
    options.batchKeys = 10;
    JobReport report;
    JobExecutor job(nodesOf(*m_server), deleting(false), options, report);
    std::jthread feeding([&] { takeAll(job, names); });
    QTRY_VERIFY_WITH_TIMEOUT(job.progress().settled > 0, 20'000);
    QVERIFY(turns->take("server", earlier, {}));
    const std::string left = sizeOf(*m_server);
    QVERIFY2(left != "0", "it was given up in the middle");
    QTRY_COMPARE_WITH_TIMEOUT(job.progress().waitingNodes, std::uint64_t{1}, 20'000);
    QCOMPARE(sizeOf(*m_server), left); // and everything in flight was settled before
    turns->release("server", earlier);
    feeding.join();
    QVERIFY(job.finish());
    QCOMPARE(report.counts()[Outcome::Done], 300'000U);
}

void TestJobsBeside::aPausedJobKeepsNobodyWaiting()
{
    const auto names = namesOf("k:", 2000);
    m_server->fill(names.size(), [&](std::size_t at) { return RedisServer::Args{"SET", names[at], "v"}; });
    JobOptions options;
    options.turns = std::make_shared<NodeTurns>();
    JobReport first;
    JobReport second;
    JobExecutor job(nodesOf(*m_server), deleting(true), options, first);
    JobExecutor later(nodesOf(*m_server), deleting(true), options, second);
    job.pause();
    takeAll(job, {names.begin(), names.begin() + 1000});
    takeAll(later, {names.begin() + 1000, names.end()});
    QVERIFY(later.finish());
    QCOMPARE(second.counts()[Outcome::Done], 1000U);
    QCOMPARE(sizeOf(*m_server), "1000");
    job.resume();
    QVERIFY(job.finish());
    QCOMPARE(first.counts()[Outcome::Done], 1000U);
}

/// Each is fed keys of one node until that node's queue is full, while the other works there.
void TestJobsBeside::jobsOverSeveralNodesNeverWaitForEachOther()
{
    const auto cluster = RedisCluster::start({.replicasPerMaster = 0});
    std::vector<std::string> low;
    std::vector<std::string> high;
    for (std::size_t at = 0; low.size() < 45'000 || high.size() < 45'000; ++at) {
        std::string name = "k:" + std::to_string(at);
        (keyglass::slotOf(name) < 5000 ? low : high).push_back(std::move(name));
    }
    auto forward = low;
    forward.insert(forward.end(), high.begin(), high.end());
    auto backward = high;
    backward.insert(backward.end(), low.begin(), low.end());
    JobOptions options;
    options.turns = std::make_shared<NodeTurns>();
    JobReport first;
    JobReport second;
    JobExecutor job(nodesOf(*cluster), deleting(false), options, first);
    JobExecutor other(nodesOf(*cluster), deleting(false), options, second);
    {
        const std::jthread beside([&] { takeAll(other, backward); });
        takeAll(job, forward);
    }
    QVERIFY(job.finish());
    QVERIFY(other.finish());
    QCOMPARE(first.counts()[Outcome::Missing], forward.size());
    QCOMPARE(second.counts()[Outcome::Missing], backward.size());
}

QTEST_GUILESS_MAIN(TestJobsBeside)
#include "tst_jobsbeside.moc"
