// SPDX-License-Identifier: GPL-3.0-or-later
// What a real server gives for one value kept in two ways, and for two values. KEYGLASS_TEST_SERVER names another one;
// the numbers in isTheSameOnEveryServer() are what makes them comparable.
#include "core/base/dumpdigest.h"
#include "core/base/valuedigest.h"
#include "tests/core/base/dumpbuilder.h"
#include "tests/servers/redisserver.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

/// Small ones of each type are kept in one piece up to these.
const QStringList defaults{u"rdbcompression yes"_s, u"hash-max-listpack-entries 128"_s, u"hash-max-listpack-value 64"_s,
    u"zset-max-listpack-entries 128"_s, u"set-max-intset-entries 512"_s, u"list-max-listpack-size -2"_s,
    u"list-compress-depth 0"_s, u"stream-node-max-entries 100"_s};
const QStringList inTables{u"CONFIG SET hash-max-listpack-entries 0"_s, u"CONFIG SET zset-max-listpack-entries 0"_s,
    u"CONFIG SET set-max-intset-entries 0"_s};

/// A command line as a test has it: K is the key, LONG and BIG are texts.
RedisServer::Args words(const QString& line, const std::string& key)
{
    RedisServer::Args all;
    for (const QString& word : line.split(u' ')) {
        if (word == u"K") {
            all.push_back(key);
        } else if (word == u"LONG") {
            all.push_back(std::string(100, 'l') + std::string(100, 'o'));
        } else if (word == u"BIG") {
            all.push_back(std::string(20'000, 'b'));
        } else {
            all.push_back(word.toStdString());
        }
    }
    return all;
}

QStringList many(const QString& line, int count)
{
    QStringList lines;
    for (int at = 0; at < count; ++at) {
        lines.push_back(line.arg(at));
    }
    return lines;
}

QStringList backwards(QStringList lines)
{
    std::ranges::reverse(lines);
    return lines;
}

} // namespace

class TestServerDumps : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_server = RedisServer::start(); }
    void init();
    void isTheSameHoweverItIsKept_data();
    void isTheSameHoweverItIsKept();
    void isAnotherOnceItIsChanged_data();
    void isAnotherOnceItIsChanged();
    void isTheSameOnEveryServer_data();
    void isTheSameOnEveryServer();
    void whatOldServersWroteStaysTheSame_data();
    void whatOldServersWroteStaysTheSame();
    void aConsumerSeenAgainChangesNothing();
    void entriesOfEveryLengthAreRead();

private:
    /// False: the server does not know one of the commands.
    bool run(const QStringList& lines, const std::string& key);
    std::string dump(const std::string& key) { return m_server->command({"DUMP", key}); }

    std::unique_ptr<RedisServer> m_server;
};

void TestServerDumps::init()
{
    m_server->command({"FLUSHALL"});
    for (const QString& setting : defaults) {
        QVERIFY(run({u"CONFIG SET "_s + setting}, {}));
    }
}

bool TestServerDumps::run(const QStringList& lines, const std::string& key)
{
    for (const QString& line : lines) {
        std::string answer = m_server->command(words(line, key));
        if (answer.starts_with("-") && line.startsWith(u"CONFIG")) { // before 7.0
            answer = m_server->command(words(QString(line).replace(u"listpack"_s, u"ziplist"_s), key));
        }
        if (answer.starts_with("-ERR unknown command")) {
            return false;
        }
        if (answer.starts_with("-")) {
            qFatal("%s: %s", qPrintable(line), answer.c_str());
        }
    }
    return true;
}

void TestServerDumps::isTheSameHoweverItIsKept_data()
{
    QTest::addColumn<QStringList>("one");
    QTest::addColumn<QStringList>("other"); // made with the settings that the first has left
    const QStringList list{u"RPUSH K a 1 -300 70000 9223372036854775807 LONG 01"_s};
    const QStringList hash{u"HSET K f v g 17 h text 7 -70000"_s};
    const QStringList scores{u"ZADD K 1 a -0.5 b inf c -inf d 0.1 12 1e300 f 5e-324 g 3 text"_s};
    const QStringList stream{u"XADD K 1-1 f v g 7"_s, u"XADD K 1-2 f w g 8"_s, u"XADD K 2-5 h LONG"_s};
    const QStringList group{u"XGROUP CREATE K g 1-1"_s, u"XGROUP CREATECONSUMER K g idle"_s,
        u"XCLAIM K g c 0 1-1 1-2 TIME 1700000000000 RETRYCOUNT 3 FORCE JUSTID"_s};
    QTest::addRow("string, not compressed")
        << QStringList{u"SET K BIG"_s} << QStringList{u"CONFIG SET rdbcompression no"_s, u"SET K BIG"_s};
    QTest::addRow("list, small nodes") << list << (QStringList{u"CONFIG SET list-max-listpack-size 2"_s} + list);
    QTest::addRow("list, compressed nodes")
        << many(u"RPUSH K LONG %1"_s, 40)
        << (QStringList{u"CONFIG SET list-max-listpack-size 4"_s, u"CONFIG SET list-compress-depth 1"_s}
               + many(u"RPUSH K LONG %1"_s, 40));
    QTest::addRow("list, an element in a node of its own") << QStringList{u"CONFIG SET list-max-listpack-size -5"_s,
        u"RPUSH K a BIG b"_s} << QStringList{u"CONFIG SET list-max-listpack-size -1"_s, u"RPUSH K a BIG b"_s};
    QTest::addRow("set of numbers, a text came and went")
        << QStringList{u"SADD K 3 -70000 5"_s} << QStringList{u"SADD K 5 3 text -70000"_s, u"SREM K text"_s};
    QTest::addRow("set of numbers, a larger one came and went")
        << QStringList{u"SADD K 3 5"_s} << QStringList{u"SADD K 5 3 5000000000"_s, u"SREM K 5000000000"_s};
    QTest::addRow("set, order") << QStringList{u"SADD K a b c LONG 7"_s} << QStringList{u"SADD K 7 LONG c b a"_s};
    QTest::addRow("large set, order") << many(u"SADD K member:%1"_s, 700)
                                      << backwards(many(u"SADD K member:%1"_s, 700));
    QTest::addRow("hash, order") << hash << QStringList{u"HSET K 7 -70000 h text g 17 f v"_s};
    QTest::addRow("hash, deleted and added again") << hash << (hash + QStringList{u"HDEL K f"_s, u"HSET K f v"_s});
    QTest::addRow("hash, grown and shrunk")
        << QStringList{u"HSET K f v g 17"_s} << QStringList{u"HSET K f v g 17 long LONG"_s, u"HDEL K long"_s};
    QTest::addRow("hash, as a table") << hash << (inTables + hash);
    QTest::addRow("large hash, order") << many(u"HSET K field:%1 LONG"_s, 700)
                                       << backwards(many(u"HSET K field:%1 LONG"_s, 700));
    QTest::addRow("sorted set, as a table") << scores << (inTables + scores);
    QTest::addRow("sorted set, grown and shrunk")
        << QStringList{u"ZADD K 1 a 2.5 b"_s} << QStringList{u"ZADD K 1 a 2.5 b 0 LONG"_s, u"ZREM K LONG"_s};
    QTest::addRow("stream, an entry deleted") << (stream + group)
                                              << (stream.mid(0, 2) + QStringList{u"XADD K 2-1 x y z w"_s}
                                                     + stream.mid(2) + QStringList{u"XDEL K 2-1"_s} + group);
    QTest::addRow("stream, blocks") << (stream + group)
                                    << (QStringList{u"CONFIG SET stream-node-max-entries 1"_s} + stream + group);
    QTest::addRow("stream, trimmed") << stream
                                     << (QStringList{u"XADD K 0-1 x y"_s, u"XADD K 0-2 x y"_s} + stream
                                            + QStringList{u"XTRIM K MINID 1-0"_s});
    const QString end = u"HPEXPIREAT K 1900000000000 FIELDS 1 f"_s;
    QTest::addRow("fields' ends, order") << (hash + QStringList{end})
                                         << QStringList{u"HSET K 7 -70000 h text g 17 f v"_s, end};
    QTest::addRow("fields' ends, as a table")
        << QStringList{u"HSET K f v g 17"_s, end} << (inTables + QStringList{u"HSET K f v g 17"_s, end});
    QTest::addRow("fields' ends, taken away")
        << QStringList{u"HSET K f v g 17"_s} << QStringList{u"HSET K f v g 17"_s, end, u"HPERSIST K FIELDS 1 f"_s};
}

void TestServerDumps::isTheSameHoweverItIsKept()
{
    QFETCH(const QStringList, one);
    QFETCH(const QStringList, other);
    if (!run(one, "one")) {
        QSKIP("the server does not know the command");
    }
    const std::string first = dump("one");
    if (!run(other, "other")) {
        QSKIP("the server does not know the command");
    }
    const std::string second = dump("other");
    QVERIFY(first != second);
    QCOMPARE(valueDigest(first), valueDigest(second));
}

void TestServerDumps::isAnotherOnceItIsChanged_data()
{
    QTest::addColumn<QStringList>("lines");
    QTest::addColumn<QString>("change");
    const QStringList stream{u"XADD K 1-1 f v"_s, u"XADD K 1-2 f w"_s, u"XGROUP CREATE K g 1-1"_s,
        u"XCLAIM K g c 0 1-1 TIME 1700000000000 RETRYCOUNT 3 FORCE JUSTID"_s};
    const auto row = [](const char* name, const QStringList& lines, const QString& change) {
        for (const bool isTable : {false, true}) {
            QTest::addRow("%s%s", name, isTable ? ", as a table" : "")
                << (isTable ? inTables + lines : lines) << change;
        }
    };
    row("string", {u"SET K LONG"_s}, u"SETRANGE K 3 x"_s);
    row("string, longer", {u"SET K 12"_s}, u"APPEND K 3"_s);
    row("list, an element", {u"RPUSH K a b c"_s}, u"LSET K 1 x"_s);
    row("list, its order", {u"RPUSH K a b c"_s}, u"LMOVE K K LEFT RIGHT"_s);
    row("set, one more", {u"SADD K 1 2"_s}, u"SADD K 3"_s);
    row("set, one less", {u"SADD K a b"_s}, u"SREM K a"_s);
    row("hash, a value", {u"HSET K f v g 1"_s}, u"HINCRBY K g 1"_s);
    row("hash, values changed about", {u"HSET K f v g w"_s}, u"HSET K f w g v"_s);
    row("a score", {u"ZADD K 1 a 2 b"_s}, u"ZADD K 1.0000000000000002 a"_s);
    row("scores changed about", {u"ZADD K 1 a 2 b"_s}, u"ZADD K 2 a 1 b"_s);
    row("stream, an entry", stream, u"XDEL K 1-2"_s);
    row("stream, its last ID", stream, u"XSETID K 5-5"_s);
    row("stream, a group", stream, u"XGROUP CREATE K h 0"_s);
    row("stream, where a group stands", stream, u"XGROUP SETID K g 1-2"_s);
    row("stream, a consumer", stream, u"XGROUP CREATECONSUMER K g d"_s);
    row("stream, acknowledged", stream, u"XACK K g 1-1"_s);
    row("stream, pending at another", stream, u"XCLAIM K g d 0 1-1 TIME 1700000000000 RETRYCOUNT 3 JUSTID"_s);
    row("stream, delivered at another time", stream, u"XCLAIM K g c 0 1-1 TIME 1700000000001 RETRYCOUNT 3 JUSTID"_s);
    row("stream, delivered more often", stream, u"XCLAIM K g c 0 1-1 TIME 1700000000000 RETRYCOUNT 4 JUSTID"_s);
    row("a field's end", {u"HSET K f v g w"_s, u"HPEXPIREAT K 1900000000000 FIELDS 1 f"_s},
        u"HPEXPIREAT K 1900000000001 FIELDS 1 f"_s);
    row("a field's first end", {u"HSET K f v g w"_s}, u"HPEXPIREAT K 1900000000001 FIELDS 1 f"_s);
    row("the end of another", {u"HSET K f v g w"_s, u"HPEXPIREAT K 1900000000000 FIELDS 1 f"_s},
        u"HPEXPIREAT K 1900000000000 FIELDS 1 g"_s);
}

void TestServerDumps::isAnotherOnceItIsChanged()
{
    QFETCH(const QStringList, lines);
    QFETCH(const QString, change);
    if (!run(lines, "key")) {
        QSKIP("the server does not know the command");
    }
    const std::string before = dump("key");
    if (!run({change}, "key")) {
        QSKIP("the server does not know the command");
    }
    QVERIFY(valueDigest(before) != valueDigest(dump("key")));
    QVERIFY(dumpDigest(before) != dumpDigest(dump("key")));
}

/// The same keys, by whichever server they are kept.
void TestServerDumps::isTheSameOnEveryServer_data()
{
    QTest::addColumn<QStringList>("lines");
    QTest::addColumn<quint64>("digest");
    QTest::addRow("string") << QStringList{u"SET K LONG"_s} << quint64{15774150971296263399ULL};
    QTest::addRow("number") << QStringList{u"SET K -300"_s} << quint64{3868844194722945553ULL};
    QTest::addRow("list") << QStringList{u"RPUSH K a 1 -300 70000 BIG LONG"_s} << quint64{13522667676017157969ULL};
    QTest::addRow("set") << QStringList{u"SADD K a b 7 LONG"_s} << quint64{15187987596650355866ULL};
    QTest::addRow("set of numbers") << QStringList{u"SADD K 1 300 70000"_s} << quint64{17138421483824211897ULL};
    QTest::addRow("sorted set") << QStringList{u"ZADD K 1 a 0.1 b inf c"_s} << quint64{11117252829918864669ULL};
    QTest::addRow("hash") << QStringList{u"HSET K f v g 7 h LONG"_s} << quint64{7171770320892198654ULL};
    QTest::addRow("stream") << QStringList{u"XADD K 1-1 f v g 7"_s, u"XADD K 2-5 h LONG"_s, u"XGROUP CREATE K g 1-1"_s,
        u"XCLAIM K g c 0 1-1 TIME 1700000000000 RETRYCOUNT 3 FORCE JUSTID"_s}
                            << quint64{3196284128127410842ULL};
    QTest::addRow("fields' ends") << QStringList{u"HSET K f v g 7"_s, u"HPEXPIREAT K 1900000000000 FIELDS 1 f"_s}
                                  << quint64{7560804614659594823ULL};
}

void TestServerDumps::isTheSameOnEveryServer()
{
    QFETCH(const QStringList, lines);
    QFETCH(const quint64, digest);
    if (!run(lines, "key")) {
        QSKIP("the server does not know the command");
    }
    QCOMPARE(quint64{valueDigest(dump("key"))}, digest);
}

void TestServerDumps::whatOldServersWroteStaysTheSame_data()
{
    QTest::addColumn<QByteArray>("old");
    const auto row = [](const char* name, const std::string& old) {
        QTest::addRow("%s", name) << QByteArray::fromStdString(old);
    };
    const std::string text(300, 't');
    const Texts texts{
        "a", "0", "12", "13", "-129", "40000", "-8388608", "2147483647", "9223372036854775807", text, "01"};
    const Texts pairs{"f", "v", "g", "17", "h", text};
    row("list", dumpOf(1, rdbLength(texts.size()) + rdbStrings(texts)));
    row("list, ziplist", dumpOf(10, rdbString(ziplist(texts))));
    row("list, ziplists", dumpOf(14, rdbLength(2) + rdbString(ziplist(texts)) + rdbCompressed(ziplist({"z"}))));
    row("set, intset", dumpOf(11, rdbString(intset({-300, 2, 70000}, 4))));
    row("sorted set, text",
        dumpOf(3,
            rdbLength(2) + rdbString("a")
                + "\x03"
                  "1.5"
                + rdbString("b") + "\xFF"));
    row("sorted set, ziplist", dumpOf(12, rdbString(ziplist({"b", "-0.5", "a", "1", "c", "inf"}))));
    row("hash, zipmap", dumpOf(9, rdbString(zipmap(pairs, 2))));
    row("hash, ziplist", dumpOf(13, rdbString(ziplist(pairs))));
}

void TestServerDumps::whatOldServersWroteStaysTheSame()
{
    QFETCH(const QByteArray, old);
    QCOMPARE(m_server->command({"RESTORE", "key", "0", old.toStdString()}), "OK");
    QVERIFY(dump("key") != old.toStdString());
    QCOMPARE(valueDigest(dump("key")), valueDigest(old.toStdString()));
}

void TestServerDumps::aConsumerSeenAgainChangesNothing()
{
    QVERIFY(run({u"XADD K 1-1 f v"_s, u"XGROUP CREATE K g $"_s, u"XGROUP CREATECONSUMER K g c"_s}, "key"));
    const std::string before = dump("key");
    const auto isSeenAgain = [&] { // until the clock has gone on
        m_server->command(
            {"XREADGROUP", "GROUP", "g", "c", "STREAMS", "key", "0"}); // what it has not acknowledged: none
        return dump("key") != before;
    };
    QTRY_VERIFY(isSeenAgain());
    QCOMPARE(valueDigest(dump("key")), valueDigest(before));
}

/// Behind each entry of a listpack stands its length, in more bytes the longer it is.
void TestServerDumps::entriesOfEveryLengthAreRead()
{
    QVERIFY(run({u"CONFIG SET list-max-listpack-size 100"_s, u"CONFIG SET rdbcompression no"_s}, {}));
    for (const std::size_t middle : {64U, 126U, 4096U, 16383U}) {
        for (std::size_t length = middle - 10; length < middle + 10; ++length) {
            const Texts texts{"a", std::string(length, 't'), "b"};
            m_server->command({"DEL", "key"});
            m_server->command({"RPUSH", "key", texts[0], texts[1], texts[2]});
            QCOMPARE(valueDigest(dump("key")), valueDigest(dumpOf(1, rdbLength(3) + rdbStrings(texts))));
        }
    }
}

QTEST_GUILESS_MAIN(TestServerDumps)
#include "tst_serverdumps.moc"
