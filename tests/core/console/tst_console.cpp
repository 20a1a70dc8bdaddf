// SPDX-License-Identifier: GPL-3.0-or-later
// Command lines and scans with operations against a real server.
#include "tests/core/console/consolefixture.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <set>
#include <thread>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::string_literals;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr GateRules readOnly{true, Environment::Development};
constexpr GateRules production{false, Environment::Production};

/// The texts of an array of bulk strings, sorted.
std::vector<std::string> sorted(const Reply& array)
{
    std::vector<std::string> texts;
    for (const Reply& one : array.elements) {
        texts.push_back(one.text);
    }
    std::ranges::sort(texts);
    return texts;
}

/// Pairs of element and reply, as JSON, sorted.
std::vector<std::string> pairs(const Reply& array)
{
    std::vector<std::string> texts;
    for (const Reply& one : array.elements) {
        texts.push_back(replyJson(one));
    }
    std::ranges::sort(texts);
    return texts;
}

using Texts = std::vector<std::string>;

} // namespace

class TestConsole : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_server = RedisServer::start(); }
    void init() { m_server->command({"FLUSHALL"}); }
    void runsAnyCommand_data();
    void runsAnyCommand();
    void refusesWhatHasNoOneReply_data();
    void refusesWhatHasNoOneReply();
    void waitsForABlockingCommandThatEndsInTime();
    void keepsATransactionsConnection();
    void tellsOfALostTransaction();
    void aTransactionIsDoneWholeOrNotAtAll_data();
    void aTransactionIsDoneWholeOrNotAtAll();
    void aNodeThatCannotBeChosenEndsATransaction();
    void aLineThatCouldNotBeReadEndsATransaction();
    void aYesMakesATransactionWhole();
    void aYesIsForOneCommand_data();
    void aYesIsForOneCommand();
    void everyCommandThatIsAskedForCanHaveItsYes();
    void anExecThatWasRefusedCanBeSaidAgain();
    void anUnansweredExecMayBeDone();
    void anElementIsNoTimeLimit();
    void theProposalsExample();
    void foreachGivesTheElements_data();
    void foreachGivesTheElements();
    void foreachGivesPairs_data();
    void foreachGivesPairs();
    void forallGivesCursorReplyAndElements_data();
    void forallGivesCursorReplyAndElements();
    void keysWithAnyBytesStayWhatTheyAre();
    void oneStepGivesTheNextCursor();
    void goesOnToTheEnd();
    void forallRepliesAreAddedUp();
    void anEmptyScanDoesNothing();
    void anErrorOfOneElementHidesNoOther();
    void aLongForallIsSentInParts();
    void aLongForallThatCannotBePartedIsNotSent();
    void readOnlyIsSaidBeforeTheScan();
    void productionAsksForTheWhole();
    void aStopEndsAScan();
    void aLostConnectionTellsTheCursor();
    void elementsCanBeTakenAsTheyCome();

private:
    std::unique_ptr<RedisServer> m_server;
};

void TestConsole::runsAnyCommand_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("json");
    QTest::addRow("status") << QByteArray("PING") << QByteArray(R"("PONG")");
    QTest::addRow("integer") << QByteArray("RPUSH l a b") << QByteArray("2");
    QTest::addRow("nil") << QByteArray("GET nothing") << QByteArray("null");
    QTest::addRow("array") << QByteArray("MGET a nothing") << QByteArray("[null, null]");
    QTest::addRow("empty array") << QByteArray("LRANGE nothing 0 -1") << QByteArray("[]");
    QTest::addRow("nested") << QByteArray(R"(EVAL "return {1, {'a', false}, {err='ERR x'}}" 0)")
                            << QByteArray(R"([1, ["a", null], {"error": "ERR x"}])");
    QTest::addRow("bytes") << QByteArray(R"(ECHO "\xff\x00")") << QByteArray(R"({"base64": "/wA="})");
    QTest::addRow("text") << QByteArray(R"(ECHO "a \"b\"\n")") << QByteArray(R"("a \"b\"\n")");
    QTest::addRow("a plain scan") << QByteArray("SCAN 0") << QByteArray(R"(["0", []])");
    QTest::addRow("the server's error") << QByteArray(
        "GET") << QByteArray(R"({"error": "ERR wrong number of arguments for 'get' command"})");
}

void TestConsole::runsAnyCommand()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, json);
    Console console = consoleAt(*m_server);
    QCOMPARE(QByteArray::fromStdString(said(console.run(typed(line.toStdString()), {}))), json);
}

void TestConsole::refusesWhatHasNoOneReply_data()
{
    QTest::addColumn<QByteArray>("line");
    for (const char* line : {"SUBSCRIBE a", "psubscribe *", "MONITOR", "SYNC", "CLIENT REPLY OFF", "SELECT 1", "AUTH x",
             "HELLO 3", "RESET", "QUIT", "BLPOP l 0", "BRPOP l 60", "XREAD BLOCK 0 STREAMS s 0", "WAIT 1 0",
             "BLMPOP 0 1 l LEFT", "BLPOP l +0", "BLPOP l 0x0", "BLPOP l nan",
             "XREADGROUP GROUP block c BLOCK 0 STREAMS s >", "SCAN 0 FOREACH 'BLPOP l *'",
             "SCAN 0 FOREACH 'SUBSCRIBE *'", "SCAN 0 FOREACH 'BLPOP * 0'", "SCAN 0 FOREACH MULTI"}) {
        QTest::addRow("%s", line) << QByteArray(line);
    }
}

void TestConsole::refusesWhatHasNoOneReply()
{
    QFETCH(QByteArray, line);
    Console console = consoleAt(*m_server);
    const auto answer = console.run(typed(line.toStdString()), {});
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Input);
    QCOMPARE(said(console.run(typed("PING"), {})), "\"PONG\""s);
}

void TestConsole::waitsForABlockingCommandThatEndsInTime()
{
    Console console = consoleAt(*m_server);
    QCOMPARE(said(console.run(typed("BLPOP nothing 0.1"), {})), "null"s);
    QCOMPARE(said(console.run(typed("XREAD BLOCK 50 STREAMS nothing 0"), {})), "null"s);
}

void TestConsole::keepsATransactionsConnection()
{
    Console console = consoleAt(*m_server);
    QCOMPARE(said(console.run(typed("MULTI"), {})), "\"OK\""s);
    QCOMPARE(said(console.run(typed("SET a 1"), {})), "\"QUEUED\""s);
    QCOMPARE(m_server->command({"EXISTS", "a"}), "0"s);
    QCOMPARE(said(console.run(typed("EXEC"), {})), "[\"OK\"]"s);
    QCOMPARE(m_server->command({"GET", "a"}), "1"s);
}

void TestConsole::tellsOfALostTransaction()
{
    Console console = consoleAt(*m_server, normal, {}, 300ms);
    QCOMPARE(said(console.run(typed("MULTI"), {})), "\"OK\""s);
    m_server->command({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});
    const auto lost = console.run(typed("SET a 1"), {});
    QVERIFY(!lost);
    QCOMPARE(lost.error().kind, ErrorKind::Network);
    const auto told = console.run(typed("SET a 2"), {}); // without this it would be done outside of any transaction
    QVERIFY(!told);
    QVERIFY(told.error().detail.contains(u"MULTI"_s));
    QCOMPARE(m_server->command({"EXISTS", "a"}), "0"s);
    QCOMPARE(said(console.run(typed("SET a 3"), {})), "\"OK\""s);
}

void TestConsole::aTransactionIsDoneWholeOrNotAtAll_data()
{
    QTest::addColumn<QByteArray>("refused");
    QTest::addColumn<bool>("all");
    QTest::addRow("a command that is asked for") << QByteArray("FLUSHALL") << false;
    QTest::addRow("one with no reply of its own") << QByteArray("SUBSCRIBE news") << false;
    QTest::addRow("a scan with an operation") << QByteArray("SCAN 0 FOREACH 'DEL *'") << false;
    QTest::addRow("a scan to its end") << QByteArray("SCAN 0") << true;
    QTest::addRow("a scan whose operation is not there") << QByteArray("SCAN 0 FOREACH") << false;
    QTest::addRow("a scan that makes no sense") << QByteArray("SSCAN set 0 WITHREPLIES") << false;
    QTest::addRow("what has no end to go on to") << QByteArray("SET c 1") << true;
}

void TestConsole::aTransactionIsDoneWholeOrNotAtAll()
{
    QFETCH(QByteArray, refused);
    QFETCH(bool, all);
    m_server->command({"SET", "there", "1"});
    Console console = consoleAt(*m_server);
    QCOMPARE(said(console.run(typed("MULTI"), {})), "\"OK\""s);
    QCOMPARE(said(console.run(typed("SET a 1"), {})), "\"QUEUED\""s);
    QVERIFY(!console.run(typed(refused.toStdString(), all), {}));
    QCOMPARE(said(console.run(typed("SET b 1"), {})), "\"QUEUED\""s);
    const auto ended = console.run(typed("EXEC"), {});
    QVERIFY2(!ended, said(ended).c_str());
    QCOMPARE(ended.error().kind, ErrorKind::Refused);
    QVERIFY(ended.error().detail.startsWith(QString::fromLatin1(refused.left(refused.indexOf(' ')))));
    QCOMPARE(m_server->command({"DBSIZE"}), "1"s);
    QCOMPARE(said(console.run(typed("SET c 1"), {})), "\"OK\""s); // no transaction any more
    QCOMPARE(said(console.run(typed("MULTI"), {})), "\"OK\""s);   // and the next is one of its own
    QCOMPARE(said(console.run(typed("SET d 1"), {})), "\"QUEUED\""s);
    QCOMPARE(said(console.run(typed("EXEC"), {})), "[\"OK\"]"s);
}

void TestConsole::aNodeThatCannotBeChosenEndsATransaction()
{
    Console console = consoleAt(*m_server);
    QCOMPARE(said(console.run(typed("MULTI"), {})), "\"OK\""s);
    QCOMPARE(said(console.run(typed("SET a 1"), {})), "\"QUEUED\""s);
    QVERIFY(!console.run(typed("SET b 1", false, u"10.9.9.9:1"_s), {}));
    const auto ended = console.run(typed("EXEC"), {});
    QVERIFY2(!ended, said(ended).c_str());
    QCOMPARE(ended.error().kind, ErrorKind::Refused);
    QCOMPARE(m_server->command({"DBSIZE"}), "0"s);
}

void TestConsole::aLineThatCouldNotBeReadEndsATransaction()
{
    Console console = consoleAt(*m_server);
    console.missLine(); // there is nothing yet that it could be missing from
    QCOMPARE(said(console.run(typed("MULTI"), {})), "\"OK\""s);
    QCOMPARE(said(console.run(typed("SET a 1"), {})), "\"QUEUED\""s);
    QCOMPARE(said(console.run(typed("EXEC"), {})), "[\"OK\"]"s);
    QCOMPARE(said(console.run(typed("MULTI"), {})), "\"OK\""s);
    QCOMPARE(said(console.run(typed("SET a 2"), {})), "\"QUEUED\""s);
    console.missLine();
    const auto ended = console.run(typed("EXEC"), {});
    QVERIFY2(!ended, said(ended).c_str());
    QCOMPARE(ended.error().kind, ErrorKind::Refused);
    QVERIFY2(ended.error().detail.contains(u"could not be read"_s), qPrintable(ended.error().detail));
    QCOMPARE(m_server->command({"GET", "a"}), "1"s);
}

void TestConsole::aYesMakesATransactionWhole()
{
    m_server->command({"SET", "there", "1"});
    Console console = consoleAt(*m_server);
    QCOMPARE(said(console.run(typed("MULTI"), {})), "\"OK\""s);
    const auto asked = console.run(typed("FLUSHDB"), {});
    QVERIFY(!asked);
    QCOMPARE(asked.error().kind, ErrorKind::Confirm);
    QCOMPARE(said(console.run(typed("FLUSHDB", false, {}, true), {})), "\"QUEUED\""s);
    QCOMPARE(said(console.run(typed("EXEC"), {})), "[\"OK\"]"s);
    QCOMPARE(m_server->command({"DBSIZE"}), "0"s);
}

void TestConsole::aYesIsForOneCommand_data()
{
    QTest::addColumn<QByteArray>("refused");
    QTest::addColumn<bool>("isLast");
    QTest::addRow("one that can't be sent, before it") << QByteArray("BLPOP q 0") << false;
    QTest::addRow("one that can't be sent, after it") << QByteArray("BLPOP q 0") << true;
    QTest::addRow("one that got no yes, before it") << QByteArray("FLUSHALL") << false;
    QTest::addRow("one that got no yes, after it") << QByteArray("FLUSHALL") << true;
    QTest::addRow("the same once more") << QByteArray("KEYS *") << false;
}

/// What is confirmed last says nothing of what was refused besides.
void TestConsole::aYesIsForOneCommand()
{
    QFETCH(QByteArray, refused);
    QFETCH(bool, isLast);
    Console console = consoleAt(*m_server);
    QCOMPARE(said(console.run(typed("MULTI"), {})), "\"OK\""s);
    QCOMPARE(said(console.run(typed("SET a 1"), {})), "\"QUEUED\""s);
    for (const std::string& line :
        {isLast ? "KEYS *"s : refused.toStdString(), isLast ? refused.toStdString() : "KEYS *"s}) {
        QVERIFY(!console.run(typed(line), {}));
    }
    QCOMPARE(said(console.run(typed("KEYS *", false, {}, true), {})), "\"QUEUED\""s);
    const auto ended = console.run(typed("EXEC"), {});
    QVERIFY2(!ended, said(ended).c_str());
    QCOMPARE(ended.error().kind, ErrorKind::Refused);
    const QString name = QString::fromLatin1(refused.left(refused.indexOf(' ')));
    QVERIFY2(ended.error().detail.contains(name), qPrintable(ended.error().detail));
    QCOMPARE(m_server->command({"DBSIZE"}), "0"s);
}

void TestConsole::everyCommandThatIsAskedForCanHaveItsYes()
{
    m_server->command({"SET", "there", "1"});
    Console console = consoleAt(*m_server);
    QCOMPARE(said(console.run(typed("MULTI"), {})), "\"OK\""s);
    QVERIFY(!console.run(typed("KEYS *"), {}));
    QVERIFY(!console.run(typed("FLUSHDB"), {}));
    QCOMPARE(said(console.run(typed("KEYS *", false, {}, true), {})), "\"QUEUED\""s);
    QCOMPARE(said(console.run(typed("FLUSHDB", false, {}, true), {})), "\"QUEUED\""s);
    QCOMPARE(said(console.run(typed("EXEC"), {})), "[[\"there\"], \"OK\"]"s);
    QCOMPARE(m_server->command({"DBSIZE"}), "0"s);
}

/// What ends a transaction is no part of it, which would be missing.
void TestConsole::anExecThatWasRefusedCanBeSaidAgain()
{
    Console console = consoleAt(*m_server);
    QCOMPARE(said(console.run(typed("MULTI"), {})), "\"OK\""s);
    QCOMPARE(said(console.run(typed("SET a 1"), {})), "\"QUEUED\""s);
    QVERIFY(!console.run(typed("EXEC", true), {})); // "to the end" is for scans
    QCOMPARE(said(console.run(typed("EXEC"), {})), "[\"OK\"]"s);
}

void TestConsole::anUnansweredExecMayBeDone()
{
    Console console = consoleAt(*m_server, normal, {}, 300ms);
    QCOMPARE(said(console.run(typed("MULTI"), {})), "\"OK\""s);
    QCOMPARE(said(console.run(typed("SET a 1"), {})), "\"QUEUED\""s);
    m_server->command({"CLIENT", "PAUSE", "60000", "WRITE"});
    const auto lost = console.run(typed("EXEC"), {});
    m_server->command({"CLIENT", "UNPAUSE"});
    QVERIFY(!lost);
    QVERIFY2(lost.error().detail.contains(u"not known"_s), qPrintable(lost.error().detail));
    QCOMPARE(said(console.run(typed("ECHO x"), {})), "\"x\""s); // it is not told again, as something that was not done
}

void TestConsole::anElementIsNoTimeLimit()
{
    m_server->command({"SADD", "limits", "0"});
    Console console = consoleAt(*m_server, normal, {}, 1000ms);
    for (const char* line : {"SSCAN limits 0 FOREACH 'BLPOP l *'", "SSCAN limits 0 FORALL 'BLPOP l *'",
             "SSCAN limits 0 FORALL 'BLPOP l l2 *'"}) {
        const auto answer = console.run(typed(line), {});
        QVERIFY2(!answer, said(answer).c_str());
        QCOMPARE(answer.error().kind, ErrorKind::Input);
    }
    m_server->command({"DEL", "limits"});
    m_server->command({"SADD", "limits", "0", "00"});
    const auto late = console.run(typed("SSCAN limits 0 FORALL 'BLPOP *'"), {}); // only the elements tell
    QVERIFY2(!late, said(late).c_str());
    QCOMPARE(late.error().kind, ErrorKind::Input);
}

void TestConsole::theProposalsExample()
{
    for (int key = 0; key < 25; ++key) {
        m_server->command({"SET", "inactive_user:" + std::to_string(key), "x"});
    }
    m_server->command({"SET", "active_user:1", "x"});
    Console console = consoleAt(*m_server);
    std::string cursor = "0";
    std::size_t seen = 0;
    do {
        const auto answer = console.run(typed("SCAN " + cursor + " MATCH inactive_user:* FORALL 'DEL *'"), {});
        QVERIFY2(answer, said(answer).c_str());
        QCOMPARE(answer->reply.elements.size(), std::size_t{2}); // as without the switch
        cursor = answer->reply.elements[0].text;
        seen += answer->reply.elements[1].elements.size();
    } while (cursor != "0");
    QVERIFY(seen >= 25);
    QCOMPARE(m_server->list({"KEYS", "*"}), Texts{"active_user:1"});
}

void TestConsole::foreachGivesTheElements_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<Texts>("elements");
    QTest::addRow("SCAN") << QByteArray("SCAN 0 TYPE string FOREACH 'EXPIRE * 100'") << Texts{"s1", "s2"};
    QTest::addRow("SSCAN") << QByteArray("SSCAN set 0 FOREACH 'SADD copy *'") << Texts{"m1", "m2"};
    QTest::addRow("HSCAN") << QByteArray("HSCAN hash 0 FOREACH 'SADD copy *'") << Texts{"f1", "f2", "v1", "v2"};
    QTest::addRow("ZSCAN") << QByteArray("ZSCAN zset 0 FOREACH 'SADD copy *'") << Texts{"1", "2", "z1", "z2"};
}

void TestConsole::foreachGivesTheElements()
{
    QFETCH(QByteArray, line);
    QFETCH(Texts, elements);
    m_server->command({"MSET", "s1", "x", "s2", "y"});
    m_server->command({"SADD", "set", "m1", "m2"});
    m_server->command({"HSET", "hash", "f1", "v1", "f2", "v2"});
    m_server->command({"ZADD", "zset", "1", "z1", "2", "z2"});
    Console console = consoleAt(*m_server);
    const auto answer = console.run(typed(line.toStdString()), {});
    QVERIFY2(answer, said(answer).c_str());
    QCOMPARE(answer->reply.elements[0].text, "0"s);
    QCOMPARE(sorted(answer->reply.elements[1]), elements);
    QCOMPARE(answer->done.elements, 2U);
    QCOMPARE(answer->done.operations, 2U);
    QVERIFY(m_server->command({"TTL", "s1"}) == "100" || m_server->command({"SCARD", "copy"}) == "2");
}

void TestConsole::foreachGivesPairs_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<Texts>("items");
    QTest::addRow("SCAN") << QByteArray("SCAN 0 TYPE string FOREACH 'GET *' WITHREPLIES")
                          << Texts{R"(["s1", "x"])", R"(["s2", "y"])"};
    QTest::addRow("SSCAN") << QByteArray("SSCAN set 0 FOREACH 'STRLEN *' WITHREPLIES")
                           << Texts{R"(["m1", 0])", R"(["m2", 0])"};
    QTest::addRow("HSCAN: field and reply")
        << QByteArray("HSCAN hash 0 FOREACH 'HGET hash *' WITHREPLIES") << Texts{R"(["f1", "v1"])", R"(["f2", "v2"])"};
    QTest::addRow("ZSCAN: member and reply")
        << QByteArray("ZSCAN zset 0 FOREACH 'ZRANK zset *' WITHREPLIES") << Texts{R"(["z1", 0])", R"(["z2", 1])"};
    QTest::addRow("number of elements") << QByteArray("HSCAN hash 0 FOREACH 'ECHO #' WITHREPLIES")
                                        << Texts{R"(["f1", "2"])", R"(["f2", "2"])"};
}

void TestConsole::foreachGivesPairs()
{
    QFETCH(QByteArray, line);
    QFETCH(Texts, items);
    m_server->command({"MSET", "s1", "x", "s2", "y"});
    m_server->command({"SADD", "set", "m1", "m2"});
    m_server->command({"HSET", "hash", "f1", "v1", "f2", "v2"});
    m_server->command({"ZADD", "zset", "1", "z1", "2", "z2"});
    Console console = consoleAt(*m_server);
    const auto answer = console.run(typed(line.toStdString()), {});
    QVERIFY2(answer, said(answer).c_str());
    QCOMPARE(answer->reply.elements.size(), std::size_t{2});
    QCOMPARE(pairs(answer->reply.elements[1]), items);
}

void TestConsole::forallGivesCursorReplyAndElements_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("reply");
    QTest::addColumn<int>("elements");
    QTest::addRow("SCAN") << QByteArray("SCAN 0 TYPE string FORALL 'EXISTS *' WITHREPLIES") << QByteArray("2") << 2;
    QTest::addRow("SSCAN") << QByteArray("SSCAN set 0 FORALL 'SADD copy * x' WITHREPLIES") << QByteArray("3") << 2;
    QTest::addRow("HSCAN, fields only") << QByteArray("HSCAN hash 0 FORALL 'SADD copy *' WITHREPLIES")
                                        << QByteArray("2") << 4;
    QTest::addRow("HSCAN, raw") << QByteArray("HSCAN hash 0 FORALL 'HSET copy **' WITHREPLIES") << QByteArray("2") << 4;
    QTest::addRow("ZSCAN") << QByteArray("ZSCAN zset 0 FORALL 'SADD copy *' WITHREPLIES") << QByteArray("2") << 4;
    QTest::addRow("joined") << QByteArray("ZSCAN zset 0 FORALL 'ECHO *' WITHREPLIES DELIM ', '")
                            << QByteArray(R"("z1, z2")") << 4;
    QTest::addRow("position and number") << QByteArray("SSCAN set 0 FORALL 'ECHO @/#' WITHREPLIES")
                                         << QByteArray(R"("0/2")") << 2;
}

void TestConsole::forallGivesCursorReplyAndElements()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, reply);
    QFETCH(int, elements);
    m_server->command({"MSET", "s1", "x", "s2", "y"});
    m_server->command({"SADD", "set", "m1", "m2"});
    m_server->command({"HSET", "hash", "f1", "v1", "f2", "v2"});
    m_server->command({"ZADD", "zset", "1", "z1", "2", "z2"});
    Console console = consoleAt(*m_server);
    const auto answer = console.run(typed(line.toStdString()), {});
    QVERIFY2(answer, said(answer).c_str());
    QCOMPARE(answer->reply.elements.size(), std::size_t{3});
    QCOMPARE(answer->reply.elements[0].text, "0"s);
    QCOMPARE(QByteArray::fromStdString(replyJson(answer->reply.elements[1])), reply);
    QCOMPARE(answer->reply.elements[2].elements.size(), static_cast<std::size_t>(elements));
    QCOMPARE(answer->done.operations, 1U);
}

void TestConsole::keysWithAnyBytesStayWhatTheyAre()
{
    const std::set<std::string> keys{"a b", "\" FLUSHALL \"", "'", "*", "@ # **", "x\r\nFLUSHALL\r\n", R"(\*)",
        "\0\xff"s, "[a-z]", "a?b", "{x}", ""};
    for (const std::string& key : keys) {
        m_server->command({"SET", key, "value of " + key});
    }
    Console console = consoleAt(*m_server);
    const auto read = console.run(typed("SCAN 0 COUNT 100 FOREACH 'GET \"*\"' WITHREPLIES"), {});
    QVERIFY2(read, said(read).c_str());
    std::set<std::string> seen;
    for (const Reply& pair : read->reply.elements[1].elements) {
        QCOMPARE(pair.elements[1].text, "value of " + pair.elements[0].text);
        seen.insert(pair.elements[0].text);
    }
    QVERIFY(seen == keys);
    const auto renamed = console.run(typed("SCAN 0 COUNT 100 FOREACH 'COPY * \"copy of *\"'"), {});
    QVERIFY(renamed);
    for (const std::string& key : keys) {
        QCOMPARE(m_server->command({"GET", "copy of " + key}), "value of " + key);
    }
    QVERIFY(console.run(typed("SCAN 0 COUNT 100 FORALL 'UNLINK *'"), {}));
    QCOMPARE(m_server->command({"DBSIZE"}), "0"s);
}

void TestConsole::oneStepGivesTheNextCursor()
{
    m_server->fill(1000, [](std::size_t at) { return RedisServer::Args{"SET", "k" + std::to_string(at), "v"}; });
    Console console = consoleAt(*m_server);
    const auto plain = m_server->list({"SCAN", "0", "COUNT", "10"});
    const auto answer = console.run(typed("SCAN 0 COUNT 10 FOREACH 'TTL *'"), {});
    QVERIFY(answer);
    QCOMPARE(answer->reply.elements[0].text, plain.front());
    QVERIFY(plain.front() != "0");
    QVERIFY(answer->done.operations < 100);
}

void TestConsole::goesOnToTheEnd()
{
    m_server->fill(3000, [](std::size_t at) { return RedisServer::Args{"SET", "k" + std::to_string(at), "v"}; });
    Console console = consoleAt(*m_server);
    const auto answer = console.run(typed("SCAN 0 COUNT 100 FOREACH 'EXPIRE * 1000' WITHREPLIES", true), {});
    QVERIFY(answer);
    QCOMPARE(answer->reply.elements[0].text, "0"s);
    QVERIFY(answer->gaps.empty());
    std::set<std::string> keys;
    for (const Reply& pair : answer->reply.elements[1].elements) {
        keys.insert(pair.elements[0].text);
        QCOMPARE(pair.elements[1].integer, 1);
    }
    QCOMPARE(keys.size(), std::size_t{3000});
    const auto all = console.run(typed("SCAN 0", true), {}); // also without an operation
    QVERIFY(all);
    QVERIFY(all->reply.elements[1].elements.size() >= 3000);
    QVERIFY(!console.run(typed("GET k1", true), {}));
}

void TestConsole::forallRepliesAreAddedUp()
{
    m_server->fill(3000, [](std::size_t at) { return RedisServer::Args{"SET", "k" + std::to_string(at), "v"}; });
    Console console = consoleAt(*m_server);
    const auto read = console.run(typed("SCAN 0 COUNT 100 FORALL 'MGET *' WITHREPLIES", true), {});
    QVERIFY(read);
    QCOMPARE(read->reply.elements[1].elements.size(), read->reply.elements[2].elements.size());
    const auto gone = console.run(typed("SCAN 0 COUNT 100 FORALL 'UNLINK *' WITHREPLIES", true), {});
    QVERIFY(gone);
    QCOMPARE(gone->reply.elements[1].integer, 3000);
    QCOMPARE(m_server->command({"DBSIZE"}), "0"s);
}

void TestConsole::anEmptyScanDoesNothing()
{
    Console console = consoleAt(*m_server);
    QCOMPARE(said(console.run(typed("SCAN 0 FOREACH 'DEL *' WITHREPLIES"), {})), "[\"0\", []]"s);
    QCOMPARE(said(console.run(typed("SCAN 0 FORALL 'DEL *' WITHREPLIES"), {})), "[\"0\", null, []]"s);
    QCOMPARE(said(console.run(typed("SSCAN nothing 0 FORALL 'DEL *'"), {})), "[\"0\", []]"s);
    QCOMPARE(said(console.run(typed("SCAN 0 FORALL 'ECHO #' WITHREPLIES"), {})), "[\"0\", \"0\", []]"s);
}

void TestConsole::anErrorOfOneElementHidesNoOther()
{
    m_server->command({"SET", "s", "1"});
    m_server->command({"RPUSH", "l", "1"});
    Console console = consoleAt(*m_server);
    const auto answer = console.run(typed("SCAN 0 FOREACH 'INCR *' WITHREPLIES"), {});
    QVERIFY(answer);
    QCOMPARE(answer->done.failed, 1U);
    QVERIFY(answer->firstFailure);
    QCOMPARE(answer->firstFailure->element, "l"s);
    QVERIFY(answer->firstFailure->text.starts_with("WRONGTYPE"));
    const auto items = pairs(answer->reply.elements[1]);
    QVERIFY(items[0].starts_with("[\"l\", {\"error\": \"WRONGTYPE"));
    QCOMPARE(items[1], "[\"s\", 2]"s);
    const auto quiet = console.run(typed("SCAN 0 FOREACH 'INCR *'"), {});
    QVERIFY(quiet);
    QCOMPARE(quiet->done.failed, 1U); // the reply shows nothing of it
    const auto wrong = console.run(typed("SSCAN s 0 FOREACH 'TTL *'"), {});
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().kind, ErrorKind::WrongType);
}

void TestConsole::aLongForallIsSentInParts()
{
    m_server->fill(50, [](std::size_t at) { return RedisServer::Args{"SET", "k" + std::to_string(at), "v"}; });
    CommandLimits limits;
    limits.words = 11;
    Console console = consoleAt(*m_server, normal, limits);
    const auto answer = console.run(typed("SCAN 0 COUNT 1000 FORALL 'DEL *' WITHREPLIES"), {});
    QVERIFY2(answer, said(answer).c_str());
    QCOMPARE(answer->reply.elements[1].integer, 50);
    QCOMPARE(answer->done.operations, 5U);
    QVERIFY(answer->notes.join(u' ').contains(u"5 commands"_s));
}

void TestConsole::aLongForallThatCannotBePartedIsNotSent()
{
    m_server->fill(50, [](std::size_t at) { return RedisServer::Args{"SET", "k" + std::to_string(at), "v"}; });
    CommandLimits limits;
    limits.words = 11;
    Console console = consoleAt(*m_server, normal, limits);
    const auto answer = console.run(typed("SCAN 0 COUNT 1000 FORALL 'PFADD all *'"), {});
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Input);
    QCOMPARE(m_server->command({"EXISTS", "all"}), "0"s);
}

void TestConsole::readOnlyIsSaidBeforeTheScan()
{
    m_server->command({"SET", "a", "1"});
    Console console = consoleAt(*m_server, readOnly);
    m_server->command({"CONFIG", "RESETSTAT"});
    for (const char* line : {"SET a 2", "SCAN 0 FORALL 'DEL *'", "SCAN 0 FOREACH 'EXPIRE * 1'"}) {
        for (const bool confirmed : {false, true}) {
            const auto answer = console.run(typed(line, false, {}, confirmed), {});
            QVERIFY(!answer);
            QCOMPARE(answer.error().kind, ErrorKind::ReadOnly);
        }
    }
    QVERIFY(m_server->command({"INFO", "commandstats"}).find("cmdstat_scan") == std::string::npos);
    QCOMPARE(said(console.run(typed("SCAN 0 FOREACH 'GET *' WITHREPLIES"), {})), "[\"0\", [[\"a\", \"1\"]]]"s);
}

void TestConsole::productionAsksForTheWhole()
{
    m_server->command({"MSET", "a", "1", "b", "2"});
    Console console = consoleAt(*m_server, production);
    for (const char* line : {"SCAN 0 FORALL 'DEL *'", "SCAN 0 FOREACH 'DEL *'", "DEL a b", "FLUSHALL", "KEYS *"}) {
        const auto answer = console.run(typed(line), {});
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Confirm);
    }
    QCOMPARE(m_server->command({"DBSIZE"}), "2"s);
    QVERIFY(console.run(typed("SCAN 0 FOREACH 'TTL *'"), {})); // to read is nothing to ask for
    const auto sure = console.run(typed("SCAN 0 FOREACH 'DEL *'", false, {}, true), {});
    QVERIFY2(sure, said(sure).c_str());
    QCOMPARE(m_server->command({"DBSIZE"}), "0"s);
    QVERIFY(!console.run(typed("SCAN 0 FOREACH 'DEL *'"), {})); // the yes was for that one
}

void TestConsole::aStopEndsAScan()
{
    m_server->fill(5000, [](std::size_t at) { return RedisServer::Args{"SET", "k" + std::to_string(at), "v"}; });
    Console console = consoleAt(*m_server);
    std::stop_source stop;
    Console::Listener listener;
    listener.progress = [&stop](const ConsoleProgress& progress) {
        if (progress.operations > 500) {
            stop.request_stop();
        }
    };
    const auto answer =
        console.run(typed("SCAN 0 COUNT 100 FOREACH 'EXPIRE * 1000'", true), stop.get_token(), listener);
    QVERIFY(answer);
    QCOMPARE(answer->gaps.size(), std::size_t{1});
    QCOMPARE(answer->gaps.front().kind, ErrorKind::Cancelled);
    const std::string cursor = answer->reply.elements[0].text;
    QVERIFY(cursor != "0");
    QVERIFY(answer->done.operations < 5000);
    const auto rest = console.run(typed("SCAN " + cursor + " COUNT 100 FOREACH 'EXPIRE * 1000'", true), {});
    QVERIFY(rest);
    QVERIFY(rest->gaps.empty());
    QVERIFY(m_server->command({"INFO", "keyspace"}).find("expires=5000") != std::string::npos);
}

void TestConsole::aLostConnectionTellsTheCursor()
{
    m_server->fill(3000, [](std::size_t at) { return RedisServer::Args{"SET", "k" + std::to_string(at), "v"}; });
    Console console = consoleAt(*m_server);
    Console::Listener listener;
    bool killed = false;
    listener.progress = [&](const ConsoleProgress& progress) {
        if (progress.operations > 500 && !std::exchange(killed, true)) {
            m_server->command({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});
        }
    };
    const auto answer = console.run(typed("SCAN 0 COUNT 100 FOREACH 'EXPIRE * 1000'", true), {}, listener);
    QVERIFY(answer);
    QCOMPARE(answer->gaps.size(), std::size_t{1});
    QVERIFY(answer->reply.elements[0].text != "0");
    QVERIFY(answer->gaps.front().detail.contains(QString::fromStdString(answer->reply.elements[0].text)));
}

void TestConsole::elementsCanBeTakenAsTheyCome()
{
    m_server->fill(1000, [](std::size_t at) { return RedisServer::Args{"SET", "k" + std::to_string(at), "v"}; });
    Console console = consoleAt(*m_server);
    Console::Listener listener;
    std::size_t taken = 0;
    std::size_t batches = 0;
    listener.items = [&](std::vector<Reply>&& items) {
        taken += items.size();
        ++batches;
        return ok();
    };
    const auto answer = console.run(typed("SCAN 0 COUNT 100 FOREACH 'TTL *' WITHREPLIES", true), {}, listener);
    QVERIFY(answer);
    QVERIFY(answer->reply.elements[1].elements.empty());
    QVERIFY(taken >= 1000);
    QVERIFY(batches > 5);
    listener.items = [](std::vector<Reply>&&) { return Status(Error{ErrorKind::File, u"stdout"_s, {}}); };
    const auto closed = console.run(typed("SCAN 0 COUNT 100 FOREACH 'TTL *'", true), {}, listener);
    QVERIFY(!closed);
    QCOMPARE(closed.error().kind, ErrorKind::File);
}

QTEST_GUILESS_MAIN(TestConsole)
#include "tst_console.moc"
