// SPDX-License-Identifier: GPL-3.0-or-later
// `keyglass bulk` killed in the middle: archive and server together hold every key.
#include "core/session/jobhistory.h"
#include "tests/app/endingkeys.h"
#include "tests/app/program.h"
#include "tests/servers/redisserver.h"

#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <array>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

using Args = RedisServer::Args;

constexpr std::size_t keyCount = 30'000;

} // namespace

class TestBulkKilled : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void restoresWhatAKilledDeleteLeft();
    void aKilledJobIsInTheHistory();
    void aKilledUndoIsInTheHistory_data();
    void aKilledUndoIsInTheHistory();
    void undoesWhatAKilledJobHasDone_data();
    void undoesWhatAKilledJobHasDone();

private:
    [[nodiscard]] test::Outcome bulk(const QStringList& words, const QString& uri = {})
    {
        const QString to = uri.isEmpty() ? u"redis+unix://"_s + m_server->socketPath() : uri;
        return run(QStringList{u"bulk"_s} + words + QStringList{u"--uri"_s, to});
    }
    [[nodiscard]] test::Outcome undo(const QStringList& more = {})
    {
        return bulk(QStringList{u"undo"_s, archive(), u"--yes"_s} + more);
    }
    [[nodiscard]] QString archive() const { return m_folder->filePath(u"a.kga"_s); }
    void fill(std::size_t count) { fillEndingKeys(*m_server, count); }
    /// Of each type some, as lists and as tables; a third of them end.
    void fillTypes(std::size_t count)
    {
        const auto name = [](std::size_t at) { return "key:" + std::to_string(at); };
        m_server->fill(count, [&name](std::size_t at) {
            static constexpr std::array<const char*, 6> commands{"SET", "HSET", "RPUSH", "SADD", "ZADD", "XADD"};
            Args command{commands.at(at % commands.size()), name(at)};
            const std::size_t elements = at % 6 == 0 || at % 6 == 5 ? 1 : at % 5 == 0 ? 200 : 3;
            for (std::size_t element = 0; element < elements; ++element) {
                const std::string text = std::to_string(at) + " of " + std::to_string(element);
                const Args stream{std::to_string(at) + "-1", "field", text};
                const Args both{at % 6 == 4 ? std::to_string(element) : "field " + text, text};
                const Args& words = at % 6 == 5 ? stream : at % 6 == 1 || at % 6 == 4 ? both : Args{text};
                command.insert(command.end(), words.begin(), words.end());
            }
            return command;
        });
        m_server->fill(
            count / 6, [&name](std::size_t at) { return Args{"XGROUP", "CREATE", name(at * 6 + 5), "group", "0"}; });
        m_server->fill(count / 6, [&name](std::size_t at) {
            return Args{"XREADGROUP", "GROUP", "group", "reader", "STREAMS", name(at * 6 + 5), ">"};
        });
        m_server->fill(count / 3, [&name](std::size_t at) {
            return Args{"PEXPIREAT", name(at * 3), std::to_string(4'102'444'800'000 + at)};
        });
    }
    /// Of all keys: their values, the sum of their ends, and what is pending in their groups.
    std::string state()
    {
        return m_server->command({"DEBUG", "DIGEST"}) + ' '
            + m_server->command({"EVAL",
                "local ends, pending = 0, {} "
                "local keys = redis.call('KEYS', '*') "
                "table.sort(keys) "
                "for _, key in ipairs(keys) do "
                "  ends = ends + redis.call('PEXPIRETIME', key) "
                "  if redis.call('TYPE', key).ok == 'stream' then "
                "    local of = redis.call('XPENDING', key, 'group') "
                "    pending[#pending + 1] = of[1] .. of[2] .. of[3] .. of[4][1][1] "
                "  end "
                "end "
                "return string.format('%.0f ', ends) .. redis.sha1hex(table.concat(pending, ','))",
                "0"});
    }

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestBulkKilled::init()
{
    m_server = RedisServer::start({u"--enable-debug-command"_s, u"local"_s});
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestBulkKilled::restoresWhatAKilledDeleteLeft()
{
    fill(keyCount);
    const std::string before = m_server->command({"DEBUG", "DIGEST"});
    int inTheMiddle = 0;
    for (int round = 0; round < 8; ++round) {
        QFile::remove(archive());
        QProcess program;
        program.start(QStringLiteral(KEYGLASS_PROGRAM),
            {u"bulk"_s, u"delete"_s, u"--pattern"_s, u"*"_s, u"--archive"_s, archive(), u"--yes"_s, u"--uri"_s,
                u"redis+unix://"_s + m_server->socketPath()});
        QVERIFY(program.waitForStarted());
        QElapsedTimer timer; // killed some time after the first key is gone
        timer.start();
        while (timer.elapsed() < 20'000 && m_server->command({"DBSIZE"}) == std::to_string(keyCount)
            && program.state() == QProcess::Running) {
            program.waitForFinished(1);
        }
        program.waitForFinished(static_cast<int>(QRandomGenerator::global()->bounded(150)));
        program.kill(); // nothing where it has ended; kill() of its number would then end all of this test's group
        QVERIFY(program.state() == QProcess::NotRunning || program.waitForFinished());
        const std::string left = m_server->command({"DBSIZE"});
        inTheMiddle += left != "0" && left != std::to_string(keyCount) ? 1 : 0;
        const test::Outcome done = undo();
        QVERIFY2(done.status == 0, done.err.constData());
        QCOMPARE(m_server->command({"DEBUG", "DIGEST"}), before);
    }
    qInfo("killed in the middle %d times", inTheMiddle);
}

void TestBulkKilled::aKilledJobIsInTheHistory()
{
    fill(1000);
    const QString report = m_folder->filePath(u"report.csv"_s);
    QProcess program;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"XDG_DATA_HOME"_s, m_folder->path());
    program.setProcessEnvironment(environment);
    program.start(QStringLiteral(KEYGLASS_PROGRAM),
        {u"bulk"_s, u"delete"_s, u"--pattern"_s, u"key:*"_s, u"--rate"_s, u"20"_s, u"--archive"_s, archive(),
            u"--report"_s, report, u"--yes"_s, u"--uri"_s, u"redis+unix://"_s + m_server->socketPath()});
    QVERIFY(program.waitForStarted());
    QTRY_VERIFY_WITH_TIMEOUT(m_server->command({"DBSIZE"}) != "1000", 60'000);
    const JobHistory history(m_folder->filePath(u"keyglass/jobs.jsonl"_s));
    auto jobs = history.load();
    QVERIFY(jobs && jobs->size() == 1U);
    QVERIFY(jobs->front().state == PastJob::State::Running);
    program.kill();
    QVERIFY(program.waitForFinished());
    QVERIFY(m_server->command({"DBSIZE"}) != "0");
    jobs = history.load();
    QVERIFY(jobs && jobs->size() == 1U);
    const PastJob& job = jobs->front();
    QVERIFY(job.state == PastJob::State::CutOff);
    QVERIFY(std::holds_alternative<DeleteKeys>(job.plan.operation));
    QCOMPARE(job.plan.keys.bytes, std::string("key:*"));
    QCOMPARE(job.archive, archive());
    QCOMPARE(job.reportFile, report);
    QCOMPARE(undo().status, 0);
    QCOMPARE(m_server->command({"DBSIZE"}), "1000");
}

void TestBulkKilled::aKilledUndoIsInTheHistory_data()
{
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<bool>("isArchived");
    QTest::addRow("archive in the user's folder") << QStringList{} << true;
    QTest::addRow("archive that is named") << QStringList{u"--archive"_s, u"over.kga"_s} << true;
    QTest::addRow("no archive") << QStringList{u"--no-archive"_s} << false;
}

/// With the archive of what it wrote over till then.
void TestBulkKilled::aKilledUndoIsInTheHistory()
{
    QFETCH(const QStringList, more);
    QFETCH(const bool, isArchived);
    fill(1000);
    QCOMPARE(bulk({u"delete"_s, u"--pattern"_s, u"key:*"_s, u"--archive"_s, archive(), u"--yes"_s}).status, 0);
    m_server->fill(1000, [](std::size_t at) { return Args{"SET", "key:" + std::to_string(at), "later"}; });
    const std::string later = m_server->command({"DEBUG", "DIGEST"});
    QProcess program;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"XDG_DATA_HOME"_s, m_folder->path());
    program.setProcessEnvironment(environment);
    program.setWorkingDirectory(m_folder->path());
    program.start(QStringLiteral(KEYGLASS_PROGRAM),
        QStringList{u"bulk"_s, u"undo"_s, archive(), u"--conflict"_s, u"replace"_s, u"--rate"_s, u"20"_s, u"--yes"_s,
            u"--uri"_s, u"redis+unix://"_s + m_server->socketPath()}
            + more);
    QVERIFY(program.waitForStarted());
    QTRY_VERIFY_WITH_TIMEOUT(m_server->command({"DEBUG", "DIGEST"}) != later, 60'000);
    program.kill();
    QVERIFY(program.waitForFinished());
    QCOMPARE(program.exitStatus(), QProcess::CrashExit);
    const auto jobs = JobHistory(m_folder->filePath(u"keyglass/jobs.jsonl"_s)).load();
    QVERIFY(jobs && jobs->size() == 1U);
    const PastJob& job = jobs->front();
    QVERIFY(job.state == PastJob::State::CutOff);
    QCOMPARE(job.undone, archive());
    QCOMPARE(!job.archive.isEmpty(), isArchived);
    if (isArchived) {
        QVERIFY(QFile::exists(job.archive));
        const test::Outcome back =
            bulk({u"undo"_s, job.archive, u"--conflict"_s, u"replace"_s, u"--no-archive"_s, u"--yes"_s});
        QVERIFY2(back.status == 0, back.err.constData());
        QCOMPARE(m_server->command({"DEBUG", "DIGEST"}), later);
    }
}

void TestBulkKilled::undoesWhatAKilledJobHasDone_data()
{
    QTest::addColumn<QStringList>("job");
    QTest::addRow("delete") << QStringList{u"delete"_s};
    QTest::addRow("delete what has not changed") << QStringList{u"delete"_s, u"--refuse-changed"_s};
    QTest::addRow("expire") << QStringList{u"expire"_s, u"--ttl"_s, u"2h"_s};
    QTest::addRow("persist") << QStringList{u"persist"_s};
    QTest::addRow("set a field") << QStringList{u"set-field"_s, u"--field"_s, u"f"_s, u"--value"_s, u"v"_s};
    QTest::addRow("a template") << QStringList{u"template"_s, u"--command"_s, u"SET * other"_s};
}

/// Each key is on the server as it was, or in the archive: all types of values, groups of streams, ends.
void TestBulkKilled::undoesWhatAKilledJobHasDone()
{
    QFETCH(const QStringList, job);
    fillTypes(6000);
    const std::string before = state();
    QVERIFY2(before.find('-') == std::string::npos, before.c_str()); // no error
    const QStringList words = QStringList{u"bulk"_s} + job
        + QStringList{
            u"--all"_s, u"--yes"_s, u"--archive"_s, archive(), u"--uri"_s, u"redis+unix://"_s + m_server->socketPath()};
    int longest = 0;
    for (int round = 0; round < 6; ++round) {
        QFile::remove(archive());
        QProcess program;
        QElapsedTimer timer;
        timer.start();
        program.start(QStringLiteral(KEYGLASS_PROGRAM), words);
        const bool isWhole = round == 0;
        program.waitForFinished(isWhole ? 60'000 : static_cast<int>(QRandomGenerator::global()->bounded(longest)));
        longest = isWhole ? static_cast<int>(timer.elapsed()) + 1 : longest;
        program.kill();
        QVERIFY(program.state() == QProcess::NotRunning || program.waitForFinished());
        if (isWhole) {
            QVERIFY(state() != before);
        }
        if (!QFile::exists(archive())) { // killed before it had begun
            QCOMPARE(state(), before);
            continue;
        }
        const test::Outcome done = undo({u"--conflict"_s, u"replace"_s, u"--no-archive"_s});
        QVERIFY2(done.status == 0 || state() == before, done.err.constData()); // 3: it has no header yet
        QCOMPARE(state(), before);
    }
}

QTEST_GUILESS_MAIN(TestBulkKilled)
#include "tst_bulkkilled.moc"
