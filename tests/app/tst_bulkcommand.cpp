// SPDX-License-Identifier: GPL-3.0-or-later
// `keyglass bulk` as a script would use it.
#include "core/profile/profilestore.h"
#include "tests/app/program.h"
#include "tests/servers/rediscluster.h"
#include "tests/servers/redisserver.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

using Args = RedisServer::Args;

QString uriOf(const RedisServer& server)
{
    return u"redis+unix://"_s + server.socketPath();
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestBulkCommand : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void deletesOnlyTheFolderMeant_data();
    void deletesOnlyTheFolderMeant();
    void archivesByDefault();
    void showsAPlanAndDoesNothing();
    void runsAKeptPlan_data();
    void runsAKeptPlan();
    void aPlanNamesItsFilesWhereverItIsRun();
    void aPlanOfSeveralDatabasesTakesTheUriItWasMadeWith();
    void aScriptThatSaysBusyIsNotSentAgain();
    void aPlanStaysInItsDatabase_data();
    void aPlanStaysInItsDatabase();
    void aPlanThatCanNotBeReadIsNamed_data();
    void aPlanThatCanNotBeReadIsNamed();
    void leavesAloneWhatIsNotAsItWasSeen();
    void takesTheKeysOfAFile();
    void aFileMayHaveOtherLineEnds_data();
    void aFileMayHaveOtherLineEnds();
    void aBadLineOfAFileStopsBeforeTheFirstKey_data();
    void aBadLineOfAFileStopsBeforeTheFirstKey();
    void aPipeIsNoFileOfKeys_data();
    void aPipeIsNoFileOfKeys();
    void writesAReport();
    void expires();
    void renamesIntoItsOwnPrefix();
    void copiesToAnotherDatabase();
    void movesToAnotherServer();
    void copiesDatabasesToThoseOfTheSameNumber_data();
    void copiesDatabasesToThoseOfTheSameNumber();
    void databasesDoNotComeTogether_data();
    void databasesDoNotComeTogether();
    void aCopySaysWhatItCanNotBringBack_data();
    void aCopySaysWhatItCanNotBringBack();
    void aPlanNamesWhatIsLeftAlone();
    void keysAreNotMovedOntoThemselves();
    void aCopyThatCanNotBeIsToldBeforeIt_data();
    void aCopyThatCanNotBeIsToldBeforeIt();
    void takesSeveralDatabases_data();
    void takesSeveralDatabases();
    void allDatabasesAreNotGuessed();
    void deletesInACluster();
    void needsAYes();
    void refusesWhatIsReadOnly();
    void aTemplateEndsNoDatabase_data();
    void aTemplateEndsNoDatabase();
    void productionWantsItsName();
    void aProductionTargetWantsItsNameToo();
    void refusesBadUsage_data();
    void refusesBadUsage();

private:
    /// `keyglass bulk …` on the server, without touching the user's own folders.
    [[nodiscard]] Outcome bulk(const QStringList& words, const QByteArray& input = {})
    {
        return run(QStringList{u"bulk"_s} + words + QStringList{u"--uri"_s, uriOf(*m_server)}, input,
            {u"XDG_DATA_HOME="_s + m_folder->path()});
    }
    [[nodiscard]] QString file(const QString& name) const { return m_folder->filePath(name); }

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestBulkCommand::init()
{
    m_server = RedisServer::start();
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestBulkCommand::deletesOnlyTheFolderMeant_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addRow("brackets") << u"a[1]:"_s;
    QTest::addRow("a star") << u"*:"_s;
    QTest::addRow("a question mark") << u"a?b:"_s;
    QTest::addRow("a backslash") << u"\\:"_s;
    QTest::addRow("a separator of several characters") << u"a::"_s;
    QTest::addRow("a caret in brackets") << u"[^a]:"_s;
}

void TestBulkCommand::deletesOnlyTheFolderMeant()
{
    QFETCH(const QString, folder);
    const std::vector<std::string> folders{
        "a[1]:", "a1:", "*:", "a?b:", "axb:", "\\:", "a::", "a:", "b:", "[^a]:", "^:"};
    for (const std::string& each : folders) {
        m_server->command({"MSET", each + "1", "v", each + "2", "v"});
    }
    const Outcome done = bulk({u"delete"_s, u"--prefix"_s, folder, u"--yes"_s});
    QCOMPARE(done.status, 0);
    QCOMPARE(done.json()[u"done"_s], 2);
    QCOMPARE(m_server->command({"DBSIZE"}), std::to_string(folders.size() * 2 - 2));
    QCOMPARE(m_server->command({"EXISTS", folder.toStdString() + "1", folder.toStdString() + "2"}), "0");
}

void TestBulkCommand::archivesByDefault()
{
    m_server->fill(3000, [](std::size_t at) { return Args{"SET", "k:" + std::to_string(at), "v"}; });
    const Outcome done = bulk({u"delete"_s, u"--prefix"_s, u"k:"_s, u"--yes"_s});
    QCOMPARE(done.status, 0);
    const QJsonObject archive = done.json()[u"archive"_s].toObject();
    QCOMPARE(archive[u"records"_s], 3000);
    const QString path = archive[u"file"_s].toString();
    QVERIFY2(path.startsWith(m_folder->path()), qPrintable(path));
    QCOMPARE(QFileInfo(path).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    QCOMPARE(m_server->command({"DBSIZE"}), "0");
}

void TestBulkCommand::showsAPlanAndDoesNothing()
{
    m_server->command({"MSET", "k:1", "v", "k:2", "v", "other", "v"});
    m_server->command({"SADD", "k:3", "v"});
    m_server->command({"EXPIRE", "k:1", "30"});
    const Outcome done = bulk({u"delete"_s, u"--prefix"_s, u"k:"_s, u"--dry-run"_s, u"--memory"_s});
    QCOMPARE(done.status, 0);
    const QJsonObject json = done.json();
    QCOMPARE(json[u"dry_run"_s], true);
    QCOMPARE(json[u"keys"_s], 3);
    QCOMPARE(json[u"types"_s].toObject(), (QJsonObject{{u"set"_s, 1}, {u"string"_s, 2}}));
    QCOMPARE(json[u"ttl"_s].toObject()[u"1m"_s], 1);
    QCOMPARE(json[u"commands"_s].toArray(), (QJsonArray{u"UNLINK"_s, u"DEL"_s}));
    QCOMPARE(json[u"sent"_s].toArray(),
        (QJsonArray{u"MEMORY USAGE"_s, u"DUMP"_s, u"PEXPIRETIME"_s, u"MULTI"_s, u"DUMP"_s, u"PEXPIRETIME"_s,
            u"UNLINK"_s, u"EXEC"_s}));
    QCOMPARE(json[u"sample"_s].toArray().size(), 3);
    QVERIFY(json[u"memory_bytes"_s].toInt() > 0);
    const QJsonObject estimate = json[u"estimate"_s].toObject();
    QVERIFY(estimate[u"duration_ms"_s].toInt() > 0);
    QVERIFY(estimate[u"server_ms"_s].isDouble());
    QCOMPARE(estimate[u"bound_by"_s], u"commands"_s);
    QCOMPARE(estimate[u"keys_looked_at"_s], 3);
    // Before 7.2 only what was used within the last second is read.
    const bool isSpared = m_server->command({"CLIENT", "NO-TOUCH", "OFF"}) == "OK";
    const int sampled = estimate[u"values_sampled"_s].toInt();
    QVERIFY(isSpared ? sampled == 3 : sampled <= 3);
    QCOMPARE(estimate[u"read_bytes"_s].toInt() > 0, sampled > 0);
    QCOMPARE(m_server->command({"DBSIZE"}), "4");
    QCOMPARE(m_server->command({"INFO", "commandstats"}).find("cmdstat_unlink"), std::string::npos);
    const Outcome ending = bulk({u"expire"_s, u"--ttl"_s, u"1h"_s, u"--prefix"_s, u"k:"_s, u"--dry-run"_s});
    QCOMPARE(ending.json()[u"sent"_s].toArray(),
        (QJsonArray{u"MEMORY USAGE"_s, u"DUMP"_s, u"PEXPIRETIME"_s, u"MULTI"_s, u"DUMP"_s, u"PEXPIRETIME"_s,
            u"PEXPIRE"_s, u"EXEC"_s}));
    const Outcome careful = bulk({u"delete"_s, u"--prefix"_s, u"k:"_s, u"--dry-run"_s, u"--refuse-changed"_s});
    QCOMPARE(careful.json()[u"sent"_s].toArray(),
        (QJsonArray{u"MEMORY USAGE"_s, u"DUMP"_s, u"PEXPIRETIME"_s, u"WATCH"_s, u"DUMP"_s, u"PEXPIRETIME"_s, u"MULTI"_s,
            u"UNLINK"_s, u"EXEC"_s}));
    QVERIFY(!QFileInfo::exists(file(u"keyglass"_s)));
}

void TestBulkCommand::runsAKeptPlan_data()
{
    QTest::addColumn<bool>("isWhole");
    QTest::addRow("the plan") << false;
    QTest::addRow("all that --dry-run has written") << true;
}

void TestBulkCommand::runsAKeptPlan()
{
    QFETCH(const bool, isWhole);
    m_server->command({"MSET", "k:1", "v", "k:2", "v", "other", "v"});
    const Outcome shown = bulk({u"delete"_s, u"--pattern"_s, u"k:*"_s, u"--no-archive"_s, u"--dry-run"_s});
    QFile plan(file(u"plan.json"_s));
    QVERIFY(plan.open(QIODevice::WriteOnly));
    plan.write(isWhole ? shown.out : QJsonDocument(shown.json()[u"plan"_s].toObject()).toJson());
    plan.close();
    const Outcome done = bulk({u"run"_s, plan.fileName(), u"--yes"_s});
    QCOMPARE(done.status, 0);
    QCOMPARE(done.json()[u"done"_s], 2);
    QCOMPARE(m_server->list({"KEYS", "*"}), std::vector<std::string>{"other"});
}

/// All that the dry run has written does, and the folder it was made in may be another.
void TestBulkCommand::aPlanNamesItsFilesWhereverItIsRun()
{
    m_server->command({"MSET", "k:1", "v", "k:2", "v"});
    const QString here = QDir::currentPath();
    QVERIFY(QDir::setCurrent(m_folder->path()));
    QFile list(u"keys.txt"_s);
    QVERIFY(list.open(QIODevice::WriteOnly));
    list.write("k:1\n");
    list.close();
    const Outcome shown = bulk({u"delete"_s, u"--keys-file"_s, u"keys.txt"_s, u"--refuse-changed"_s, u"--archive"_s,
        u"mine.kga"_s, u"--dry-run"_s});
    const Outcome exported =
        bulk({u"export"_s, u"--all"_s, u"--file"_s, u"keys.jsonl"_s, u"--report"_s, u"report.csv"_s});
    QVERIFY(QDir::setCurrent(here));
    QCOMPARE(exported.json()[u"file"_s].toString(), file(u"keys.jsonl"_s));
    const QByteArray history = contentOf(file(u"keyglass/jobs.jsonl"_s));
    QVERIFY2(history.contains(file(u"report.csv"_s).toUtf8()), history.constData());
    QFile plan(file(u"plan.json"_s));
    QVERIFY(plan.open(QIODevice::WriteOnly));
    plan.write(shown.out);
    plan.close();
    const Outcome done = bulk({u"run"_s, plan.fileName(), u"--yes"_s});
    QVERIFY2(done.status == 0, done.err.constData());
    QCOMPARE(m_server->list({"KEYS", "*"}), std::vector<std::string>{"k:2"});
    QCOMPARE(done.json()[u"archive"_s][u"file"_s].toString(), file(u"mine.kga"_s));
    const auto refuses = [&](const QString& more) {
        const QStringList words{u"run"_s, plan.fileName(), u"--dry-run"_s};
        return bulk(more.isEmpty() ? words : words + QStringList{more}).json()[u"plan"_s][u"refuse_changed"_s].toBool();
    };
    QVERIFY(refuses({}));
    QVERIFY(!refuses(u"--accept-changed"_s)); // what is said now counts
}

/// It is one of those that the plan is for.
void TestBulkCommand::aPlanOfSeveralDatabasesTakesTheUriItWasMadeWith()
{
    for (const char* number : {"0", "1", "2"}) {
        m_server->command({"SELECT", number});
        m_server->command({"SET", "k", "v"});
    }
    const QStringList environment{u"XDG_DATA_HOME="_s + m_folder->path()};
    const QString uri = uriOf(*m_server) + u"?db=1"_s;
    const Outcome shown =
        run({u"bulk"_s, u"delete"_s, u"--all"_s, u"--databases"_s, u"1,2"_s, u"--dry-run"_s, u"--uri"_s, uri}, {},
            environment);
    QFile plan(file(u"plan.json"_s));
    QVERIFY(plan.open(QIODevice::WriteOnly));
    plan.write(shown.out);
    plan.close();
    const Outcome done = run({u"bulk"_s, u"run"_s, plan.fileName(), u"--yes"_s, u"--uri"_s, uri}, {}, environment);
    QVERIFY2(done.status == 0, done.err.constData());
    QCOMPARE(done.json()[u"done"_s], 2);
    m_server->command({"SELECT", "0"});
    QCOMPARE(m_server->command({"DBSIZE"}), "1");
}

/// Its words begin as the server's do that has not done anything; what it did is done.
void TestBulkCommand::aScriptThatSaysBusyIsNotSentAgain()
{
    m_server->command({"MSET", "x:1", "0", "x:2", "0"});
    const Outcome done = bulk({u"template"_s, u"--prefix"_s, u"x:"_s, u"--yes"_s, u"--command"_s,
        u"EVAL \"redis.call('INCR',KEYS[1]) return redis.error_reply('BUSY lock is held')\" 1 *"_s});
    QCOMPARE(done.json()[u"outcomes"_s][u"failed"_s], 2);
    QCOMPARE(m_server->command({"GET", "x:1"}), "1");
    QCOMPARE(m_server->command({"GET", "x:2"}), "1");
}

void TestBulkCommand::aPlanStaysInItsDatabase_data()
{
    QTest::addColumn<int>("ofUri"); // 0: it names none
    QTest::addColumn<int>("status");
    QTest::addRow("the server alone") << 0 << 0;
    QTest::addRow("its own") << 2 << 0;
    QTest::addRow("another") << 5 << 2;
}

/// Whoever names another one means that, and not what the plan says.
void TestBulkCommand::aPlanStaysInItsDatabase()
{
    QFETCH(const int, ofUri);
    QFETCH(const int, status);
    for (const char* number : {"0", "2", "5"}) {
        m_server->command({"SELECT", number});
        m_server->command({"SET", "k", "v"});
    }
    const auto uriOfDatabase = [&](int number) { return uriOf(*m_server) + u"?db=%1"_s.arg(number); };
    const QStringList environment{u"XDG_DATA_HOME="_s + m_folder->path()};
    const Outcome shown =
        run({u"bulk"_s, u"delete"_s, u"--all"_s, u"--dry-run"_s, u"--uri"_s, uriOfDatabase(2)}, {}, environment);
    QFile plan(file(u"plan.json"_s));
    QVERIFY(plan.open(QIODevice::WriteOnly));
    plan.write(shown.out);
    plan.close();
    const QString uri = ofUri > 0 ? uriOfDatabase(ofUri) : uriOf(*m_server);
    const Outcome done = run({u"bulk"_s, u"run"_s, plan.fileName(), u"--yes"_s, u"--uri"_s, uri}, {}, environment);
    QVERIFY2(done.status == status, done.err.constData());
    QVERIFY(status == 0 || done.err.contains("database 5"));
    for (const char* number : {"0", "2", "5"}) {
        m_server->command({"SELECT", number});
        QCOMPARE(m_server->command({"DBSIZE"}), *number == '2' && status == 0 ? "0" : "1");
    }
    m_server->command({"SELECT", "0"});
}

void TestBulkCommand::aPlanThatCanNotBeReadIsNamed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("told");
    QTest::addRow("empty") << QByteArray() << "cut off"_ba;
    QTest::addRow("cut") << R"({"keyglass_plan": 1, "keys": {"kind": "al)"_ba << "cut off"_ba;
    QTest::addRow("of a newer version") << R"({"keyglass_plan": 99, "keys": {"kind": "all"}})"_ba << "keyglass_plan"_ba;
}

void TestBulkCommand::aPlanThatCanNotBeReadIsNamed()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, told);
    m_server->command({"SET", "k", "v"});
    QFile plan(file(u"plan.json"_s));
    QVERIFY(plan.open(QIODevice::WriteOnly));
    plan.write(text);
    plan.close();
    const Outcome refused = bulk({u"run"_s, plan.fileName(), u"--yes"_s});
    QCOMPARE(refused.status, 2);
    QVERIFY2(refused.err.contains(told) && refused.err.contains("plan.json"), refused.err.constData());
    QCOMPARE(m_server->command({"DBSIZE"}), "1");
}

void TestBulkCommand::leavesAloneWhatIsNotAsItWasSeen()
{
    m_server->command({"MSET", "k:1", "v", "k:2", "v", "k:3", "v"});
    const QStringList what{
        u"delete"_s, u"--prefix"_s, u"k:"_s, u"--only-unchanged"_s, u"--seen"_s, file(u"plan.seen"_s)};
    QCOMPARE(bulk({u"delete"_s, u"--prefix"_s, u"k:"_s, u"--only-unchanged"_s, u"--yes"_s}).status, 2);
    const Outcome shown = bulk(what + QStringList{u"--dry-run"_s});
    QCOMPARE(shown.status, 0);
    m_server->command({"APPEND", "k:2", "w"});
    QFile plan(file(u"plan.json"_s));
    QVERIFY(plan.open(QIODevice::WriteOnly));
    plan.write(QJsonDocument(shown.json()[u"plan"_s].toObject()).toJson());
    plan.close();
    const Outcome done = bulk({u"run"_s, plan.fileName(), u"--yes"_s});
    QCOMPARE(done.status, 1);
    QCOMPARE(done.json()[u"done"_s], 2);
    QCOMPARE(done.json()[u"outcomes"_s].toObject()[u"changed"_s], 1);
    QCOMPARE(m_server->list({"KEYS", "*"}), std::vector<std::string>{"k:2"});
}

void TestBulkCommand::takesTheKeysOfAFile()
{
    const std::vector<std::string> keys{"plain", "line\nbreak", "back\\slash", std::string("nul\0", 4), "\xff\xfe", ""};
    for (const std::string& key : keys) {
        m_server->command({"SET", key, "v"});
    }
    const Outcome listed = run({u"keys"_s, u"--uri"_s, uriOf(*m_server), u"--format"_s, u"lines"_s});
    m_server->command({"SET", "later", "v"});
    QFile list(file(u"keys.txt"_s));
    QVERIFY(list.open(QIODevice::WriteOnly));
    list.write(listed.out + "missing\n");
    list.close();
    const Outcome done = bulk({u"delete"_s, u"--keys-file"_s, list.fileName(), u"--no-archive"_s, u"--yes"_s});
    QCOMPARE(done.status, 0);
    QCOMPARE(done.json()[u"outcomes"_s].toObject(), (QJsonObject{{u"done"_s, 6}, {u"missing"_s, 1}}));
    QCOMPARE(m_server->list({"KEYS", "*"}), std::vector<std::string>{"later"});
}

void TestBulkCommand::aFileMayHaveOtherLineEnds_data()
{
    QTest::addColumn<bool>("isRaw");
    QTest::addColumn<int>("done");
    QTest::addRow("escaped: a carriage return in a key would be escaped, too") << false << 2;
    QTest::addRow("raw lines are keys as they are") << true << 1;
}

void TestBulkCommand::aFileMayHaveOtherLineEnds()
{
    QFETCH(const bool, isRaw);
    QFETCH(const int, done);
    for (const char* key : {"k:1", "k:2\r"}) {
        m_server->command({"SET", key, "v"});
    }
    QFile list(file(u"keys.txt"_s));
    QVERIFY(list.open(QIODevice::WriteOnly));
    list.write(isRaw ? "k:1\r\nk:2\r\n" : "k:1\r\nk:2\\r\r\n");
    list.close();
    QStringList words{u"delete"_s, u"--keys-file"_s, file(u"keys.txt"_s), u"--yes"_s};
    if (isRaw) {
        words << u"--raw-lines"_s;
    }
    QCOMPARE(bulk(words).json()[u"done"_s], done);
    QCOMPARE(m_server->command({"DBSIZE"}), std::to_string(2 - done));
}

void TestBulkCommand::aBadLineOfAFileStopsBeforeTheFirstKey_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("an escape that is none") << QByteArray("bad\\q");
    QTest::newRow("a database and its key") << QByteArray("2\tgood");
}

void TestBulkCommand::aBadLineOfAFileStopsBeforeTheFirstKey()
{
    QFETCH(const QByteArray, line);
    m_server->command({"SET", "good", "v"});
    QFile list(file(u"keys.txt"_s));
    QVERIFY(list.open(QIODevice::WriteOnly));
    list.write("good\n" + line + '\n');
    list.close();
    const Outcome done = bulk({u"delete"_s, u"--keys-file"_s, list.fileName(), u"--yes"_s});
    QCOMPARE(done.status, 2);
    QVERIFY2(done.err.contains("line 2"), done.err.constData());
    QCOMPARE(m_server->command({"DBSIZE"}), "1");
}

void TestBulkCommand::aPipeIsNoFileOfKeys_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QByteArray>("input");
    QTest::addRow("keys") << QStringList{u"delete"_s, u"--keys-file"_s} << QByteArray("k\n");
    QTest::addRow("raw lines") << QStringList{u"delete"_s, u"--raw-lines"_s, u"--keys-file"_s} << QByteArray("k\n");
    for (const QString& format : {u"jsonl"_s, u"commands"_s, u"csv"_s}) {
        QTest::addRow("an import of %s", qPrintable(format))
            << QStringList{u"import"_s, u"--format"_s, format, u"--file"_s} << QByteArray("SET n v\n");
    }
    QTest::addRow("an import of an archive")
        << QStringList{u"import"_s, u"--format"_s, u"archive"_s, u"--file"_s} << QByteArray("KGA");
    QTest::addRow("an import of the protocol") << QStringList{u"import"_s, u"--format"_s, u"resp"_s, u"--file"_s}
                                               << QByteArray("*3\r\n$3\r\nSET\r\n$1\r\nn\r\n$1\r\nv\r\n");
}

/// It is read more than once, and would be empty the second time: no key would be done, and nothing said.
void TestBulkCommand::aPipeIsNoFileOfKeys()
{
    QFETCH(const QStringList, words);
    QFETCH(const QByteArray, input);
    m_server->command({"SET", "k", "v"});
    for (const QString& way : {u"--dry-run"_s, u"--yes"_s}) {
        const Outcome refused = bulk(words + QStringList{u"/dev/stdin"_s, way}, input);
        QCOMPARE(refused.status, 2);
        QVERIFY2(refused.err.contains("a pipe"), refused.err.constData());
    }
    QCOMPARE(m_server->list({"KEYS", "*"}), std::vector<std::string>{"k"});
}

void TestBulkCommand::writesAReport()
{
    m_server->command({"SET", "k:1", "v"});
    const Outcome done = bulk({u"delete"_s, u"--prefix"_s, u"k:"_s, u"--yes"_s, u"--report"_s, file(u"r.csv"_s)});
    QCOMPARE(done.status, 0);
    const QList<QByteArray> lines = contentOf(file(u"r.csv"_s)).split('\n');
    QCOMPARE(lines.size(), 3);
    QVERIFY2(lines[1].startsWith("k:1,") && lines[1].endsWith(",done,\r"), lines[1].constData());
    const Outcome again = bulk({u"delete"_s, u"--key"_s, u"k:1"_s, u"--yes"_s, u"--report"_s, file(u"r.json"_s)});
    QCOMPARE(again.status, 0);
    const QJsonObject report = QJsonDocument::fromJson(contentOf(file(u"r.json"_s))).object();
    QCOMPARE(report[u"keys"_s].toArray().size(), 1);
    const QJsonObject summary = report[u"summary"_s].toObject();
    QCOMPARE(summary[u"keys"_s], 1);
    QCOMPARE(summary[u"missing"_s], 1);
    QVERIFY(summary[u"elapsed_ms"_s].isDouble());
    QCOMPARE(summary[u"nodes"_s].toArray(), again.json()[u"nodes"_s].toArray());
    QCOMPARE(summary[u"nodes"_s][0][u"keys"_s], 1);
}

void TestBulkCommand::expires()
{
    m_server->command({"MSET", "k:1", "v", "k:2", "v"});
    m_server->command({"EXPIRE", "k:2", "50"});
    const Outcome done = bulk({u"expire"_s, u"--prefix"_s, u"k:"_s, u"--cap"_s, u"2m"_s, u"--yes"_s});
    QCOMPARE(done.status, 0);
    QCOMPARE(done.json()[u"outcomes"_s].toObject(), (QJsonObject{{u"done"_s, 1}, {u"skipped"_s, 1}}));
    QVERIFY(std::stoi(m_server->command({"TTL", "k:1"})) > 60);
    QVERIFY(std::stoi(m_server->command({"TTL", "k:2"})) <= 50);
}

void TestBulkCommand::renamesIntoItsOwnPrefix()
{
    m_server->fill(2000, [](std::size_t at) { return Args{"SET", "a:" + std::to_string(at), "v"}; });
    const Outcome done = bulk({u"rename"_s, u"--prefix"_s, u"a:"_s, u"--to"_s, u"a:a:"_s, u"--yes"_s});
    QCOMPARE(done.status, 0);
    QCOMPARE(done.json()[u"done"_s], 2000);
    QCOMPARE(m_server->list({"KEYS", "a:a:*"}).size(), std::size_t{2000});
    QCOMPARE(m_server->list({"KEYS", "a:a:a:*"}).size(), std::size_t{0});
}

void TestBulkCommand::copiesToAnotherDatabase()
{
    m_server->command({"MSET", "k:1", "v", "k:2", "v"});
    const Outcome done = bulk({u"copy"_s, u"--prefix"_s, u"k:"_s, u"--to-db"_s, u"3"_s, u"--yes"_s});
    QCOMPARE(done.status, 0);
    QCOMPARE(done.json()[u"done"_s], 2);
    QCOMPARE(m_server->command({"DBSIZE"}), "2");
    m_server->command({"SELECT", "3"});
    QCOMPARE(m_server->command({"DBSIZE"}), "2");
}

void TestBulkCommand::movesToAnotherServer()
{
    const auto other = RedisServer::start();
    m_server->command({"MSET", "k:1", "v", "k:2", "v", "l", "v"});
    const Outcome done =
        bulk({u"copy"_s, u"--prefix"_s, u"k:"_s, u"--to-uri"_s, uriOf(*other), u"--move"_s, u"--yes"_s});
    QCOMPARE(done.status, 0);
    QCOMPARE(m_server->list({"KEYS", "*"}), std::vector<std::string>{"l"});
    QCOMPARE(other->command({"DBSIZE"}), "2");
}

void TestBulkCommand::copiesDatabasesToThoseOfTheSameNumber_data()
{
    QTest::addColumn<QString>("databases");
    QTest::addColumn<bool>("moves");
    QTest::addRow("several") << u"0,3"_s << false;
    QTest::addRow("several, moved") << u"0,3"_s << true;
    QTest::addRow("all that have keys") << u"all"_s << false;
    QTest::addRow("one") << u"3"_s << false;
}

void TestBulkCommand::copiesDatabasesToThoseOfTheSameNumber()
{
    QFETCH(const QString, databases);
    QFETCH(const bool, moves);
    const auto other = RedisServer::start();
    for (const char* database : {"0", "3"}) {
        m_server->command({"SELECT", database});
        m_server->command({"SET", "k:1", std::string("of ") + database}); // one name, which must not come together
    }
    QStringList words{u"copy"_s, u"--all"_s, u"--databases"_s, databases, u"--to-uri"_s, uriOf(*other), u"--yes"_s};
    if (moves) {
        words << u"--move"_s;
    }
    const Outcome done = bulk(words);
    QVERIFY2(done.status == 0, done.err.constData());
    const bool isOne = databases == u"3"_s;
    QCOMPARE(done.json()[u"done"_s], isOne ? 1 : 2);
    for (const char* database : {"0", "3"}) {
        other->command({"SELECT", database});
        const bool isMeant = !isOne || database == std::string("3");
        QCOMPARE(other->command({"GET", "k:1"}), isMeant ? std::string("of ") + database : std::string());
        m_server->command({"SELECT", database});
        QCOMPARE(m_server->command({"DBSIZE"}), moves ? "0" : "1");
    }
}

void TestBulkCommand::databasesDoNotComeTogether_data()
{
    QTest::addColumn<QStringList>("target");
    QTest::addRow("in one of the same server") << QStringList{u"--to-db"_s, u"5"_s};
    QTest::addRow("in one of another") << QStringList{u"--to-uri"_s, u"OTHER"_s, u"--to-db"_s, u"5"_s};
    QTest::addRow("in one of another, by its URI") << QStringList{u"--to-uri"_s, u"OTHER?db=5"_s};
    QTest::addRow("in themselves") << QStringList{u"--to-uri"_s, u"SAME"_s};
}

void TestBulkCommand::databasesDoNotComeTogether()
{
    QFETCH(QStringList, target);
    const auto other = RedisServer::start();
    target.replaceInStrings(u"OTHER"_s, uriOf(*other));
    target.replaceInStrings(u"SAME"_s, uriOf(*m_server));
    m_server->command({"SET", "k:1", "v"});
    const Outcome done =
        bulk(QStringList{u"copy"_s, u"--all"_s, u"--databases"_s, u"0,3"_s, u"--move"_s, u"--yes"_s} + target);
    QCOMPARE(done.status, 2);
    QCOMPARE(other->command({"DBSIZE"}), "0");
    QCOMPARE(m_server->command({"GET", "k:1"}), "v");
}

void TestBulkCommand::aCopySaysWhatItCanNotBringBack_data()
{
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<bool>("overwrites");
    QTest::addRow("names that are taken are skipped") << QStringList{} << false;
    QTest::addRow("what is there is replaced, and archived") << QStringList{u"--replace"_s} << false;
    QTest::addRow("what is there is replaced") << QStringList{u"--replace"_s, u"--no-archive"_s} << true;
}

void TestBulkCommand::aCopySaysWhatItCanNotBringBack()
{
    QFETCH(const QStringList, more);
    QFETCH(const bool, overwrites);
    m_server->command({"SET", "k:1", "v"});
    const Outcome shown = bulk(QStringList{u"copy"_s, u"--all"_s, u"--to-db"_s, u"3"_s, u"--dry-run"_s} + more);
    QCOMPARE(shown.status, 0);
    QCOMPARE(shown.json()[u"overwrites_unarchived"_s], overwrites);
}

/// Key by key, with why, exact to the byte.
void TestBulkCommand::aPlanNamesWhatIsLeftAlone()
{
    m_server->command({"SET", "k:\xff", "v"});
    m_server->command({"SET", "k:2", "v", "EX", "1000"});
    m_server->command({"SET", "n:2", "theirs"});
    const QJsonObject persisted = bulk({u"persist"_s, u"--prefix"_s, u"k:"_s, u"--dry-run"_s}).json();
    QCOMPARE(persisted[u"skipped"_s].toObject(), (QJsonObject{{u"it has no time to live"_s, 1}}));
    const QJsonArray left = persisted[u"left_alone"_s].toArray();
    QCOMPARE(left.size(), 1);
    QCOMPARE(left[0][u"key"_s][u"base64"_s].toString().toLatin1(), QByteArray("k:\xff").toBase64());
    QCOMPARE(left[0][u"why"_s].toString(), u"it has no time to live"_s);
    const QJsonObject renamed = bulk({u"rename"_s, u"--prefix"_s, u"k:"_s, u"--to"_s, u"n:"_s, u"--dry-run"_s}).json();
    QCOMPARE(renamed[u"in_the_way"_s], 1);
    QCOMPARE(renamed[u"left_alone"_s][0][u"key"_s].toString(), u"k:2"_s);
}

void TestBulkCommand::keysAreNotMovedOntoThemselves()
{
    m_server->command({"MSET", "k:1", "v", "k:2", "v"});
    const Outcome done =
        bulk({u"copy"_s, u"--all"_s, u"--to-uri"_s, uriOf(*m_server), u"--move"_s, u"--replace"_s, u"--yes"_s});
    QVERIFY(done.status != 0);
    QCOMPARE(m_server->command({"DBSIZE"}), "2");
}

void TestBulkCommand::aCopyThatCanNotBeIsToldBeforeIt_data()
{
    QTest::addColumn<QStringList>("target");
    QTest::addColumn<int>("status");
    QTest::addRow("to the same database") << QStringList{u"--to-db"_s, u"0"_s} << 2;
    QTest::addRow("to another") << QStringList{u"--to-db"_s, u"3"_s} << 0;
    QTest::addRow("to the same server") << QStringList{u"--to-uri"_s, u"itself"_s} << 2;
    QTest::addRow("to one that is not there") << QStringList{u"--to-uri"_s, u"redis+unix:///nonexistent/socket"_s} << 3;
}

/// The dry run says it, and does not only count keys.
void TestBulkCommand::aCopyThatCanNotBeIsToldBeforeIt()
{
    QFETCH(const QStringList, target);
    QFETCH(const int, status);
    m_server->command({"SET", "k", "v"});
    QStringList words = QStringList{u"copy"_s, u"--all"_s, u"--dry-run"_s} + target;
    words.replaceInStrings(u"itself"_s, uriOf(*m_server));
    const Outcome shown = bulk(words);
    QVERIFY2(shown.status == status, shown.err.constData());
    QCOMPARE(shown.out.isEmpty(), status != 0);
    QCOMPARE(shown.err.isEmpty(), status == 0);
}

void TestBulkCommand::takesSeveralDatabases_data()
{
    QTest::addColumn<QString>("databases");
    QTest::addColumn<int>("done");
    QTest::addRow("a list") << u"0,3"_s << 3;
    QTest::addRow("a range") << u"2-4,15"_s << 3;
    QTest::addRow("all that have keys") << u"all"_s << 5;
    QTest::addRow("one") << u"4"_s << 1;
}

void TestBulkCommand::takesSeveralDatabases()
{
    QFETCH(const QString, databases);
    QFETCH(const int, done);
    const auto keys = [this] {
        std::vector<std::string> counts;
        for (const char* database : {"0", "3", "4", "9"}) {
            m_server->command({"SELECT", database});
            counts.push_back(m_server->command({"DBSIZE"}));
        }
        return counts;
    };
    for (const char* database : {"0", "3", "3", "4", "9"}) {
        m_server->command({"SELECT", database});
        const std::string name = m_server->command({"EXISTS", "k:1"}) == "0" ? "k:1" : "k:2";
        m_server->command({"SET", name, std::string("of ") + database});
    }
    m_server->command({"SELECT", "9"});
    m_server->command({"SET", "other", "v"});
    const auto before = keys();
    const QStringList deleting{u"delete"_s, u"--prefix"_s, u"k:"_s, u"--databases"_s, databases};
    const Outcome shown = bulk(deleting + QStringList{u"--dry-run"_s});
    QCOMPARE(shown.status, 0);
    QCOMPARE(shown.json()[u"keys"_s], done);
    QCOMPARE(keys(), before);
    const QString report = file(u"r.json"_s);
    const Outcome deleted =
        bulk(deleting + QStringList{u"--yes"_s, u"--archive"_s, file(u"a.kga"_s), u"--report"_s, report});
    QVERIFY2(deleted.status == 0, deleted.err.constData());
    QCOMPARE(deleted.json()[u"done"_s], done);
    const Outcome undone = bulk({u"undo"_s, file(u"a.kga"_s), u"--yes"_s});
    QVERIFY2(undone.status == 0, undone.err.constData());
    QCOMPARE(undone.json()[u"done"_s], done);
    QCOMPARE(keys(), before);
    m_server->command({"SELECT", "4"});
    QCOMPARE(m_server->command({"GET", "k:1"}), "of 4");
}

/// All of them would be the connection's alone, with a status as if all had been done.
void TestBulkCommand::allDatabasesAreNotGuessed()
{
    m_server->command({"SELECT", "3"});
    m_server->command({"SET", "k:1", "v"});
    m_server->command({"SELECT", "0"});
    m_server->command({"SET", "k:1", "v"});
    const QStringList deleting{u"delete"_s, u"--prefix"_s, u"k:"_s, u"--databases"_s, u"all"_s, u"--yes"_s};
    m_server->command({"ACL", "SETUSER", "default", "-info"});
    const Outcome refused = bulk(deleting);
    m_server->command({"ACL", "SETUSER", "default", "+info"});
    QCOMPARE(refused.status, 2);
    QVERIFY2(refused.err.contains("does not tell its databases"), refused.err.constData());
    QCOMPARE(m_server->command({"EXISTS", "k:1"}), "1");
    m_server->command({"FLUSHALL"});
    const Outcome empty = bulk(deleting);
    QVERIFY2(empty.status == 0, empty.err.constData());
}

void TestBulkCommand::deletesInACluster()
{
    const auto cluster = RedisCluster::start({.replicasPerMaster = 0});
    cluster->fill(3000, "k:");
    const QString uri = u"redis+cluster://127.0.0.1:%1"_s.arg(cluster->port(0));
    const Outcome done = run({u"bulk"_s, u"delete"_s, u"--uri"_s, uri, u"--prefix"_s, u"k:1"_s, u"--yes"_s,
        u"--archive"_s, file(u"a.kga"_s)});
    QCOMPARE(done.status, 0);
    QCOMPARE(done.json()[u"done"_s], 1111);
    QCOMPARE(done.json()[u"nodes"_s].toArray().size(), 3);
    QCOMPARE(cluster->truth().size(), std::size_t{3000 - 1111});
}

void TestBulkCommand::needsAYes()
{
    m_server->command({"SET", "k:1", "v"});
    const Outcome done = bulk({u"delete"_s, u"--prefix"_s, u"k:"_s});
    QCOMPARE(done.status, 2);
    QVERIFY2(done.err.contains("--yes"), done.err.constData());
    QCOMPARE(m_server->command({"DBSIZE"}), "1");
}

void TestBulkCommand::refusesWhatIsReadOnly()
{
    m_server->command({"SET", "k:1", "v"});
    const QString folder = file(u"config"_s);
    Profile profile;
    profile.name = u"looking"_s;
    profile.socketPath = m_server->socketPath();
    profile.readOnly = true;
    ProfileStore store(folder);
    QVERIFY(store.save(profile));
    for (const QString& how : {u"--yes"_s, u"--dry-run"_s}) {
        const Outcome done = run({u"bulk"_s, u"delete"_s, u"--profile"_s, u"looking"_s, u"--config-dir"_s, folder,
            u"--prefix"_s, u"k:"_s, how});
        QCOMPARE(done.status, 3);
        QVERIFY2(done.out.isEmpty() && done.err.contains("read-only"), done.err.constData());
    }
    QCOMPARE(m_server->command({"DBSIZE"}), "1");
}

void TestBulkCommand::aTemplateEndsNoDatabase_data()
{
    QTest::addColumn<QString>("command");
    QTest::newRow("of this database") << u"FLUSHDB"_s;
    QTest::newRow("of all, as the key's word") << u"flushall ASYNC *"_s;
    QTest::newRow("of the server") << u"SHUTDOWN NOSAVE"_s;
}

/// The yes to a job is none to that.
void TestBulkCommand::aTemplateEndsNoDatabase()
{
    QFETCH(const QString, command);
    m_server->command({"MSET", "k:1", "v", "k:2", "v"});
    const Outcome done = bulk({u"template"_s, u"--command"_s, command, u"--all"_s, u"--yes"_s});
    QVERIFY(done.status != 0);
    QVERIFY2(done.err.contains("no undo archive"), done.err.constData());
    QCOMPARE(m_server->command({"DBSIZE"}), "2");
}

void TestBulkCommand::productionWantsItsName()
{
    m_server->command({"MSET", "k:1", "v", "k:2", "v"});
    const QString folder = file(u"config"_s);
    Profile profile;
    profile.name = u"live"_s;
    profile.socketPath = m_server->socketPath();
    profile.environment = Environment::Production;
    ProfileStore store(folder);
    QVERIFY(store.save(profile));
    const QStringList words{u"bulk"_s, u"delete"_s, u"--profile"_s, u"live"_s, u"--config-dir"_s, folder, u"--prefix"_s,
        u"k:"_s, u"--yes"_s, u"--archive"_s, file(u"a.kga"_s)};
    for (const QStringList& more : {QStringList{}, QStringList{u"--confirm"_s, u"test"_s}}) {
        const Outcome refused = run(words + more);
        QCOMPARE(refused.status, 2);
        QVERIFY2(refused.err.contains("live"), refused.err.constData());
    }
    QCOMPARE(m_server->command({"DBSIZE"}), "2");
    const Outcome done = run(words + QStringList{u"--confirm"_s, u"live"_s});
    QCOMPARE(done.status, 0);
    QCOMPARE(m_server->command({"DBSIZE"}), "0");
}

void TestBulkCommand::aProductionTargetWantsItsNameToo()
{
    m_server->command({"MSET", "k:1", "v", "k:2", "v"});
    const auto other = RedisServer::start();
    const QString folder = file(u"config"_s);
    ProfileStore store(folder);
    Profile profile;
    profile.environment = Environment::Production;
    profile.name = u"here"_s;
    profile.socketPath = m_server->socketPath();
    QVERIFY(store.save(profile));
    profile.id.clear();
    profile.name = u"there"_s;
    profile.socketPath = other->socketPath();
    QVERIFY(store.save(profile));
    const QStringList words{u"bulk"_s, u"copy"_s, u"--profile"_s, u"here"_s, u"--config-dir"_s, folder, u"--prefix"_s,
        u"k:"_s, u"--to-profile"_s, u"there"_s, u"--yes"_s, u"--confirm"_s, u"here"_s};
    const Outcome refused = run(words);
    QCOMPARE(refused.status, 2);
    QVERIFY2(refused.err.contains("there is a production server"), refused.err.constData());
    QCOMPARE(other->command({"DBSIZE"}), "0");
    const Outcome done = run(words + QStringList{u"--confirm"_s, u"there"_s});
    QVERIFY2(done.status == 0, done.err.constData());
    QCOMPARE(other->command({"DBSIZE"}), "2");
}

void TestBulkCommand::refusesBadUsage_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addRow("no operation") << QStringList{};
    QTest::addRow("an unknown operation") << QStringList{u"destroy"_s, u"--all"_s};
    QTest::addRow("no keys") << QStringList{u"delete"_s, u"--yes"_s};
    QTest::addRow("an empty prefix") << QStringList{u"delete"_s, u"--prefix"_s, u""_s, u"--yes"_s};
    QTest::addRow("an empty pattern") << QStringList{u"delete"_s, u"--pattern"_s, u""_s, u"--yes"_s};
    QTest::addRow("two kinds of keys") << QStringList{u"delete"_s, u"--all"_s, u"--prefix"_s, u"k:"_s, u"--yes"_s};
    QTest::addRow("keys as words") << QStringList{u"delete"_s, u"k:"_s, u"--all"_s, u"--yes"_s};
    QTest::addRow("an open bracket") << QStringList{u"delete"_s, u"--pattern"_s, u"k[*"_s, u"--yes"_s};
    QTest::addRow("an archive and none") << QStringList{
        u"delete"_s, u"--all"_s, u"--archive"_s, u"a"_s, u"--no-archive"_s, u"--yes"_s};
    QTest::addRow("no time") << QStringList{u"expire"_s, u"--all"_s, u"--yes"_s};
    QTest::addRow("a time that is over") << QStringList{u"expire"_s, u"--all"_s, u"--at"_s, u"1000"_s, u"--yes"_s};
    QTest::addRow("a bad time") << QStringList{u"expire"_s, u"--all"_s, u"--ttl"_s, u"soon"_s, u"--yes"_s};
    QTest::addRow("a bad expression") << QStringList{
        u"rename"_s, u"--all"_s, u"--regex"_s, u"("_s, u"--to"_s, u"x"_s, u"--yes"_s};
    QTest::addRow("bad databases") << QStringList{u"delete"_s, u"--all"_s, u"--databases"_s, u"0,x"_s, u"--yes"_s};
    QTest::addRow("databases upside down")
        << QStringList{u"delete"_s, u"--all"_s, u"--databases"_s, u"3-1"_s, u"--yes"_s};
    QTest::addRow("a copy to where it is") << QStringList{u"copy"_s, u"--all"_s, u"--to-db"_s, u"0"_s, u"--yes"_s};
}

void TestBulkCommand::refusesBadUsage()
{
    QFETCH(const QStringList, words);
    m_server->command({"SET", "k:1", "v"});
    const Outcome done = bulk(words);
    QCOMPARE(done.status, 2);
    QVERIFY(done.err.startsWith("keyglass: "));
    QCOMPARE(done.err.count('\n'), 1);
    QCOMPARE(m_server->command({"DBSIZE"}), "1");
    QCOMPARE(m_server->command({"TTL", "k:1"}), "-1");
}

QTEST_GUILESS_MAIN(TestBulkCommand)
#include "tst_bulkcommand.moc"
