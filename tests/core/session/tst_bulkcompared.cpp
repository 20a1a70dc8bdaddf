// SPDX-License-Identifier: GPL-3.0-or-later
// Keys that are not what the preview saw, on a real server: which of them a job leaves alone, and what it says of them.
#include "core/session/bulkrun.h"
#include "tests/servers/redisserver.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

using Args = RedisServer::Args;

Args withMembers(const char* command, const std::string& key, bool backwards)
{
    Args words{command, key};
    for (int at = 0; at < 2000; ++at) {
        words.push_back("member " + std::to_string(backwards ? 1999 - at : at));
    }
    return words;
}

} // namespace

class TestBulkCompared : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void leavesAloneWhatIsAnother_data();
    void leavesAloneWhatIsAnother();
    void aSetIsTheSameInAnyOrder();
    void valuesWithoutAPreviewAreRefused();
    void comparesWithAFile();
    void aDamagedFileIsRefused_data();
    void aDamagedFileIsRefused();

private:
    [[nodiscard]] BulkSetting setting() const;
    [[nodiscard]] JobPlan plan(const JobOperation& operation, bool archives, bool onlyUnchanged) const;
    /// What a preview of the plan sees.
    [[nodiscard]] std::shared_ptr<const PreviewMarks> seen(const JobPlan& plan) const;

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestBulkCompared::init()
{
    m_server = RedisServer::start();
    m_folder = std::make_unique<QTemporaryDir>();
    m_server->command({"SET", "k:text", "v"});
    m_server->command({"HSET", "k:hash", "f", "v"});
    m_server->command({"SET", "k:other", "v"});
    m_server->command(withMembers("SADD", "k:set", false));
}

BulkSetting TestBulkCompared::setting() const
{
    Profile profile;
    profile.socketPath = m_server->socketPath();
    auto source = openSource(profile, {}, {}, {});
    BulkSetting setting;
    if (source) {
        setting.source = *std::move(source);
    }
    return setting;
}

JobPlan TestBulkCompared::plan(const JobOperation& operation, bool archives, bool onlyUnchanged) const
{
    JobPlan plan;
    plan.keys = {KeyQuery::Kind::Prefix, "k:", {}, false, {}};
    plan.operation = operation;
    plan.archives = archives;
    plan.archiveFile = m_folder->filePath(u"a.keyundo"_s);
    plan.onlyUnchanged = onlyUnchanged;
    return plan;
}

std::shared_ptr<const PreviewMarks> TestBulkCompared::seen(const JobPlan& plan) const
{
    BulkRun run(setting(), plan);
    const auto previewed = run.preview({}, {});
    return previewed ? previewed->marks : nullptr;
}

void TestBulkCompared::leavesAloneWhatIsAnother_data()
{
    QTest::addColumn<int>("which");
    QTest::addColumn<bool>("archives");
    QTest::addColumn<bool>("onlyUnchanged");
    QTest::addColumn<QStringList>("change");
    QTest::addColumn<QString>("why"); // empty: it is done
    const QStringList retyped{u"k:text"_s, u"RPUSH"_s, u"k:text"_s, u"v"_s};
    const QStringList changed{u"k:text"_s, u"SET"_s, u"k:text"_s, u"w"_s};
    const QStringList made{u"k:new"_s, u"SET"_s, u"k:new"_s, u"v"_s};
    const QString type = u"its type was string at the preview and is list now"_s;
    const QString value = u"its value is not what the preview saw"_s;
    const QString unseen = u"the preview did not see it"_s;
    const std::vector<const char*> names{"delete", "expire", "rename", "template"};
    for (int which = 0; which < static_cast<int>(names.size()); ++which) {
        for (const bool archives : {true, false}) {
            const auto row = [&](const char* what, bool only, const QStringList& change, const QString& why) {
                QTest::addRow("%s%s, %s%s", names[static_cast<std::size_t>(which)], archives ? "" : " unarchived", what,
                    only ? ", only unchanged" : "")
                    << which << archives << only << change << why;
            };
            row("another type", false, retyped, type);
            row("another type", true, retyped, type);
            row("another value", false, changed, {});
            row("another value", true, changed, value);
            row("a new key", false, made, {});
            row("a new key", true, made, unseen);
        }
    }
}

void TestBulkCompared::leavesAloneWhatIsAnother()
{
    QFETCH(const int, which);
    QFETCH(const bool, archives);
    QFETCH(const bool, onlyUnchanged);
    QFETCH(QStringList, change);
    QFETCH(const QString, why);
    const std::vector<JobOperation> operations{DeleteKeys{},
        ExpireKeys{ExpireKeys::Mode::In, Milliseconds{900'000}, {}}, RenameKeys{false, "k:", "n:", Collision::Skip},
        RunTemplate{"PERSIST *"}};
    const JobPlan wanted = plan(operations.at(static_cast<std::size_t>(which)), archives, onlyUnchanged);
    BulkSetting compared = setting();
    compared.marks = seen(wanted);
    QVERIFY(compared.marks);
    const std::string key = change.takeFirst().toStdString();
    const bool isNew = m_server->command({"EXISTS", key}) == "0";
    m_server->command({"DEL", key});
    Args words;
    for (const QString& word : change) {
        words.push_back(word.toStdString());
    }
    m_server->command(words);
    BulkRun run(std::move(compared), wanted);
    const auto report = run.run({});
    QVERIFY(report);
    QCOMPARE(report->counts[Outcome::Changed], why.isEmpty() ? 0U : 1U);
    QCOMPARE(report->counts.done(), (isNew ? 5U : 4U) - report->counts[Outcome::Changed]);
    if (!why.isEmpty()) {
        QCOMPARE(report->troubles.front().key, key);
        QCOMPARE(QString::fromStdString(report->troubles.front().detail), why);
        QCOMPARE(m_server->command({"EXISTS", key}), "1");
        QCOMPARE(m_server->command({"TTL", key}), "-1");
    }
}

void TestBulkCompared::aSetIsTheSameInAnyOrder()
{
    const JobPlan wanted = plan(DeleteKeys{}, true, true);
    BulkSetting compared = setting();
    compared.marks = seen(wanted);
    m_server->command({"DEL", "k:set"});
    m_server->command(withMembers("SADD", "k:set", true));
    BulkRun run(std::move(compared), wanted);
    const auto report = run.run({});
    QVERIFY(report);
    QCOMPARE(report->counts.done(), 4U);
}

void TestBulkCompared::valuesWithoutAPreviewAreRefused()
{
    for (const bool hasTypes : {false, true}) {
        BulkSetting compared = setting();
        compared.marks = hasTypes ? seen(plan(DeleteKeys{}, false, false)) : nullptr;
        BulkRun run(std::move(compared), plan(DeleteKeys{}, false, true));
        const auto report = run.run({});
        QVERIFY(!report && report.error().kind == ErrorKind::Input);
    }
    QCOMPARE(m_server->command({"DBSIZE"}), "4");
}

void TestBulkCompared::comparesWithAFile()
{
    for (const bool onlyUnchanged : {false, true}) {
        JobPlan wanted = plan(ExpireKeys{ExpireKeys::Mode::In, Milliseconds{900'000}, {}}, false, onlyUnchanged);
        wanted.seenFile = m_folder->filePath(u"plan.seen"_s);
        QVERIFY(seen(wanted)->save(wanted.seenFile));
        m_server->command({"DEL", "k:hash"});
        m_server->command({"SET", "k:hash", "v"});
        BulkRun run(setting(), wanted);
        const auto report = run.run({});
        QVERIFY(report);
        QCOMPARE(report->counts[Outcome::Changed], 1U);
        QCOMPARE(report->troubles.front().key, "k:hash");
        QCOMPARE(report->counts.done(), 3U);
        init();
    }
}

void TestBulkCompared::aDamagedFileIsRefused_data()
{
    QTest::addColumn<int>("cutTo"); // negative: a byte from the end is another
    QTest::addRow("empty") << 0;
    QTest::addRow("within its beginning") << 20;
    QTest::addRow("within its keys") << 60;
    QTest::addRow("another byte") << -10;
}

void TestBulkCompared::aDamagedFileIsRefused()
{
    QFETCH(const int, cutTo);
    JobPlan wanted = plan(DeleteKeys{}, false, true);
    wanted.seenFile = m_folder->filePath(u"plan.seen"_s);
    QVERIFY(seen(wanted)->save(wanted.seenFile));
    QFile file(wanted.seenFile);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QByteArray bytes = file.readAll();
    QVERIFY(bytes.size() > 60);
    if (cutTo < 0) {
        char& byte = bytes.data()[bytes.size() + cutTo];
        byte = static_cast<char>(byte ^ 1);
    } else {
        bytes.truncate(cutTo);
    }
    QVERIFY(file.resize(0) && file.seek(0) && file.write(bytes) == bytes.size());
    file.close();
    BulkRun run(setting(), wanted);
    const auto report = run.run({});
    QVERIFY(!report && report.error().kind == ErrorKind::Input);
    QCOMPARE(m_server->command({"DBSIZE"}), "4");
}

QTEST_GUILESS_MAIN(TestBulkCompared)
#include "tst_bulkcompared.moc"
