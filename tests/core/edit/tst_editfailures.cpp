// SPDX-License-Identifier: GPL-3.0-or-later
// What may go wrong on the way: refusals, full and read-only servers, and lines that break at every place there is.
// What is told is always what is so at the server.
#include "tests/core/edit/editfixture.h"
#include "tests/servers/faultproxy.h"

#include <signal.h>

#include <thread>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

using Commands = std::vector<Args>;

/// One edit of the key "k", and how it shows that it was done.
struct Change {
    const char* name;
    Commands setup;
    EditAction action;
    Args look;
    std::string done;
};

std::vector<Change> changes()
{
    const SeenListPlace second{1, "b", SeenBytes::there("a"), SeenBytes::there("b")};
    return {
        {"string", {{"SET", "k", "old"}}, SetString{"new", "old"}, {"GET", "k"}, "new"},
        {"range", {{"SET", "k", "old"}}, SetStringRange{1, "NEW", "ld"}, {"GET", "k"}, "oNEW"},
        {"field", {{"HSET", "k", "f", "old"}}, SetHashField{"f", "new", SeenBytes::there("old")}, {"HGET", "k", "f"},
            "new"},
        {"field away", {{"HSET", "k", "f", "old"}}, DeleteHashField{"f", SeenBytes::there("old")}, {"EXISTS", "k"},
            "0"},
        {"element", {{"RPUSH", "k", "a", "b", "b"}}, SetListElement{second, "new"}, {"LRANGE", "k", "0", "-1"},
            "a\nnew\nb"},
        {"element inserted", {{"RPUSH", "k", "a", "b", "b"}},
            InsertListElement{second, InsertListElement::Side::After, "b"}, {"LRANGE", "k", "0", "-1"}, "a\nb\nb\nb"},
        {"element pushed", {{"RPUSH", "k", "a", "b"}}, PushListElement{PushListElement::End::Right, "b"},
            {"LRANGE", "k", "0", "-1"}, "a\nb\nb"},
        {"element away", {{"RPUSH", "k", "a", "b", "b"}}, DeleteListElement{second}, {"LRANGE", "k", "0", "-1"},
            "a\nb"},
        {"elements", {{"RPUSH", "k", "a", "b", "b", "c", "d"}},
            ChangeListElements{{{second, "new"}, {{2, "b", SeenBytes::there("b"), SeenBytes::there("c")}, {}},
                {{4, "d", SeenBytes::there("c"), SeenBytes::absent()}, "e"}}},
            {"LRANGE", "k", "0", "-1"}, "a\nnew\nc\ne"},
        {"elements apart, away", {{"RPUSH", "k", "a", "b", "b", "c", "d", "e", "f"}},
            ChangeListElements{{{second, {}}, {{6, "f", SeenBytes::there("e"), SeenBytes::absent()}, {}}}},
            {"LRANGE", "k", "0", "-1"}, "a\nb\nc\nd\ne"},
        {"all elements away", {{"RPUSH", "k", "a"}},
            ChangeListElements{{{{0, "a", SeenBytes::notLooked(), SeenBytes::absent()}, {}}}}, {"EXISTS", "k"}, "0"},
        {"member replaced", {{"SADD", "k", "a"}}, ReplaceSetMember{"a", "b"}, {"SMEMBERS", "k"}, "b"},
        {"score", {{"ZADD", "k", "1", "m"}}, SetScore{"m", 2, 1.0}, {"ZSCORE", "k", "m"}, "2"},
        {"scored member renamed", {{"ZADD", "k", "1", "m"}}, RenameSortedMember{"m", "n", 1}, {"ZSCORE", "k", "n"},
            "1"},
        {"entry", {{"XADD", "k", "1-1", "f", "v"}}, AddStreamEntry{{{"f", "v"}}}, {"XLEN", "k"}, "2"},
        {"first entry", {{"XADD", "k", "1-1", "f", "v"}, {"XDEL", "k", "1-1"}}, AddStreamEntry{{{"f", "v"}}},
            {"XLEN", "k"}, "1"},
        {"entry away", {{"XADD", "k", "1-1", "f", "v"}}, DeleteStreamEntry{"1-1", {{"f", "v"}}}, {"XLEN", "k"}, "0"},
        {"rename", {{"SET", "k", "old"}}, RenameKey{"to"}, {"GET", "to"}, "old"},
        {"key away", {{"SET", "k", "old"}}, DeleteKey{}, {"GET", "k"}, ""},
        {"expiry", {{"SET", "k", "old"}}, SetExpiry{ExpiryTime{Milliseconds{4'102'444'800'123}}}, {"PEXPIRETIME", "k"},
            "4102444800123"},
        {"expiry away", {{"SET", "k", "old"}, {"PEXPIREAT", "k", "4102444800123"}}, ClearExpiry{}, {"PTTL", "k"}, "-1"},
        {"new key", {}, CreateKey{NewHash{{{"f", "v"}, {"g", "w"}}}, std::nullopt}, {"HLEN", "k"}, "2"},
        {"insertion", {{"SET", "k", "old"}}, InsertBytes{1, "NEW", "ld"}, {"GET", "k"}, "oNEWld"},
        {"new member", {{"SADD", "k", "a"}}, AddSetMember{"b"}, {"SISMEMBER", "k", "b"}, "1"},
        {"member away", {{"SADD", "k", "a", "b"}}, RemoveSetMember{"a"}, {"SMEMBERS", "k"}, "b"},
        {"new score", {{"ZADD", "k", "1", "m"}}, SetScore{"n", 2, std::nullopt}, {"ZSCORE", "k", "n"}, "2"},
        {"scored member away", {{"ZADD", "k", "1", "m", "2", "n"}}, RemoveSortedMember{"m", 1},
            {"ZRANGE", "k", "0", "-1"}, "n"},
    };
}

void addChanges()
{
    QTest::addColumn<Change>("change");
    for (const Change& each : changes()) {
        QTest::addRow("%s", each.name) << each;
    }
}

} // namespace

Q_DECLARE_METATYPE(Change)

class TestEditFailures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { m_server->command({"FLUSHALL"}); }
    void readOnlyProfilesSendNothing_data() { addChanges(); }
    void readOnlyProfilesSendNothing();
    void productionAsksForWhatTouchesTwoKeys();
    void usersWhoMayNot_data();
    void usersWhoMayNot();
    void aFullServer_data() { addChanges(); }
    void aFullServer();
    void aReplica_data() { addChanges(); }
    void aReplica();
    void aLineCutAnywhere_data() { addChanges(); }
    void aLineCutAnywhere();
    void aLineCutWhileTheScriptRuns();
    void aConnectionClosedBeforeWeWrite_data() { addChanges(); }
    void aConnectionClosedBeforeWeWrite();
    void aConnectionThatDiedOfIdleness();
    void aServerThatHangsAndComesBack();
    void aServerThatDies();
    void aServerThatDoesNotTellOfConnections();
    void stopped();

private:
    void setUp(RedisServer& server, const Change& change)
    {
        for (const Args& each : change.setup) {
            const std::string reply = server.command(each);
            QVERIFY2(!reply.starts_with("-"), reply.c_str());
        }
    }
    /// All there is, to see that nothing of it has changed.
    static std::string all(RedisServer& server)
    {
        std::string text;
        for (const std::string key : {"k", "to"}) {
            text += server.command({"TYPE", key}) + ' ' + server.command({"PEXPIRETIME", key}) + ' '
                + server.command({"DUMP", key}) + '\n';
        }
        return text;
    }
    void refused(RedisServer& server, Lane& lane, const Change& change, ErrorKind kind, const QString& words)
    {
        const std::string before = all(server);
        const auto outcome = applyEdit(lane, KeyEdit{"k", change.action}, m_options, {});
        QVERIFY2(!outcome, qPrintable(told(outcome)));
        QCOMPARE(outcome.error().kind, kind);
        const QString text = errorText(outcome.error());
        QVERIFY2(text.contains(words, Qt::CaseInsensitive), qPrintable(text));
        QCOMPARE(all(server), before);
    }

    std::unique_ptr<RedisServer> m_server;
    EditOptions m_options;
};

void TestEditFailures::initTestCase()
{
    m_server = RedisServer::start();
    m_options = optionsOf(*m_server);
}

void TestEditFailures::readOnlyProfilesSendNothing()
{
    QFETCH(Change, change);
    setUp(*m_server, change);
    const auto lane = editLane(*m_server, {}, GateRules{true, Environment::Development});
    refused(*m_server, *lane, change, ErrorKind::ReadOnly, u"only reads"_s);
    QCOMPARE(lane->openings(), std::uint64_t{0});
}

void TestEditFailures::productionAsksForWhatTouchesTwoKeys()
{
    const auto lane = editLane(*m_server, {}, GateRules{false, Environment::Production});
    for (const Change& change : changes()) {
        m_server->command({"FLUSHALL"});
        setUp(*m_server, change);
        if (!std::holds_alternative<RenameKey>(change.action)) {
            QCOMPARE(told(applyEdit(*lane, KeyEdit{"k", change.action}, m_options, {})), u"Done"_s);
            continue;
        }
        refused(*m_server, *lane, change, ErrorKind::Confirm, u"production"_s);
        const EditOptions confirmed{m_options.abilities, {"RENAMENX"}};
        QCOMPARE(told(applyEdit(*lane, KeyEdit{"k", change.action}, confirmed, {})), u"Done"_s);
    }
}

void TestEditFailures::usersWhoMayNot_data()
{
    QTest::addColumn<QString>("rights");
    QTest::addColumn<QString>("named");
    QTest::addRow("no writing") << u"~* +@all -@write"_s << u"hset"_s;
    QTest::addRow("no HSET") << u"~* +@all -hset"_s << u"hset"_s;
    QTest::addRow("no HGET") << u"~* +@all -hget"_s << u"hget"_s;
    QTest::addRow("no TYPE") << u"~* +@all -type"_s << u"type"_s;
    QTest::addRow("no WATCH") << u"~* +@all -watch"_s << u"watch"_s;
    QTest::addRow("no MULTI") << u"~* +@all -multi"_s << u"multi"_s;
    QTest::addRow("no EXEC") << u"~* +@all -exec"_s << u"exec"_s;
    QTest::addRow("no transactions") << u"~* +@all -@transaction"_s << u"watch"_s;
    QTest::addRow("not this key") << u"~other +@all"_s << u"key"_s;
    QTest::addRow("only reading of this key") << u"%R~* +@all"_s << u"key"_s;
}

void TestEditFailures::usersWhoMayNot()
{
    QFETCH(QString, rights);
    QFETCH(QString, named);
    const auto server = RedisServer::start(ServerOptions{.aclLines = {u"user bob on >pw &* "_s + rights}});
    const Change change = changes()[2];
    setUp(*server, change);
    const auto lane = editLane(*server, u"bob"_s);
    refused(*server, *lane, change, ErrorKind::Permission, named);
    refused(*server, *lane, change, ErrorKind::Permission, u"Nothing was changed"_s); // and the lane is fit for more
}

void TestEditFailures::aFullServer()
{
    QFETCH(Change, change);
    setUp(*m_server, change);
    const std::string before = all(*m_server);
    m_server->command({"CONFIG", "SET", "maxmemory", "1"});
    const auto lane = editLane(*m_server);
    const auto outcome = applyEdit(*lane, KeyEdit{"k", change.action}, m_options, {});
    m_server->command({"CONFIG", "SET", "maxmemory", "0"});
    if (outcome) { // what takes no memory is done
        QCOMPARE(told(outcome), u"Done"_s);
        QCOMPARE(m_server->command(change.look), change.done);
        return;
    }
    QCOMPARE(outcome.error().kind, ErrorKind::Server);
    QVERIFY(outcome.error().detail.startsWith(u"OOM"_s));
    QVERIFY(outcome.error().detail.contains(u"Nothing was changed"_s));
    QCOMPARE(all(*m_server), before);
    QCOMPARE(told(applyEdit(*lane, KeyEdit{"k", change.action}, m_options, {})), u"Done"_s);
}

void TestEditFailures::aReplica()
{
    QFETCH(Change, change);
    setUp(*m_server, change);
    m_server->command({"REPLICAOF", "127.0.0.1", "1"}); // of nobody: it keeps what it has
    const auto lane = editLane(*m_server);
    refused(*m_server, *lane, change, ErrorKind::ReadOnly, u"nothing was changed"_s);
    m_server->command({"REPLICAOF", "NO", "ONE"});
}

/// The replies end after each number of bytes there is; what was under way is found out over another connection.
void TestEditFailures::aLineCutAnywhere()
{
    QFETCH(Change, change);
    FaultProxy proxy(ProxyTarget{m_server->socketPath()});
    int foundDone = 0;
    bool isWhole = false;
    for (std::size_t bytes = 0; !isWhole && bytes < 2'000; ++bytes) {
        m_server->command({"FLUSHALL"});
        setUp(*m_server, change);
        const std::string before = all(*m_server);
        const auto lane = makeLane(socketOptions(proxy.socketPath()), std::make_shared<CommandGate>(GateRules{}));
        proxy.setFaults(Faults{.cutAfter = bytes});
        static_cast<void>(lane->call({"PING"}, {})); // opens the connection that breaks
        proxy.setFaults({});
        const int connections = proxy.accepted();
        const auto outcome = applyEdit(*lane, KeyEdit{"k", change.action}, m_options, {});
        QVERIFY2(outcome, qPrintable(told(outcome)));
        const bool isDone = outcome->status == EditOutcome::Status::Done;
        QVERIFY2(isDone || outcome->status == EditOutcome::Status::NotDone, qPrintable(told(outcome)));
        QCOMPARE(outcome->lineWasLost || isDone, true);
        if (isDone) {
            QCOMPARE(m_server->command(change.look), change.done);
        } else {
            QCOMPARE(all(*m_server), before);
            QVERIFY(outcome->why);
        }
        foundDone += isDone && outcome->lineWasLost ? 1 : 0;
        isWhole = isDone && !outcome->lineWasLost && bytes > 50 && proxy.accepted() == connections;
    }
    QVERIFY(isWhole);
    QVERIFY(foundDone > 0);
}

void TestEditFailures::aLineCutWhileTheScriptRuns()
{
    FaultProxy proxy(ProxyTarget{m_server->socketPath()});
    const auto lane = makeLane(socketOptions(proxy.socketPath()), std::make_shared<CommandGate>(GateRules{}));
    m_server->command({"HSET", "k", "f", "old"});
    int times = 0;
    MeddledLane cutting(
        *lane, [&] { m_server->command({"HSET", "k", "n", std::to_string(++times)}); },
        [&] { proxy.dropConnections(); });
    const SetHashField change{"f", "new", SeenBytes::there("old")};
    const auto outcome = applyEdit(cutting, KeyEdit{"k", change}, m_options, {});
    QCOMPARE(times, 6);
    QCOMPARE(told(outcome), u"NotDone"_s);
    QVERIFY(outcome->lineWasLost);
    QCOMPARE(m_server->command({"HGET", "k", "f"}), std::string("old"));
}

void TestEditFailures::aConnectionClosedBeforeWeWrite()
{
    QFETCH(Change, change);
    setUp(*m_server, change);
    const std::string before = all(*m_server);
    const auto lane = editLane(*m_server);
    bool isFirst = true;
    MeddledLane meddled(*lane, [&] {
        if (std::exchange(isFirst, false)) {
            m_server->command({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});
        }
    });
    const KeyEdit edit{"k", change.action};
    const auto outcome = applyEdit(meddled, edit, m_options, {});
    QCOMPARE(told(outcome), u"NotDone"_s);
    QVERIFY(outcome->lineWasLost && outcome->why);
    QCOMPARE(all(*m_server), before);
    QVERIFY(outcomeText(edit, *outcome).contains(u"connection was lost"_s));
    QCOMPARE(told(applyEdit(meddled, edit, m_options, {})), u"Done"_s); // as before: nothing stands in its way
    QCOMPARE(m_server->command(change.look), change.done);
}

void TestEditFailures::aConnectionThatDiedOfIdleness()
{
    m_server->command({"SET", "k", "old"});
    const auto lane = editLane(*m_server);
    QVERIFY(lane->call({"PING"}, {}));
    m_server->command({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});
    const auto outcome = applyEdit(*lane, KeyEdit{"k", SetString{"new", "old"}}, m_options, {});
    QCOMPARE(told(outcome), u"Done"_s);
    QVERIFY(!outcome->lineWasLost);
}

/// The transaction has arrived and is carried out later: what is told has waited for it.
void TestEditFailures::aServerThatHangsAndComesBack()
{
    m_server->command({"SET", "k", "old"});
    ConnectionOptions options = socketOptions(m_server->socketPath());
    options.callTimeout = 300ms;
    const auto lane = makeLane(options, std::make_shared<CommandGate>(GateRules{}));
    std::jthread thawing;
    MeddledLane meddled(*lane, [&] {
        m_server->freeze();
        const auto process = static_cast<pid_t>(m_server->processId());
        thawing = std::jthread([process] {
            std::this_thread::sleep_for(1s);
            ::kill(process, SIGCONT);
        });
    });
    const auto outcome = applyEdit(meddled, KeyEdit{"k", SetString{"new", "old"}}, m_options, {});
    thawing.join();
    QVERIFY2(outcome && outcome->lineWasLost, qPrintable(told(outcome)));
    const bool isDone = outcome->status == EditOutcome::Status::Done;
    QVERIFY2(isDone || outcome->status == EditOutcome::Status::NotDone, qPrintable(told(outcome)));
    QCOMPARE(m_server->command({"GET", "k"}), std::string(isDone ? "new" : "old"));
}

void TestEditFailures::aServerThatDies()
{
    const auto server = RedisServer::start();
    server->command({"SET", "k", "old"});
    const auto lane = editLane(*server);
    MeddledLane meddled(*lane, [&] { server->kill(); });
    const KeyEdit edit{"k", SetString{"new", "old"}};
    const auto outcome = applyEdit(meddled, edit, m_options, {});
    QCOMPARE(told(outcome), u"Unknown"_s);
    QVERIFY(outcome->why && outcome->why->kind == ErrorKind::Network);
    QVERIFY(outcomeText(edit, *outcome).contains(u"not known"_s));
    const auto unreachable = applyEdit(*lane, edit, m_options, {});
    QVERIFY(!unreachable);
    QCOMPARE(unreachable.error().kind, ErrorKind::Network);
    QVERIFY(unreachable.error().detail.contains(u"Nothing was changed"_s));
    server->restart();
    server->command({"SET", "k", "old"});
    QCOMPARE(told(applyEdit(*lane, edit, m_options, {})), u"Done"_s);
}

/// What is as it was may still change: without CLIENT LIST nobody can say.
void TestEditFailures::aServerThatDoesNotTellOfConnections()
{
    const auto server = RedisServer::start(ServerOptions{.aclLines = {u"user bob on >pw ~* &* +@all -client"_s}});
    server->command({"SET", "k", "old"});
    const auto lane = editLane(*server, u"bob"_s);
    MeddledLane meddled(*lane, [&] { server->command({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"}); });
    const auto outcome = applyEdit(meddled, KeyEdit{"k", SetString{"new", "old"}}, m_options, {});
    QCOMPARE(told(outcome), u"Unknown"_s);
    QCOMPARE(outcome->now.element.value(), std::vector<std::string>{"old"});
}

void TestEditFailures::stopped()
{
    m_server->command({"SET", "k", "old"});
    const KeyEdit edit{"k", SetString{"new", "old"}};
    const auto lane = editLane(*m_server);
    std::stop_source before;
    before.request_stop();
    const auto notBegun = applyEdit(*lane, edit, m_options, before.get_token());
    QVERIFY(!notBegun);
    QCOMPARE(notBegun.error().kind, ErrorKind::Cancelled);
    std::stop_source within;
    MeddledLane meddled(*lane, [&] { within.request_stop(); });
    const auto cut = applyEdit(meddled, edit, m_options, within.get_token());
    QCOMPARE(told(cut), u"Unknown"_s);
    QCOMPARE(m_server->command({"GET", "k"}), std::string("old"));
}

QTEST_GUILESS_MAIN(TestEditFailures)
#include "tst_editfailures.moc"
