// SPDX-License-Identifier: GPL-3.0-or-later
// Deletes on real servers and clusters: every key has one outcome, which the report tells by its exact name.
#include "core/bulk/reportfile.h"
#include "tests/core/bulk/deletingjobs.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <new>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestJobExecutor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_server = RedisServer::start(); }
    void deletesEveryKeyGiven_data();
    void deletesEveryKeyGiven();
    void tellsWhatWasMissing_data();
    void tellsWhatWasMissing();
    void oneKeysRefusalIsNotThatOfOthers_data();
    void oneKeysRefusalIsNotThatOfOthers();
    void withoutUnlinkItIsDel();
    void callsFollowTheServersTime_data();
    void callsFollowTheServersTime();
    void pausesAndGoesOn();
    void aRateIsKeptAndChanged();
    void cancelsWithin100ms_data();
    void cancelsWithin100ms();
    void aStepThatThrowsEndsTheJob();
    void theReportGivesExactNames_data();
    void theReportGivesExactNames();
    void aClusterByOwners();

private:
    std::unique_ptr<RedisServer> m_server;
};

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
    const auto names = namesOf("k:", 2000);
    m_server->fill(names.size(), [&](std::size_t at) { return RedisServer::Args{"SET", names[at], "v"}; });
    JobReport report;
    JobExecutor job(nodesOf(*m_server), deleting(true), {}, report);
    job.pause();
    takeAll(job, names);
    QVERIFY(job.progress().isPaused);
    QCOMPARE(sizeOf(*m_server), "2000");
    QCOMPARE(job.progress().settled, 0U);
    job.resume();
    QVERIFY(job.finish());
    QCOMPARE(report.counts()[Outcome::Done], 2000U);
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

QTEST_GUILESS_MAIN(TestJobExecutor)
#include "tst_jobexecutor.moc"
