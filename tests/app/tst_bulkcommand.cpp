// SPDX-License-Identifier: GPL-3.0-or-later
// `keyglass bulk` as a script would use it.
#include "core/profile/profilestore.h"
#include "tests/app/bulkcommandfixture.h"
#include "tests/servers/rediscluster.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

class TestBulkCommand : public BulkCommandFixture {
    Q_OBJECT

private Q_SLOTS:
    void deletesOnlyTheFolderMeant_data();
    void deletesOnlyTheFolderMeant();
    void archivesByDefault();
    void aScriptThatSaysBusyIsNotSentAgain();
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
    void deletesInACluster();
    void needsAYes();
    void refusesWhatIsReadOnly();
    void aTemplateEndsNoDatabase_data();
    void aTemplateEndsNoDatabase();
    void productionWantsItsName();
    void refusesBadUsage_data();
    void refusesBadUsage();
};

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

void TestBulkCommand::takesTheKeysOfAFile()
{
    const std::vector<std::string> keys{"plain", "line\nbreak", "back\\slash", std::string("nul\0", 4), "\xff\xfe", ""};
    for (const std::string& key : keys) {
        m_server->command({"SET", key, "v"});
    }
    const Outcome listed = run({u"keys"_s, u"--uri"_s, uriOf(*m_server), u"--format"_s, u"lines"_s});
    m_server->command({"SET", "later", "v"});
    const QString list = written(u"keys.txt"_s, listed.out + "missing\n");
    const Outcome done = bulk({u"delete"_s, u"--keys-file"_s, list, u"--no-archive"_s, u"--yes"_s});
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
    const QString list = written(u"keys.txt"_s, isRaw ? "k:1\r\nk:2\r\n" : "k:1\r\nk:2\\r\r\n");
    QStringList words{u"delete"_s, u"--keys-file"_s, list, u"--yes"_s};
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
    const QString list = written(u"keys.txt"_s, "good\n" + line + '\n');
    const Outcome done = bulk({u"delete"_s, u"--keys-file"_s, list, u"--yes"_s});
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
