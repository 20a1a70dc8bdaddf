// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/commandgate.h"
#include "core/source/commandtable.h"
#include "core/source/lane.h"
#include "tests/servers/redisserver.h"

#include <QTest>

using namespace keyglass;
using namespace Qt::StringLiterals;

namespace {

Reply text(std::string bytes)
{
    return Reply{Reply::Type::SimpleString, 0, std::move(bytes), {}};
}

Reply number(std::int64_t value)
{
    return Reply{Reply::Type::Integer, value, {}, {}};
}

Reply array(std::vector<Reply> elements)
{
    return Reply{Reply::Type::Array, 0, {}, std::move(elements)};
}

/// An entry of COMMAND as servers before 7.0 give it.
Reply oldEntry(const std::string& name, const std::string& flag)
{
    return array({text(name), number(2), array({text(flag)}), number(1), number(1), number(1), array({text("@read")})});
}

std::unique_ptr<Lane> laneTo(const test::RedisServer& server, const QString& user = {}, const QString& password = {})
{
    ConnectionOptions options;
    options.endpoint.socketPath = server.socketPath();
    options.user = user;
    options.password = password;
    return makeLane(options, std::make_shared<CommandGate>(GateRules{true, Environment::Production}));
}

/// The traits that decide something, to be compared and read.
QString decisive(const CommandTraits& traits)
{
    return u"%1%2%3%4%5%6 %7 %8 %9"_s
        .arg(traits.isReadOnly ? u"r"_s : QString(), traits.isWrite ? u"w"_s : QString(),
            traits.isAdmin ? u"a"_s : QString(), traits.isDangerous ? u"d"_s : QString(),
            traits.isScripting ? u"s"_s : QString(), traits.hasMovableKeys ? u"m"_s : QString())
        .arg(traits.firstKey)
        .arg(traits.lastKey)
        .arg(traits.keyStep);
}

} // namespace

class TestCommandTable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void builtInAgreesWithTheServer();
    void builtInKnowsEveryCommandOfTheServer();
    void namesAreFoundInAnyCase();
    void countsKeys_data();
    void countsKeys();
    void aServerThatForbidsCommandGetsTheBuiltInTable();
    void aServerWithoutSubcommandsAddsOnlyWhatIsNew();
    void nonsenseIsNoTable_data();
    void nonsenseIsNoTable();
    void oddPositionsAreNoKeys();
    void aLostLineIsAnError();
};

void TestCommandTable::builtInAgreesWithTheServer()
{
    const auto server = test::RedisServer::start();
    const auto lane = laneTo(*server);
    const auto table = fetchCommandTable(*lane, {});
    QVERIFY(table);
    if (!(*table)->isFromServer()) {
        QSKIP("This server is older than 7.0 and tells nothing of subcommands.");
    }
    QStringList differences;
    int compared = 0;
    for (const std::string& name : (*table)->names()) {
        const CommandTraits* own = CommandTable::builtIn()->find(name);
        if (!own || (*table)->isContainer(name)) {
            continue;
        }
        ++compared;
        const QString theirs = decisive(*(*table)->find(name));
        if (decisive(*own) != theirs) {
            differences.append(u"%1: %2, server: %3"_s.arg(QString::fromStdString(name), decisive(*own), theirs));
        }
    }
    QVERIFY(compared > 300);
    QCOMPARE(differences, QStringList());
}

void TestCommandTable::builtInKnowsEveryCommandOfTheServer()
{
    const auto server = test::RedisServer::start();
    const auto lane = laneTo(*server);
    const auto table = fetchCommandTable(*lane, {});
    QVERIFY(table);
    const QStringList notMeant{u"host:"_s, u"post"_s}; // before 7.0: traps for HTTP requests, no commands
    QStringList unknown;
    for (const std::string& name : (*table)->names()) {
        const bool isKnown = CommandTable::builtIn()->find(name) || CommandTable::builtIn()->isContainer(name);
        if (!isKnown && !notMeant.contains(QString::fromStdString(name))) {
            unknown.append(QString::fromStdString(name));
        }
    }
    QCOMPARE(unknown, QStringList());
}

void TestCommandTable::namesAreFoundInAnyCase()
{
    const auto table = CommandTable::builtIn();
    QCOMPARE(table->nameOf({"CoNfIg", "GeT", "X"}), std::string("config|get"));
    QCOMPARE(table->nameOf({"CONFIG"}), std::string("config"));
    QCOMPARE(table->nameOf({"GET", "Config"}), std::string("get"));
    QVERIFY(!table->find(table->nameOf({"config|get", "x"})));
    QCOMPARE(table->nameOf(Command()), std::string());
    QVERIFY(table->isContainer("object"));
    QVERIFY(!table->isContainer("debug"));
}

void TestCommandTable::countsKeys_data()
{
    QTest::addColumn<QStringList>("line");
    QTest::addColumn<int>("keys"); // -1: can't be told
    const auto row = [](const char* line, int keys) {
        QTest::newRow(line) << QString::fromLatin1(line).split(u' ') << keys;
    };
    row("GET a", 1);
    row("DEL a b c", 3);
    row("DEL", 0);
    row("MSET a 1 b 2", 2);
    row("MSET a 1 b", 2);
    row("BLPOP a b 0", 2);
    row("BITOP AND d a b", 3);
    row("FLUSHALL", 0);
    row("XGROUP CREATE k g $", 1);
    row("LMPOP 1 a LEFT", 1);
    row("LMPOP 18446744073709551616 a LEFT", -1);
    row("BLMPOP 0 2 a b LEFT", 2);
    row("ZMPOP -1 a MIN", -1);
    row("GEORADIUS k 0 0 1 m", 1);
    row("GEORADIUS k 0 0 1 m STORE d", 2);
    row("XREADGROUP GROUP g c STREAMS a b 0 0", 2);
    row("XREADGROUP GROUP g c COUNT 1 NOACK streams a 0", 1);
    row("XREADGROUP GROUP g c", -1);
    row("ZUNIONSTORE d 2 a b", -1);
    row("NOSUCH a", -1);
}

void TestCommandTable::countsKeys()
{
    QFETCH(const QStringList, line);
    QFETCH(const int, keys);
    Command command;
    for (const QString& word : line) {
        command.add(word.toStdString());
    }
    const auto counted = CommandTable::builtIn()->keyCount(command);
    QCOMPARE(counted ? static_cast<int>(*counted) : -1, keys);
}

void TestCommandTable::aServerThatForbidsCommandGetsTheBuiltInTable()
{
    test::ServerOptions options;
    options.aclLines = {u"user bob on >pw ~* +get +scan"_s};
    const auto server = test::RedisServer::start(options);
    const auto lane = laneTo(*server, u"bob"_s, u"pw"_s);
    const auto table = fetchCommandTable(*lane, {});
    QVERIFY(table);
    QCOMPARE(*table, CommandTable::builtIn());
}

void TestCommandTable::aServerWithoutSubcommandsAddsOnlyWhatIsNew()
{
    const auto table = CommandTable::fromServer(array({oldEntry("json.get", "readonly"), oldEntry("JSON.SET", "write"),
        oldEntry("flushall", "readonly"), oldEntry("config", "readonly"), oldEntry("get", "readonly")}));
    QVERIFY(table);
    QVERIFY(!(*table)->isFromServer());
    QVERIFY((*table)->find("json.get")->isReadOnly);
    QVERIFY((*table)->find("json.set")->isWrite);
    QVERIFY((*table)->find("flushall")->isWrite);
    QVERIFY(!(*table)->find("config"));
    QVERIFY((*table)->find("config|set")->isAdmin);
}

void TestCommandTable::nonsenseIsNoTable_data()
{
    QTest::addColumn<QString>("what");
    QTest::newRow("nil") << u"nil"_s;
    QTest::newRow("empty array") << u"empty"_s;
    QTest::newRow("numbers") << u"numbers"_s;
    QTest::newRow("entries too short") << u"short"_s;
    QTest::newRow("flags are no list") << u"flags"_s;
}

void TestCommandTable::nonsenseIsNoTable()
{
    QFETCH(const QString, what);
    const Reply reply = what == u"nil" ? Reply{}
        : what == u"empty"             ? array({})
        : what == u"numbers"           ? array({number(1), number(2)})
        : what == u"short"             ? array({array({text("get"), number(2), array({})})})
                           : array({array({text("get"), number(2), text("write"), number(1), number(1), number(1)})});
    const auto table = CommandTable::fromServer(reply);
    QVERIFY(!table);
    QCOMPARE(table.error().kind, ErrorKind::Protocol);
}

void TestCommandTable::oddPositionsAreNoKeys()
{
    const auto entry = [](const std::string& name, std::int64_t first, std::int64_t last, std::int64_t step) {
        return array({text(name), number(2), array({text("write")}), number(first), number(last), number(step)});
    };
    constexpr std::int64_t huge = std::numeric_limits<std::int64_t>::max();
    const auto table = CommandTable::fromServer(array({entry("m.a", huge, huge, huge), entry("m.b", -1, -1, 1),
        entry("m.c", 1, -huge, 1), entry("m.d", 1, 1, 0), entry("m.e", 1, 1, -3)}));
    QVERIFY(table);
    for (const std::string name : {"m.a", "m.b", "m.c", "m.d", "m.e"}) {
        QVERIFY2((*table)->keyCount({name, "k", "l"}) == std::size_t{0}, name.c_str());
    }
}

void TestCommandTable::aLostLineIsAnError()
{
    const auto server = test::RedisServer::start();
    const auto lane = laneTo(*server);
    QVERIFY(lane->call({"PING"}, {}));
    server->kill();
    const auto table = fetchCommandTable(*lane, {});
    QVERIFY(!table);
    QCOMPARE(table.error().kind, ErrorKind::Network);
}

QTEST_GUILESS_MAIN(TestCommandTable)
#include "tst_commandtable.moc"
