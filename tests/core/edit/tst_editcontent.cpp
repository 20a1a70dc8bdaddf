// SPDX-License-Identifier: GPL-3.0-or-later
// What edits write: every byte as given, numbers exact, and the time to live of keys and fields kept.
#include "tests/core/edit/editfixture.h"

#include <cmath>
#include <limits>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

std::string everyByte()
{
    std::string bytes;
    for (int byte = 0; byte < 256; ++byte) {
        bytes += static_cast<char>(byte);
    }
    return bytes + "\r\n$5\r\n";
}

/// One edit of a key that `setup` makes, and how what it wrote is read.
struct Writing {
    const char* name;
    std::vector<Args> setup;
    EditAction action;
    Args look;
    std::string expected;
};

/// The same bytes as key, field, value, element and member, one way or another.
std::vector<Writing> writingsOf(const std::string& key, const std::string& b)
{
    const std::string other = b + "2";
    return {
        {"string", {{"SET", key, b}}, SetString{other, b}, {"GET", key}, other},
        {"string to these bytes", {{"SET", key, "x"}}, SetString{b, "x"}, {"GET", key}, b},
        {"range", {{"SET", key, "ab" + b + "c"}}, SetStringRange{2, other, b + "c"}, {"GET", key}, "ab" + other},
        {"insertion", {{"SET", key, "ab" + b + "c"}}, InsertBytes{2, other + "x", b + "c"}, {"GET", key},
            "ab" + other + "x" + b + "c"},
        {"insertion before a part that was seen", {{"SET", key, "ab" + b + "c"}}, InsertBytes{1, "x", "b"},
            {"GET", key}, "axb" + b + "c"},
        {"insertion at the end", {{"SET", key, "ab"}}, InsertBytes{2, b + "x", ""}, {"GET", key}, "ab" + b + "x"},
        {"field", {{"HSET", key, b, b}}, SetHashField{b, other, SeenBytes::there(b)}, {"HGETALL", key},
            b + "\n" + other},
        {"new field", {{"HSET", key, "x", "y"}}, SetHashField{b, b, SeenBytes::absent()}, {"HGET", key, b}, b},
        {"field away", {{"HSET", key, b, b, "x", "y"}}, DeleteHashField{b, SeenBytes::there(b)}, {"HGETALL", key},
            "x\ny"},
        {"element", {{"RPUSH", key, b, b, b}}, SetListElement{{1, b, SeenBytes::there(b), SeenBytes::there(b)}, other},
            {"LRANGE", key, "0", "-1"}, b + "\n" + other + "\n" + b},
        {"element before", {{"RPUSH", key, "x", b, b}},
            InsertListElement{{2, b, SeenBytes::there(b), SeenBytes::absent()}, InsertListElement::Side::Before, other},
            {"LRANGE", key, "0", "-1"}, "x\n" + b + "\n" + other + "\n" + b},
        {"element after", {{"RPUSH", key, b, b}},
            InsertListElement{{0, b, SeenBytes::absent(), SeenBytes::there(b)}, InsertListElement::Side::After, other},
            {"LRANGE", key, "0", "-1"}, b + "\n" + other + "\n" + b},
        {"element away", {{"RPUSH", key, b, b, "x", b}},
            DeleteListElement{{3, b, SeenBytes::there("x"), SeenBytes::absent()}}, {"LRANGE", key, "0", "-1"},
            b + "\n" + b + "\nx"},
        {"push", {{"RPUSH", key, "x"}}, PushListElement{PushListElement::End::Left, b}, {"LINDEX", key, "0"}, b},
        {"new member", {{"SADD", key, "x"}}, AddSetMember{b}, {"SISMEMBER", key, b}, "1"},
        {"member replaced", {{"SADD", key, b}}, ReplaceSetMember{b, other}, {"SMEMBERS", key}, other},
        {"score", {{"ZADD", key, "1", b}}, SetScore{b, 2, 1.0}, {"ZRANGE", key, "0", "-1", "WITHSCORES"}, b + "\n2"},
        {"scored member renamed", {{"ZADD", key, "1", b}}, RenameSortedMember{b, other, 1},
            {"ZRANGE", key, "0", "-1", "WITHSCORES"}, other + "\n1"},
        {"entry", {{"XADD", key, "1-1", "x", "y"}}, AddStreamEntry{{{b, b}, {b, other}}, "2-0"},
            {"XRANGE", key, "2-0", "2-0"}, "2-0\n" + b + "\n" + b + "\n" + b + "\n" + other},
        {"entry away", {{"XADD", key, "1-1", b, b}}, DeleteStreamEntry{"1-1", {{b, b}}}, {"XLEN", key}, "0"},
    };
}

/// What makes a key of each type, and what one finds in it.
std::vector<Writing> creations(const std::string& key, const std::string& b)
{
    const auto make = [](auto value) { return CreateKey{std::move(value), std::nullopt}; };
    return {
        {"string", {}, make(NewString{b}), {"GET", key}, b},
        {"hash", {}, make(NewHash{{{b, b}, {"x", ""}}}), {"HMGET", key, b, "x"}, b + "\n"},
        {"list", {}, make(NewList{{b, "", b}}), {"LRANGE", key, "0", "-1"}, b + "\n\n" + b},
        {"set", {}, make(NewSet{{b}}), {"SMEMBERS", key}, b},
        {"sorted set", {}, make(NewSortedSet{{{b, 0.25}}}), {"ZSCORE", key, b}, "0.25"},
        {"stream", {}, make(NewStream{{{b, b}}, "7-7"}), {"XRANGE", key, "-", "+"}, "7-7\n" + b + "\n" + b},
    };
}

} // namespace

Q_DECLARE_METATYPE(Writing)

class TestEditContent : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { m_server->command({"FLUSHALL"}); }
    void everyByteIsWrittenAsGiven_data() { addRows(writingsOf(everyByte(), everyByte())); }
    void everyByteIsWrittenAsGiven() { writes(everyByte(), false); }
    void everyByteIsWrittenAsGivenByTheScript_data() { addRows(writingsOf(everyByte(), everyByte())); }
    void everyByteIsWrittenAsGivenByTheScript() { writes(everyByte(), true); }
    void emptyStringsAreContent_data() { addRows(writingsOf({}, {})); }
    void emptyStringsAreContent() { writes({}, false); }
    void newKeys_data() { addRows(creations(everyByte(), everyByte())); }
    void newKeys() { writes(everyByte(), false); }
    void newKeysWithAnEnd_data() { addRows(creations("k", "v")); }
    void newKeysWithAnEnd();
    void theTimeToLiveIsKept_data();
    void theTimeToLiveIsKept();
    void theTimeToLiveOfFieldsIsKept_data();
    void theTimeToLiveOfFieldsIsKept();
    void aFieldsHiddenTimeToLiveIsNotLost();
    void scoresAreExact_data();
    void scoresAreExact();
    void scoresAsPeopleTypeThem();
    void theLastElementTakesTheKeyAlong_data();
    void theLastElementTakesTheKeyAlong();
    void expiries_data();
    void expiries();
    void whatMakesNoSenseIsRefused_data();
    void whatMakesNoSenseIsRefused();
    void aStreamsNewIdIsTold();
    void renameKeepsTheTimeToLive();
    void largeValues();
    void anInsertionMovesWhatStandsBehindIt();
    void aDumpBecomesAKey();

private:
    static void addRows(const std::vector<Writing>& writings)
    {
        QTest::addColumn<Writing>("writing");
        for (const Writing& each : writings) {
            QTest::addRow("%s", each.name) << each;
        }
    }
    void setUp(const Writing& writing)
    {
        for (const Args& each : writing.setup) {
            const std::string reply = m_server->command(each);
            QVERIFY2(!reply.starts_with("-"), reply.c_str());
        }
    }
    Result<EditOutcome> apply(const std::string& key, const EditAction& action)
    {
        return apply(key, action, m_options);
    }
    Result<EditOutcome> apply(const std::string& key, const EditAction& action, const EditOptions& options)
    {
        return applyEdit(*m_lane, KeyEdit{key, action}, options, {});
    }
    void writes(const std::string& key, bool byScript)
    {
        QFETCH(Writing, writing);
        setUp(writing);
        MeddledLane meddled(*m_lane, [&] {
            if (byScript) {
                m_server->command({"PEXPIRE", key, "100000"});
                m_server->command({"PERSIST", key});
            }
        });
        const auto outcome = applyEdit(meddled, KeyEdit{key, writing.action}, m_options, {});
        QCOMPARE(told(outcome), u"Done"_s);
        QCOMPARE(outcome->usedScript, byScript);
        QCOMPARE(m_server->command(writing.look), writing.expected);
    }

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<Lane> m_lane;
    EditOptions m_options;
};

void TestEditContent::initTestCase()
{
    m_server = RedisServer::start();
    m_lane = editLane(*m_server);
    m_options = optionsOf(*m_lane);
}

void TestEditContent::newKeysWithAnEnd()
{
    QFETCH(Writing, writing);
    auto create = std::get<CreateKey>(writing.action);
    create.expiry = Milliseconds{500'000};
    QCOMPARE(told(apply("k", create)), u"Done"_s);
    QCOMPARE(m_server->command(writing.look), writing.expected);
    const auto left = std::stoll(m_server->command({"PTTL", "k"}));
    QVERIFY(left > 400'000 && left <= 500'000);
    const ExpiryTime at{Milliseconds{253'402'300'799'123}}; // in the year 9999
    m_server->command({"DEL", "k"});
    create.expiry = at;
    QCOMPARE(told(apply("k", create)), u"Done"_s);
    QCOMPARE(m_server->command({"PEXPIRETIME", "k"}), std::string("253402300799123"));
}

void TestEditContent::theTimeToLiveIsKept_data()
{
    QTest::addColumn<Writing>("writing");
    QTest::addColumn<bool>("isOldServer");
    for (const Writing& each : writingsOf("k", "v")) {
        QTest::addRow("%s", each.name) << each << false;
        QTest::addRow("%s, by an old server's means", each.name) << each << true;
    }
}

void TestEditContent::theTimeToLiveIsKept()
{
    QFETCH(Writing, writing);
    QFETCH(bool, isOldServer);
    setUp(writing);
    const std::int64_t at = 4'102'444'800'123; // in 2100
    m_server->command({"PEXPIREAT", "k", std::to_string(at)});
    const auto outcome = apply("k", writing.action, isOldServer ? EditOptions{} : m_options);
    QCOMPARE(told(outcome), u"Done"_s);
    QCOMPARE(m_server->command(writing.look), writing.expected);
    const auto now = std::stoll(m_server->command({"PEXPIRETIME", "k"}));
    QVERIFY2(std::abs(now - at) <= (isOldServer ? 5 : 0), std::to_string(now - at).c_str());
    QVERIFY(outcome->now.ttl);
}

void TestEditContent::theTimeToLiveOfFieldsIsKept_data()
{
    QTest::addColumn<bool>("hasHsetex");
    QTest::addColumn<bool>("byScript");
    QTest::addRow("HPEXPIREAT") << false << false;
    QTest::addRow("HSETEX") << true << false;
    QTest::addRow("HPEXPIREAT in the script") << false << true;
    QTest::addRow("HSETEX in the script") << true << true;
}

void TestEditContent::theTimeToLiveOfFieldsIsKept()
{
    QFETCH(bool, hasHsetex);
    QFETCH(bool, byScript);
    if (!m_options.abilities.hasFieldExpiry || (hasHsetex && !m_options.abilities.hasHsetex)) {
        QSKIP("this server has no fields that expire, or no HSETEX (Redis 8.0, Valkey 9.0)");
    }
    m_server->command({"HSET", "k", "f", "old", "g", "1"});
    const std::string at = "4102444800123";
    QCOMPARE(m_server->command({"HPEXPIREAT", "k", at, "FIELDS", "1", "f"}), std::string("1"));
    MeddledLane meddled(*m_lane, [&] {
        if (byScript) {
            m_server->command({"HINCRBY", "k", "g", "1"});
        }
    });
    EditOptions options = m_options;
    options.abilities.hasHsetex = hasHsetex;
    const SetHashField change{"f", "new", SeenBytes::there("old")};
    const auto outcome = applyEdit(meddled, KeyEdit{"k", change}, options, {});
    QCOMPARE(told(outcome), u"Done"_s);
    QCOMPARE(outcome->usedScript, byScript);
    QCOMPARE(m_server->command({"HGET", "k", "f"}), std::string("new"));
    QCOMPARE(m_server->command({"HPEXPIRETIME", "k", "FIELDS", "1", "f"}), at);
    QCOMPARE(told(apply("k", SetHashField{"g", "x", SeenBytes::there(byScript ? "7" : "1")}, options)), u"Done"_s);
    QCOMPARE(m_server->command({"HPEXPIRETIME", "k", "FIELDS", "1", "g"}), std::string("-1"));
}

void TestEditContent::aFieldsHiddenTimeToLiveIsNotLost()
{
    if (!m_options.abilities.hasFieldExpiry) {
        QSKIP("this server has no fields that expire (Redis 7.4, Valkey 9.0)");
    }
    const auto server = RedisServer::start(ServerOptions{.aclLines = {u"user bob on >pw ~* &* +@all -hpexpiretime"_s}});
    server->command({"HSET", "k", "f", "old"});
    server->command({"HPEXPIREAT", "k", "4102444800123", "FIELDS", "1", "f"});
    const auto lane = editLane(*server, u"bob"_s);
    EditOptions options = m_options;
    options.abilities.hasHsetex = false;
    const KeyEdit edit{"k", SetHashField{"f", "new", SeenBytes::there("old")}};
    const auto refused = applyEdit(*lane, edit, options, {});
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Permission);
    QCOMPARE(server->command({"HGET", "k", "f"}), std::string("old"));
    if (m_options.abilities.hasHsetex) {
        QCOMPARE(told(applyEdit(*lane, edit, m_options, {})), u"Done"_s);
        QCOMPARE(server->command({"HPEXPIRETIME", "k", "FIELDS", "1", "f"}), std::string("4102444800123"));
    }
}

void TestEditContent::scoresAreExact_data()
{
    QTest::addColumn<double>("score");
    using Limits = std::numeric_limits<double>;
    const double all[] = {0, 0.1, 1.0 / 3, 9007199254740991.0, -9007199254740992.0, 1e22, 1.7976931348623157e308,
        5e-324, 2.2250738585072014e-308, 3.0000000000000004, -1e-7, Limits::infinity(), -Limits::infinity()};
    for (const double score : all) {
        QTest::addRow("%s", scoreText(score).c_str()) << score;
    }
}

void TestEditContent::scoresAreExact()
{
    QFETCH(double, score);
    m_server->command({"ZADD", "k", "7", "m"});
    QCOMPARE(told(apply("k", SetScore{"m", score, 7})), u"Done"_s);
    const auto stored = parseScore(m_server->command({"ZSCORE", "k", "m"}));
    QVERIFY(stored && *stored == score); // to the last bit: no tolerance
    QCOMPARE(told(apply("k", RenameSortedMember{"m", "n", score})), u"Done"_s);
    const auto kept = parseScore(m_server->command({"ZSCORE", "k", "n"}));
    QVERIFY(kept && *kept == score);
    const double next = std::isinf(score) ? 0 : std::nextafter(score, 1e300);
    QCOMPARE(told(apply("k", RemoveSortedMember{"n", next})), u"Conflict"_s);
    QCOMPARE(told(apply("k", RemoveSortedMember{"n", score})), u"Done"_s);
}

void TestEditContent::scoresAsPeopleTypeThem()
{
    QCOMPARE(parseScore("+1.5").value(), 1.5);
    QCOMPARE(parseScore("1e3").value(), 1000.0);
    QVERIFY(std::isinf(parseScore("-inf").value()));
    QVERIFY(std::isinf(parseScore("+inf").value()));
    for (const char* text : {"", "nan", "1,5", "1.5 ", " 1", "0x10", "++1", "1e999"}) {
        QVERIFY2(!parseScore(text), text);
        QCOMPARE(parseScore(text).error().kind, ErrorKind::Input);
    }
}

void TestEditContent::theLastElementTakesTheKeyAlong_data()
{
    addRows({
        {"field", {{"HSET", "k", "f", "v"}}, DeleteHashField{"f", SeenBytes::there("v")}, {"EXISTS", "k"}, "0"},
        {"element", {{"RPUSH", "k", "v"}}, DeleteListElement{{0, "v", SeenBytes::absent(), SeenBytes::absent()}},
            {"EXISTS", "k"}, "0"},
        {"member", {{"SADD", "k", "v"}}, RemoveSetMember{"v"}, {"EXISTS", "k"}, "0"},
        {"scored member", {{"ZADD", "k", "1", "v"}}, RemoveSortedMember{"v", 1}, {"EXISTS", "k"}, "0"},
        {"entry", {{"XADD", "k", "1-1", "f", "v"}}, DeleteStreamEntry{"1-1", {{"f", "v"}}}, {"EXISTS", "k"}, "1"},
    });
}

void TestEditContent::theLastElementTakesTheKeyAlong()
{
    QFETCH(Writing, writing);
    setUp(writing);
    const auto outcome = apply("k", writing.action);
    QCOMPARE(told(outcome), u"Done"_s);
    QCOMPARE(m_server->command(writing.look), writing.expected);
    QCOMPARE(outcome->keyVanished, writing.expected == "0");
    QCOMPARE(outcomeText(KeyEdit{"k", writing.action}, *outcome).contains(u"gone"_s), writing.expected == "0");
}

void TestEditContent::expiries_data()
{
    QTest::addColumn<bool>("isOldServer");
    QTest::addRow("this server's means") << false;
    QTest::addRow("an old server's means") << true;
}

void TestEditContent::expiries()
{
    QFETCH(bool, isOldServer);
    const EditOptions options = isOldServer ? EditOptions{} : m_options;
    m_server->command({"SET", "k", "v"});
    const auto set = [&](EditAction action, std::optional<SeenExpiry> seen) {
        return applyEdit(*m_lane, KeyEdit{"k", std::move(action), seen}, options, {});
    };
    const auto outcome = set(SetExpiry{Milliseconds{100'000}}, SeenExpiry{});
    QCOMPARE(told(outcome), u"Done"_s);
    QVERIFY(outcome->now.ttl && *outcome->now.ttl > 50s && *outcome->now.ttl <= 100s);
    const SeenExpiry seen{outcome->now.expiresAt};
    QCOMPARE(told(set(ClearExpiry{}, SeenExpiry{})), u"Conflict"_s);
    QCOMPARE(told(set(ClearExpiry{}, SeenExpiry{*seen.at + 1min})), u"Conflict"_s);
    const ExpiryTime at{Milliseconds{4'102'444'800'123}};
    QCOMPARE(told(set(SetExpiry{at}, seen)), u"Done"_s);
    QCOMPARE(m_server->command({"PEXPIRETIME", "k"}), std::string("4102444800123"));
    QCOMPARE(told(set(ClearExpiry{}, SeenExpiry{at})), u"Done"_s);
    QCOMPARE(m_server->command({"PTTL", "k"}), std::string("-1"));
    QCOMPARE(told(set(SetExpiry{Milliseconds{9'000}}, std::nullopt)), u"Done"_s); // not looked at: not compared
}

void TestEditContent::whatMakesNoSenseIsRefused_data()
{
    QTest::addColumn<EditAction>("action");
    const auto add = [](const char* name, EditAction action) { QTest::addRow("%s", name) << std::move(action); };
    constexpr auto longest = std::numeric_limits<std::int64_t>::max();
    add("no time to live", SetExpiry{Milliseconds{0}});
    add("less than none", SetExpiry{Milliseconds{-1}});
    add("a past time", SetExpiry{ExpiryTime{Milliseconds{1'000}}});
    add("a time to live beyond all", SetExpiry{Milliseconds{longest}});
    add("no score", SetScore{"m", std::numeric_limits<double>::quiet_NaN(), 1.0});
    add("an entry without fields", AddStreamEntry{});
    add("the same name", RenameKey{"k"});
    add("the same member", ReplaceSetMember{"a", "a"});
    add("an index beyond all", SetListElement{{std::uint64_t(longest) + 1, "", {}, {}}, "x"});
    add("an offset beyond all", SetStringRange{std::uint64_t(longest), "x", ""});
    add("a new hash of nothing", CreateKey{NewHash{}, std::nullopt});
    add("a new list of nothing", CreateKey{NewList{}, std::nullopt});
    add("a new set of nothing", CreateKey{NewSet{}, std::nullopt});
    add("a new sorted set of nothing", CreateKey{NewSortedSet{}, std::nullopt});
    add("a new stream of nothing", CreateKey{NewStream{}, std::nullopt});
    add("a new score that is none", CreateKey{NewSortedSet{{{"a", std::nan("")}}}, std::nullopt});
    add("a new key in the past", CreateKey{NewString{"x"}, ExpiryTime{Milliseconds{1'000}}});
}

void TestEditContent::whatMakesNoSenseIsRefused()
{
    QFETCH(EditAction, action);
    const bool isNew = std::holds_alternative<CreateKey>(action);
    if (!isNew) {
        m_server->command({"SET", "k", "v"});
    }
    const auto refused = apply("k", action);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Input);
    QCOMPARE(m_server->command({"GET", "k"}), std::string(isNew ? "" : "v"));
    QCOMPARE(m_server->command({"PTTL", "k"}), std::string(isNew ? "-2" : "-1"));
}

void TestEditContent::aStreamsNewIdIsTold()
{
    m_server->command({"XADD", "k", "5-5", "f", "v"});
    const auto outcome = apply("k", AddStreamEntry{{{"g", "w"}}});
    QCOMPARE(told(outcome), u"Done"_s);
    QCOMPARE(m_server->command({"XRANGE", "k", outcome->newId, outcome->newId}), outcome->newId + "\ng\nw");
    const auto tooLow = apply("k", AddStreamEntry{{{"g", "w"}}, "4-4"});
    QVERIFY(!tooLow);
    QVERIFY2(tooLow.error().detail.contains(u"Nothing was changed"_s), qPrintable(tooLow.error().detail));
    QCOMPARE(m_server->command({"XLEN", "k"}), std::string("2"));
}

void TestEditContent::renameKeepsTheTimeToLive()
{
    m_server->command({"SET", "k", "v"});
    m_server->command({"PEXPIREAT", "k", "4102444800123"});
    m_server->command({"SET", "to", "there"});
    const auto refused = apply("k", RenameKey{"to"});
    QCOMPARE(told(refused), u"Conflict"_s);
    QCOMPARE(refused->now.element.value(), std::vector<std::string>{"string"});
    QCOMPARE(told(apply("k", RenameKey{"to", true})), u"Done"_s);
    QCOMPARE(m_server->command({"GET", "to"}), std::string("v"));
    QCOMPARE(m_server->command({"PEXPIRETIME", "to"}), std::string("4102444800123"));
    QCOMPARE(m_server->command({"EXISTS", "k"}), std::string("0"));
}

void TestEditContent::largeValues()
{
    const std::string large(8'000'000, 'a');
    m_server->command({"SET", "k", large});
    QCOMPARE(told(apply("k", SetString{large + "b", large})), u"Done"_s);
    QCOMPARE(m_server->command({"STRLEN", "k"}), std::string("8000001"));
    QCOMPARE(told(apply("k", SetString{"x", large})), u"Conflict"_s);
    m_server->command({"SETRANGE", "k", "70000000", "end"}); // more than a lane takes as one reply
    const auto tooLarge = apply("k", SetString{"x", large});
    QVERIFY(!tooLarge);
    QCOMPARE(tooLarge.error().kind, ErrorKind::Limit);
    QCOMPARE(m_server->command({"STRLEN", "k"}), std::string("70000003"));
    QCOMPARE(told(apply("k", SetStringRange{70'000'000, "END", "end"})), u"Done"_s);
}

void TestEditContent::anInsertionMovesWhatStandsBehindIt()
{
    m_server->command({"SETRANGE", "k", "69999999", "z"}); // 70 MB of zeros
    const std::string zeros(16, '\0');
    const auto far = apply("k", InsertBytes{0, "x", zeros});
    QVERIFY(!far);
    QCOMPARE(far.error().kind, ErrorKind::Limit);
    QCOMPARE(m_server->command({"STRLEN", "k"}), std::string("70000000"));
    QCOMPARE(told(apply("k", InsertBytes{60'000'000, "here", zeros})), u"Done"_s);
    QCOMPARE(m_server->command({"STRLEN", "k"}), std::string("70000004"));
    QCOMPARE(m_server->command({"GETRANGE", "k", "60000000", "60000003"}), std::string("here"));
    QCOMPARE(m_server->command({"GETRANGE", "k", "70000003", "-1"}), std::string("z"));
    QCOMPARE(told(apply("k", InsertBytes{60'000'000, "x", zeros})), u"Conflict"_s);
    QCOMPARE(told(apply("k", InsertBytes{70'000'005, "x", ""})), u"Conflict"_s); // there is a gap
    QCOMPARE(told(apply("k", InsertBytes{70'000'000, "x", ""})), u"Conflict"_s); // it was the end
}

void TestEditContent::aDumpBecomesAKey()
{
    m_server->command({"HSET", "h", "f", everyByte()});
    const std::string dump = m_server->command({"DUMP", "h"});
    QCOMPARE(told(apply("k", CreateKey{NewFromDump{dump}, Milliseconds{100'000}})), u"Done"_s);
    QCOMPARE(m_server->command({"HGET", "k", "f"}), everyByte());
    QVERIFY(std::stoi(m_server->command({"TTL", "k"})) > 50);
    m_server->command({"SET", "other", "theirs"});
    QCOMPARE(told(apply("other", CreateKey{NewFromDump{dump}, std::nullopt})), u"Conflict"_s);
    QCOMPARE(m_server->command({"GET", "other"}), std::string("theirs"));
    const auto broken = apply("none", CreateKey{NewFromDump{dump + "x"}, std::nullopt});
    QVERIFY(!broken);
    QCOMPARE(broken.error().kind, ErrorKind::Server);
    QCOMPARE(m_server->command({"EXISTS", "none"}), std::string("0"));
    QVERIFY(!apply("none", CreateKey{NewFromDump{}, std::nullopt}));
}

QTEST_GUILESS_MAIN(TestEditContent)
#include "tst_editcontent.moc"
