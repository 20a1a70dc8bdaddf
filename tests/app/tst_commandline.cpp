// SPDX-License-Identifier: GPL-3.0-or-later
// Starts the program itself, as a script would.
#include "tests/app/program.h"
#include "tests/servers/redisserver.h"

#include <unistd.h>

#include <QJsonArray>
#include <QObject>
#include <QProcess>
#include <QTest>

#include <map>

using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

QString uriOf(const RedisServer& server)
{
    return u"redis+unix://"_s + server.socketPath();
}

} // namespace

class TestCommandLine : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void listsKeysAsJson();
    void listsKeysAsLinesThatComeBack();
    void saysWhatALimitCut();
    void countsWithoutListing();
    void endsWhereTimeOrMemoryAreUsedUp();
    void writesATableOfTheKeys();
    void listsSeveralDatabases_data();
    void listsSeveralDatabases();
    void refusesDatabasesThatAreNone_data();
    void refusesDatabasesThatAreNone();
    void goesOnWhereADatabaseIsMissing();
    void usesKeysWithAWarning();
    void readsOneValue();
    void takesThePasswordFromElsewhere_data();
    void takesThePasswordFromElsewhere();
    void neverTellsAPassword();
    void tellsWhatWentWrong_data();
    void tellsWhatWentWrong();
    void triesTheDemo();
    void namesItsCommands();
    void itsHelpFitsATerminal();
    void itsHelpNamesWhatARunTakes();
    void helpsWithACommand_data();
    void helpsWithACommand();
    void tellsWhereItsOutputIsLost_data();
    void tellsWhereItsOutputIsLost();
};

void TestCommandLine::listsKeysAsJson()
{
    const auto server = RedisServer::start();
    server->command({"SET", "user:1", "v"});
    server->command({"SET", "user:\xff", "v"});
    server->command({"SADD", "user:set", "v"});
    server->command({"SET", "other", "v"});
    const Outcome done =
        run({u"keys"_s, u"--uri"_s, uriOf(*server), u"--pattern"_s, u"user:"_s, u"--type"_s, u"string"_s});
    QCOMPARE(done.status, 0);
    const QJsonObject json = done.json();
    QCOMPARE(json[u"pattern"_s], u"user:"_s);
    QCOMPARE(json[u"keys"_s].toArray(), (QJsonArray{u"user:1"_s, QJsonObject{{u"base64"_s, u"dXNlcjr/"_s}}}));
    QCOMPARE(json[u"count"_s], 2);
    QCOMPARE(json[u"scan_method"_s], u"SCAN"_s);
    QCOMPARE(json[u"scan_parameters"_s],
        (QJsonObject{{u"count"_s, QJsonValue()}, {u"count_max"_s, 100}, {u"max_iterations"_s, QJsonValue()}}));
    QCOMPARE(json[u"iterations"_s], 1);
    QCOMPARE(json[u"truncated"_s], false);
    QCOMPARE(json[u"partial_nodes"_s], QJsonArray());
    QVERIFY(json[u"elapsed_ms"_s].isDouble());
    QVERIFY(QDateTime::fromString(json[u"timestamp"_s].toString(), Qt::ISODateWithMs).isValid());
}

void TestCommandLine::listsKeysAsLinesThatComeBack()
{
    const auto server = RedisServer::start();
    server->command({"SET", "a\nb\\\xff", "the value"});
    const Outcome keys = run({u"keys"_s, u"--uri"_s, uriOf(*server), u"--format"_s, u"lines"_s});
    QCOMPARE(keys.out, QByteArray("a\\nb\\\\\\xFF\n"));
    const Outcome value =
        run({u"value"_s, u"--uri"_s, uriOf(*server), u"--format"_s, u"raw"_s, QString::fromUtf8(keys.out.trimmed())});
    QCOMPARE(value.status, 0);
    QCOMPARE(value.out, QByteArray("the value"));
}

void TestCommandLine::saysWhatALimitCut()
{
    const auto server = RedisServer::start();
    server->fill(5000, [](std::size_t i) { return RedisServer::Args{"SET", "k:" + std::to_string(i), "v"}; });
    const Outcome done = run({u"keys"_s, u"--uri"_s, uriOf(*server), u"--count"_s, u"10"_s, u"--max-iterations"_s,
        u"7"_s, u"--format"_s, u"count"_s});
    QCOMPARE(done.status, 0);
    QCOMPARE(done.json()[u"truncated"_s], true);
    QCOMPARE(done.json()[u"iterations"_s], 7);
    QCOMPARE(done.json()[u"scan_parameters"_s], (QJsonObject{{u"count"_s, 10}, {u"max_iterations"_s, 7}}));
    QVERIFY2(done.err.contains("limit was reached after 7 calls"), done.err.constData());
    QVERIFY2(done.err.contains("enough would probably be"), done.err.constData());
}

void TestCommandLine::endsWhereTimeOrMemoryAreUsedUp()
{
    const auto server = RedisServer::start();
    server->fill(300'000, [](std::size_t i) { return RedisServer::Args{"SET", "k:" + std::to_string(i * 7919), "v"}; });
    const QStringList keys{u"keys"_s, u"--uri"_s, uriOf(*server), u"--count"_s, u"1"_s, u"--format"_s, u"count"_s};
    const Outcome late = run(keys + QStringList{u"--max-seconds"_s, u"1"_s});
    QCOMPARE(late.status, 0); // the user's own limit
    QCOMPARE(late.json()[u"truncated"_s], true);
    QVERIFY(late.json()[u"count"_s].toInt() < 300'000);
    QVERIFY2(late.err.contains("limit was reached"), late.err.constData());
    const Outcome large = run(keys + QStringList{u"--max-memory"_s, u"1"_s});
    QCOMPARE(large.status, 1);
    QVERIFY(large.json()[u"count"_s].toInt() > 0);
    QVERIFY(large.json()[u"count"_s].toInt() < 300'000);
    QCOMPARE(large.json()[u"partial_nodes"_s].toArray().size(), 1);
    QVERIFY2(large.err.contains("of memory") && large.err.contains("--max-memory"), large.err.constData());
    QCOMPARE(run(keys + QStringList{u"--max-memory"_s, u"much"_s}).status, 2);
}

void TestCommandLine::writesATableOfTheKeys()
{
    const auto server = RedisServer::start();
    server->command({"SET", "a,b", "text", "PX", "1000000"});
    server->command({"RPUSH", "l", "1", "2", "3"});
    const QStringList keys{u"keys"_s, u"--uri"_s, uriOf(*server), u"--columns"_s};
    const Outcome done = run(keys + QStringList{u"type,length,ttl_ms"_s});
    QCOMPARE(done.status, 0);
    const QList<QByteArray> lines = done.out.split('\n');
    QCOMPARE(lines[0], QByteArray("key,type,ttl_ms,length\r"));
    QVERIFY2(lines[1].startsWith("\"a,b\",string,9") && lines[1].endsWith(",4\r"), lines[1].constData());
    QCOMPARE(lines[2], QByteArray("l,list,,3\r"));
    const Outcome unknown = run(keys + QStringList{u"type,colour"_s});
    QCOMPARE(unknown.status, 2);
    QVERIFY(unknown.err.contains("colour") && unknown.err.contains("memory_bytes"));
    QCOMPARE(run(keys + QStringList{u"type"_s, u"--format"_s, u"lines"_s}).status, 2);
}

void TestCommandLine::countsWithoutListing()
{
    const auto server = RedisServer::start();
    server->fill(5000, [](std::size_t i) { return RedisServer::Args{"SET", "k:" + std::to_string(i), "v"}; });
    const Outcome done = run({u"keys"_s, u"--uri"_s, uriOf(*server), u"--format"_s, u"count"_s});
    QCOMPARE(done.json()[u"count"_s], 5000);
    QVERIFY(!done.json().contains(u"keys"_s));
}

void TestCommandLine::listsSeveralDatabases_data()
{
    QTest::addColumn<QString>("databases");
    QTest::addColumn<QList<int>>("meant");
    QTest::addRow("numbers, in their order") << u"10,0,2"_s << QList<int>{10, 0, 2};
    QTest::addRow("a range") << u"0-2"_s << QList<int>{0, 1, 2};
    QTest::addRow("a range with two dots") << u"0..2,10"_s << QList<int>{0, 1, 2, 10};
    QTest::addRow("all that have keys") << u"all"_s << QList<int>{0, 2, 10};
    QTest::addRow("a single one") << u"2"_s << QList<int>{2};
}

/// The same name stands in each of them, so that only the database tells the keys apart.
void TestCommandLine::listsSeveralDatabases()
{
    QFETCH(const QString, databases);
    QFETCH(const QList<int>, meant);
    const auto server = RedisServer::start();
    const std::map<int, QStringList> names{
        {0, {u"a"_s, u"same"_s}}, {1, {}}, {2, {u"same"_s, u"z\tz"_s}}, {10, {u"same"_s}}};
    for (const auto& [database, keys] : names) {
        server->command({"SELECT", std::to_string(database)});
        for (const QString& key : keys) {
            server->command({"SET", key.toStdString(), "v"});
        }
    }
    QJsonArray objects;
    QByteArray jsonLines;
    QByteArray lines;
    QJsonArray counts;
    QStringList rows;
    for (const int database : meant) {
        for (const QString& key : names.at(database)) {
            objects << QJsonObject{{u"database"_s, database}, {u"key"_s, key}};
            lines += QByteArray::number(database) + '\t' + QByteArray(key.toUtf8()).replace('\t', "\\t") + '\n';
            rows << u"%1,%2,string"_s.arg(database).arg(key);
        }
        counts << QJsonObject{
            {u"database"_s, database}, {u"count"_s, names.at(database).size()}, {u"complete"_s, true}};
    }
    const QStringList keys{u"keys"_s, u"--uri"_s, uriOf(*server) + u"?db=1"_s, u"--databases"_s, databases};
    const Outcome json = run(keys);
    QVERIFY2(json.status == 0, json.err.constData());
    QCOMPARE(json.json()[u"keys"_s].toArray(), objects);
    QCOMPARE(json.json()[u"databases"_s].toArray(), counts);
    QCOMPARE(json.json()[u"count"_s], objects.size());
    const Outcome counted = run(keys + QStringList{u"--format"_s, u"count"_s, u"--ledger"_s});
    QCOMPARE(counted.json()[u"databases"_s].toArray(), counts);
    QVERIFY(!counted.json().contains(u"keys"_s));
    const QJsonArray ledger = counted.json()[u"ledger"_s].toArray();
    QCOMPARE(ledger.size(), meant.size());
    QVERIFY(ledger[0][u"node"_s].toString().endsWith(u" db %1"_s.arg(meant[0])));
    QCOMPARE(run(keys + QStringList{u"--format"_s, u"lines"_s}).out, lines);
    const Outcome each = run(keys + QStringList{u"--format"_s, u"jsonl"_s});
    QJsonArray objectsOfLines;
    for (const QByteArray& line : each.out.split('\n')) {
        if (!line.isEmpty()) {
            objectsOfLines << QJsonDocument::fromJson(line).object();
        }
    }
    QCOMPARE(objectsOfLines, objects);
    const Outcome table = run(keys + QStringList{u"--columns"_s, u"type"_s});
    QVERIFY2(table.status == 0, table.err.constData());
    QStringList written = QString::fromUtf8(table.out).split(u"\r\n"_s, Qt::SkipEmptyParts);
    QCOMPARE(written.takeFirst(), u"database,key,type"_s);
    QCOMPARE(written.size(), rows.size());
    for (const QString& row : std::as_const(rows)) {
        QVERIFY2(written.contains(QString(row).replace(u'\t', u"\\t"_s)), qPrintable(row));
    }
    QCOMPARE(run(keys + QStringList{u"--pattern"_s, u"a"_s, u"--format"_s, u"lines"_s}).out,
        meant.contains(0) ? QByteArray("0\ta\n") : QByteArray());
}

void TestCommandLine::refusesDatabasesThatAreNone_data()
{
    QTest::addColumn<QString>("databases");
    QTest::addColumn<QByteArray>("told");
    QTest::addRow("no number") << u"0,x"_s << QByteArray("numbers of databases");
    QTest::addRow("backwards") << u"3..1"_s << QByteArray("numbers of databases");
    QTest::addRow("nothing") << u""_s << QByteArray("numbers of databases");
    QTest::addRow("more than the server has") << u"0-16"_s << QByteArray("no database 16; the server's are 0 to 15");
}

void TestCommandLine::refusesDatabasesThatAreNone()
{
    QFETCH(const QString, databases);
    QFETCH(const QByteArray, told);
    const auto server = RedisServer::start();
    const Outcome done = run({u"keys"_s, u"--uri"_s, uriOf(*server), u"--databases="_s + databases});
    QCOMPARE(done.status, 2);
    QVERIFY2(done.err.contains("--databases") && done.err.contains(told), done.err.constData());
    QVERIFY(done.out.isEmpty());
}

/// How many there are is not told to this user: one that is not there is named, the others stand.
void TestCommandLine::goesOnWhereADatabaseIsMissing()
{
    ServerOptions options;
    options.aclLines = {u"user default on >pw ~* &* +@all -config"_s};
    const auto server = RedisServer::start(options);
    server->command({"SELECT", "3"});
    server->command({"SET", "k", "v"});
    const Outcome done =
        run({u"keys"_s, u"--uri"_s, uriOf(*server), u"--databases"_s, u"3,99,0"_s}, {}, {u"KEYGLASS_PASSWORD=pw"_s});
    QVERIFY2(done.status == 1, done.err.constData());
    QCOMPARE(done.json()[u"keys"_s].toArray(), (QJsonArray{QJsonObject{{u"database"_s, 3}, {u"key"_s, u"k"_s}}}));
    const QJsonArray databases = done.json()[u"databases"_s].toArray();
    QCOMPARE(databases[0][u"complete"_s], true);
    QCOMPARE(databases[1][u"complete"_s], false);
    QCOMPARE(databases[2][u"complete"_s], true);
    QCOMPARE(done.json()[u"partial_nodes"_s].toArray().size(), 1);
    QVERIFY(done.json()[u"partial_nodes"_s][0].toString().endsWith(u" db 99"_s));
    QVERIFY2(done.err.contains("out of range"), done.err.constData());
}

void TestCommandLine::usesKeysWithAWarning()
{
    const auto server = RedisServer::start();
    server->command({"SET", "k", "v"});
    const Outcome done = run({u"keys"_s, u"--uri"_s, uriOf(*server), u"--use-keys"_s});
    QCOMPARE(done.status, 0);
    QCOMPARE(done.json()[u"scan_method"_s], u"KEYS"_s);
    QCOMPARE(done.json()[u"count"_s], 1);
    QVERIFY(done.err.contains("KEYS"));
}

void TestCommandLine::readsOneValue()
{
    const auto server = RedisServer::start();
    server->command({"ZADD", "z", "9007199254740993", "a", "3.9000000000000004", "b"});
    const Outcome done = run({u"value"_s, u"--uri"_s, uriOf(*server), u"z"_s});
    QCOMPARE(done.status, 0);
    QCOMPARE(done.json()[u"type"_s], u"zset"_s);
    QCOMPARE(done.json()[u"ttl_ms"_s], QJsonValue());
    QCOMPARE(done.json()[u"value"_s].toArray(),
        (QJsonArray{QJsonObject{{u"member"_s, u"b"_s}, {u"score"_s, u"3.9000000000000004"_s}},
            QJsonObject{
                {u"member"_s, u"a"_s}, {u"score"_s, u"9007199254740992"_s}}})); // what the server keeps: a double
}

void TestCommandLine::takesThePasswordFromElsewhere_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QStringList>("environment");
    QTest::addColumn<int>("status");
    QTest::addRow("none") << QStringList{} << QByteArray() << QStringList{} << 3;
    QTest::addRow("wrong") << QStringList{u"--password-stdin"_s} << QByteArray("wrong\n") << QStringList{} << 3;
    QTest::addRow("stdin") << QStringList{u"--password-stdin"_s} << QByteArray("S3cret\n") << QStringList{} << 0;
    QTest::addRow("environment") << QStringList{} << QByteArray() << QStringList{u"KEYGLASS_PASSWORD=S3cret"_s} << 0;
}

void TestCommandLine::takesThePasswordFromElsewhere()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, input);
    QFETCH(QStringList, environment);
    QFETCH(int, status);
    ServerOptions options;
    options.password = u"S3cret"_s;
    const auto server = RedisServer::start(options);
    const Outcome done = run(QStringList{u"keys"_s, u"--uri"_s, uriOf(*server)} + arguments, input, environment);
    QCOMPARE(done.status, status);
    QVERIFY(!done.err.contains("S3cret") && !done.err.contains("wrong\n"));
}

void TestCommandLine::neverTellsAPassword()
{
    const Outcome done = run({u"keys"_s, u"--uri"_s, u"redis://bob:S3cret@127.0.0.1:1"_s});
    QCOMPARE(done.status, 3);
    QVERIFY(!done.err.isEmpty());
    QVERIFY2(!done.err.contains("S3cret"), done.err.constData());
    QCOMPARE(done.err.count('\n'), 1);
}

void TestCommandLine::tellsWhatWentWrong_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("says");
    const QString nobody = u"redis://127.0.0.1:1"_s;
    QTest::addRow("no command of this name") << QStringList{u"kyes"_s} << 2 << QByteArray("kyes");
    QTest::addRow("nowhere to go") << QStringList{u"keys"_s} << 2 << QByteArray("--uri");
    QTest::addRow("unknown option") << QStringList{u"keys"_s, u"--uri"_s, nobody, u"--colour"_s} << 2
                                    << QByteArray("--colour");
    QTest::addRow("option without value") << QStringList{u"keys"_s, u"--uri"_s} << 2 << QByteArray("--uri");
    QTest::addRow("no number") << QStringList{u"keys"_s, u"--uri"_s, nobody, u"--count"_s, u"many"_s} << 2
                               << QByteArray("many");
    QTest::addRow("COUNT of 0") << QStringList{u"keys"_s, u"--uri"_s, nobody, u"--count"_s, u"0"_s} << 2
                                << QByteArray("--count");
    QTest::addRow("unknown format") << QStringList{u"keys"_s, u"--uri"_s, nobody, u"--format"_s, u"xml"_s} << 2
                                    << QByteArray("xml");
    QTest::addRow("unclosed bracket") << QStringList{u"keys"_s, u"--uri"_s, nobody, u"--pattern"_s, u"a[b"_s} << 2
                                      << QByteArray("[");
    QTest::addRow("bounds that no key is between")
        << QStringList{u"keys"_s, u"--uri"_s, nobody, u"--bytes-below"_s, u"100"_s, u"--bytes-above"_s, u"200"_s} << 2
        << QByteArray("below 100 and above 200");
    QTest::addRow("the end of keys without one") << QStringList{u"keys"_s, u"--uri"_s, nobody, u"--ttl"_s, u"none"_s,
        u"--ttl-below"_s, u"100"_s} << 2 << QByteArray("--ttl-below");
    QTest::addRow("bad scheme") << QStringList{u"keys"_s, u"--uri"_s, u"ftp://x"_s} << 2 << QByteArray("ftp");
    QTest::addRow("refused") << QStringList{u"keys"_s, u"--uri"_s, nobody} << 3 << QByteArray("refused");
    QTest::addRow("no key named") << QStringList{u"value"_s, u"--uri"_s, nobody} << 2 << QByteArray("one key");
}

void TestCommandLine::tellsWhatWentWrong()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, status);
    QFETCH(QByteArray, says);
    const Outcome done = run(arguments);
    QVERIFY2(done.err.contains(says), done.err.constData());
    QCOMPARE(done.status, status);
    QVERIFY(done.out.isEmpty());
}

void TestCommandLine::triesTheDemo()
{
    const Outcome done = run({u"keys"_s, u"--demo"_s, u"--format"_s, u"count"_s});
    QCOMPARE(done.status, 0);
    QVERIFY(done.json()[u"count"_s].toInt() > 45'000);
}

void TestCommandLine::namesItsCommands()
{
    const Outcome done = run({u"help"_s});
    QCOMPARE(done.status, 0);
    for (const char* word : {"keys", "value", "--demo", "--uri", "KEYGLASS_PASSWORD"}) {
        QVERIFY2(done.out.contains(word), word);
    }
}

void TestCommandLine::itsHelpFitsATerminal()
{
    const QStringList lines = QString::fromUtf8(run({u"help"_s}).out).split(u'\n');
    QVERIFY(lines.size() > 50);
    for (const QString& line : lines) {
        QVERIFY2(line.size() <= 130, qPrintable(line));
        QVERIFY2(!line.endsWith(u" …"), qPrintable(line)); // what else there is would stay untold
    }
}

void TestCommandLine::itsHelpNamesWhatARunTakes()
{
    const QString help = QString::fromUtf8(run({u"help"_s}).out);
    const qsizetype begin = help.indexOf(u"keyglass bulk   run"_s);
    const qsizetype end = help.indexOf(u"keyglass bulk   undo"_s);
    QVERIFY(begin >= 0 && end > begin);
    const QString own = help.mid(begin, end - begin);
    for (const QString& option : {u"--overwrite"_s, u"--to-uri"_s, u"--to-profile"_s, u"--to-db"_s, u"--databases"_s,
             u"--dry-run"_s, u"--memory"_s, u"--yes"_s, u"--confirm"_s, u"--archive"_s, u"--no-archive"_s,
             u"--refuse-changed"_s, u"--accept-changed"_s, u"--unarchived-too"_s, u"--seal"_s, u"--passphrase-stdin"_s,
             u"--rate"_s, u"--pace"_s, u"--report"_s, u"--only-unchanged"_s, u"--seen"_s}) {
        QVERIFY2(own.contains(option), qPrintable(option));
    }
}

void TestCommandLine::helpsWithACommand_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("status");
    QTest::addRow("--help behind it") << QStringList{u"value"_s, u"--help"_s} << 0;
    QTest::addRow("-h behind it") << QStringList{u"keys"_s, u"-h"_s} << 0;
    QTest::addRow("behind other options")
        << QStringList{u"bulk"_s, u"delete"_s, u"--uri"_s, u"redis://x"_s, u"--help"_s} << 0;
    QTest::addRow("an option's value") << QStringList{u"value"_s, u"--uri"_s, u"--help"_s, u"key"_s} << 2;
    QTest::addRow("behind --") << QStringList{u"value"_s, u"--"_s, u"--help"_s} << 2;
}

void TestCommandLine::helpsWithACommand()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const int, status);
    const Outcome done = run(arguments);
    QCOMPARE(done.status, status);
    QCOMPARE(done.out.contains("--decode"), status == 0);
    QCOMPARE(done.err.isEmpty(), status == 0);
}

void TestCommandLine::tellsWhereItsOutputIsLost_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<bool>("isClosed");
    for (const bool isClosed : {false, true}) {
        const char* how = isClosed ? "closed" : "full";
        QTest::addRow("a value, %s", how) << QStringList{u"value"_s, u"key"_s, u"--format"_s, u"raw"_s} << isClosed;
        QTest::addRow("keys, %s", how) << QStringList{u"keys"_s, u"--format"_s, u"lines"_s} << isClosed;
        QTest::addRow("an answer, %s", how) << QStringList{u"exec"_s, u"GET key"_s} << isClosed;
        QTest::addRow("help, %s", how) << QStringList{u"help"_s} << isClosed;
    }
}

/// It fits into the program's own buffer, so that only the last write finds out. What was closed must not be the
/// server's connection then: the value is a command in itself.
void TestCommandLine::tellsWhereItsOutputIsLost()
{
    QFETCH(QStringList, arguments);
    QFETCH(const bool, isClosed);
    const auto server = RedisServer::start();
    server->command({"SET", "key", "x\nSET written yes\n"});
    if (arguments.size() > 1) {
        arguments << u"--uri"_s << uriOf(*server);
    }
    QProcess program;
    if (isClosed) {
        program.setChildProcessModifier([] {
            ::close(STDIN_FILENO);
            ::close(STDOUT_FILENO);
        });
    } else {
        program.setStandardOutputFile(u"/dev/full"_s);
    }
    program.start(QStringLiteral(KEYGLASS_PROGRAM), arguments);
    QVERIFY(program.waitForFinished(60'000));
    const QByteArray err = program.readAllStandardError();
    QCOMPARE(program.exitCode(), 3);
    QVERIFY2(err.contains("stdout"), err.constData());
    QVERIFY2(isClosed || err.contains("space"), err.constData());
    QCOMPARE(err.count("stdout"), 1);
    QCOMPARE(server->command({"EXISTS", "written"}), std::string("0"));
}

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"
