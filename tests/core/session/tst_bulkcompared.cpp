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
    void aValueIsTheSameHoweverItIsKept_data();
    void aValueIsTheSameHoweverItIsKept();
    void valuesWithoutAPreviewAreRefused();
    void comparesWithAFile();
    void aDamagedFileIsRefused_data();
    void aDamagedFileIsRefused();
    void aFileOfAnotherVersionIsRefused();

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

void TestBulkCompared::aValueIsTheSameHoweverItIsKept_data()
{
    QTest::addColumn<bool>("archives");
    QTest::addColumn<QStringList>("change"); // of the keys that are made below
    QTest::addColumn<QStringList>("others"); // those that are another value then
    for (const bool archives : {true, false}) {
        const auto row = [archives](const char* name, const QStringList& change, const QStringList& others = {}) {
            QTest::addRow("%s%s", name, archives ? "" : ", unarchived") << archives << change << others;
        };
        row("a field deleted and set again", {u"HDEL k:hash f"_s, u"HSET k:hash f v"_s});
        row("a field came and went", {u"HSET k:hash new %1"_s.arg(u"x"_s.repeated(100)), u"HDEL k:hash new"_s});
        row("a member came and went", {u"SADD k:numbers text"_s, u"SREM k:numbers text"_s});
        row("a member deleted and added again", {u"SREM k:members a"_s, u"SADD k:members a"_s});
        row("a score changed and changed back", {u"ZADD k:scores 9 a"_s, u"ZADD k:scores 1 a"_s});
        row("other counts of a stream", {u"XSETID k:stream 1-2 ENTRIESADDED 50 MAXDELETEDID 0-1"_s});
        row("other settings, written again",
            {u"CONFIG SET hash-max-listpack-entries 1"_s, u"CONFIG SET zset-max-listpack-entries 1"_s,
                u"CONFIG SET set-max-intset-entries 1"_s, u"CONFIG SET rdbcompression no"_s, u"HSET k:hash f v"_s,
                u"ZADD k:scores 1 a"_s, u"SADD k:numbers 4"_s, u"SREM k:numbers 4"_s});
        row("another value of a field", {u"HDEL k:hash f"_s, u"HSET k:hash f w"_s}, {u"k:hash"_s});
        row("another member", {u"SREM k:members a"_s, u"SADD k:members A"_s}, {u"k:members"_s});
        row("another score", {u"ZADD k:scores 1.5 a"_s}, {u"k:scores"_s});
        row("another order", {u"LMOVE k:list k:list LEFT RIGHT"_s}, {u"k:list"_s});
        row("another last ID", {u"XSETID k:stream 1-3"_s}, {u"k:stream"_s});
    }
}

void TestBulkCompared::aValueIsTheSameHoweverItIsKept()
{
    QFETCH(const bool, archives);
    QFETCH(const QStringList, change);
    QFETCH(const QStringList, others);
    const auto run = [this](const QStringList& lines) {
        for (const QString& line : lines) {
            Args words;
            for (const QString& word : line.split(u' ')) {
                words.push_back(word.toStdString());
            }
            const std::string answer = m_server->command(words);
            QVERIFY2(!answer.starts_with("-"), answer.c_str());
        }
    };
    run({u"SET k:long %1"_s.arg(u"abc"_s.repeated(100)), u"HSET k:hash g 17 h w"_s, u"SADD k:numbers 1 2 300"_s,
        u"SADD k:members a b c"_s, u"ZADD k:scores 1 a 2.5 b"_s, u"RPUSH k:list a b c"_s, u"XADD k:stream 1-1 f v"_s,
        u"XADD k:stream 1-2 f w"_s});
    const std::size_t keys = std::stoul(m_server->command({"DBSIZE"}));
    JobPlan wanted = plan(DeleteKeys{}, archives, true);
    wanted.seenFile = m_folder->filePath(u"plan.seen"_s);
    QVERIFY(seen(wanted)->save(wanted.seenFile));
    run(change);
    BulkRun job(setting(), wanted);
    const auto report = job.run({});
    QVERIFY(report);
    QStringList left;
    for (const std::string& key : m_server->list({"KEYS", "*"})) {
        left.push_back(QString::fromStdString(key));
    }
    QCOMPARE(left, others);
    QCOMPARE(report->counts[Outcome::Changed], static_cast<std::uint64_t>(others.size()));
    QCOMPARE(report->counts.done(), keys - static_cast<std::size_t>(others.size()));
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

/// And not every key told as changed.
void TestBulkCompared::aFileOfAnotherVersionIsRefused()
{
    constexpr qint64 versionAt = 8; // behind what the file begins with
    JobPlan wanted = plan(DeleteKeys{}, false, false);
    wanted.seenFile = m_folder->filePath(u"plan.seen"_s);
    QVERIFY(seen(wanted)->save(wanted.seenFile));
    QFile file(wanted.seenFile);
    QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(versionAt));
    QCOMPARE(file.write("\x12\x34\x56\x78\x9A\xBC\xDE\xF0", 8), 8);
    file.close();
    BulkRun run(setting(), wanted);
    const auto report = run.run({});
    QVERIFY(!report && report.error().kind == ErrorKind::Input);
    QVERIFY2(report.error().detail.contains(u"Another version"), qPrintable(report.error().detail));
    QCOMPARE(report.error().subject, wanted.seenFile);
    QCOMPARE(m_server->command({"DBSIZE"}), "4");
}

QTEST_GUILESS_MAIN(TestBulkCompared)
#include "tst_bulkcompared.moc"
