// SPDX-License-Identifier: GPL-3.0-or-later
// Servers that refuse for a while and nodes that are lost: what could not be done is told, and nothing twice.
#include "core/base/stopwait.h"
#include "core/bulk/stepreplies.h"
#include "core/net/connection.h"
#include "core/source/redis/slots.h"
#include "tests/core/bulk/busylane.h"
#include "tests/core/bulk/deletingjobs.h"

#include <QScopeGuard>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <functional>
#include <set>
#include <thread>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

/// Is refused with an error for so many batches, before it does its keys.
class RefusedStep final : public BatchStep {
public:
    RefusedStep(std::string error, int refusals, std::function<void()> before = {})
        : m_why(std::move(error))
        , m_times(refusals)
        , m_before(std::move(before))
    {
    }
    Status apply(const StepLanes&, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token) override
    {
        if (m_before) {
            m_before();
        }
        const bool isRefused = m_times-- > 0;
        for (std::size_t at = 0; at < keys.size(); ++at) {
            if (isRefused) {
                addFailure(outcomes, keys[at], m_why);
            } else {
                outcomes.add(keys[at], Outcome::Done);
            }
        }
        return ok();
    }
    Status finish(const StepLanes&, OutcomeSink&, std::stop_token) override { return ok(); }
    UnsettledKeys takeUnsettled() override { return {}; }

private:
    const std::string m_why;
    int m_times;
    const std::function<void()> m_before;
};

} // namespace

class TestJobLostNodes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_server = RedisServer::start(); }
    void aServerThatRefusesForNow_data();
    void aServerThatRefusesForNow();
    void manyKeysWaitNoLongerThanOne();
    void whatALaneWaitsItselfIsPartOfThePatience();
    void aServerThatIsBusyWithAScript_data();
    void aServerThatIsBusyWithAScript();
    void aServerThatComesBack();
    void aServerThatDoesNotComeBack();
    void aNodeThatDiesWithAFullQueue();
    void aNodeThatDiesMeanwhile_data();
    void aNodeThatDiesMeanwhile();

private:
    std::unique_ptr<RedisServer> m_server;
};

void TestJobLostNodes::aServerThatRefusesForNow_data()
{
    QTest::addColumn<QByteArray>("why");
    QTest::addColumn<int>("times");
    QTest::addColumn<QString>("counts");
    QTest::addRow("busy with a script") << QByteArray(
        "BUSY Redis is busy running a script. You can only call SCRIPT KILL.")
                                        << 3 << u"done 1000 "_s;
    QTest::addRow("it reads its data set")
        << QByteArray("LOADING Redis is loading the dataset in memory") << 3 << u"done 1000 "_s;
    QTest::addRow("a replica whose master is gone")
        << QByteArray("MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.") << 3
        << u"done 1000 "_s;
    QTest::addRow("a transaction, busy with a script")
        << QByteArray::fromStdString(discardedText) << 3 << u"done 1000 "_s;
    QTest::addRow("for longer than it is waited for")
        << QByteArray("BUSY Redis is busy running a script. You can only call SCRIPT KILL.") << 1000
        << u"not_done 1000 "_s;
    QTest::addRow("for good") << QByteArray("READONLY You can't write") << 3 << u"done 850 failed 150 "_s;
}

void TestJobLostNodes::aServerThatRefusesForNow()
{
    QFETCH(const QByteArray, why);
    QFETCH(const int, times);
    QFETCH(const QString, counts);
    JobReport report;
    JobExecutor job(
        nodesOf(*m_server), [&] { return std::make_unique<RefusedStep>(why.toStdString(), times); },
        {.batchKeys = 50, .patience = times > 100 ? 200ms : 30'000ms}, report);
    takeAll(job, namesOf("k:", 1000));
    QVERIFY(job.finish());
    QCOMPARE(textOf(report.counts()), counts.toStdString());
    if (times > 100) {
        QCOMPARE(report.troubles().front().detail, why.toStdString());
    }
}

/// The patience is with the server, not with each thousand of keys.
void TestJobLostNodes::manyKeysWaitNoLongerThanOne()
{
    JobReport report;
    JobExecutor job(
        nodesOf(*m_server),
        [] {
            return std::make_unique<RefusedStep>(
                "BUSY Redis is busy running a script. You can only call SCRIPT KILL.", 1'000'000);
        },
        {.patience = 3000ms}, report);
    std::thread giving([&] { takeAll(job, namesOf("k:", 100'000)); });
    const auto join = qScopeGuard([&] {
        job.cancel();
        giving.join();
    });
    QTRY_VERIFY_WITH_TIMEOUT(job.progress().settled == 100'000, 40'000); // it would be more than a minute
    QVERIFY(job.finish());
    QCOMPARE(textOf(report.counts()), "not_done 100000 ");
}

/// In a cluster that is down each call takes seconds before it is refused.
void TestJobLostNodes::whatALaneWaitsItselfIsPartOfThePatience()
{
    const auto cluster = RedisCluster::start({.replicasPerMaster = 0});
    std::atomic<int> calls = 0;
    JobReport report;
    JobExecutor job(
        nodesOf(*cluster),
        [&calls] {
            return std::make_unique<RefusedStep>("CLUSTERDOWN Hash slot not served", 1'000'000, [&calls] {
                ++calls;
                waitOrStop(1000ms, {});
            });
        },
        {.patience = 1500ms}, report);
    takeAll(job, {"k"});
    QVERIFY(job.finish());
    QCOMPARE(textOf(report.counts()), "not_done 1 ");
    QVERIFY2(calls >= 2 && calls <= 3, std::to_string(calls).c_str()); // by their number it would be five
}

void TestJobLostNodes::aServerThatIsBusyWithAScript_data()
{
    QTest::addColumn<bool>("archived");
    QTest::addRow("unlinked") << false;
    QTest::addRow("archived before") << true;
}

void TestJobLostNodes::aServerThatIsBusyWithAScript()
{
    QFETCH(const bool, archived);
    RemovalArchive archive;
    m_server->command({"CONFIG", "SET", "lua-time-limit", "20"});
    const auto names = namesOf("k:", 2000);
    m_server->fill(names.size(), [&](std::size_t at) { return RedisServer::Args{"SET", names[at], "v"}; });
    JobReport report;
    JobExecutor job(nodesOf(*m_server), archived ? archive.removing() : deleting(false), {}, report);
    takeAll(job, {names.begin(), names.begin() + 10});
    QTRY_COMPARE_WITH_TIMEOUT(job.progress().settled, 10U, 20'000); // it is connected

    ConnectionOptions aside;
    aside.endpoint.socketPath = m_server->socketPath();
    const auto script = Connection::open(aside, {});
    QVERIFY(script && (*script)->send(Command{"EVAL", "while true do end", "0"}, {}));
    QTRY_VERIFY_WITH_TIMEOUT(m_server->command({"DBSIZE"}).starts_with("-BUSY"), 20'000);
    takeAll(job, {names.begin() + 10, names.end()});
    QTRY_COMPARE_WITH_TIMEOUT(job.progress().lostNodes, std::uint64_t{1}, 20'000); // refused, again and again
    QCOMPARE(job.progress().lost, LostNode::RunsScript);
    m_server->command({"SCRIPT", "KILL"});
    QVERIFY(job.finish());
    QCOMPARE(textOf(report.counts()), "done 2000 ");
    QCOMPARE(sizeOf(*m_server), std::string("0"));
    QCOMPARE(archive.keys().size(), std::size_t{archived ? 2000U : 0U});
}

void TestJobLostNodes::aServerThatComesBack()
{
    const auto names = namesOf("k:", 20'000);
    const auto fill = [&] {
        m_server->fill(names.size(), [&](std::size_t at) { return RedisServer::Args{"SET", names[at], "v"}; });
    };
    fill();
    m_server->save();
    JobReport report;
    JobExecutor job(nodesOf(*m_server), deleting(true), {.keysPerSecond = 20'000, .deletes = true}, report);
    takeAll(job, names);
    QTRY_VERIFY_WITH_TIMEOUT(job.progress().settled > 0, 20'000);
    QCOMPARE(job.progress().lostNodes, std::uint64_t{0});
    m_server->kill();
    QTRY_COMPARE_WITH_TIMEOUT(job.progress().lostNodes, std::uint64_t{1}, 20'000); // so it is shown
    QCOMPARE(job.progress().lost, LostNode::NoAnswer);
    m_server->restart();
    job.setRate({});
    QVERIFY(job.finish());
    QCOMPARE(job.progress().lostNodes, std::uint64_t{0});
    const OutcomeCounts counts = report.counts();
    QCOMPARE(counts.keys(), 20'000U);
    QCOMPARE(counts[Outcome::NotDone], 0U);
    QVERIFY(report.nodes().front().retries > 0);
}

void TestJobLostNodes::aServerThatDoesNotComeBack()
{
    const auto names = namesOf("k:", 20'000);
    m_server->fill(names.size(), [&](std::size_t at) { return RedisServer::Args{"SET", names[at], "v"}; });
    JobReport report;
    JobExecutor job(nodesOf(*m_server), deleting(true), {.keysPerSecond = 20'000, .patience = 300ms}, report);
    takeAll(job, names);
    QTRY_VERIFY_WITH_TIMEOUT(job.progress().settled > 0, 20'000);
    m_server->kill();
    QVERIFY(job.finish()); // the job itself came to its end
    const OutcomeCounts counts = report.counts();
    QCOMPARE(counts.keys(), 20'000U);
    QVERIFY(counts[Outcome::NotDone] > 0);
    QVERIFY2(counts[Outcome::Unknown] <= 1000, textOf(counts).c_str());
    QVERIFY(report.nodes().front().givenUp);
    QCOMPARE(report.nodes().front().givenUp->kind, ErrorKind::Network);
    QVERIFY(!report.troubles().front().detail.empty());
}

/// Whoever waits for room in its queue goes on, also where another node takes over all that was in it.
void TestJobLostNodes::aNodeThatDiesWithAFullQueue()
{
    const auto cluster = RedisCluster::start({.replicasPerMaster = 1, .nodeTimeout = 1000ms});
    constexpr std::size_t count = 150'000;
    const int owner = cluster->ownerOf(test::slotOf("{t}"));
    cluster->fill(count, "{t}");
    JobReport report;
    JobExecutor job(nodesOf(*cluster), deleting(false),
        {.batchKeys = 50, .keysPerSecond = 1000, .deletes = true, .patience = 60'000ms}, report);
    std::atomic<bool> isGiven = false;
    std::thread giving([&] {
        takeAll(job, namesOf("{t}", count), 500);
        isGiven = true;
    });
    const auto join = qScopeGuard([&] {
        job.cancel();
        giving.join();
    });
    QTRY_VERIFY_WITH_TIMEOUT(job.progress().settled > 0 && job.progress().taken > 20'000, 20'000);
    QVERIFY(!isGiven);
    cluster->kill(owner);
    job.setRate({});
    QTRY_VERIFY_WITH_TIMEOUT(isGiven, 60'000);
    QVERIFY(job.finish());
    const OutcomeCounts counts = report.counts();
    QCOMPARE(counts.keys(), count);
    QVERIFY2(counts.troubled() == 0, textOf(counts).c_str());
}

void TestJobLostNodes::aNodeThatDiesMeanwhile_data()
{
    QTest::addColumn<int>("replicas");
    QTest::addColumn<bool>("archived");
    QTest::addRow("a replica takes over: all is done") << 1 << false;
    QTest::addRow("nobody takes over: its keys are listed") << 0 << false;
    QTest::addRow("nobody takes over: what went is archived") << 0 << true;
}

void TestJobLostNodes::aNodeThatDiesMeanwhile()
{
    QFETCH(const int, replicas);
    QFETCH(const bool, archived);
    RemovalArchive archive;
    const auto cluster = RedisCluster::start({.replicasPerMaster = replicas, .nodeTimeout = 1000ms});
    cluster->fill(9000, "k:");
    const std::vector<int> dead = cluster->slotsOf(1);
    JobReport report;
    const auto patience = replicas > 0 ? 60'000ms : 1500ms;
    JobExecutor job(nodesOf(*cluster), archived ? archive.removing() : deleting(false),
        {.batchKeys = 50, .keysPerSecond = 3000, .deletes = true, .patience = patience}, report);
    std::thread giving([&] { takeAll(job, namesOf("k:", 9000)); });
    QTRY_VERIFY_WITH_TIMEOUT(job.progress().settled > 300, 20'000);
    cluster->kill(1);
    giving.join();
    job.setRate({});
    QVERIFY(job.finish());
    const OutcomeCounts counts = report.counts();
    QCOMPARE(counts.keys(), 9000U);
    if (replicas > 0) {
        const auto troubles = report.troubles();
        QVERIFY2(counts.troubled() == 0,
            (textOf(counts)
                + (troubles.empty() ? std::string() : troubles.back().node.toStdString() + troubles.back().detail))
                .c_str());
        QVERIFY(cluster->truth().size() <= 50); // a failover may bring back what a replica had not heard of
        return;
    }
    QVERIFY2(counts[Outcome::NotDone] > 1000, textOf(counts).c_str());
    for (const NodeOutcomes& node : report.nodes()) {
        const bool isDead = node.node.endsWith(u':' + QString::number(cluster->port(1)));
        QCOMPARE(node.givenUp.has_value(), isDead);
        QVERIFY2(isDead || node.counts.troubled() == 0, qPrintable(node.node));
    }
    if (archived) {
        const std::set<std::string> kept = archive.keys();
        const auto left = cluster->truth();
        for (const std::string& name : namesOf("k:", 9000)) {
            const bool isDead = std::ranges::find(dead, static_cast<int>(keyglass::slotOf(name))) != dead.end();
            QVERIFY2(isDead || left.contains(name) || kept.contains(name), name.c_str());
        }
    }
}

QTEST_GUILESS_MAIN(TestJobLostNodes)
#include "tst_joblostnodes.moc"
