// SPDX-License-Identifier: GPL-3.0-or-later
// What is shown of a value and what a look at it brings are the same as long as nothing has changed.
#include "core/base/errortext.h"
#include "core/source/commandtable.h"
#include "core/value/valuesight.h"
#include "tests/core/value/lanefixture.h"

#include <QObject>
#include <QTest>

#include <algorithm>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;
using namespace std::string_literals;

namespace {

using Words = std::vector<std::string>;

} // namespace

Q_DECLARE_METATYPE(Words)

class TestShownGlance : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { m_server->command({"FLUSHALL"}); }
    void whatIsShownIsWhatIsThere_data();
    void whatIsShownIsWhatIsThere();
    void longFieldsCountByTheirLength();
    void whatIsNotAllKnownIsNotCompared();
    void endsOfFields();
    void aHashOfAServerThatListsItsCommands_data();
    void aHashOfAServerThatListsItsCommands();
    void scoresAreComparedAsNumbers();
    void whatMayNotBeAskedIsNoChange_data();
    void whatMayNotBeAskedIsNoChange();

private:
    /// As a window has it, with everything of the page in sight.
    [[nodiscard]] ValueSight sightOf(const ValueHead& head, const ValuePage& page) const
    {
        ValueSight sight;
        ShownElements shown{page.rows};
        if (head.type == KeyType::String || head.type == KeyType::List) {
            sight.count = head.length.value_or(0);
        } else {
            std::ranges::transform(
                page.rows, std::back_inserter(sight.names), [](const ValueRow& row) { return row.front().bytes; });
        }
        sight.shown = shownGlance(head, sight, shown);
        return sight;
    }
    [[nodiscard]] Result<ValuePage> page(const ValueHead& head) const
    {
        ValuePageRequest request;
        request.key = head.key;
        request.type = head.type;
        return fetchValuePage(*m_lane, request, {});
    }

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<Lane> m_lane;
};

void TestShownGlance::initTestCase()
{
    m_server = RedisServer::start();
    QVERIFY(m_server);
    m_lane = readingLane(*m_server);
}

void TestShownGlance::whatIsShownIsWhatIsThere_data()
{
    QTest::addColumn<Words>("create");
    QTest::addColumn<Words>("change"); // of the same length
    QTest::addRow("string") << Words{"SET", "k", "ab\xFF"s} << Words{"SETRANGE", "k", "0", "b"};
    QTest::addRow("empty string") << Words{"SET", "k", ""} << Words{"EXPIRE", "k", "1000"};
    QTest::addRow("hash") << Words{"HSET", "k", "f", "1", "g\xFF"s, ""} << Words{"HSET", "k", "f", "2"};
    QTest::addRow("list") << Words{"RPUSH", "k", "a", "", "c"} << Words{"LSET", "k", "1", "x"};
    QTest::addRow("set") << Words{"SADD", "k", "a", "b"} << Words{"SREM", "k", "a"};
    QTest::addRow("sorted set") << Words{"ZADD", "k", "0.1", "a", "inf", "b", "3", "c", "1e30", "d"}
                                << Words{"ZADD", "k", "4", "c"};
    QTest::addRow("stream") << Words{"XADD", "k", "1-1", "f", "v"} << Words{"XADD", "k", "2-1", "f", "v"};
}

void TestShownGlance::whatIsShownIsWhatIsThere()
{
    QFETCH(const Words, create);
    QFETCH(const Words, change);
    m_server->command(create);
    const auto head = fetchValueHead(*m_lane, "k", {});
    QVERIFY(head);
    const auto read = page(*head);
    QVERIFY(read);
    const ValueSight sight = sightOf(*head, *read);
    const auto same = lookAgain(*m_lane, "k", sight, {});
    QVERIFY(same);
    QVERIFY(!differs(*sight.shown, *same));
    if (head->type != KeyType::Stream && head->length != 0) { // of those not the content is compared
        QCOMPARE(sight.shown->digest, same->digest);
    }
    m_server->command(change);
    const auto now = lookAgain(*m_lane, "k", sight, {});
    QVERIFY(now && differs(*sight.shown, *now));
}

void TestShownGlance::longFieldsCountByTheirLength()
{
    const std::string large(ValueSight::mostBytes + 1, 'x');
    m_server->command({"HSET", "k", "edge", large.substr(1), "large", large});
    const auto head = fetchValueHead(*m_lane, "k", {});
    QVERIFY(head);
    const auto read = page(*head);
    QVERIFY(read);
    const ValueSight sight = sightOf(*head, *read);
    const auto same = lookAgain(*m_lane, "k", sight, {});
    QVERIFY(same && !same->digest.empty());
    QCOMPARE(sight.shown->digest, same->digest);
    m_server->command({"HSET", "k", "large", large + 'x'});
    const auto now = lookAgain(*m_lane, "k", sight, {});
    QVERIFY(now && differs(*sight.shown, *now));
}

void TestShownGlance::whatIsNotAllKnownIsNotCompared()
{
    m_server->command({"HSET", "k", "f", "1", "g", "2"});
    const auto head = fetchValueHead(*m_lane, "k", {});
    QVERIFY(head);
    ValueSight sight;
    sight.names = {"f", "g"};
    const ValueRow f{ValueCell("f"), ValueCell("1")};
    const ValueRow left{ValueCell("g"), ValueCell::placeholder(1)}; // left out because its page was full
    QVERIFY(shownGlance(*head, sight, {{f, left}}).digest.empty());
    QVERIFY(shownGlance(*head, sight, {{f}}).digest.empty());
    QVERIFY(shownGlance(*head, sight, {}).digest.empty());
    QVERIFY(!shownGlance(*head, sight, {{f, {ValueCell("g"), ValueCell("2")}}}).digest.empty());
}

void TestShownGlance::endsOfFields()
{
    m_server->command({"HSET", "k", "f", "1", "g", "2"});
    const auto head = fetchValueHead(*m_lane, "k", {});
    QVERIFY(head);
    ValueSight sight;
    sight.names = {"f", "g"};
    const std::vector<ValueRow> rows{{ValueCell("f"), ValueCell("1")}, {ValueCell("g"), ValueCell("2")}};
    const ValueGlance none = shownGlance(*head, sight, {rows, {-1, -1}});
    const ValueGlance one = shownGlance(*head, sight, {rows, {-1, 4'102'444'800'123}});
    QVERIFY(differs(none, one));
    QVERIFY(!differs(shownGlance(*head, sight, {rows, {}}), one)); // not known: not compared
    const auto now = lookAgain(*m_lane, "k", sight, {});
    QVERIFY(now && !differs(none, *now));
    if (now->ends.empty()) {
        return; // this server has no fields that end (Redis 7.4, Valkey 9)
    }
    QCOMPARE(now->ends, none.ends);
    m_server->command({"HPEXPIREAT", "k", "4102444800123", "FIELDS", "1", "g"});
    const auto later = lookAgain(*m_lane, "k", sight, {});
    QVERIFY(later);
    QCOMPARE(later->ends, one.ends);
}

void TestShownGlance::aHashOfAServerThatListsItsCommands_data()
{
    QTest::addColumn<bool>("readOnly");
    QTest::addRow("read-only") << true;
    QTest::addRow("production") << false;
}

/// Where the list has no HPEXPIRETIME (Redis 7.2, Valkey 8.1), the gate would stop it, and all that goes with it.
void TestShownGlance::aHashOfAServerThatListsItsCommands()
{
    QFETCH(const bool, readOnly);
    const auto table = fetchCommandTable(*m_lane, {});
    QVERIFY(table);
    ConnectionOptions options;
    options.endpoint.socketPath = m_server->socketPath();
    const auto lane = makeLane(std::move(options),
        std::make_shared<CommandGate>(
            GateRules{readOnly, readOnly ? Environment::Development : Environment::Production}, *table));
    m_server->command({"HSET", "k", "f", "1", "g", "2"});
    const auto head = fetchValueHead(*m_lane, "k", {});
    QVERIFY(head);
    const auto read = page(*head);
    QVERIFY(read);
    const ValueSight sight = sightOf(*head, *read);
    const auto same = lookAgain(*lane, "k", sight, {});
    QVERIFY2(same, same ? "" : qPrintable(errorText(same.error())));
    QVERIFY(!differs(*sight.shown, *same));
    m_server->command({"HSET", "k", "g", "3"});
    const auto now = lookAgain(*lane, "k", sight, {});
    QVERIFY(now && differs(*sight.shown, *now));
}

/// Pages may have 0.10000000000000001 where ZSCORE says 0.1.
void TestShownGlance::scoresAreComparedAsNumbers()
{
    m_server->command({"ZADD", "k", "0.1", "a", "-inf", "b"});
    const auto head = fetchValueHead(*m_lane, "k", {});
    QVERIFY(head);
    const auto glance = [&](const char* score) {
        ValueSight sight;
        sight.names = {"a", "b"};
        sight.shown =
            shownGlance(*head, sight, {{{ValueCell("a"), ValueCell(score)}, {ValueCell("b"), ValueCell("-inf")}}});
        return sight;
    };
    for (const char* score : {"0.10000000000000001", "0.1"}) {
        const ValueSight sight = glance(score);
        const auto same = lookAgain(*m_lane, "k", sight, {});
        QVERIFY(same);
        QCOMPARE(sight.shown->digest, same->digest);
        QVERIFY(!differs(*sight.shown, *same));
    }
    const ValueSight other = glance("0.10000000000000002");
    const auto now = lookAgain(*m_lane, "k", other, {});
    QVERIFY(now && differs(*other.shown, *now));
}

void TestShownGlance::whatMayNotBeAskedIsNoChange_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<Words>("create");
    QTest::addColumn<Words>("change"); // of another length
    const auto hash = [](const char* command) {
        QTest::addRow("hash without %s", command)
            << QString::fromLatin1(command) << Words{"HSET", "k", "f", "1"} << Words{"HSET", "k", "g", "2"};
    };
    hash("HSTRLEN");
    hash("HGET");
    QTest::addRow("set") << u"SISMEMBER"_s << Words{"SADD", "k", "a"} << Words{"SADD", "k", "b"};
    QTest::addRow("sorted set") << u"ZSCORE"_s << Words{"ZADD", "k", "1", "a"} << Words{"ZADD", "k", "2", "b"};
}

/// The page was read by other commands than those of the look: what these can't tell was not changed by anybody.
void TestShownGlance::whatMayNotBeAskedIsNoChange()
{
    QFETCH(const QString, command);
    QFETCH(const Words, create);
    QFETCH(const Words, change);
    const auto server = RedisServer::start({u"--rename-command"_s, command, QString()});
    QVERIFY(server);
    const auto lane = readingLane(*server);
    server->command(create);
    const auto head = fetchValueHead(*lane, "k", {});
    QVERIFY(head);
    ValuePageRequest request;
    request.key = "k";
    request.type = head->type;
    const auto read = fetchValuePage(*lane, request, {});
    QVERIFY(read);
    const ValueSight sight = sightOf(*head, *read);
    const auto same = lookAgain(*lane, "k", sight, {});
    QVERIFY(same);
    QVERIFY(!differs(*sight.shown, *same));
    const auto again = lookAgain(*lane, "k", sight, {});
    QVERIFY(again && !differs(*same, *again));
    server->command(change);
    const auto now = lookAgain(*lane, "k", sight, {});
    QVERIFY(now && differs(*sight.shown, *now));
    QVERIFY(differs(*same, *now));
}

QTEST_GUILESS_MAIN(TestShownGlance)
#include "tst_shownglance.moc"
