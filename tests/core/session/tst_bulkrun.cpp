// SPDX-License-Identifier: GPL-3.0-or-later
// Jobs from their plan to their report, on a real server: where their keys come from, and how they are stopped.
#include "core/session/bulkrun.h"
#include "core/session/scanindexer.h"
#include "tests/servers/redisserver.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <set>
#include <thread>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

using Args = RedisServer::Args;

BulkSetting settingOf(const RedisServer& server, const GateRules& rules = {})
{
    Profile profile;
    profile.socketPath = server.socketPath();
    auto source = openSource(profile, {}, rules, {});
    BulkSetting setting;
    if (source) {
        setting.source = *std::move(source);
    }
    return setting;
}

JobPlan deleting(const std::string& prefix)
{
    JobPlan plan;
    plan.keys = {KeyQuery::Kind::Prefix, prefix, {}, false, {}};
    plan.archives = false;
    return plan;
}

} // namespace

class TestBulkRun : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_server = RedisServer::start();
        m_server->fill(5000, [](std::size_t at) { return Args{"SET", "k:" + std::to_string(at), "v"}; });
    }
    void deletesWhatWasChosenThen();
    void onlyTheFolderGoes_data();
    void onlyTheFolderGoes();
    void aTemplateMakesNoKeys_data();
    void aTemplateMakesNoKeys();
    void keepsToOneType();
    void isPausedBeforeItBegins();
    void isCancelled();
    void anArchiveThatIsThereIsNotWrittenOver();
    void theGateIsAskedBeforeTheFirstKey();

private:
    std::unique_ptr<RedisServer> m_server;
};

void TestBulkRun::deletesWhatWasChosenThen()
{
    BulkSetting setting = settingOf(*m_server);
    KeyChoice choice;
    ScanIndexer indexer(makeScan(setting.source, {}, {}), nullptr, 5000);
    static_cast<void>(
        indexer.run({}, [&choice](std::shared_ptr<const Snapshot> newest) { choice.keys = std::move(newest); }));
    m_server->command({"SET", "k:later", "v"});
    m_server->command({"DEL", "k:17"});
    setting.choice = choice;
    JobPlan plan = deleting({});
    plan.keys.kind = KeyQuery::Kind::All;
    BulkRun run(std::move(setting), plan);
    const auto report = run.run({});
    QVERIFY(report);
    QVERIFY(report->isWhole());
    QCOMPARE(report->counts.done(), 4999U);
    QCOMPARE(report->counts.missing(), 1U);
    QCOMPARE(m_server->list({"KEYS", "*"}), std::vector<std::string>{"k:later"});
}

void TestBulkRun::onlyTheFolderGoes_data()
{
    QTest::addColumn<QByteArray>("folder");
    QTest::addColumn<bool>("archives");
    for (const bool archives : {false, true}) {
        const char* const how = archives ? "archived" : "unlinked";
        QTest::addRow("brackets, %s", how) << QByteArray("a[1]:") << archives;
        QTest::addRow("a star, %s", how) << QByteArray("*:") << archives;
        QTest::addRow("a question mark, %s", how) << QByteArray("a?b:") << archives;
        QTest::addRow("a backslash, %s", how) << QByteArray("\\") << archives;
        QTest::addRow("a separator of several characters, %s", how) << QByteArray("a--->") << archives;
        QTest::addRow("a nul, %s", how) << QByteArray("a\0:", 3) << archives;
        QTest::addRow("no UTF-8, %s", how) << QByteArray("\xff\xfe:") << archives;
        QTest::addRow("a line break, %s", how) << QByteArray("a\r\n:") << archives;
    }
}

void TestBulkRun::onlyTheFolderGoes()
{
    QFETCH(const QByteArray, folder);
    QFETCH(const bool, archives);
    const std::vector<std::string> near{"a[1]:", "a1:", "[", "*:", "b:", "a?b:", "axb:", "\\", "\\\\", "a--->", "a-->",
        "a:", std::string("a\0:", 3), std::string("a\0x", 3), "\xff\xfe:", "\xff\xff:", "\xff", "a\r\n:", "a\n:"};
    std::set<std::string> left;
    m_server->command({"FLUSHALL"});
    for (const std::string& each : near) {
        for (const std::string& key : {each + "1", each + "2"}) {
            m_server->command({"SET", key, "v"});
            left.insert(key);
        }
    }
    std::erase_if(left, [&](const std::string& key) { return key.starts_with(folder.toStdString()); });
    const QTemporaryDir files;
    JobPlan plan = deleting(folder.toStdString());
    plan.archives = archives;
    plan.archiveFile = files.filePath(u"undo.kga"_s);
    const auto report = BulkRun(settingOf(*m_server), plan).run({});
    QVERIFY(report && report->isWhole());
    QVERIFY(report->counts.done() >= 2);
    const auto keys = m_server->list({"KEYS", "*"});
    QVERIFY(std::set<std::string>(keys.begin(), keys.end()) == left);
}

void TestBulkRun::aTemplateMakesNoKeys_data()
{
    QTest::addColumn<bool>("archives");
    QTest::addRow("archived") << true;
    QTest::addRow("not archived") << false;
}

/// Keys that went since they were listed stay gone.
void TestBulkRun::aTemplateMakesNoKeys()
{
    QFETCH(const bool, archives);
    const QTemporaryDir folder;
    JobPlan plan;
    plan.keys.kind = KeyQuery::Kind::File;
    plan.keys.file = folder.filePath(u"keys"_s);
    QFile file(plan.keys.file);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("k:1\ngone\nk:2\n");
    file.close();
    plan.operation = RunTemplate{"APPEND * @"};
    plan.archives = archives;
    plan.archiveFile = folder.filePath(u"undo.kga"_s);
    const auto report = BulkRun(settingOf(*m_server), plan).run({});
    QVERIFY(report);
    QCOMPARE(report->counts.done(), 2U);
    QCOMPARE(report->counts.missing(), 1U);
    QCOMPARE(m_server->command({"EXISTS", "gone"}), std::string("0"));
    QVERIFY(m_server->command({"GET", "k:1"}).starts_with("v"));
    QCOMPARE(m_server->command({"STRLEN", "k:1"}), std::string("2"));
}

void TestBulkRun::keepsToOneType()
{
    m_server->command({"SADD", "k:set", "v"});
    JobPlan plan = deleting("k:");
    plan.keys.type = "set";
    BulkRun run(settingOf(*m_server), plan);
    const auto report = run.run({});
    QVERIFY(report);
    QCOMPARE(report->counts.done(), 1U);
    QCOMPARE(m_server->command({"DBSIZE"}), "5000");
}

void TestBulkRun::isPausedBeforeItBegins()
{
    BulkRun run(settingOf(*m_server), deleting("k:"));
    run.pause();
    std::optional<Result<BulkReport>> report;
    std::thread worker([&] { report = run.run({}); });
    QTRY_VERIFY_WITH_TIMEOUT(run.progress().taken > 0, 20'000);
    QCOMPARE(m_server->command({"DBSIZE"}), "5000");
    QVERIFY(run.progress().isPaused);
    run.resume();
    worker.join();
    QVERIFY(report->has_value());
    QCOMPARE((*report)->counts.done(), 5000U);
}

void TestBulkRun::isCancelled()
{
    JobPlan plan = deleting("k:");
    plan.keysPerSecond = 1000;
    BulkRun run(settingOf(*m_server), plan);
    std::stop_source stop;
    std::optional<Result<BulkReport>> report;
    std::thread worker([&] { report = run.run(stop.get_token()); });
    QTRY_VERIFY_WITH_TIMEOUT(run.progress().settled > 0, 20'000);
    stop.request_stop();
    worker.join();
    QVERIFY(report->has_value());
    QVERIFY((*report)->failure.has_value());
    QCOMPARE((*report)->failure->kind, ErrorKind::Cancelled);
    QVERIFY(!(*report)->isWhole());
    const OutcomeCounts& counts = (*report)->counts;
    const auto left = std::stoull(m_server->command({"DBSIZE"}));
    QCOMPARE(left + counts.done() + counts[Outcome::Unknown], 5000U);
    QVERIFY(left > 0);
}

void TestBulkRun::anArchiveThatIsThereIsNotWrittenOver()
{
    const QTemporaryDir folder;
    JobPlan plan = deleting("k:");
    plan.archives = true;
    plan.archiveFile = folder.filePath(u"a.kga"_s);
    QFile file(plan.archiveFile);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("precious");
    file.close();
    BulkRun run(settingOf(*m_server), plan);
    const auto report = run.run({});
    QVERIFY(!report);
    QCOMPARE(report.error().kind, ErrorKind::File);
    QCOMPARE(m_server->command({"DBSIZE"}), "5000");
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "precious"_ba);
}

void TestBulkRun::theGateIsAskedBeforeTheFirstKey()
{
    BulkRun readOnly(settingOf(*m_server, GateRules{true, {}}), deleting("k:"));
    const auto refused = readOnly.run({});
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::ReadOnly);
    BulkSetting setting = settingOf(*m_server, GateRules{false, Environment::Production});
    BulkRun unconfirmed(setting, deleting("k:"));
    const auto asked = unconfirmed.run({});
    QVERIFY(!asked);
    QCOMPARE(asked.error().kind, ErrorKind::Confirm);
    QCOMPARE(m_server->command({"DBSIZE"}), "5000");
    setting.confirmation = Confirmation({"UNLINK", "DEL"});
    BulkRun confirmed(setting, deleting("k:"));
    const auto report = confirmed.run({});
    QVERIFY(report);
    QCOMPARE(report->counts.done(), 5000U);
}

QTEST_GUILESS_MAIN(TestBulkRun)
#include "tst_bulkrun.moc"
