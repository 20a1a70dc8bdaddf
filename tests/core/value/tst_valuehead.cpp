// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/valuepage.h"
#include "core/value/valuesight.h"
#include "tests/core/value/lanefixture.h"

#include <QObject>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::string_literals;

Q_DECLARE_METATYPE(keyglass::KeyType)
Q_DECLARE_METATYPE(keyglass::test::RedisServer::Args)

using Args = RedisServer::Args;
using Part = ValueHead::Gap::Part;

class TestValueHead : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsEveryTypeAndEncoding_data();
    void readsEveryTypeAndEncoding();
    void tellsWhenItExpires();
    void aTtlBeyondTheClockHasNoTime();
    void aKeyThatIsNotThereIsGone();
    void refusedCommandsBecomeGaps_data();
    void refusedCommandsBecomeGaps();
    void withoutTypeNothingCanBeShown();
    void costsTheSameForAnySize();
};

void TestValueHead::readsEveryTypeAndEncoding_data()
{
    QTest::addColumn<Args>("write");
    QTest::addColumn<KeyType>("type");
    QTest::addColumn<quint64>("length");
    QTest::addColumn<QByteArray>("encoding");
    const auto row = [](const char* name, Args write, KeyType type, quint64 length, const char* encoding) {
        QTest::addRow("%s", name) << std::move(write) << type << length << QByteArray(encoding);
    };
    const std::string longText(100, 'x');
    row("integer", {"SET", "k", "12345"}, KeyType::String, 5, "int");
    row("short string", {"SET", "k", "abc"}, KeyType::String, 3, "embstr");
    row("long string", {"SET", "k", longText}, KeyType::String, 100, "raw");
    row("empty string", {"SET", "k", ""}, KeyType::String, 0, "embstr");
    row("small hash", {"HSET", "k", "f", "v"}, KeyType::Hash, 1, "listpack");
    row("hash of long values", {"HSET", "k", "f", longText}, KeyType::Hash, 1, "hashtable");
    row("set of integers", {"SADD", "k", "1", "2"}, KeyType::Set, 2, "intset");
    row("set of long members", {"SADD", "k", longText}, KeyType::Set, 1, "hashtable");
    row("small sorted set", {"ZADD", "k", "1", "a"}, KeyType::SortedSet, 1, "listpack");
    row("sorted set of long members", {"ZADD", "k", "1", longText}, KeyType::SortedSet, 1, "skiplist");
    row("list", {"RPUSH", "k", "a", "b", "c"}, KeyType::List, 3, "");
    row("stream", {"XADD", "k", "1-1", "f", "v"}, KeyType::Stream, 1, "stream");
}

void TestValueHead::readsEveryTypeAndEncoding()
{
    QFETCH(Args, write);
    QFETCH(quint64, length);
    QFETCH(QByteArray, encoding);
    const auto server = RedisServer::start();
    server->command(write);
    const auto lane = readingLane(*server);
    const auto head = fetchValueHead(*lane, "k", {});
    QVERIFY(head.has_value());
    QTEST(head->type, "type");
    QCOMPARE(quint64{head->length.value_or(99)}, length);
    const std::string expected =
        encoding.isEmpty() ? server->command({"OBJECT", "ENCODING", "k"}) : encoding.toStdString();
    QCOMPARE(head->encoding.value_or(""), expected);
    QVERIFY(head->memory && head->memory->value > 0);
    QVERIFY(!head->ttl && !head->expiresAt && head->gaps.empty());
}

void TestValueHead::tellsWhenItExpires()
{
    const auto server = RedisServer::start();
    server->command({"SET", "k", "v", "PX", "3600000"});
    const auto lane = readingLane(*server);
    const auto before = std::chrono::system_clock::now();
    const auto head = fetchValueHead(*lane, "k", {});
    QVERIFY(head && head->ttl && head->expiresAt);
    QVERIFY(*head->ttl <= Milliseconds{3'600'000} && *head->ttl > Milliseconds{3'500'000});
    QVERIFY(*head->expiresAt >= before + *head->ttl);
    QVERIFY(*head->expiresAt <= std::chrono::system_clock::now() + *head->ttl);
}

void TestValueHead::aTtlBeyondTheClockHasNoTime()
{
    const auto server = RedisServer::start();
    server->command({"SET", "k", "v"});
    server->command({"PEXPIREAT", "k", "9223372036854775000"});
    const auto lane = readingLane(*server);
    const auto head = fetchValueHead(*lane, "k", {});
    QVERIFY(head && head->ttl);
    QVERIFY(!head->expiresAt);
    const auto glance = lookAgain(*lane, "k", {}, {});
    QVERIFY(glance && !glance->expiresAt); // as the head: else an open key would count as changed
}

void TestValueHead::aKeyThatIsNotThereIsGone()
{
    const auto server = RedisServer::start();
    const auto lane = readingLane(*server);
    const auto head = fetchValueHead(*lane, "no\nsuch", {});
    QVERIFY(!head.has_value());
    QCOMPARE(head.error().kind, ErrorKind::Gone);
    QCOMPARE(head.error().subject, QStringLiteral("key no\\nsuch"));
}

void TestValueHead::refusedCommandsBecomeGaps_data()
{
    QTest::addColumn<QString>("rule");
    QTest::addColumn<int>("part");
    QTest::addColumn<QString>("command");
    QTest::addRow("no MEMORY") << QStringLiteral("-memory") << static_cast<int>(Part::Memory)
                               << QStringLiteral("MEMORY USAGE");
    QTest::addRow("no OBJECT") << QStringLiteral("-object") << static_cast<int>(Part::Encoding)
                               << QStringLiteral("OBJECT ENCODING");
    QTest::addRow("no PTTL") << QStringLiteral("-pttl") << static_cast<int>(Part::Ttl) << QStringLiteral("PTTL");
    QTest::addRow("no HLEN") << QStringLiteral("-hlen") << static_cast<int>(Part::Length) << QStringLiteral("HLEN");
}

void TestValueHead::refusedCommandsBecomeGaps()
{
    QFETCH(QString, rule);
    QFETCH(int, part);
    QFETCH(QString, command);
    ServerOptions options;
    options.aclLines = {QStringLiteral("user bob on >pw ~* +@all ") + rule};
    const auto server = RedisServer::start(options);
    server->command({"HSET", "k", "f", "v"});
    const auto lane = readingLane(*server, QStringLiteral("bob"));
    const auto head = fetchValueHead(*lane, "k", {});
    QVERIFY(head.has_value());
    QCOMPARE(head->type, KeyType::Hash);
    QCOMPARE(head->gaps.size(), std::size_t{1});
    const Error* gap = head->gap(static_cast<Part>(part));
    QVERIFY(gap);
    QCOMPARE(gap->kind, ErrorKind::Permission);
    QCOMPARE(gap->subject, command);
}

void TestValueHead::withoutTypeNothingCanBeShown()
{
    ServerOptions options;
    options.aclLines = {QStringLiteral("user bob on >pw ~* +@all -type")};
    const auto server = RedisServer::start(options);
    server->command({"SET", "k", "v"});
    const auto lane = readingLane(*server, QStringLiteral("bob"));
    const auto head = fetchValueHead(*lane, "k", {});
    QVERIFY(!head.has_value());
    QCOMPARE(head.error().kind, ErrorKind::Permission);
    QVERIFY2(head.error().detail.contains(QStringLiteral("TYPE")), qPrintable(head.error().detail));
}

void TestValueHead::costsTheSameForAnySize()
{
    const auto server = RedisServer::start();
    server->command({"HSET", "small", "f", "v"});
    server->fill(200, [](std::size_t n) {
        Args args{"HSET", "large"};
        for (std::size_t i = 0; i < 1000; ++i) {
            args.push_back("field:" + std::to_string(n * 1000 + i));
            args.push_back("value");
        }
        return args;
    });
    const auto lane = readingLane(*server);
    QVERIFY(fetchValueHead(*lane, "small", {}).has_value()); // opens the connection
    std::vector<std::uint64_t> costs;
    for (const char* key : {"small", "large"}) {
        const std::uint64_t before = commandsSent(*server);
        QVERIFY(fetchValueHead(*lane, key, {}).has_value());
        costs.push_back(commandsSent(*server) - before - 1);
    }
    QCOMPARE(costs.front(), std::uint64_t{5});
    QCOMPARE(costs.back(), std::uint64_t{5});
}

QTEST_GUILESS_MAIN(TestValueHead)
#include "tst_valuehead.moc"
