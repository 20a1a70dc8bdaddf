// SPDX-License-Identifier: GPL-3.0-or-later
// Jobs that do each key once, though it is given several times, though they make keys themselves, and though they end
// in the middle.
#include "core/base/errortext.h"
#include "core/bulk/reportreader.h"
#include "core/session/bulkkeys.h"
#include "tests/core/session/bulkfilefixture.h"
#include "tests/servers/fulldisk.h"
#include "tests/servers/rediscluster.h"
#include "tests/servers/redisserver.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <set>
#include <thread>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

using Args = RedisServer::Args;

/// With a filter that nearly always errs, most keys are told apart at the end.
constexpr unsigned errs = 6;
constexpr unsigned seldomErrs = 64;

JobPlan planOf(JobOperation operation, KeyQuery keys)
{
    JobPlan plan;
    plan.operation = std::move(operation);
    plan.keys = std::move(keys);
    plan.archives = false;
    return plan;
}

KeyQuery prefix(const std::string& bytes)
{
    return {KeyQuery::Kind::Prefix, bytes, {}, false, {}};
}

BulkSetting confirmed(BulkSetting setting, const JobPlan& plan)
{
    const auto* const run = std::get_if<RunTemplate>(&plan.operation);
    setting.confirmation =
        Confirmation(run ? std::vector<std::string>{run->operation.substr(0, run->operation.find(' '))}
                         : commandsOf(plan.operation));
    return setting;
}

std::string said(const Result<BulkReport>& report)
{
    return report ? countsJson(report->counts) + (report->failure ? errorText(*report->failure).toStdString() : "")
                  : errorText(report.error()).toStdString();
}

std::set<std::string> keysOf(RedisServer& server)
{
    const auto keys = server.list({"KEYS", "*"});
    return {keys.begin(), keys.end()};
}

} // namespace

class TestBulkOnce : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatStreams_data();
    void whatStreams();
    void keysOfMastersAndReplicas_data();
    void keysOfMastersAndReplicas();
    void aClustersKeysAreDeletedOnce_data();
    void aClustersKeysAreDeletedOnce();
    void keysOftenInAFile_data();
    void keysOftenInAFile();
    void newNamesAreNotRenamedAgain_data();
    void newNamesAreNotRenamedAgain();
    void keysThatATemplateMakesAreLeftAlone();
    void aPreviewCountsEachOnce();
    void aCancelledJobTellsThoseSetAside();
    void aRenameIsNotBegunOnAFullDisk();
    void aFullDiskEndsTheJob_data();
    void aFullDiskEndsTheJob();
};

void TestBulkOnce::whatStreams_data()
{
    QTest::addColumn<JobOperation>("operation");
    QTest::addColumn<QByteArray>("scanned"); ///< A prefix; with a star, a glob; empty: all keys.
    QTest::addColumn<KeyFeeding>("feeding");
    const auto once = KeyFeeding::EachOnce;
    const auto collected = KeyFeeding::Collected;
    const auto rename = [](const char* from, const char* to) { return JobOperation(RenameKeys{false, from, to, {}}); };
    const auto run = [](const char* operation) { return JobOperation(RunTemplate{operation}); };
    QTest::addRow("delete") << JobOperation(DeleteKeys{}) << "a:"_ba << KeyFeeding::AsGiven;
    QTest::addRow("expire") << JobOperation(ExpireKeys{}) << "a:"_ba << once;
    QTest::addRow("persist") << JobOperation(PersistKeys{}) << ""_ba << once;
    QTest::addRow("set-field") << JobOperation(SetField{"f", "v"}) << ""_ba << once;
    QTest::addRow("export") << JobOperation(ExportKeys{}) << ""_ba << once;
    QTest::addRow("copy") << JobOperation(CopyKeys{}) << ""_ba << once;
    QTest::addRow("rename to another prefix") << rename("a:", "b:") << "a:"_ba << once;
    QTest::addRow("rename to another prefix, a folder of it") << rename("a:", "b:") << "a:x:"_ba << once;
    QTest::addRow("rename to another prefix, by a glob") << rename("a:", "b:") << "a:*1"_ba << once;
    QTest::addRow("rename into the folder") << rename("a:", "a:x:") << "a:"_ba << collected;
    QTest::addRow("rename to a part of the prefix") << rename("a:x:", "a:") << "a:x:"_ba << collected;
    QTest::addRow("rename to what the folder begins with") << rename("a:", "a") << "a:x:"_ba << collected;
    QTest::addRow("rename to no prefix") << rename("a:", "") << "a:"_ba << collected;
    QTest::addRow("rename, all keys scanned") << rename("a:", "b:") << ""_ba << collected;
    QTest::addRow("rename, by a glob that fits both") << rename("a:", "b:") << "*:1"_ba << collected;
    QTest::addRow("rename, by a glob that begins otherwise") << rename("a:", "b:") << "[ab]:*"_ba << collected;
    QTest::addRow("rename by a regular expression")
        << JobOperation(RenameKeys{true, "^a", "b", {}}) << "a:"_ba << collected;
    QTest::addRow("a template for its key") << run("HINCRBY * visits 1") << ""_ba << once;
    QTest::addRow("a template that reads") << run("MGET * other") << ""_ba << once;
    QTest::addRow("a template with another key") << run("COPY * *:2") << ""_ba << collected;
    QTest::addRow("a template for another key") << run("SADD all *") << ""_ba << collected;
    QTest::addRow("a script") << run("EVAL \"return 1\" 1 *") << ""_ba << collected;
    QTest::addRow("an unknown command") << run("MODULE.DO *") << ""_ba << collected;
}

void TestBulkOnce::whatStreams()
{
    QFETCH(const JobOperation, operation);
    QFETCH(const QByteArray, scanned);
    QFETCH(const KeyFeeding, feeding);
    KeyQuery keys = prefix(scanned.toStdString());
    keys.kind = scanned.isEmpty() ? KeyQuery::Kind::All : scanned.contains('*') ? KeyQuery::Kind::Glob : keys.kind;
    QCOMPARE(feedingOf(planOf(operation, keys), *CommandTable::builtIn(), false), feeding);
    QCOMPARE(feedingOf(planOf(operation, keys), *CommandTable::builtIn(), true),
        feeding == KeyFeeding::AsGiven ? KeyFeeding::EachOnce : feeding);
    keys.kind = KeyQuery::Kind::File;
    const bool isRename = std::holds_alternative<RenameKeys>(operation);
    QCOMPARE(feedingOf(planOf(operation, keys), *CommandTable::builtIn(), false),
        isRename                             ? KeyFeeding::Collected
            : feeding == KeyFeeding::AsGiven ? KeyFeeding::EachOnce
                                             : feeding);
}

void TestBulkOnce::keysOfMastersAndReplicas_data()
{
    QTest::addColumn<unsigned>("filterBits");
    QTest::addColumn<bool>("archives");
    QTest::addRow("a filter that seldom errs") << seldomErrs << false;
    QTest::addRow("a filter that errs") << errs << false;
    QTest::addRow("archived") << seldomErrs << true;
}

/// Each is scanned twice, and gets its time once.
void TestBulkOnce::keysOfMastersAndReplicas()
{
    QFETCH(const unsigned, filterBits);
    QFETCH(const bool, archives);
    constexpr int keys = 1000;
    const auto cluster = RedisCluster::start();
    cluster->fill(keys, "k:");
    const JobPlan first = planOf(ExpireKeys{ExpireKeys::Mode::In, Milliseconds(10'000'000), {}}, prefix("k:"));
    const auto prepared = BulkRun(confirmed(settingOf(*cluster), first), first).run({});
    QVERIFY2(prepared && prepared->counts.done() == keys, said(prepared).c_str());

    const KeysFile file;
    JobPlan plan = planOf(ExpireKeys{ExpireKeys::Mode::Add, Milliseconds(100'000'000), {}}, prefix("k:"));
    plan.archives = archives;
    plan.archiveFile = file.in(u"undo.kga"_s);
    BulkSetting setting = confirmed(settingOf(*cluster), plan);
    setting.replicas = ScanReplicas::Both;
    setting.once.filterBits = filterBits;
    const auto report = BulkRun(setting, plan).run({});
    QVERIFY2(report && report->isWhole(), said(report).c_str());
    QCOMPARE(report->counts.done(), std::uint64_t(keys));
    QCOMPARE(report->counts.keys(), std::uint64_t(keys));
    QCOMPARE(report->scan->keys(), std::uint64_t(2 * keys));
    QCOMPARE(report->scan->duplicates, std::uint64_t(keys));
    int seen = 0;
    for (const int master : cluster->masters()) {
        for (const std::string& key : cluster->server(master).list({"KEYS", "k:*"})) {
            const int seconds = std::stoi(cluster->server(master).command({"TTL", key}));
            QVERIFY2(seconds > 100'000 && seconds <= 110'000, key.c_str());
            ++seen;
        }
    }
    QCOMPARE(seen, keys);
    if (archives) {
        QCOMPARE(report->archive->records, std::uint64_t(keys));
    }
}

void TestBulkOnce::aClustersKeysAreDeletedOnce_data()
{
    QTest::addColumn<bool>("archives");
    QTest::addRow("archived") << true;
    QTest::addRow("not archived") << false;
}

/// And not told as missing when they are given again.
void TestBulkOnce::aClustersKeysAreDeletedOnce()
{
    QFETCH(const bool, archives);
    constexpr int keys = 1000;
    const auto cluster = RedisCluster::start();
    cluster->fill(keys, "k:");
    const KeysFile file;
    JobPlan plan = planOf(DeleteKeys{}, prefix("k:"));
    plan.archives = archives;
    plan.archiveFile = file.in(u"undo.kga"_s);
    BulkSetting setting = confirmed(settingOf(*cluster), plan);
    setting.replicas = ScanReplicas::Both;
    const auto report = BulkRun(setting, plan).run({});
    QVERIFY2(report && report->isWhole(), said(report).c_str());
    QCOMPARE(report->counts.done(), std::uint64_t(keys));
    QCOMPARE(report->counts.keys(), std::uint64_t(keys));
    QCOMPARE(report->counts.missing(), 0U);
    QVERIFY(cluster->truth().empty());
}

void TestBulkOnce::keysOftenInAFile_data()
{
    QTest::addColumn<unsigned>("filterBits");
    QTest::addColumn<quint64>("asideBytes");
    QTest::addRow("a filter that seldom errs") << seldomErrs << quint64(4'000'000);
    QTest::addRow("a filter that errs") << errs << quint64(4'000'000);
    QTest::addRow("a filter that errs, and little room for names") << errs << quint64(5000);
}

void TestBulkOnce::keysOftenInAFile()
{
    QFETCH(const unsigned, filterBits);
    QFETCH(const quint64, asideBytes);
    constexpr int keys = 3000;
    const auto server = RedisServer::start();
    server->fill(keys, [](std::size_t at) { return Args{"SET", "k:" + std::to_string(at), "0"}; });
    const KeysFile file;
    QByteArray lines;
    for (int at = 0; at < 3 * keys; ++at) {
        lines += "k:" + QByteArray::number(at % keys) + '\n' + (at % 10 == 0 ? "k:7\n" : "");
    }
    file.write(lines);
    const JobPlan plan = planOf(RunTemplate{"INCRBY * 1"}, {KeyQuery::Kind::File, {}, file.path(), false, {}});
    BulkSetting setting = confirmed(settingOf(*server), plan);
    setting.once.filterBits = filterBits;
    setting.once.asideBytes = asideBytes;
    setting.once.heldHashes = 500;
    const auto report = BulkRun(setting, plan).run({});
    QVERIFY2(report && report->isWhole(), said(report).c_str());
    QCOMPARE(report->counts.done(), std::uint64_t(keys));
    QCOMPARE(report->counts.keys(), std::uint64_t(keys));
    for (int at = 0; at < keys; ++at) {
        QCOMPARE(server->command({"GET", "k:" + std::to_string(at)}), std::string("1"));
    }
}

void TestBulkOnce::newNamesAreNotRenamedAgain_data()
{
    QTest::addColumn<QByteArray>("scanned"); ///< Empty: all keys.
    QTest::addColumn<bool>("isRegex");
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QByteArray>("before"); ///< Keys are this and a number,
    QTest::addColumn<QByteArray>("after");  ///< and that in the end.
    QTest::addRow("another prefix") << "a:"_ba << false << "a:"_ba << "b:"_ba << "a:"_ba << "b:"_ba;
    QTest::addRow("another prefix, all keys scanned") << ""_ba << false << "a:"_ba << "b:"_ba << "a:"_ba << "b:"_ba;
    QTest::addRow("a longer one") << "a:"_ba << false << "a:"_ba << "a:x:"_ba << "a:"_ba << "a:x:"_ba;
    QTest::addRow("a shorter one") << "a:a:"_ba << false << "a:a:"_ba << "a:"_ba << "a:a:a:a:"_ba << "a:a:a:"_ba;
    QTest::addRow("by a regular expression") << ""_ba << true << "^a:(.*)$"_ba << "a:y\\1"_ba << "a:"_ba << "a:y"_ba;
}

/// Enough keys for the first to have their new names while others are scanned.
void TestBulkOnce::newNamesAreNotRenamedAgain()
{
    QFETCH(const QByteArray, scanned);
    QFETCH(const bool, isRegex);
    QFETCH(const QByteArray, from);
    QFETCH(const QByteArray, to);
    QFETCH(const QByteArray, before);
    QFETCH(const QByteArray, after);
    constexpr std::size_t keys = 30'000;
    const auto server = RedisServer::start();
    server->fill(keys, [&](std::size_t at) { return Args{"SET", before.toStdString() + std::to_string(at), "v"}; });
    KeyQuery query = prefix(scanned.toStdString());
    query.kind = scanned.isEmpty() ? KeyQuery::Kind::All : query.kind;
    const JobPlan plan = planOf(RenameKeys{isRegex, from.toStdString(), to.toStdString(), Collision::Skip}, query);
    BulkSetting setting = confirmed(settingOf(*server), plan);
    setting.once.heldNames = 50'000; // so that those collected first are on the disk
    const auto report = BulkRun(setting, plan).run({});
    QVERIFY2(report && report->isWhole(), said(report).c_str());
    QCOMPARE(report->counts.done(), std::uint64_t(keys));
    QCOMPARE(report->counts.keys(), std::uint64_t(keys));
    std::set<std::string> expected;
    for (std::size_t at = 0; at < keys; ++at) {
        expected.insert(after.toStdString() + std::to_string(at));
    }
    QVERIFY(keysOf(*server) == expected);
}

void TestBulkOnce::keysThatATemplateMakesAreLeftAlone()
{
    constexpr std::size_t keys = 20'000;
    const auto server = RedisServer::start();
    server->fill(keys, [](std::size_t at) { return Args{"SET", "k:" + std::to_string(at), "v"}; });
    const JobPlan plan = planOf(RunTemplate{"COPY * *:2"}, prefix("k:"));
    const auto report = BulkRun(confirmed(settingOf(*server), plan), plan).run({});
    QVERIFY2(report && report->isWhole(), said(report).c_str());
    QCOMPARE(report->counts.keys(), std::uint64_t(keys));
    QCOMPARE(server->command({"DBSIZE"}), std::to_string(2 * keys));
}

void TestBulkOnce::aPreviewCountsEachOnce()
{
    constexpr std::uint64_t keys = 1000;
    const auto cluster = RedisCluster::start();
    cluster->fill(keys, "k:");
    const JobPlan plan = planOf(DeleteKeys{}, prefix("k:"));
    for (const unsigned filterBits : {errs, seldomErrs}) {
        BulkSetting setting = settingOf(*cluster);
        setting.replicas = ScanReplicas::Both;
        setting.once.filterBits = filterBits;
        const auto previewed = BulkRun(setting, plan).preview({}, {});
        QVERIFY(previewed.has_value());
        QCOMPARE(previewed->preview.keys, keys);
        QCOMPARE(previewed->report.counts.keys(), keys);
    }
}

void TestBulkOnce::aCancelledJobTellsThoseSetAside()
{
    constexpr std::uint64_t keys = 5000;
    const auto server = RedisServer::start();
    server->fill(keys, [](std::size_t at) { return Args{"SET", "k:" + std::to_string(at), "0"}; });
    JobPlan plan = planOf(RunTemplate{"INCRBY * 1"}, prefix("k:"));
    plan.keysPerSecond = 500;
    const KeysFile file;
    BulkSetting setting = confirmed(settingOf(*server), plan);
    setting.once.filterBits = errs;
    setting.reportFile = file.in(u"report.csv"_s);
    BulkRun run(setting, plan);
    std::stop_source stop;
    std::optional<Result<BulkReport>> report;
    {
        const std::jthread worker([&] { report = run.run(stop.get_token()); });
        QTRY_VERIFY_WITH_TIMEOUT(run.progress().taken >= 1000, 60'000); // more than pass at once: all are scanned
        stop.request_stop();
    }
    QVERIFY2(report->has_value(), said(*report).c_str());
    const BulkReport& told = **report;
    QCOMPARE(told.failure->kind, ErrorKind::Cancelled);
    QVERIFY(told.counts[keyglass::Outcome::NotDone] > 0);
    QCOMPARE(told.counts.keys(), keys);
    std::set<std::string> rows;
    std::uint64_t done = 0;
    QVERIFY(forEachOutcome(setting.reportFile, {}, [&](const KeyOutcome& row) {
        rows.insert(row.key);
        done += row.outcome == keyglass::Outcome::Done ? 1 : 0;
        return true;
    }));
    QCOMPARE(rows.size(), std::size_t(keys));
    QCOMPARE(done, told.counts.done());
}

void TestBulkOnce::aRenameIsNotBegunOnAFullDisk()
{
    const auto server = RedisServer::start();
    server->fill(20'000, [](std::size_t at) { return Args{"SET", "a:" + std::to_string(at), "v"}; });
    const JobPlan plan = planOf(RenameKeys{false, "a:", "a:x:", Collision::Skip}, prefix("a:"));
    const QTemporaryDir folder;
    BulkSetting setting = confirmed(settingOf(*server), plan);
    setting.once.folder = folder.path();
    setting.once.heldNames = 20'000;
    const auto report = [&] {
        const FullDisk full(100'000);
        return BulkRun(setting, plan).run({});
    }();
    QVERIFY2(report.has_value(), said(report).c_str());
    QVERIFY(report->failure.has_value());
    QCOMPARE(report->failure->kind, ErrorKind::File);
    QVERIFY(report->failure->subject.contains(folder.path()));
    QCOMPARE(report->counts.keys(), 0U);
    const auto left = keysOf(*server);
    QVERIFY(std::ranges::none_of(left, [](const std::string& key) { return key.starts_with("a:x:"); }));
}

void TestBulkOnce::aFullDiskEndsTheJob_data()
{
    QTest::addColumn<unsigned>("filterBits");
    QTest::addRow("a filter that seldom errs") << seldomErrs;
    QTest::addRow("a filter that errs") << errs;
}

/// What was begun is done; no key is done without its place in the file, and those that came are told.
void TestBulkOnce::aFullDiskEndsTheJob()
{
    QFETCH(const unsigned, filterBits);
    constexpr std::uint64_t keys = 30'000;
    const auto server = RedisServer::start();
    server->fill(keys, [](std::size_t at) { return Args{"SET", "k:" + std::to_string(at), "0"}; });
    const JobPlan plan = planOf(RunTemplate{"INCRBY * 1"}, prefix("k:"));
    const QTemporaryDir folder;
    BulkSetting setting = confirmed(settingOf(*server), plan);
    setting.once = {20'000, 100, filterBits, folder.path()};
    const auto report = [&] {
        const FullDisk full(100'000);
        return BulkRun(setting, plan).run({});
    }();
    QVERIFY2(report.has_value(), said(report).c_str());
    QVERIFY(report->failure.has_value());
    QCOMPARE(report->failure->kind, ErrorKind::File);
    const QString text = errorText(*report->failure);
    QVERIFY2(text.contains(folder.path()) && text.contains(FullDisk::reason()) && text.contains(u"TMPDIR"_s),
        qPrintable(text));
    const std::uint64_t left = report->counts[keyglass::Outcome::NotDone];
    QVERIFY2(report->counts.done() > 0 && left > 0, said(report).c_str());
    QCOMPARE(report->counts.done() + left, report->counts.keys());
    const std::string sum = server->command({"EVAL",
        "local done = 0 for _, key in ipairs(redis.call('KEYS', '*')) do local times = tonumber(redis.call('GET', "
        "key)) "
        "if times > 1 then return 'twice' end done = done + times end return tostring(done)",
        "0"});
    QCOMPARE(sum, std::to_string(report->counts.done()));
    QVERIFY(std::ranges::all_of(report->troubles,
        [&](const KeyOutcome& row) { return row.detail.find(folder.path().toStdString()) != std::string::npos; }));
}

QTEST_GUILESS_MAIN(TestBulkOnce)
#include "tst_bulkonce.moc"
