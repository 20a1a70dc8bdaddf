// SPDX-License-Identifier: GPL-3.0-or-later
// `keyglass bulk export`, `import`, `set-field` and `template` as a script would use them.
#include "core/profile/profilestore.h"
#include "tests/app/program.h"
#include "tests/servers/redisserver.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

class TestBulkFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void exportsAndImports_data();
    void exportsAndImports();
    void doesNotWriteOverAFile();
    void tellsBadLines();
    void showsWhatAnImportWouldDo();
    void foretellsThatAnImportDoesNotBegin_data();
    void foretellsThatAnImportDoesNotBegin();
    void setsAField();
    void runsATemplate();
    void tellsWhatATemplateWritesUnarchived();
    void aReadOnlyProfile();
    void refusesBadUsage_data();
    void refusesBadUsage();
    void saysWhatIsBad_data();
    void saysWhatIsBad();

private:
    [[nodiscard]] Outcome bulk(const QStringList& words, bool hasUri = true)
    {
        const QStringList uri{u"--uri"_s, u"redis+unix://"_s + m_server->socketPath()};
        return run(QStringList{u"bulk"_s} + words + (hasUri ? uri : QStringList()), {},
            {u"XDG_DATA_HOME="_s + m_folder->path()});
    }
    [[nodiscard]] QString file(const QString& name) const { return m_folder->filePath(name); }
    void write(const QString& name, const QByteArray& text) const
    {
        QFile out(file(name));
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(text);
    }

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestBulkFiles::init()
{
    m_server = RedisServer::start();
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestBulkFiles::exportsAndImports_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name : {"keys.jsonl", "keys.csv", "keys.txt", "keys.resp", "keys.kga"}) {
        QTest::addRow("%s", name) << QString::fromLatin1(name);
    }
}

void TestBulkFiles::exportsAndImports()
{
    QFETCH(const QString, name);
    m_server->command({"SET", "k:1", "v", "PX", "1000000"});
    m_server->command({"HSET", "k:2", "f", std::string("\0\xFF", 2)});
    m_server->command({"SET", "other", "v"});
    const Outcome out = bulk({u"export"_s, u"--prefix"_s, u"k:"_s, u"--file"_s, file(name)});
    QCOMPARE(out.status, 0);
    QCOMPARE(out.json()[u"done"_s], 2);
    QCOMPARE(out.json()[u"file"_s].toString(), file(name));
    QCOMPARE(out.json()[u"file_bytes"_s].toInteger(), QFileInfo(file(name)).size());
    const std::string ends = m_server->command({"PEXPIRETIME", "k:1"});
    m_server->command({"FLUSHALL"});
    const Outcome in = bulk({u"import"_s, u"--file"_s, file(name), u"--yes"_s});
    QCOMPARE(in.status, 0);
    QCOMPARE(in.json()[u"done"_s], 2);
    QCOMPARE(m_server->command({"PEXPIRETIME", "k:1"}), ends);
    QCOMPARE(m_server->command({"HGET", "k:2", "f"}), std::string("\0\xFF", 2));
    QCOMPARE(m_server->command({"DBSIZE"}), "2");
}

void TestBulkFiles::doesNotWriteOverAFile()
{
    m_server->command({"SET", "k", "v"});
    write(u"keys.txt"_s, "precious");
    const QStringList words{u"export"_s, u"--all"_s, u"--file"_s, file(u"keys.txt"_s)};
    QCOMPARE(bulk(words).status, 3);
    QCOMPARE(QFileInfo(file(u"keys.txt"_s)).size(), 8);
    QCOMPARE(bulk(words + QStringList{u"--overwrite"_s}).status, 0);
    QFile written(file(u"keys.txt"_s));
    QVERIFY(written.open(QIODevice::ReadOnly));
    QCOMPARE(written.readAll(), "SET k v\n");
}

void TestBulkFiles::tellsBadLines()
{
    write(u"keys.txt"_s, "SET a 1\nSET b\nSET c 1\n");
    const Outcome in = bulk({u"import"_s, u"--file"_s, file(u"keys.txt"_s), u"--yes"_s});
    QCOMPARE(in.status, 1);
    QCOMPARE(in.json()[u"bad_lines"_s], 1);
    QCOMPARE(in.json()[u"line_errors"_s].toArray().at(0).toObject()[u"line"_s], 2);
    QVERIFY2(in.err.contains("line 2: "), in.err.constData());
    QCOMPARE(m_server->command({"DBSIZE"}), "2");
}

void TestBulkFiles::showsWhatAnImportWouldDo()
{
    write(u"keys.txt"_s, "SET a 1\nSADD b 1\n");
    m_server->command({"SET", "a", "old"});
    const Outcome shown =
        bulk({u"import"_s, u"--file"_s, file(u"keys.txt"_s), u"--conflict"_s, u"replace"_s, u"--dry-run"_s});
    QCOMPARE(shown.status, 0);
    QCOMPARE(shown.json()[u"keys"_s], 2);
    QCOMPARE(shown.json()[u"in_the_way"_s], 1);
    QCOMPARE(shown.json()[u"types"_s].toObject()[u"set"_s], 1);
    const QJsonObject space = shown.json()[u"archive"_s].toObject();
    QVERIFY2(space[u"folder"_s].toString().startsWith(m_folder->path()), shown.out.constData());
    QVERIFY(space[u"free_bytes"_s].toDouble() > 0);
    QVERIFY(space.contains(u"at_most_bytes"_s) && space[u"at_most_bytes"_s].isNull()); // what is there is not looked at
    const Outcome without = bulk({u"import"_s, u"--file"_s, file(u"keys.txt"_s), u"--conflict"_s, u"replace"_s,
        u"--no-archive"_s, u"--dry-run"_s});
    QVERIFY(!without.json().isEmpty() && !without.json().contains(u"archive"_s));
    QCOMPARE(m_server->command({"GET", "a"}), "old");
    QCOMPARE(m_server->command({"DBSIZE"}), "1");
    const Outcome refused =
        bulk({u"import"_s, u"--file"_s, file(u"keys.txt"_s), u"--conflict"_s, u"fail"_s, u"--yes"_s});
    QCOMPARE(refused.status, 3);
    QCOMPARE(m_server->command({"DBSIZE"}), "1");
}

void TestBulkFiles::foretellsThatAnImportDoesNotBegin_data()
{
    QTest::addColumn<QString>("conflict");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("why"); // empty: it would begin
    QTest::addRow("a key is there") << u"fail"_s << QByteArray("SET a 1\nSADD b 1\n") << QByteArray("1 of its keys");
    QTest::addRow("a line can't be read") << u"fail"_s << QByteArray("SADD b 1\nFLUSHALL\n") << QByteArray("line 2");
    QTest::addRow("nothing is in the way") << u"fail"_s << QByteArray("SADD b 1\n") << QByteArray();
    QTest::addRow("the key is skipped") << u"skip"_s << QByteArray("SET a 1\nSADD b 1\n") << QByteArray();
    QTest::addRow("the key is replaced") << u"replace"_s << QByteArray("SET a 1\nSADD b 1\n") << QByteArray();
}

/// A dry run says what the run itself then says, and ends as that does.
void TestBulkFiles::foretellsThatAnImportDoesNotBegin()
{
    QFETCH(const QString, conflict);
    QFETCH(const QByteArray, content);
    QFETCH(const QByteArray, why);
    write(u"keys.txt"_s, content);
    m_server->command({"SET", "a", "old"});
    const QStringList words{u"import"_s, u"--file"_s, file(u"keys.txt"_s), u"--conflict"_s, conflict};
    const Outcome shown = bulk(words + QStringList{u"--dry-run"_s});
    QVERIFY2(shown.json().contains(u"would_fail"_s), shown.out.constData());
    QCOMPARE(shown.json()[u"would_fail"_s], !why.isEmpty());
    QCOMPARE(shown.err.isEmpty(), why.isEmpty());
    QVERIFY2(shown.err.contains(why), shown.err.constData());
    QCOMPARE(m_server->command({"DBSIZE"}), "1");
    const Outcome done = bulk(words + QStringList{u"--yes"_s});
    QVERIFY2(done.err.contains(why), done.err.constData());
    QCOMPARE(shown.status == 0, why.isEmpty());
    QCOMPARE(done.status, shown.status);
    QCOMPARE(m_server->command({"DBSIZE"}), why.isEmpty() ? "2" : "1");
}

void TestBulkFiles::setsAField()
{
    m_server->command({"HSET", "h:1", "f", "old"});
    m_server->command({"HSET", "h:2", "g", "v"});
    m_server->command({"SET", "h:3", "v"});
    const Outcome done =
        bulk({u"set-field"_s, u"--prefix"_s, u"h:"_s, u"--field"_s, u"f"_s, u"--value"_s, u"new value"_s, u"--yes"_s});
    QCOMPARE(done.status, 0);
    QCOMPARE(done.json()[u"done"_s], 2);
    QCOMPARE(done.json()[u"outcomes"_s].toObject()[u"skipped"_s], 1);
    QCOMPARE(m_server->command({"HGET", "h:1", "f"}), "new value");
    QCOMPARE(m_server->command({"HGET", "h:2", "f"}), "new value");
    const QString archive = done.json()[u"archive"_s].toObject()[u"file"_s].toString();
    QCOMPARE(bulk({u"undo"_s, archive, u"--conflict"_s, u"replace"_s, u"--yes"_s}).status, 0);
    QCOMPARE(m_server->command({"HGET", "h:1", "f"}), "old");
    QCOMPARE(m_server->command({"HEXISTS", "h:2", "f"}), "0");
}

void TestBulkFiles::runsATemplate()
{
    m_server->command({"MSET", "n:1", "1", "n:2 with \"quotes\"", "2", "n:3", "text"});
    const Outcome done = bulk({u"template"_s, u"--prefix"_s, u"n:"_s, u"--command"_s, u"INCRBY * 10"_s, u"--yes"_s});
    QCOMPARE(done.status, 1); // one is no number
    QCOMPARE(done.json()[u"done"_s], 2);
    QCOMPARE(m_server->command({"GET", "n:1"}), "11");
    QCOMPARE(m_server->command({"GET", "n:2 with \"quotes\""}), "12");
    QCOMPARE(done.json()[u"problems"_s].toArray().at(0).toObject()[u"key"_s].toString(), u"n:3"_s);
    QCOMPARE(done.json()[u"archive"_s].toObject()[u"records"_s], 3);
}

void TestBulkFiles::tellsWhatATemplateWritesUnarchived()
{
    m_server->command({"SET", "n:1", "1"});
    const QStringList words{u"template"_s, u"--all"_s, u"--dry-run"_s, u"--command"_s};
    const QByteArray warning = "only that one is archived";
    const Outcome renaming = bulk(words + QStringList{u"RENAME * new:*"_s});
    QCOMPARE(renaming.status, 0);
    QVERIFY2(renaming.err.contains(warning), renaming.err.constData());
    QVERIFY(!bulk(words + QStringList{u"INCR *"_s}).err.contains(warning));
    QVERIFY(!bulk(words + QStringList{u"RENAME * new:*"_s, u"--no-archive"_s}).err.contains(warning));
}

void TestBulkFiles::aReadOnlyProfile()
{
    m_server->command({"SET", "k", "v"});
    Profile profile;
    profile.name = u"shop"_s;
    profile.socketPath = m_server->socketPath();
    profile.readOnly = true;
    profile.environment = Environment::Production;
    ProfileStore store(file(u"config"_s));
    QVERIFY(store.save(profile));
    const QStringList shop{u"--profile"_s, u"shop"_s, u"--config-dir"_s, file(u"config"_s)};
    QCOMPARE(bulk(QStringList{u"export"_s, u"--all"_s, u"--file"_s, file(u"keys.jsonl"_s)} + shop, false).status, 0);
    const QString other = u"redis+unix://"_s + m_server->socketPath() + u"?db=3"_s; // what is copied to it, not from it
    for (const QString& way : {u"--dry-run"_s, u"--yes"_s}) {
        const Outcome refused = run({u"bulk"_s, u"copy"_s, u"--all"_s, u"--uri"_s, other, u"--to-profile"_s, u"shop"_s,
            u"--config-dir"_s, file(u"config"_s), way});
        QCOMPARE(refused.status, 3);
        QVERIFY2(refused.err.contains("read-only"), refused.err.constData());
        QVERIFY(refused.out.isEmpty());
    }
    for (const QStringList& words : {QStringList{u"import"_s, u"--file"_s, file(u"keys.jsonl"_s)},
             QStringList{u"delete"_s, u"--all"_s}, QStringList{u"template"_s, u"--all"_s, u"--command"_s, u"DEL *"_s},
             QStringList{u"set-field"_s, u"--all"_s, u"--field"_s, u"f"_s, u"--value"_s, u"v"_s}}) {
        for (const QString& way : {u"--dry-run"_s, u"--yes"_s}) {
            const Outcome refused = bulk(words + shop + QStringList{way}, false);
            QCOMPARE(refused.status, 3);
            QVERIFY2(refused.err.contains("read-only"), refused.err.constData());
        }
    }
    QCOMPARE(m_server->command({"DBSIZE"}), "1");
}

void TestBulkFiles::refusesBadUsage_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addRow("no file") << QStringList{u"export"_s, u"--all"_s};
    QTest::addRow("no keys") << QStringList{u"export"_s, u"--file"_s, u"/tmp/k.csv"_s};
    QTest::addRow("a format that can't be told") << QStringList{u"export"_s, u"--all"_s, u"--file"_s, u"/tmp/keys"_s};
    QTest::addRow("an unknown format") << QStringList{
        u"import"_s, u"--file"_s, u"/tmp/keys"_s, u"--format"_s, u"xml"_s, u"--yes"_s};
    QTest::addRow("an unknown conflict rule")
        << QStringList{u"import"_s, u"--file"_s, u"/tmp/k.csv"_s, u"--conflict"_s, u"ask"_s, u"--yes"_s};
    QTest::addRow("no value") << QStringList{u"set-field"_s, u"--all"_s, u"--field"_s, u"f"_s, u"--yes"_s};
    QTest::addRow("a forgotten value") << QStringList{
        u"delete"_s, u"--all"_s, u"--archive"_s, u"--no-archive"_s, u"--yes"_s};
    for (const char* option : {"--archive", "--report", "--seen"}) { // a variable that is not set
        QTest::addRow("an empty %s", option)
            << QStringList{u"delete"_s, u"--all"_s, QString::fromLatin1(option), u""_s, u"--yes"_s};
    }
    QTest::addRow("an option of exports") << QStringList{u"delete"_s, u"--all"_s, u"--overwrite"_s, u"--yes"_s};
    QTest::addRow("an option of dry runs") << QStringList{u"delete"_s, u"--all"_s, u"--memory"_s, u"--yes"_s};
    QTest::addRow("a passphrase for nothing")
        << QStringList{u"delete"_s, u"--all"_s, u"--passphrase-stdin"_s, u"--yes"_s};
    QTest::addRow("two targets") << QStringList{
        u"copy"_s, u"--all"_s, u"--to-profile"_s, u"shop"_s, u"--to-db"_s, u"3"_s, u"--yes"_s};
    QTest::addRow("both archive and none for an undo")
        << QStringList{u"undo"_s, u"/tmp/k.kga"_s, u"--archive"_s, u"/tmp/l.kga"_s, u"--no-archive"_s, u"--yes"_s};
    QTest::addRow("no command") << QStringList{u"template"_s, u"--all"_s, u"--yes"_s};
    QTest::addRow("a scan in a template")
        << QStringList{u"template"_s, u"--all"_s, u"--command"_s, u"SCAN 0 MATCH *"_s, u"--yes"_s};
    for (const char* command : {"SUBSCRIBE *", "CLIENT REPLY OFF", "SELECT 3", "MULTI", "EXEC", "WATCH *", "QUIT",
             "MONITOR", "BLPOP * 0", "BLPOP l *"}) { // they would be done to a connection, not to a key
        QTest::addRow("%s", command) << QStringList{
            u"template"_s, u"--all"_s, u"--no-archive"_s, u"--command"_s, QString::fromLatin1(command), u"--yes"_s};
    }
    QTest::addRow("a command that is a key")
        << QStringList{u"template"_s, u"--all"_s, u"--command"_s, u"* a"_s, u"--yes"_s};
}

void TestBulkFiles::refusesBadUsage()
{
    QFETCH(const QStringList, words);
    m_server->command({"SET", "k:1", "v"});
    const Outcome done = bulk(words);
    QCOMPARE(done.status, 2);
    QVERIFY(done.err.startsWith("keyglass: "));
    QCOMPARE(done.err.count('\n'), 1);
    QCOMPARE(m_server->command({"GET", "k:1"}), "v");
}

void TestBulkFiles::saysWhatIsBad_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QByteArray>("said");
    QTest::addRow("two targets") << QStringList{u"copy"_s, u"--all"_s, u"--to-uri"_s, u"redis://h"_s, u"--to-profile"_s,
        u"shop"_s, u"--yes"_s} << QByteArray("one of --to-uri, --to-profile and --to-db");
    QTest::addRow("an empty time") << QStringList{u"expire"_s, u"--all"_s, u"--ttl"_s, u""_s, u"--yes"_s}
                                   << QByteArray("--ttl can't be used");
    QTest::addRow("a prefix for itself") << QStringList{u"rename"_s, u"--prefix"_s, u"k:"_s, u"--to"_s, u"k:"_s,
        u"--yes"_s} << QByteArray("The new prefix");
    QTest::addRow("a forgotten value") << QStringList{u"delete"_s, u"--all"_s, u"--report"_s, u"--yes"_s}
                                       << QByteArray("--report=--yes");
}

void TestBulkFiles::saysWhatIsBad()
{
    QFETCH(const QStringList, words);
    QFETCH(const QByteArray, said);
    const Outcome done = bulk(words);
    QCOMPARE(done.status, 2);
    QVERIFY2(done.err.contains(said), done.err.constData());
}

QTEST_GUILESS_MAIN(TestBulkFiles)
#include "tst_bulkfiles.moc"
