// SPDX-License-Identifier: GPL-3.0-or-later
// For every kind of edit: what others do to the key between its being seen and the edit, and between the edit's own
// look and its writing. Nothing of theirs is ever lost, and it is always told.
#include "tests/core/edit/editfixture.h"

#include <atomic>
#include <thread>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

using Commands = std::vector<Args>;

/// One kind of edit of the key "k".
struct Kind {
    const char* name;
    Commands setup;
    EditAction action;
    Commands element; ///< What another does to the edited element.
    Commands rest;    ///< What another does to the rest of the key.
    Args look;
    std::string done;     ///< What `look` shows after the edit alone,
    std::string doneBoth; ///< and after the edit and `rest`.
};

SeenListPlace second()
{
    return {1, "b", SeenBytes::there("a"), SeenBytes::there("c")};
}

std::vector<Kind> stringsAndHashes()
{
    const Commands hash{{"HSET", "k", "f", "old", "g", "1"}};
    const Args all{"HGETALL", "k"};
    return {
        {"string", {{"SET", "k", "old"}}, SetString{"new", "old"}, {{"SET", "k", "theirs", "KEEPTTL"}}, {},
            {"GET", "k"}, "new", {}},
        {"range", {{"SET", "k", "0123456789"}}, SetStringRange{2, "XY", "23"}, {{"SETRANGE", "k", "3", "!"}},
            {{"SETRANGE", "k", "7", "Z"}}, {"GET", "k"}, "01XY456789", "01XY456Z89"},
        {"range beyond the end", {{"SET", "k", "0123"}}, SetStringRange{3, "XYZ", "3"}, {{"APPEND", "k", "4"}},
            {{"SETRANGE", "k", "0", "Z"}}, {"GET", "k"}, "012XYZ", "Z12XYZ"},
        {"insertion", {{"SET", "k", "0123456789"}}, InsertBytes{2, "XY", "234"}, {{"SETRANGE", "k", "3", "!"}},
            {{"SETRANGE", "k", "7", "Z"}}, {"GET", "k"}, "01XY23456789", "01XY23456Z89"},
        {"field", hash, SetHashField{"f", "new", SeenBytes::there("old")}, {{"HSET", "k", "f", "theirs"}},
            {{"HSET", "k", "g", "2"}}, all, "f\nnew\ng\n1", "f\nnew\ng\n2"},
        {"new field", hash, SetHashField{"n", "new", SeenBytes::absent()}, {{"HSET", "k", "n", "theirs"}},
            {{"HSET", "k", "g", "2"}}, all, "f\nold\ng\n1\nn\nnew", "f\nold\ng\n2\nn\nnew"},
        {"field away", hash, DeleteHashField{"f", SeenBytes::there("old")}, {{"HSET", "k", "f", "theirs"}},
            {{"HSET", "k", "g", "2"}}, all, "g\n1", "g\n2"},
        {"field away that is away", hash, DeleteHashField{"f", SeenBytes::there("old")}, {{"HDEL", "k", "f"}},
            {{"HSET", "k", "g", "2"}}, all, "g\n1", "g\n2"},
    };
}

std::vector<Kind> lists()
{
    const Commands list{{"RPUSH", "k", "a", "b", "c", "d"}};
    const Args all{"LRANGE", "k", "0", "-1"};
    const Commands theirs{{"LSET", "k", "1", "theirs"}};
    const Commands rest{{"RPUSH", "k", "e"}};
    using Insert = InsertListElement;
    return {
        {"element", list, SetListElement{second(), "new"}, theirs, rest, all, "a\nnew\nc\nd", "a\nnew\nc\nd\ne"},
        {"element of a list that shifted", list, SetListElement{second(), "new"}, {{"LPUSH", "k", "z"}}, rest, all,
            "a\nnew\nc\nd", "a\nnew\nc\nd\ne"},
        {"element that came back beside another", list, SetListElement{second(), "new"}, {{"LSET", "k", "2", "b"}},
            rest, all, "a\nnew\nc\nd", "a\nnew\nc\nd\ne"},
        {"insert before", list, Insert{second(), Insert::Side::Before, "new"}, theirs, rest, all, "a\nnew\nb\nc\nd",
            "a\nnew\nb\nc\nd\ne"},
        {"insert after", list, Insert{second(), Insert::Side::After, "new"}, theirs, rest, all, "a\nb\nnew\nc\nd",
            "a\nb\nnew\nc\nd\ne"},
        {"element away", list, DeleteListElement{second()}, theirs, rest, all, "a\nc\nd", "a\nc\nd\ne"},
        {"push right", list, PushListElement{PushListElement::End::Right, "new"}, {}, {{"LPUSH", "k", "z"}}, all,
            "a\nb\nc\nd\nnew", "z\na\nb\nc\nd\nnew"},
        {"push left", list, PushListElement{PushListElement::End::Left, "new"}, {}, rest, all, "new\na\nb\nc\nd",
            "new\na\nb\nc\nd\ne"},
    };
}

/// Several at once: what another does to any of them, or beside them.
std::vector<Kind> listBatches()
{
    const Commands list{{"RPUSH", "k", "a", "b", "c", "d"}};
    const Args all{"LRANGE", "k", "0", "-1"};
    const Commands rest{{"RPUSH", "k", "e"}};
    const ChangeListElements both{{{second(), "B"}, {{2, "c", SeenBytes::there("b"), SeenBytes::there("d")}, {}}}};
    const ChangeListElements last{{{{3, "d", SeenBytes::there("c"), SeenBytes::absent()}, "D"}}};
    const Commands equal{{"RPUSH", "k", "x", "a", "a", "a", "b"}};
    const ChangeListElements equals{{{{1, "a", SeenBytes::there("x"), SeenBytes::there("a")}, "n"},
        {{2, "a", SeenBytes::there("a"), SeenBytes::there("a")}, "n"}}};
    std::vector<Kind> kinds;
    const auto add = [&](const char* name, const Commands& element) {
        kinds.push_back({name, list, both, element, rest, all, "a\nB\nd", "a\nB\nd\ne"});
    };
    add("elements, the first of them", {{"LSET", "k", "1", "theirs"}});
    add("elements, the one that goes", {{"LSET", "k", "2", "theirs"}});
    add("elements, what is before them", {{"LSET", "k", "0", "theirs"}});
    add("elements, what is behind them", {{"LSET", "k", "3", "theirs"}});
    add("elements, one between them", {{"LINSERT", "k", "BEFORE", "c", "theirs"}});
    add("elements, one before all", {{"LPUSH", "k", "theirs"}});
    add("elements, one away", {{"LPOP", "k"}});
    add("elements, the list cut", {{"LTRIM", "k", "0", "1"}});
    kinds.push_back({"elements, one behind the last", list, last, {{"RPUSH", "k", "theirs"}}, {{"LSET", "k", "0", "A"}},
        all, "a\nb\nc\nD", "A\nb\nc\nD"});
    kinds.push_back(
        {"elements equal to others", equal, equals, {{"LPOP", "k"}}, rest, all, "x\nn\nn\na\nb", "x\nn\nn\na\nb\ne"});
    return kinds;
}

std::vector<Kind> sets()
{
    const Commands set{{"SADD", "k", "1", "2"}}; // numbers are kept in order
    const Commands rest{{"SADD", "k", "7"}};
    const Args members{"SMEMBERS", "k"};
    const Commands sorted{{"ZADD", "k", "1", "a", "2", "b"}};
    const Commands restSorted{{"ZADD", "k", "9", "z"}};
    const Args scores{"ZRANGE", "k", "0", "-1", "WITHSCORES"};
    return {
        {"new member", set, AddSetMember{"3"}, {{"SADD", "k", "3"}}, rest, members, "1\n2\n3", "1\n2\n3\n7"},
        {"member away", set, RemoveSetMember{"1"}, {{"SREM", "k", "1"}}, rest, members, "2", "2\n7"},
        {"member replaced", set, ReplaceSetMember{"1", "3"}, {{"SREM", "k", "1"}}, rest, members, "2\n3", "2\n3\n7"},
        {"member replaced by one that came", set, ReplaceSetMember{"1", "3"}, {{"SADD", "k", "3"}}, rest, members,
            "2\n3", "2\n3\n7"},
        {"score", sorted, SetScore{"a", 1.5, 1.0}, {{"ZADD", "k", "1.25", "a"}}, restSorted, scores, "a\n1.5\nb\n2",
            "a\n1.5\nb\n2\nz\n9"},
        {"new score", sorted, SetScore{"c", 3, std::nullopt}, {{"ZADD", "k", "4", "c"}}, restSorted, scores,
            "a\n1\nb\n2\nc\n3", "a\n1\nb\n2\nc\n3\nz\n9"},
        {"scored member renamed", sorted, RenameSortedMember{"a", "c", 1}, {{"ZADD", "k", "1.25", "a"}}, restSorted,
            scores, "c\n1\nb\n2", "c\n1\nb\n2\nz\n9"},
        {"scored member renamed to one that came", sorted, RenameSortedMember{"a", "c", 1}, {{"ZADD", "k", "5", "c"}},
            restSorted, scores, "c\n1\nb\n2", "c\n1\nb\n2\nz\n9"},
        {"scored member away", sorted, RemoveSortedMember{"a", 1}, {{"ZINCRBY", "k", "1", "a"}}, restSorted, scores,
            "b\n2", "b\n2\nz\n9"},
    };
}

std::vector<Kind> streamsAndKeys()
{
    const Commands stream{{"XADD", "k", "1-1", "f", "v"}, {"XADD", "k", "2-1", "f", "v"}};
    const Args entries{"XRANGE", "k", "-", "+"};
    const Args old{"GET", "k"};
    return {
        {"new entry", stream, AddStreamEntry{{{"g", "w"}}, "5-1"}, {{"XADD", "k", "5-1", "f", "theirs"}},
            {{"XADD", "k", "3-1", "f", "v"}}, {"XRANGE", "k", "5-1", "5-1"}, "5-1\ng\nw", "5-1\ng\nw"},
        {"entry away", stream, DeleteStreamEntry{"1-1", {{"f", "v"}}}, {{"XDEL", "k", "1-1"}},
            {{"XADD", "k", "3-1", "f", "v"}}, entries, "2-1\nf\nv", "2-1\nf\nv\n3-1\nf\nv"},
        {"rename", {{"SET", "k", "old"}}, RenameKey{"to"}, {{"SET", "to", "theirs"}}, {{"APPEND", "k", "er"}},
            {"GET", "to"}, "old", "older"},
        {"rename over another", {{"SET", "k", "old"}, {"SET", "to", "there"}}, RenameKey{"to", true}, {},
            {{"APPEND", "k", "er"}}, {"GET", "to"}, "old", "older"},
        {"key away", {{"SET", "k", "old"}}, DeleteKey{}, {}, {{"APPEND", "k", "er"}}, old, "", ""},
        {"expiry", {{"SET", "k", "old"}}, SetExpiry{500s}, {{"PEXPIRE", "k", "90000"}}, {{"APPEND", "k", "er"}}, old,
            "old", "older"},
        {"expiry away", {{"SET", "k", "old"}}, ClearExpiry{}, {{"PEXPIRE", "k", "90000"}}, {{"APPEND", "k", "er"}}, old,
            "old", "older"},
    };
}

std::vector<Kind> kinds()
{
    std::vector<Kind> all;
    for (auto& part : {stringsAndHashes(), lists(), listBatches(), sets(), streamsAndKeys()}) {
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

bool isAboutExpiry(const EditAction& action)
{
    return std::holds_alternative<SetExpiry>(action) || std::holds_alternative<ClearExpiry>(action);
}

} // namespace

Q_DECLARE_METATYPE(Kind)

class TestGuardedEdits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void withNobodyThere_data() { addKinds(); }
    void withNobodyThere();
    void theElementChanged_data() { addKinds(&Kind::element); }
    void theElementChanged();
    void theElementChangesWhileWeWrite_data() { addKinds(&Kind::element); }
    void theElementChangesWhileWeWrite();
    void theRestChanged_data() { addKinds(&Kind::rest); }
    void theRestChanged();
    void theRestChangesOnceWhileWeWrite_data() { addKinds(&Kind::rest); }
    void theRestChangesOnceWhileWeWrite();
    void theRestChangesAllTheTime_data() { addKinds(&Kind::rest); }
    void theRestChangesAllTheTime();
    void whereScriptsAreForbiddenItIsTooBusy();
    void inProductionTheScriptIsAskedFor();
    void theTimeToLiveChanged_data() { addKinds(); }
    void theTimeToLiveChanged();
    void theTypeChanged_data() { addKinds(); }
    void theTypeChanged();
    void theKeyIsGone_data() { addKinds(); }
    void theKeyIsGone();
    void theKeyGoesWhileWeWrite_data() { addKinds(); }
    void theKeyGoesWhileWeWrite();
    void allElementsOfAListAway();
    void createIsRefusedWhereTheKeyIsThere();
    void createIsRefusedWhereTheKeyComesWhileWeWrite();
    void whatIsThereAlreadyIsSaidToBe_data();
    void whatIsThereAlreadyIsSaidToBe();
    void aKeyThatAThreadKeepsChanging();

private:
    /// All kinds, or those of which another can change that part.
    static void addKinds(Commands Kind::* others = nullptr)
    {
        QTest::addColumn<Kind>("kind");
        for (const Kind& kind : kinds()) {
            if (!others || !(kind.*others).empty()) {
                QTest::addRow("%s", kind.name) << kind;
            }
        }
    }
    void run(const Commands& commands)
    {
        for (const Args& each : commands) {
            const std::string reply = m_server->command(each);
            QVERIFY2(!reply.starts_with("-"), reply.c_str());
        }
    }
    Result<EditOutcome> apply(const Kind& kind, const std::function<void()>& meddle = {})
    {
        const auto lane = editLane(*m_server);
        MeddledLane meddled(*lane, meddle ? meddle : [] { });
        return applyEdit(meddled, KeyEdit{"k", kind.action, SeenExpiry{}, {}}, m_options, {});
    }
    /// Changes the key, and nothing that can be seen of it.
    std::function<void()> touch()
    {
        return [this] { run({{"PEXPIRE", "k", "1000000"}, {"PERSIST", "k"}}); };
    }
    std::string look(const Kind& kind) { return m_server->command(kind.look); }

    std::unique_ptr<RedisServer> m_server;
    EditOptions m_options;
};

void TestGuardedEdits::initTestCase()
{
    m_server = RedisServer::start();
    m_options = optionsOf(*m_server);
    QVERIFY(m_options.abilities.setKeepsTtl && m_options.abilities.hasUnlink);
}

void TestGuardedEdits::init()
{
    m_server->command({"FLUSHALL"});
}

void TestGuardedEdits::withNobodyThere()
{
    QFETCH(Kind, kind);
    run(kind.setup);
    const auto outcome = apply(kind);
    QCOMPARE(told(outcome), u"Done"_s);
    QCOMPARE(look(kind), kind.done);
    QCOMPARE(outcome->retries, 0);
    QVERIFY(!outcome->expiryChanged && outcome->isAtomic && !outcome->lineWasLost);
    QCOMPARE(outcome->keyVanished, std::holds_alternative<DeleteKey>(kind.action));
}

void TestGuardedEdits::theElementChanged()
{
    QFETCH(Kind, kind);
    run(kind.setup);
    run(kind.element);
    const std::string theirs = look(kind);
    const auto outcome = apply(kind);
    QCOMPARE(told(outcome), u"Conflict"_s);
    QCOMPARE(look(kind), theirs);
    QVERIFY(!outcomeText(KeyEdit{"k", kind.action}, *outcome).isEmpty());

    const auto again = overwriting(KeyEdit{"k", kind.action, SeenExpiry{}}, outcome->now);
    const std::string name = kind.name;
    const bool hasNothing = name.ends_with(" that came") || name == "new member" || name == "member replaced"
        || name == "member away" || name == "field away that is away" || name == "new entry" || name == "entry away"
        || name.starts_with("elements");
    QCOMPARE(again.has_value(), !hasNothing);
    if (!again) {
        return;
    }
    const auto lane = editLane(*m_server);
    QCOMPARE(told(applyEdit(*lane, *again, m_options, {})), u"Done"_s);
    QVERIFY(look(kind) != theirs || isAboutExpiry(kind.action));
}

void TestGuardedEdits::theElementChangesWhileWeWrite()
{
    QFETCH(Kind, kind);
    run(kind.setup);
    std::string theirs;
    const auto outcome = apply(kind, [&] {
        run(kind.element);
        theirs = look(kind);
    });
    QCOMPARE(told(outcome), u"Conflict"_s);
    QCOMPARE(look(kind), theirs);
    QCOMPARE(outcome->retries, 1);
}

void TestGuardedEdits::theRestChanged()
{
    QFETCH(Kind, kind);
    run(kind.setup);
    run(kind.rest);
    QCOMPARE(told(apply(kind)), u"Done"_s);
    QCOMPARE(look(kind), kind.doneBoth);
}

void TestGuardedEdits::theRestChangesOnceWhileWeWrite()
{
    QFETCH(Kind, kind);
    run(kind.setup);
    bool isFirst = true;
    const auto outcome = apply(kind, [&] {
        if (std::exchange(isFirst, false)) {
            run(kind.rest);
        }
    });
    QCOMPARE(told(outcome), u"Done"_s);
    QCOMPARE(outcome->retries, 1);
    QVERIFY(!outcome->usedScript);
    QCOMPARE(look(kind), kind.doneBoth);
}

void TestGuardedEdits::theRestChangesAllTheTime()
{
    QFETCH(Kind, kind);
    run(kind.setup);
    run(kind.rest);
    const auto outcome = apply(kind, touch());
    QCOMPARE(told(outcome), u"Done"_s);
    QVERIFY(outcome->usedScript);
    QCOMPARE(outcome->retries, 6);
    QCOMPARE(look(kind), kind.doneBoth);
    QCOMPARE(outcome->keyVanished, std::holds_alternative<DeleteKey>(kind.action));
}

void TestGuardedEdits::whereScriptsAreForbiddenItIsTooBusy()
{
    const auto server = RedisServer::start(ServerOptions{.aclLines = {u"user bob on >pw ~* &* +@all -eval"_s}});
    const auto options = optionsOf(*server);
    const auto lane = editLane(*server, u"bob"_s);
    MeddledLane meddled(*lane, [&] { server->command({"HINCRBY", "k", "n", "1"}); });
    server->command({"HSET", "k", "f", "old"});
    const KeyEdit edit{"k", SetHashField{"f", "new", SeenBytes::there("old")}};
    const auto outcome = applyEdit(meddled, edit, options, {});
    QCOMPARE(told(outcome), u"TooBusy"_s);
    QVERIFY(outcome->why && outcome->why->kind == ErrorKind::Permission);
    QCOMPARE(server->command({"HGET", "k", "f"}), std::string("old"));
    QCOMPARE(server->command({"HGET", "k", "n"}), std::string("6"));
    QVERIFY(outcomeText(edit, *outcome).contains(u"eval"_s));
}

void TestGuardedEdits::inProductionTheScriptIsAskedFor()
{
    const auto lane = editLane(*m_server, {}, GateRules{false, Environment::Production});
    MeddledLane meddled(*lane, touch());
    run({{"HSET", "k", "f", "old"}});
    const KeyEdit edit{"k", SetHashField{"f", "new", SeenBytes::there("old")}};
    const auto asked = applyEdit(meddled, edit, m_options, {});
    QCOMPARE(told(asked), u"TooBusy"_s);
    QVERIFY(asked->why && asked->why->kind == ErrorKind::Confirm);
    QCOMPARE(m_server->command({"HGET", "k", "f"}), std::string("old"));
    const auto confirmed = applyEdit(meddled, edit, {m_options.abilities, {"EVAL"}}, {});
    QCOMPARE(told(confirmed), u"Done"_s);
    QCOMPARE(m_server->command({"HGET", "k", "f"}), std::string("new"));
}

void TestGuardedEdits::theTimeToLiveChanged()
{
    QFETCH(Kind, kind);
    run(kind.setup);
    run({{"PEXPIRE", "k", "100000"}});
    const auto outcome = apply(kind);
    if (isAboutExpiry(kind.action) || std::holds_alternative<DeleteKey>(kind.action)) {
        QCOMPARE(told(outcome), u"Conflict"_s);
        QVERIFY(std::stoll(m_server->command({"PTTL", "k"})) <= 100'000);
        return;
    }
    QCOMPARE(told(outcome), u"Done"_s);
    QVERIFY(outcome->expiryChanged);
    QCOMPARE(look(kind), kind.done);
    const std::string key = std::holds_alternative<RenameKey>(kind.action) ? "to" : "k";
    const auto left = std::stoll(m_server->command({"PTTL", key}));
    QVERIFY2(left > 50'000 && left <= 100'000, std::to_string(left).c_str());
    QVERIFY(outcome->now.ttl && *outcome->now.ttl > 50s);
    const KeyEdit edit{"k", kind.action};
    QVERIFY(outcomeText(edit, *outcome).contains(u"time to live"_s));
}

void TestGuardedEdits::theTypeChanged()
{
    QFETCH(Kind, kind);
    run(kind.setup);
    const bool wasString = m_server->command({"TYPE", "k"}) == "string";
    run({{"DEL", "k"}, wasString ? Args{"RPUSH", "k", "x"} : Args{"SET", "k", "x"}});
    const auto lane = editLane(*m_server);
    const auto outcome =
        applyEdit(*lane, KeyEdit{"k", kind.action, SeenExpiry{}, wasString ? "string" : ""}, m_options, {});
    QCOMPARE(told(outcome), u"WrongType"_s);
    QCOMPARE(outcome->now.type, wasString ? KeyType::List : KeyType::String);
    QCOMPARE(m_server->command({"TYPE", "k"}), std::string(wasString ? "list" : "string"));
}

void TestGuardedEdits::theKeyIsGone()
{
    QFETCH(Kind, kind);
    const auto outcome = apply(kind);
    QCOMPARE(told(outcome), u"Gone"_s);
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("0"));
}

void TestGuardedEdits::theKeyGoesWhileWeWrite()
{
    QFETCH(Kind, kind);
    run(kind.setup);
    const auto outcome = apply(kind, [&] { m_server->command({"DEL", "k"}); });
    QCOMPARE(told(outcome), u"Gone"_s);
    QCOMPARE(m_server->command({"EXISTS", "k"}), std::string("0"));
}

void TestGuardedEdits::allElementsOfAListAway()
{
    run({{"RPUSH", "k", "a", "a"}});
    const auto lane = editLane(*m_server);
    const ChangeListElements both{{{{0, "a", SeenBytes::notLooked(), SeenBytes::there("a")}, {}},
        {{1, "a", SeenBytes::there("a"), SeenBytes::absent()}, {}}}};
    const auto outcome = applyEdit(*lane, KeyEdit{"k", both}, m_options, {});
    QCOMPARE(told(outcome), u"Done"_s);
    QVERIFY(outcome->keyVanished);
    QCOMPARE(m_server->command({"EXISTS", "k"}), std::string("0"));
    const auto nothing = applyEdit(*lane, KeyEdit{"k", ChangeListElements{}}, m_options, {});
    QVERIFY(!nothing && nothing.error().kind == ErrorKind::Input);
}

void TestGuardedEdits::createIsRefusedWhereTheKeyIsThere()
{
    run({{"RPUSH", "k", "theirs"}});
    const auto outcome = apply(Kind{"", {}, CreateKey{NewString{"new"}, std::nullopt}, {}, {}, {}, {}, {}});
    QCOMPARE(told(outcome), u"Conflict"_s);
    QCOMPARE(outcome->now.type, KeyType::List);
    QCOMPARE(m_server->command({"LRANGE", "k", "0", "-1"}), std::string("theirs"));
}

void TestGuardedEdits::createIsRefusedWhereTheKeyComesWhileWeWrite()
{
    const Kind kind{"", {}, CreateKey{NewHash{{{"f", "v"}}}, std::nullopt}, {}, {}, {}, {}, {}};
    const auto outcome = apply(kind, [&] { m_server->command({"HSET", "k", "theirs", "1"}); });
    QCOMPARE(told(outcome), u"Conflict"_s);
    QCOMPARE(m_server->command({"HGETALL", "k"}), std::string("theirs\n1"));
}

void TestGuardedEdits::whatIsThereAlreadyIsSaidToBe_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("told");
    const auto add = [](const char* name, const Commands& setup, EditAction action, const QString& told) {
        QTest::addRow("%s", name) << Kind{name, setup, std::move(action), {}, {}, {}, {}, {}} << told;
    };
    const Commands hash{{"HSET", "k", "f", "old"}};
    const Commands set{{"SADD", "k", "1", "2"}};
    const Commands sorted{{"ZADD", "k", "1", "a", "2.5", "b"}};
    const QString ofNewContent = u"has a member of the new content already; nothing was changed."_s;
    add("field", hash, SetHashField{"f", "new", SeenBytes::absent()}, u"has field f already"_s);
    add("member", set, AddSetMember{"1"}, u"has this member already; nothing was changed."_s);
    add("other content", set, ReplaceSetMember{"1", "2"}, ofNewContent);
    add("scored member", sorted, SetScore{"b", 1, std::nullopt}, u"already, with the score 2.5;"_s);
    add("other name", sorted, RenameSortedMember{"a", "b", 1}, ofNewContent);
    add("entry", {{"XADD", "k", "1-1", "f", "v"}}, AddStreamEntry{{{"f", "v"}}, "1-1"}, u"of the ID 1-1 already"_s);
    const QString byAnother = u"changed by somebody else since it was loaded"_s;
    add("changed field", hash, SetHashField{"f", "new", SeenBytes::there("older")}, byAnother);
    add("changed score", sorted, SetScore{"b", 1, 2.0}, byAnother + u": the score is 2.5 now."_s);
    add("renamed with another score", sorted, RenameSortedMember{"a", "c", 2}, byAnother + u": the score is 1 now."_s);
    add("removed with another score", sorted, RemoveSortedMember{"a", 2}, byAnother + u": the score is 1 now."_s);
}

/// Nobody is said to have changed what may have been there all the time.
void TestGuardedEdits::whatIsThereAlreadyIsSaidToBe()
{
    QFETCH(Kind, kind);
    QFETCH(const QString, told);
    run(kind.setup);
    const auto outcome = apply(kind);
    QCOMPARE(test::told(outcome), u"Conflict"_s);
    const QString text = outcomeText(KeyEdit{"k", kind.action}, *outcome);
    QVERIFY2(text.contains(told), qPrintable(text));
    QCOMPARE(text.contains(u"somebody else"_s), told.contains(u"somebody else"_s));
}

/// The same for real: another connection writes as fast as it can.
void TestGuardedEdits::aKeyThatAThreadKeepsChanging()
{
    run({{"HSET", "k", "f", "0", "n", "0"}});
    std::atomic<std::int64_t> theirs = 0;
    std::jthread busy([&](const std::stop_token& stop) {
        const auto lane = editLane(*m_server);
        while (!stop.stop_requested()) {
            if (lane->call({"HINCRBY", "k", "n", "1"}, {})) {
                ++theirs;
            }
        }
    });
    QTRY_VERIFY_WITH_TIMEOUT(theirs > 0, 20'000);
    const auto lane = editLane(*m_server);
    int retries = 0;
    for (int i = 0; i < 50; ++i) {
        const SetHashField change{"f", std::to_string(i + 1), SeenBytes::there(std::to_string(i))};
        const auto outcome = applyEdit(*lane, KeyEdit{"k", change}, m_options, {});
        QCOMPARE(told(outcome), u"Done"_s);
        retries += outcome->retries;
    }
    busy.request_stop();
    busy.join();
    qInfo("%d retries in 50 edits", retries);
    QCOMPARE(m_server->command({"HGET", "k", "f"}), std::string("50"));
    QCOMPARE(m_server->command({"HGET", "k", "n"}), std::to_string(theirs));
}

QTEST_GUILESS_MAIN(TestGuardedEdits)
#include "tst_guardededits.moc"
