// SPDX-License-Identifier: GPL-3.0-or-later
// `keyglass value`, started as a script would.
#include "core/profile/profilestore.h"
#include "core/profile/settings.h"
#include "tests/app/program.h"
#include "tests/core/value/decoderstacks.h"
#include "tests/servers/redisserver.h"

#include <sys/resource.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <string>

using namespace keyglass::test;
using namespace Qt::StringLiterals;

class TestValueCommand : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void writesEveryType_data();
    void writesEveryType();
    void readsRanges_data();
    void readsRanges();
    void readsALongRangeOverPages();
    void readsALongStringInPart();
    void dividesNoCharacterBetweenPages();
    void writesALongStringAsItComes_data();
    void writesALongStringAsItComes();
    void keepsNoLongStringInMemory();
    void looksWithoutATrace_data();
    void looksWithoutATrace();
    void goesOnWithoutACommand_data();
    void goesOnWithoutACommand();
    void findsNamesByAGlob();
    void readsOneField();
    void tellsWhenFieldsEnd();
    void writesTheGroupsOfAStream();
    void writesDocumentsAndDumps();
    void decodes_data();
    void decodes();
    void embedsDecodedJson();
    void tellsItsGuesses();
    void rulesOfTheProfileComeBeforeTheGuess();
    void programsDecodeWhereTheyAreAllowed();
    void namesTheLayerThatFails();
    void goesOnBehindAValueThatCantBeDecoded();
    void refusesWhatDoesNotFit_data();
    void refusesWhatDoesNotFit();

private:
    [[nodiscard]] Outcome value(const QStringList& arguments) const
    {
        return run(QStringList{u"value"_s, u"--uri"_s, u"redis+unix://"_s + m_server->socketPath()} + arguments);
    }
    std::unique_ptr<RedisServer> m_server;
};

void TestValueCommand::initTestCase()
{
    m_server = RedisServer::start();
    m_server->command({"SET", "string", "a \"text\",\nof\xff bytes\\"});
    m_server->command({"HSET", "hash", "f", "1", "g,h", "two words"});
    m_server->command({"RPUSH", "list", "a", "b", "", "d"});
    m_server->command({"SADD", "set", "m"});
    m_server->command({"ZADD", "zset", "1", "a", "1.5", "b", "inf", "c"});
    m_server->command({"XADD", "stream", "5-1", "f", "1", "g", "2"});
    m_server->command({"XADD", "stream", "5-2", "f", "3"});
    m_server->command({"XADD", "stream", "9-0", "f", "4"});
    m_server->command({"SET", "gz", packed("gzip,json", R"({"id": 9007199254740993, "tags": ["é"]})")});
    m_server->command({"SET", "msgpack", packed("zstd,msgpack", R"({"user": "ann", "raw": {"$base64": "/wA="}})")});
    m_server->command({"SET", "text", "hello"});
    m_server->command({"SET", "bomb", packed("gzip", std::string(70 * 1024 * 1024, '\0'))});
    m_server->command({"HSET", "mixed", "a", packed("gzip", "first"), "b", "not packed"});
    m_server->command({"RPUSH", "guessed", packed("gzip", R"({"a":1})"), "text"});
    m_server->command({"XADD", "guesses", "1-1", "f", R"({"a":1})", "g", "text"});
}

void TestValueCommand::writesEveryType_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("format");
    QTest::addColumn<QByteArray>("out");
    const auto row = [](const char* key, const char* format, const QByteArray& out) {
        QTest::addRow("%s as %s", key, format) << QString::fromLatin1(key) << QString::fromLatin1(format) << out;
    };
    row("string", "raw", "a \"text\",\nof\xff bytes\\");
    row("string", "lines", "a \"text\",\\nof\\xFF bytes\\\\\n");
    row("string", "csv", "value\r\n\"a \"\"text\"\",\\nof\\xFF bytes\\\\\"\r\n");
    row("hash", "raw", "f\t1\ng,h\ttwo words\n");
    row("hash", "lines", "f\t1\ng,h\ttwo words\n");
    row("hash", "csv", "field,value\r\nf,1\r\n\"g,h\",two words\r\n");
    row("list", "lines", "a\nb\n\nd\n");
    row("list", "csv", "index,value\r\n0,a\r\n1,b\r\n2,\"\"\r\n3,d\r\n");
    row("set", "lines", "m\n");
    row("set", "csv", "member\r\nm\r\n");
    row("zset", "lines", "a\t1\nb\t1.5\nc\tinf\n");
    row("zset", "csv", "rank,member,score\r\n0,a,1\r\n1,b,1.5\r\n2,c,inf\r\n");
    row("stream", "lines", "5-1\tf\t1\tg\t2\n5-2\tf\t3\n9-0\tf\t4\n");
    row("stream", "csv", "id,field,value\r\n5-1,f,1\r\n5-1,g,2\r\n5-2,f,3\r\n9-0,f,4\r\n");
}

void TestValueCommand::writesEveryType()
{
    QFETCH(const QString, key);
    QFETCH(const QString, format);
    QFETCH(const QByteArray, out);
    const Outcome done = value({key, u"--format"_s, format});
    QCOMPARE(done.out, out);
    QCOMPARE(done.status, 0);
    QCOMPARE(done.err, QByteArray());
}

void TestValueCommand::readsRanges_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("range");
    QTest::addColumn<QByteArray>("lines");
    const auto row = [](const char* key, const char* range, const QByteArray& lines) {
        QTest::addRow("%s %s", key, range) << QString::fromLatin1(key) << QString::fromLatin1(range) << lines;
    };
    row("text", "1..3", "ell\n");
    row("text", "..1", "he\n");
    row("text", "-2..", "lo\n");
    row("text", "-3..-2", "ll\n");
    row("text", "3..99", "lo\n");
    row("text", "9..12", "");
    row("text", "3..2", "");
    row("text", "..-9", "");
    row("text", "-9..0", "h\n");
    row("list", "1..2", "b\n\n");
    row("list", "-1..-1", "d\n");
    row("list", "4..", "");
    row("zset", "0..0", "a\t1\n");
    row("zset", "-2..", "b\t1.5\nc\tinf\n");
    row("stream", "5-2..", "5-2\tf\t3\n9-0\tf\t4\n");
    row("stream", "..5", "5-1\tf\t1\tg\t2\n5-2\tf\t3\n");
    row("stream", "5-2..5-2", "5-2\tf\t3\n");
    row("stream", "-..+", "5-1\tf\t1\tg\t2\n5-2\tf\t3\n9-0\tf\t4\n");
    row("stream", "6..8", "");
    row("stream", "10..", "");
}

void TestValueCommand::readsRanges()
{
    QFETCH(const QString, key);
    QFETCH(const QString, range);
    QFETCH(const QByteArray, lines);
    const Outcome done = value({key, u"--range="_s + range, u"--format"_s, u"lines"_s});
    QCOMPARE(done.out, lines);
    QCOMPARE(done.status, 0);
}

void TestValueCommand::readsALongRangeOverPages()
{
    m_server->fill(3000, [](std::size_t i) { return RedisServer::Args{"RPUSH", "long", std::to_string(i)}; });
    const Outcome done = value({u"long"_s, u"--range=499..2100"_s, u"--format"_s, u"csv"_s});
    const QList<QByteArray> lines = done.out.split('\n');
    QCOMPARE(lines.size(), 1 + 1602 + 1);
    QCOMPARE(lines.at(1), QByteArray("499,499\r"));
    QCOMPARE(lines.at(1602), QByteArray("2100,2100\r"));
}

void TestValueCommand::readsALongStringInPart()
{
    m_server->command({"SETRANGE", "huge", "20000000", "end"}); // several pages long
    const Outcome part = value({u"huge"_s, u"--range=-5000000.."_s, u"--format"_s, u"raw"_s});
    QCOMPARE(part.out.size(), 5'000'000);
    QVERIFY(part.out.endsWith("end"));
    const Outcome whole = value({u"huge"_s, u"--format"_s, u"raw"_s});
    QCOMPARE(whole.out.size(), 20'000'003);
}

void TestValueCommand::dividesNoCharacterBetweenPages()
{
    const QByteArray text = "x" + QByteArray("\xc3\xa9").repeated(5'000'000); // the x moves them off even places
    m_server->command({"SET", "accents", text.toStdString()});
    const Outcome done = value({u"accents"_s, u"--format"_s, u"lines"_s});
    QCOMPARE(done.status, 0);
    QVERIFY(done.out == text + '\n');
    const Outcome cut = value({u"accents"_s, u"--format"_s, u"lines"_s, u"--range"_s, u"0..1"_s});
    QCOMPARE(cut.out, QByteArray("x\\xC3\n"));
}

void TestValueCommand::writesALongStringAsItComes_data()
{
    QTest::addColumn<QByteArray>("string");
    const QByteArray text = "x\"\\\n" + QByteArray("\xe2\x82\xac").repeated(7'000'000);
    QTest::addRow("text") << text;
    QTest::addRow("bytes from the beginning") << "\xff" + text;
    QTest::addRow("bytes at the end") << text + '\xff';
    QTest::addRow("a character that breaks off") << text.chopped(1);
    QTest::addRow("a length that base64 pads") << text.chopped(2);
}

void TestValueCommand::writesALongStringAsItComes()
{
    QFETCH(const QByteArray, string);
    m_server->command({"SET", "long", string.toStdString()});
    const Outcome json = value({u"long"_s});
    QCOMPARE(json.status, 0);
    const QJsonValue written = json.json()[u"value"_s];
    const QByteArray back = written.isString()
        ? written.toString().toUtf8()
        : QByteArray::fromBase64(written.toObject()[u"base64"_s].toString().toLatin1());
    QVERIFY(back == string);
    QCOMPARE(written.isString(), QString::fromUtf8(string).toUtf8() == string);
    const Outcome csv = value({u"long"_s, u"--format"_s, u"csv"_s});
    QCOMPARE(csv.status, 0);
    const Outcome lines = value({u"long"_s, u"--format"_s, u"lines"_s});
    QByteArray cell = written.isString() ? string : lines.out.chopped(1);
    QVERIFY(csv.out == "value\r\n\"" + cell.replace("\"", "\"\"") + "\"\r\n");
    m_server->command({"DEL", "long"});
}

/// As JSON it would be six times as long.
void TestValueCommand::keepsNoLongStringInMemory()
{
    m_server->command({"SETRANGE", "nothing", std::to_string(80 * 1024 * 1024 - 1), std::string(1, '\0')});
    QProcess program;
    program.setChildProcessModifier([] {
        const rlimit most{300UL * 1024 * 1024, 300UL * 1024 * 1024};
        ::setrlimit(RLIMIT_DATA, &most);
    });
    program.setStandardOutputFile(QProcess::nullDevice());
    program.start(QStringLiteral(KEYGLASS_PROGRAM),
        {u"value"_s, u"--uri"_s, u"redis+unix://"_s + m_server->socketPath(), u"nothing"_s});
    QVERIFY(program.waitForFinished(60'000));
    QCOMPARE(program.readAllStandardError(), QByteArray());
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.exitCode(), 0);
    m_server->command({"DEL", "nothing"});
}

void TestValueCommand::looksWithoutATrace_data()
{
    QTest::addColumn<QStringList>("arguments");
    for (const char* key : {"text", "hash", "list", "set", "zset", "stream"}) {
        QTest::addRow("%s", key) << QStringList{QString::fromLatin1(key)};
    }
    QTest::addRow("a field") << QStringList{u"hash"_s, u"--field=f"_s};
    QTest::addRow("a glob") << QStringList{u"set"_s, u"--match=*"_s};
    QTest::addRow("decoded") << QStringList{u"gz"_s, u"--decode=auto"_s};
}

/// Where the server can't tell looking from using, the JSON says that it has been used.
void TestValueCommand::looksWithoutATrace()
{
    QFETCH(QStringList, arguments);
    const std::string dump = m_server->command({"DUMP", arguments.front().toStdString()});
    arguments.front() = u"idle"_s;
    m_server->command({"RESTORE", "idle", "0", dump, "REPLACE", "IDLETIME", "5000"});
    const auto changes = [this] {
        const std::string info = m_server->command({"INFO", "persistence"});
        const std::size_t from = info.find("rdb_changes_since_last_save:");
        return info.substr(from, info.find('\r', from) - from);
    };
    const std::string before = changes();
    const Outcome done = value(arguments);
    QCOMPARE(done.status, 0);
    QCOMPARE(changes(), before);
    const bool isSpared = m_server->command({"CLIENT", "NO-TOUCH", "OFF"}) == "OK";
    const int idle = std::stoi(m_server->command({"OBJECT", "IDLETIME", "idle"}));
    QVERIFY2(isSpared == (idle >= 5000), qPrintable(QString::number(idle)));
    QCOMPARE(done.json()[u"idle_time_reset"_s], QJsonValue(!isSpared));
    m_server->command({"DEL", "idle"});
}

void TestValueCommand::goesOnWithoutACommand_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name : {"MEMORY", "OBJECT", "PTTL", "STRLEN", "HLEN", "HSTRLEN", "HMGET", "HKEYS", "HSCAN",
             "CLIENT", "COMMAND", "INFO"}) {
        QTest::addRow("%s", name) << QString::fromLatin1(name);
    }
}

/// Renamed or switched off, as hosted servers often have some.
void TestValueCommand::goesOnWithoutACommand()
{
    QFETCH(const QString, name);
    const auto server = RedisServer::start({u"--rename-command"_s, name, QString()});
    server->command({"SET", "text", "hello"});
    server->fill(1500, [](std::size_t n) {
        return RedisServer::Args{"HSET", "hash", "f" + std::to_string(n), std::to_string(n * n)};
    });
    const auto valueOf = [&server](const QString& key) {
        return run({u"value"_s, u"--uri"_s, u"redis+unix://"_s + server->socketPath(), key});
    };
    const Outcome text = valueOf(u"text"_s);
    QCOMPARE(text.err, QByteArray());
    QCOMPARE(text.json()[u"value"_s], u"hello"_s);
    const Outcome hash = valueOf(u"hash"_s);
    QCOMPARE(hash.err, QByteArray());
    QCOMPARE(hash.json()[u"value"_s].toArray().size(), 1500);
    QCOMPARE(text.status + hash.status, 0);
}

void TestValueCommand::findsNamesByAGlob()
{
    m_server->fill(2000, [](std::size_t i) {
        return RedisServer::Args{"HSET", "globbed", "f:" + std::to_string(i), std::to_string(i)};
    });
    const Outcome done = value({u"globbed"_s, u"--match"_s, u"f:199?"_s, u"--format"_s, u"lines"_s});
    QCOMPARE(done.out.count('\n'), 10);
    QVERIFY(done.out.contains("f:1999\t1999\n"));
    const Outcome none = value({u"zset"_s, u"--match"_s, u"[bc]"_s, u"--format"_s, u"csv"_s});
    QVERIFY(none.out.startsWith("member,score\r\n"));
    QCOMPARE(none.out.count('\n'), 3);
}

void TestValueCommand::readsOneField()
{
    const Outcome raw = value({u"hash"_s, u"--field"_s, u"g,h"_s, u"--format"_s, u"raw"_s});
    QCOMPARE(raw.out, QByteArray("two words"));
    const Outcome json = value({u"hash"_s, u"--field"_s, u"f"_s});
    QCOMPARE(json.json()[u"field"_s], u"f"_s);
    QCOMPARE(json.json()[u"value"_s], u"1"_s);
    const Outcome csv = value({u"hash"_s, u"--field"_s, u"f"_s, u"--format"_s, u"csv"_s});
    QCOMPARE(csv.out, QByteArray("field,value\r\nf,1\r\n"));
    const Outcome gone = value({u"hash"_s, u"--field"_s, u"nobody"_s});
    QCOMPARE(gone.status, 3);
    QCOMPARE(gone.out, QByteArray());
    QVERIFY2(gone.err.contains("nobody"), gone.err.constData());
}

void TestValueCommand::tellsWhenFieldsEnd()
{
    m_server->command({"HSET", "ending", "f", "1", "g", "2"});
    if (m_server->command({"HPEXPIRE", "ending", "500000", "FIELDS", "1", "f"}) != "1") {
        const Outcome done = value({u"ending"_s}); // it says nothing of what it does not know
        QCOMPARE(done.status, 0);
        QVERIFY(done.out.contains(R"({"field": "f", "value": "1"})"));
        QSKIP("this server has no fields that end (Redis 7.4, Valkey 9)");
    }
    const Outcome done = value({u"ending"_s});
    QCOMPARE(done.status, 0);
    QVERIFY(done.out.contains(R"({"field": "g", "value": "2"})"));
    const QJsonArray rows = QJsonDocument::fromJson(done.out).object()[u"value"_s].toArray();
    QCOMPARE(rows.size(), 2);
    const double left = rows[rows[0].toObject()[u"field"_s] == u"f"_s ? 0 : 1].toObject()[u"ttl_ms"_s].toDouble();
    QVERIFY2(left > 400'000 && left <= 500'000, qPrintable(QString::number(left)));
    const Outcome one = value({u"ending"_s, u"--field"_s, u"f"_s, u"--decode"_s, u"plain"_s});
    QCOMPARE(one.json()[u"value"_s], u"1"_s);
    QVERIFY2(one.json()[u"field_ttl_ms"_s].toDouble() > 400'000, one.out.constData());
    QVERIFY(!value({u"ending"_s, u"--field"_s, u"g"_s}).json().contains(u"field_ttl_ms"_s));
}

void TestValueCommand::writesTheGroupsOfAStream()
{
    m_server->command({"XADD", "work", "1-1", "f", "v"});
    m_server->command({"XADD", "work", "2-1", "f", "v"});
    m_server->command({"XGROUP", "CREATE", "work", "g\xff", "0"});
    m_server->command({"XREADGROUP", "GROUP", "g\xff", "ann", "COUNT", "1", "STREAMS", "work", ">"});
    const Outcome done = value({u"work"_s, u"--groups"_s});
    QCOMPARE(done.status, 0);
    const QJsonArray groups = done.json()[u"groups"_s].toArray();
    QCOMPARE(groups.size(), 1);
    const QJsonObject group = groups.first().toObject();
    QCOMPARE(group[u"name"_s].toObject()[u"base64"_s], QJsonValue(u"Z/8="_s));
    QCOMPARE(group[u"pending"_s], QJsonValue(1));
    QCOMPARE(group[u"last_delivered"_s], QJsonValue(u"1-1"_s));
    QCOMPARE(group[u"consumers"_s].toArray().first().toObject()[u"name"_s], QJsonValue(u"ann"_s));
    const QJsonObject entry = group[u"pending_entries"_s].toArray().first().toObject();
    QCOMPARE(entry[u"id"_s], QJsonValue(u"1-1"_s));
    QCOMPARE(entry[u"deliveries"_s], QJsonValue(1));
    QCOMPARE(value({u"stream"_s, u"--groups"_s}).json()[u"groups"_s], QJsonValue(QJsonArray()));
    QCOMPARE(value({u"list"_s, u"--groups"_s}).status, 2);
    QCOMPARE(value({u"work"_s, u"--groups"_s, u"--format"_s, u"csv"_s}).status, 2);
}

/// With a real module, where KEYGLASS_TEST_JSON_MODULE names one.
void TestValueCommand::writesDocumentsAndDumps()
{
    const QString module = qEnvironmentVariable("KEYGLASS_TEST_JSON_MODULE");
    if (module.isEmpty()) {
        QCOMPARE(value({u"list"_s, u"--path"_s, u"$.a"_s}).status, 2);
        return;
    }
    const auto server = RedisServer::start({u"--loadmodule"_s, module});
    server->command({"JSON.SET", "doc", "$", R"({"a":[9007199254740993,"b"]})"});
    const QStringList uri{u"value"_s, u"--uri"_s, u"redis+unix://"_s + server->socketPath(), u"doc"_s};
    QCOMPARE(run(uri + QStringList{u"--format"_s, u"raw"_s}).out, QByteArray(R"({"a":[9007199254740993,"b"]})"));
    const Outcome whole = run(uri);
    QCOMPARE(whole.status, 0);
    QVERIFY(whole.out.contains(R"("value": {"a":[9007199254740993,"b"]})"));
    QCOMPARE(run(uri + QStringList{u"--path"_s, u".a[1]"_s, u"--format"_s, u"lines"_s}).out, QByteArray("[\"b\"]\n"));
}

void TestValueCommand::decodes_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("out");
    QTest::addRow("gzip, raw") << QStringList{u"gz"_s, u"--decode=gzip"_s, u"--format=raw"_s}
                               << QByteArray(R"({"id":9007199254740993,"tags":["é"]})");
    QTest::addRow("gzip and JSON, raw") << QStringList{u"gz"_s, u"--decode=gzip,json"_s,
        u"--format=raw"_s} << QByteArray("{\n  \"id\": 9007199254740993,\n  \"tags\": [\n    \"é\"\n  ]\n}");
    QTest::addRow("gzip and JSON, lines") << QStringList{u"gz"_s, u"--decode=gzip,json"_s, u"--format=lines"_s}
                                          << QByteArray("{\"id\":9007199254740993,\"tags\":[\"é\"]}\n");
    QTest::addRow("a guess, CSV")
        << QStringList{u"msgpack"_s, u"--decode=auto"_s, u"--format=csv"_s}
        << QByteArray("value\r\n\"{\"\"user\"\":\"\"ann\"\",\"\"raw\"\":{\"\"$base64\"\":\"\"/wA=\"\"}}\"\r\n");
    QTest::addRow("plain") << QStringList{u"text"_s, u"--decode=plain"_s, u"--format=raw"_s} << QByteArray("hello");
    QTest::addRow("a range of a string") << QStringList{u"text"_s, u"--decode=plain"_s, u"--range=0..1"_s,
        u"--format=lines"_s} << QByteArray("he\n");
    QTest::addRow("one field") << QStringList{u"mixed"_s, u"--field=a"_s, u"--decode=gzip"_s, u"--format=raw"_s}
                               << QByteArray("first");
    QTest::addRow("guesses of a list") << QStringList{u"guessed"_s, u"--decode=auto"_s, u"--format=lines"_s}
                                       << QByteArray("{\"a\":1}\ntext\n");
}

void TestValueCommand::decodes()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QByteArray, out);
    const Outcome done = value(arguments);
    QCOMPARE(done.err, QByteArray());
    QCOMPARE(done.out, out);
    QCOMPARE(done.status, 0);
}

void TestValueCommand::embedsDecodedJson()
{
    const Outcome done = value({u"gz"_s, u"--decode"_s, u"gzip,json"_s});
    QCOMPARE(done.status, 0);
    QVERIFY(done.out.contains("9007199254740993")); // no digit is lost
    QCOMPARE(done.json()[u"decoded"_s], u"gzip,json"_s);
    QCOMPARE(done.json()[u"value"_s].toObject()[u"tags"_s], QJsonArray{u"é"_s});
    QVERIFY(!value({u"gz"_s}).json().contains(u"decoded"_s));
}

void TestValueCommand::tellsItsGuesses()
{
    QCOMPARE(value({u"msgpack"_s, u"--decode"_s, u"auto"_s}).json()[u"decoded"_s], u"zstd,msgpack"_s);
    QCOMPARE(value({u"text"_s, u"--decode"_s, u"auto"_s}).json()[u"decoded"_s], u"plain"_s);
    const QJsonArray list = value({u"guessed"_s, u"--decode"_s, u"auto"_s}).json()[u"value"_s].toArray();
    QCOMPARE(list,
        (QJsonArray{QJsonObject{{u"value"_s, QJsonObject{{u"a"_s, 1}}}, {u"decoded"_s, u"gzip,json"_s}},
            QJsonObject{{u"value"_s, u"text"_s}, {u"decoded"_s, u"plain"_s}}}));
    const QJsonArray entries = value({u"guesses"_s, u"--decode"_s, u"auto"_s}).json()[u"value"_s].toArray();
    QCOMPARE(entries.at(0).toObject()[u"fields"_s].toArray(),
        (QJsonArray{
            QJsonArray{u"f"_s, QJsonObject{{u"a"_s, 1}}, u"json"_s}, QJsonArray{u"g"_s, u"text"_s, u"plain"_s}}));
}

void TestValueCommand::rulesOfTheProfileComeBeforeTheGuess()
{
    const QTemporaryDir folder;
    keyglass::Profile profile;
    profile.name = u"shop"_s;
    profile.socketPath = m_server->socketPath();
    profile.decoderRules = {{u"gz"_s, {}, u"gzip"_s}, {u"mixed"_s, u"a"_s, u"gzip,hex"_s}, {u"te*"_s, {}, u"none"_s}};
    QVERIFY(keyglass::ProfileStore(folder.path()).save(profile));
    const auto byRule = [&folder](const QString& key, const QString& decode) {
        return run(
            {u"value"_s, u"--config-dir"_s, folder.path(), u"--profile"_s, u"shop"_s, key, u"--decode"_s, decode});
    };
    QCOMPARE(byRule(u"gz"_s, u"auto"_s).json()[u"decoded"_s], u"gzip"_s); // though JSON is in it
    QCOMPARE(byRule(u"gz"_s, u"gzip,json"_s).json()[u"decoded"_s], u"gzip,json"_s);
    const Outcome field = byRule(u"mixed"_s, u"auto"_s);
    QCOMPARE(field.status, 1); // what the rule says can't be done, and is told
    QVERIFY2(field.err.contains("layer 2 (hex)"), field.err.constData());
    const Outcome unknown = byRule(u"text"_s, u"auto"_s);
    QCOMPARE(unknown.status, 2);
    QVERIFY2(unknown.err.contains("the rule for te*"), unknown.err.constData());
}

void TestValueCommand::programsDecodeWhereTheyAreAllowed()
{
    const QTemporaryDir folder;
    keyglass::Settings settings(folder.path());
    settings.setExternalDecoders({{u"upper"_s, u"tr"_s, {u"a-z"_s, u"A-Z"_s}, {}, {}}});
    const auto byProgram = [this, &folder] {
        return value({u"text"_s, u"--config-dir"_s, folder.path(), u"--decode"_s, u"external:upper"_s});
    };
    const Outcome refused = byProgram();
    QCOMPARE(refused.status, 2);
    QVERIFY2(refused.err.contains("external:upper"), refused.err.constData());
    settings.setAllowsExternalDecoders(true);
    QCOMPARE(byProgram().json()[u"value"_s], u"HELLO"_s);
}

void TestValueCommand::namesTheLayerThatFails()
{
    const Outcome done = value({u"gz"_s, u"--decode"_s, u"gzip,msgpack"_s});
    QCOMPARE(done.status, 3);
    QCOMPARE(done.out, QByteArray());
    QVERIFY2(done.err.contains("layer 2 (msgpack)") && done.err.contains("gz"), done.err.constData());
}

void TestValueCommand::goesOnBehindAValueThatCantBeDecoded()
{
    const Outcome json = value({u"mixed"_s, u"--decode"_s, u"gzip"_s});
    QCOMPARE(json.status, 1);
    const QJsonArray rows = json.json()[u"value"_s].toArray();
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows.at(0).toObject()[u"value"_s], u"first"_s);
    QVERIFY(rows.at(1).toObject()[u"error"_s].toString().contains(u"layer 1 (gzip)"_s));
    QVERIFY2(json.err.contains("mixed") && json.err.contains("layer 1 (gzip)"), json.err.constData());
    const Outcome lines = value({u"mixed"_s, u"--decode"_s, u"gzip"_s, u"--format"_s, u"lines"_s});
    QCOMPARE(lines.status, 1);
    QCOMPARE(lines.out, QByteArray("a\tfirst\n"));
}

void TestValueCommand::refusesWhatDoesNotFit_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char* name, const QStringList& arguments, int status, const QByteArray& says) {
        QTest::addRow("%s", name) << arguments << status << says;
    };
    row("an unknown decoder", {u"text"_s, u"--decode=gzib"_s}, 2, "gzib");
    row("an unknown format", {u"text"_s, u"--format=xml"_s}, 2, "json, raw, lines, csv");
    row("no range", {u"text"_s, u"--range=5"_s}, 2, "FROM..TO");
    row("no number", {u"text"_s, u"--range=a..b"_s}, 2, "whole number");
    row("no ID", {u"stream"_s, u"--range=a.."_s}, 2, "ID");
    row("a range of a hash", {u"hash"_s, u"--range=0..1"_s}, 2, "--match");
    row("a glob for a list", {u"list"_s, u"--match=a*"_s}, 2, "--match");
    row("a field of a list", {u"list"_s, u"--field=a"_s}, 2, "--field");
    row("two ways at once", {u"zset"_s, u"--range=0..1"_s, u"--match=a"_s}, 2, "one of");
    row("no such key", {u"nobody"_s}, 3, "nobody");
    row("no such key, and what to do", {u"nobody"_s}, 3, "never was there");
    row("no such field", {u"hash"_s, u"--field=none"_s}, 3, "Field none of key hash does not exist");
    row("a glob that is empty", {u"hash"_s, u"--match="_s}, 2, "--match");
    row("bytes that are not in that format", {u"text"_s, u"--decode=gzip"_s}, 3, "could not be decoded");
    row("more than is decoded", {u"bomb"_s, u"--decode=gzip"_s}, 3, "larger than");
    row("no descriptor", {u"text"_s, u"--decode=protobuf:a.B@/there/is/none"_s}, 3, "/there/is/none");
}

void TestValueCommand::refusesWhatDoesNotFit()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const int, status);
    QFETCH(const QByteArray, says);
    const Outcome done = value(arguments);
    QCOMPARE(done.out, QByteArray());
    QVERIFY2(done.err.contains(says), done.err.constData());
    QCOMPARE(done.status, status);
}

QTEST_GUILESS_MAIN(TestValueCommand)
#include "tst_valuecommand.moc"
