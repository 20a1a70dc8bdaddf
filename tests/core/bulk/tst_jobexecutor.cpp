// SPDX-License-Identifier: GPL-3.0-or-later
// Deletes on real servers and clusters: every key has one outcome, whatever happens to the nodes meanwhile.
#include "core/base/stopwait.h"
#include "core/bulk/archivereader.h"
#include "core/bulk/deletestep.h"
#include "core/bulk/guardedremoval.h"
#include "core/bulk/jobexecutor.h"
#include "core/bulk/keytransfer.h"
#include "core/bulk/reportfile.h"
#include "core/bulk/stepreplies.h"
#include "core/net/connection.h"
#include "core/source/redis/slots.h"
#include "tests/core/bulk/busylane.h"
#include "tests/core/bulk/jobfixture.h"
#include "tests/servers/slotmove.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <functional>
#include <set>
#include <thread>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

JobExecutor::MakeStep deleting(bool inGroups)
{
    return [inGroups] { return std::make_unique<DeleteStep>(DeleteWays{inGroups, true}); };
}

void takeAll(JobExecutor& job, const std::vector<std::string>& keys, std::size_t each = 1000)
{
    for (std::size_t at = 0; at < keys.size(); at += each) {
        KeyBatch batch;
        for (std::size_t i = at; i < std::min(keys.size(), at + each); ++i) {
            batch.append(keys[i]);
        }
        static_cast<void>(job.take(std::move(batch)));
    }
}

/// An undo archive in a folder of its own, and what deletes with it in a cluster.
struct Archive {
    Archive()
        : writer(UndoArchiveWriter::create(folder.filePath(u"a.kga"_s), {}))
    {
    }
    [[nodiscard]] JobExecutor::MakeStep removing(bool refuseChanged = false) const
    {
        RemovalOptions options;
        options.ways.bySlot = true;
        options.refuseChanged = refuseChanged;
        return [this, options] { return std::make_unique<GuardedRemoval>(**writer, options); };
    }
    /// Those that stand in it.
    [[nodiscard]] std::set<std::string> keys() const
    {
        std::set<std::string> keys;
        const auto reader = UndoArchiveReader::open(folder.filePath(u"a.kga"_s));
        UndoRecord record;
        while (reader) {
            const auto got = (*reader)->next(record);
            if (!got || !*got) {
                break;
            }
            keys.insert(record.key);
        }
        return keys;
    }

    QTemporaryDir folder;
    Result<std::unique_ptr<UndoArchiveWriter>> writer;
};

std::string sizeOf(RedisServer& server)
{
    return server.command({"DBSIZE"});
}

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

class TestJobExecutor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void deletesEveryKeyGiven_data();
    void deletesEveryKeyGiven();
    void tellsWhatWasMissing_data();
    void tellsWhatWasMissing();
    void oneKeysRefusalIsNotThatOfOthers_data();
    void oneKeysRefusalIsNotThatOfOthers();
    void withoutUnlinkItIsDel();
    void twoJobsOnTheSameKeys();
    void waitsForAnEarlierJobAndSaysSo();
    void givesTheNodeToAnEarlierJob();
    void aPausedJobKeepsNobodyWaiting();
    void jobsOverSeveralNodesNeverWaitForEachOther();
    void callsFollowTheServersTime_data();
    void callsFollowTheServersTime();
    void pausesAndGoesOn();
    void aRateIsKeptAndChanged();
    void cancelsWithin100ms_data();
    void cancelsWithin100ms();
    void aStepThatThrowsEndsTheJob();
    void aServerThatRefusesForNow_data();
    void aServerThatRefusesForNow();
    void manyKeysWaitNoLongerThanOne();
    void whatALaneWaitsItselfIsPartOfThePatience();
    void aServerThatIsBusyWithAScript_data();
    void aServerThatIsBusyWithAScript();
    void aServerThatComesBack();
    void aServerThatDoesNotComeBack();
    void theReportGivesExactNames_data();
    void theReportGivesExactNames();
    void aClusterByOwners();
    void aSlotThatMovesMeanwhile_data();
    void aSlotThatMovesMeanwhile();
    void aSlotThatMovesBeforeTheDeleteOfAMove_data();
    void aSlotThatMovesBeforeTheDeleteOfAMove();
    void aSlotThatIsStuckOnItsWay_data();
    void aSlotThatIsStuckOnItsWay();
    void aNodeThatDiesWithAFullQueue();
    void aNodeThatDiesMeanwhile_data();
    void aNodeThatDiesMeanwhile();

private:
    std::unique_ptr<RedisServer> m_server;
};

void TestJobExecutor::init()
{
    m_server = RedisServer::start();
}

void TestJobExecutor::deletesEveryKeyGiven_data()
{
    QTest::addColumn<int>("keys");
    QTest::addColumn<bool>("inGroups");
    QTest::addColumn<int>("batchKeys");
    QTest::addRow("nothing") << 0 << true << 500;
    QTest::addRow("one key") << 1 << true << 500;
    QTest::addRow("in groups") << 30'000 << true << 500;
    QTest::addRow("one by one") << 30'000 << false << 500;
    QTest::addRow("small batches") << 5000 << true << 7;
}

void TestJobExecutor::deletesEveryKeyGiven()
{
    QFETCH(const int, keys);
    QFETCH(const bool, inGroups);
    QFETCH(const int, batchKeys);
    const auto names = namesOf("k:", static_cast<std::size_t>(keys));
    m_server->fill(names.size(), [&](std::size_t at) { return RedisServer::Args{"SET", names[at], "v"}; });
    m_server->command({"SET", "left", "alone"});
    JobReport report;
    JobExecutor job(nodesOf(*m_server), deleting(inGroups), {.batchKeys = static_cast<std::size_t>(batchKeys)}, report);
    takeAll(job, names);
    QVERIFY(job.finish());
    QCOMPARE(report.counts()[Outcome::Done], names.size());
    QCOMPARE(report.counts().keys(), names.size());
    QCOMPARE(job.progress().settled, names.size());
    QCOMPARE(m_server->list({"KEYS", "*"}), std::vector<std::string>{"left"});
}

void TestJobExecutor::tellsWhatWasMissing_data()
{
    QTest::addColumn<bool>("inGroups");
    QTest::addRow("one by one, exactly") << false;
    QTest::addRow("in groups, the first as a number only") << true;
}

void TestJobExecutor::tellsWhatWasMissing()
{
    QFETCH(const bool, inGroups);
    const auto names = namesOf("k:", 10'000);
    m_server->fill(5000, [&](std::size_t at) { return RedisServer::Args{"SET", names[at * 2], "v"}; });
    JobReport report;
    JobExecutor job(nodesOf(*m_server), deleting(inGroups), {}, report);
    takeAll(job, names);
    QVERIFY(job.finish());
    const OutcomeCounts counts = report.counts();
    QCOMPARE(counts.keys(), 10'000U);
    QCOMPARE(counts.done(), 5000U);
    QCOMPARE(counts.missing(), 5000U);
    QCOMPARE(counts.troubled(), 0U);
    if (inGroups) {
        QVERIFY(counts[Outcome::Gone] > 0);
        QVERIFY2(counts[Outcome::Missing] > 2000, "after a gap, keys go one by one");
    } else {
        QCOMPARE(counts[Outcome::Gone], 0U);
    }
    QCOMPARE(sizeOf(*m_server), "0");
}

void TestJobExecutor::oneKeysRefusalIsNotThatOfOthers_data()
{
    QTest::addColumn<bool>("inGroups");
    QTest::addRow("one by one") << false;
    QTest::addRow("in groups") << true;
}

void TestJobExecutor::oneKeysRefusalIsNotThatOfOthers()
{
    QFETCH(const bool, inGroups);
    ServerOptions options;
    options.aclLines = {u"user default on nopass ~a:* &* +@all"_s};
    const auto server = RedisServer::start(options);
    auto names = namesOf("a:", 1200);
    for (const std::string& name : names) {
        server->command({"SET", name, "v"});
    }
    server->command({"SET", "b:0", "v"});
    names.insert(names.begin() + 700, "b:0");
    JobReport report;
    JobExecutor job(nodesOf(*server), deleting(inGroups), {}, report);
    takeAll(job, names, names.size());
    QVERIFY(job.finish());
    QCOMPARE(report.counts()[Outcome::Done], 1200U);
    QCOMPARE(report.counts()[Outcome::Failed], 1U);
    const auto troubles = report.troubles();
    QCOMPARE(troubles.size(), std::size_t{1});
    QCOMPARE(troubles.front().key, "b:0");
    QVERIFY2(troubles.front().detail.starts_with("NOPERM"), troubles.front().detail.c_str());
    QCOMPARE(server->list({"KEYS", "*"}), std::vector<std::string>{"b:0"});
}

void TestJobExecutor::withoutUnlinkItIsDel()
{
    const auto server = RedisServer::start({u"--rename-command"_s, u"UNLINK"_s, u""_s});
    const auto names = namesOf("k:", 3000);
    server->fill(names.size(), [&](std::size_t at) { return RedisServer::Args{"SET", names[at], "v"}; });
    JobReport report;
    JobExecutor job(nodesOf(*server), deleting(true), {}, report);
    takeAll(job, names);
    QVERIFY(job.finish());
    QCOMPARE(report.counts()[Outcome::Done], 3000U);
    QCOMPARE(sizeOf(*server), "0");
}

void TestJobExecutor::twoJobsOnTheSameKeys()
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

void TestJobExecutor::waitsForAnEarlierJobAndSaysSo()
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

void TestJobExecutor::givesTheNodeToAnEarlierJob()
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

void TestJobExecutor::aPausedJobKeepsNobodyWaiting()
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
void TestJobExecutor::jobsOverSeveralNodesNeverWaitForEachOther()
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

void TestJobExecutor::callsFollowTheServersTime_data()
{
    QTest::addColumn<int>("microseconds");
    QTest::addColumn<std::uint64_t>("least");
    QTest::addColumn<std::uint64_t>("most");
    QTest::newRow("a large budget: whole batches") << 1'000'000 << std::uint64_t{40} << std::uint64_t{60};
    QTest::newRow("next to none: a key or a few") << 2 << std::uint64_t{4000} << std::uint64_t{20'000};
}

void TestJobExecutor::callsFollowTheServersTime()
{
    QFETCH(const int, microseconds);
    QFETCH(const std::uint64_t, least);
    QFETCH(const std::uint64_t, most);
    const auto names = namesOf("k:", 20'000);
    m_server->fill(names.size(), [&](std::size_t at) { return RedisServer::Args{"SET", names[at], "v"}; });
    JobReport report;
    JobExecutor job(
        nodesOf(*m_server), deleting(true), {.callBudget = std::chrono::microseconds{microseconds}}, report);
    takeAll(job, names);
    QVERIFY(job.finish());
    QCOMPARE(report.counts()[Outcome::Done], 20'000U);
    const auto stats = commandTime(m_server->command({"INFO", "commandstats"}), {"unlink"});
    QVERIFY(stats);
    QVERIFY2(stats->calls >= least && stats->calls <= most, std::to_string(stats->calls).c_str());
}

void TestJobExecutor::pausesAndGoesOn()
{
    const auto names = namesOf("k:", 10'000);
    m_server->fill(names.size(), [&](std::size_t at) { return RedisServer::Args{"SET", names[at], "v"}; });
    JobReport report;
    JobExecutor job(nodesOf(*m_server), deleting(true), {}, report);
    job.pause();
    takeAll(job, names);
    QVERIFY(job.progress().isPaused);
    QCOMPARE(sizeOf(*m_server), "10000");
    QCOMPARE(job.progress().settled, 0U);
    job.resume();
    QVERIFY(job.finish());
    QCOMPARE(report.counts()[Outcome::Done], 10'000U);
}

void TestJobExecutor::aRateIsKeptAndChanged()
{
    const auto names = namesOf("k:", 2000);
    m_server->fill(names.size(), [&](std::size_t at) { return RedisServer::Args{"SET", names[at], "v"}; });
    JobReport report;
    JobExecutor job(nodesOf(*m_server), deleting(true), {.keysPerSecond = 1000}, report);
    const auto begun = Clock::now();
    takeAll(job, names);
    QTRY_VERIFY_WITH_TIMEOUT(job.progress().settled >= 400, 20'000);
    QVERIFY2(Clock::now() - begun >= 290ms, "400 keys at 1000 a second take 300 ms after the first hundred");
    job.setRate({});
    QVERIFY(job.finish());
    QCOMPARE(report.counts()[Outcome::Done], 2000U);
}

void TestJobExecutor::cancelsWithin100ms_data()
{
    QTest::addColumn<bool>("frozen");
    QTest::addRow("a server that answers") << false;
    QTest::addRow("a server that hangs") << true;
}

void TestJobExecutor::cancelsWithin100ms()
{
    QFETCH(const bool, frozen);
    const auto names = namesOf("k:", 20'000);
    m_server->fill(names.size(), [&](std::size_t at) { return RedisServer::Args{"SET", names[at], "v"}; });
    JobReport report;
    JobExecutor job(nodesOf(*m_server), deleting(true), {.batchKeys = 50, .keysPerSecond = 5000}, report);
    takeAll(job, names);
    QTRY_VERIFY_WITH_TIMEOUT(job.progress().settled > 0, 20'000);
    if (frozen) {
        m_server->freeze();
        QTest::qWait(50); // so that something is in flight
    }
    const auto asked = Clock::now();
    job.cancel();
    const Status ended = job.finish();
    const auto took = Clock::now() - asked;
    if (frozen) {
        m_server->thaw();
    }
    QVERIFY(!ended);
    QCOMPARE(ended.error().kind, ErrorKind::Cancelled);
    QVERIFY2(took < 2s, "it does not wait for what is left"); // 100 ms on a machine with nothing else to do
    const OutcomeCounts counts = report.counts();
    QCOMPARE(counts.keys(), 20'000U);
    QCOMPARE(counts[Outcome::Done] + counts[Outcome::Unknown] + counts[Outcome::NotDone], 20'000U);
    QVERIFY(counts[Outcome::NotDone] > 0);
    const auto left = std::stoull(sizeOf(*m_server));
    QVERIFY2(left <= 20'000 - counts[Outcome::Done], "what is told as done is done");
    QVERIFY2(left >= counts[Outcome::NotDone], "what is told as not done is there");
}

void TestJobExecutor::aStepThatThrowsEndsTheJob()
{
    class ThrowingStep final : public BatchStep {
    public:
        Status apply(const StepLanes&, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token) override
        {
            if (++m_batches > 2) {
                throw std::bad_alloc();
            }
            for (std::size_t at = 0; at < keys.size(); ++at) {
                outcomes.add(keys[at], Outcome::Done);
            }
            return ok();
        }
        Status finish(const StepLanes&, OutcomeSink&, std::stop_token) override { return ok(); }
        UnsettledKeys takeUnsettled() override { return {}; }

    private:
        int m_batches = 0;
    };
    JobReport report;
    JobExecutor job(nodesOf(*m_server), [] { return std::make_unique<ThrowingStep>(); }, {.batchKeys = 100}, report);
    takeAll(job, namesOf("k:", 5000));
    const Status ended = job.finish();
    QVERIFY(!ended);
    QCOMPARE(ended.error().kind, ErrorKind::Limit);
    QCOMPARE(report.counts().keys(), 5000U);
    QCOMPARE(report.counts()[Outcome::Done], 200U);
    QVERIFY(report.counts()[Outcome::Unknown] > 0);
}

void TestJobExecutor::aServerThatRefusesForNow_data()
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

void TestJobExecutor::aServerThatRefusesForNow()
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
void TestJobExecutor::manyKeysWaitNoLongerThanOne()
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
void TestJobExecutor::whatALaneWaitsItselfIsPartOfThePatience()
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

void TestJobExecutor::aServerThatIsBusyWithAScript_data()
{
    QTest::addColumn<bool>("archived");
    QTest::addRow("unlinked") << false;
    QTest::addRow("archived before") << true;
}

void TestJobExecutor::aServerThatIsBusyWithAScript()
{
    QFETCH(const bool, archived);
    Archive archive;
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

void TestJobExecutor::aServerThatComesBack()
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

void TestJobExecutor::aServerThatDoesNotComeBack()
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

void TestJobExecutor::theReportGivesExactNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addRow("JSON") << u"report.json"_s;
    QTest::addRow("CSV") << u"report.csv"_s;
}

void TestJobExecutor::theReportGivesExactNames()
{
    QFETCH(const QString, name);
    std::vector<std::string> names{"plain", "with,comma", "with \"quotes\"", "line\nbreak", std::string("nul\0byte", 8),
        "\xff\xfe", "back\\slash", ""};
    for (const std::string& key : names) {
        m_server->command({"SET", key, "v"});
    }
    names.push_back("missing");
    const QTemporaryDir folder;
    const QString path = folder.filePath(name);
    {
        auto file = ReportFile::create(path);
        QVERIFY(file);
        JobReport report(*std::move(file));
        JobExecutor job(nodesOf(*m_server), deleting(false), {}, report);
        takeAll(job, names);
        QVERIFY(job.finish());
        QVERIFY(report.closeFile("{\"keys\": 9}"));
    }
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    if (name.endsWith(u".csv")) {
        QCOMPARE(text.count("\r\n"), 10);
        QVERIFY(text.startsWith("key,node,outcome,detail\r\nplain,server,done,\r\n\"with,comma\",server,done,\r\n"
                                "\"with \"\"quotes\"\"\",server,done,\r\nline\\nbreak,server,done,\r\n"
                                "nul\\x00byte,server,done,\r\n\\xFF\\xFE,server,done,\r\n"));
        QVERIFY(text.endsWith("missing,server,missing,\r\n"));
        return;
    }
    const QJsonObject object = QJsonDocument::fromJson(text).object();
    const QJsonArray rows = object.value("keys"_L1).toArray();
    QCOMPARE(rows.size(), 9);
    for (int at = 0; at < rows.size(); ++at) {
        const QJsonValue key = rows[at].toObject().value("key"_L1);
        const QByteArray bytes = key.isString()
            ? key.toString().toUtf8()
            : QByteArray::fromBase64(key.toObject().value("base64"_L1).toString().toLatin1());
        QCOMPARE(bytes.toStdString(), names[static_cast<std::size_t>(at)]);
    }
    QCOMPARE(rows.last().toObject().value("outcome"_L1).toString(), u"missing"_s);
    QCOMPARE(object.value("summary"_L1).toObject().value("keys"_L1).toInt(), 9);
}

void TestJobExecutor::aClusterByOwners()
{
    const auto cluster = RedisCluster::start({.replicasPerMaster = 0});
    cluster->fill(9000, "k:");
    JobReport report;
    JobExecutor job(nodesOf(*cluster), deleting(false), {}, report);
    takeAll(job, namesOf("k:", 9001));
    QVERIFY(job.finish());
    QCOMPARE(report.counts()[Outcome::Done], 9000U);
    QCOMPARE(report.counts()[Outcome::Missing], 1U);
    QCOMPARE(report.nodes().size(), std::size_t{3});
    QVERIFY(cluster->truth().empty());
}

void TestJobExecutor::aSlotThatMovesMeanwhile_data()
{
    QTest::addColumn<bool>("archived");
    QTest::addRow("unlinked") << false;
    QTest::addRow("archived before") << true;
}

void TestJobExecutor::aSlotThatMovesMeanwhile()
{
    QFETCH(const bool, archived);
    Archive archive;
    const auto cluster = RedisCluster::start({.replicasPerMaster = 0});
    cluster->fill(9000, "k:");
    const auto slots = cluster->slotsOf(0);
    const std::vector<int> some(slots.begin(), slots.begin() + 1000);
    JobReport report;
    JobExecutor job(nodesOf(*cluster), archived ? archive.removing() : deleting(false), {.batchKeys = 50}, report);
    SlotMove move(*cluster, 0, 1, some);
    move.moveKeysOfSlots(300);
    move.moveHalfOfNextSlot();
    takeAll(job, namesOf("k:", 9000));
    QTRY_VERIFY_WITH_TIMEOUT(job.progress().settled > 8000, 20'000); // those under way wait
    move.finish();
    QVERIFY(job.finish());
    QCOMPARE(textOf(report.counts()), "done 9000 ");
    QVERIFY(cluster->truth().empty());
    QCOMPARE(archive.keys().size(), std::size_t{archived ? 9000U : 0U});
}

void TestJobExecutor::aSlotThatMovesBeforeTheDeleteOfAMove_data()
{
    QTest::addColumn<bool>("hasScripts");
    QTest::addColumn<bool>("hasArrived");
    QTest::addRow("compared by a script, on its way") << true << false;
    QTest::addRow("compared by a script, arrived") << true << true;
    QTest::addRow("compared here, on its way") << false << false;
    QTest::addRow("compared here, arrived") << false << true;
}

/// Else the key would be at its new place and at its old one.
void TestJobExecutor::aSlotThatMovesBeforeTheDeleteOfAMove()
{
    QFETCH(const bool, hasScripts);
    QFETCH(const bool, hasArrived);
    class CarryingStep final : public BatchStep {
    public:
        CarryingStep(bool byScript, std::function<void()> meanwhile)
            : m_meanwhile(std::move(meanwhile))
        {
            m_ways.hasScripts = byScript;
        }
        Status apply(const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop) override
        {
            std::vector<CarriedKey> carried;
            for (std::size_t at = 0; at < keys.size(); ++at) {
                const auto dump = lanes.node.call(Command{"DUMP", keys[at]}, stop);
                if (!dump) {
                    return dump.error();
                }
                carried.push_back({keys[at], seenState(dump->text, {})});
            }
            m_meanwhile();
            const auto removed = removeCarried(lanes, carried, m_ways, stop);
            if (!removed) {
                return removed.error();
            }
            for (std::size_t at = 0; at < keys.size(); ++at) {
                outcomes.add(keys[at], (*removed)[at].outcome, (*removed)[at].detail);
            }
            return ok();
        }
        Status finish(const StepLanes&, OutcomeSink&, std::stop_token) override { return ok(); }
        UnsettledKeys takeUnsettled() override { return {}; }

    private:
        const std::function<void()> m_meanwhile;
        TransferWays m_ways;
    };
    const auto cluster = RedisCluster::start({.replicasPerMaster = 0});
    const int slot = test::slotOf("{t}");
    const int from = cluster->ownerOf(slot);
    cluster->fill(20, "{t}");
    std::optional<SlotMove> move;
    const auto meanwhile = [&] {
        move.emplace(*cluster, from, (from + 1) % 3, std::vector<int>{slot});
        if (hasArrived) {
            move->finish();
        } else {
            move->moveHalfOfNextSlot();
        }
    };
    JobReport report;
    JobExecutor job(
        nodesOf(*cluster), [&] { return std::make_unique<CarryingStep>(hasScripts, meanwhile); }, {}, report);
    takeAll(job, namesOf("{t}", 20));
    QVERIFY(job.finish());
    QVERIFY2(report.troubles().empty(), report.troubles().empty() ? "" : report.troubles().front().detail.c_str());
    QCOMPARE(textOf(report.counts()), "done 20 ");
    QVERIFY(cluster->truth().empty());
}

void TestJobExecutor::aSlotThatIsStuckOnItsWay_data()
{
    QTest::addColumn<bool>("archived");
    QTest::addColumn<bool>("refuseChanged");
    QTest::addRow("without an archive") << false << false;
    QTest::addRow("archived") << true << false;
    QTest::addRow("archived, and watched") << true << true;
}

/// Keys that have arrived at the other node are deleted there, and those that are on neither side are missing.
void TestJobExecutor::aSlotThatIsStuckOnItsWay()
{
    QFETCH(const bool, archived);
    QFETCH(const bool, refuseChanged);
    Archive archive;
    const auto cluster = RedisCluster::start({.replicasPerMaster = 0});
    cluster->fill(3000, "k:");
    constexpr std::size_t tagged = 20;
    const int slot = test::slotOf("{t}");
    const int from = cluster->ownerOf(slot);
    cluster->fill(tagged, "{t}");
    SlotMove move(*cluster, from, (from + 1) % 3, {slot}); // it is never finished
    move.moveHalfOfNextSlot();
    auto keys = namesOf("k:", 3000);
    for (const std::string& key : namesOf("{t}", tagged + 5)) {
        keys.push_back(key);
    }
    JobReport report;
    JobExecutor job(nodesOf(*cluster), archived ? archive.removing(refuseChanged) : deleting(false), {}, report);
    takeAll(job, keys);
    QVERIFY(job.finish());
    QCOMPARE(textOf(report.counts()), "done 3020 missing 5 ");
    QVERIFY(cluster->truth().empty());
    QCOMPARE(archive.keys().size(), std::size_t{archived ? 3020U : 0U});
}

/// Whoever waits for room in its queue goes on, also where another node takes over all that was in it.
void TestJobExecutor::aNodeThatDiesWithAFullQueue()
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

void TestJobExecutor::aNodeThatDiesMeanwhile_data()
{
    QTest::addColumn<int>("replicas");
    QTest::addColumn<bool>("archived");
    QTest::addRow("a replica takes over: all is done") << 1 << false;
    QTest::addRow("nobody takes over: its keys are listed") << 0 << false;
    QTest::addRow("nobody takes over: what went is archived") << 0 << true;
}

void TestJobExecutor::aNodeThatDiesMeanwhile()
{
    QFETCH(const int, replicas);
    QFETCH(const bool, archived);
    Archive archive;
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

QTEST_GUILESS_MAIN(TestJobExecutor)
#include "tst_jobexecutor.moc"
