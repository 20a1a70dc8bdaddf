// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/commandgate.h"
#include "core/source/lane.h"
#include "tests/servers/tableserver.h"

#include <QObject>
#include <QTest>

#include <array>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

Command words(const QByteArray& line)
{
    Command command;
    for (const QByteArray& word : line.split(' ')) {
        command.add(word == "\"\"" ? std::string() : word.toStdString());
    }
    return command;
}

std::unique_ptr<Lane> laneTo(const TableServer& server)
{
    ConnectionOptions options;
    options.endpoint.host = u"127.0.0.1"_s;
    options.endpoint.port = server.port();
    return makeLane(options, std::make_shared<CommandGate>(GateRules{}));
}

std::string longName()
{
    return std::string(65, 'n');
}

} // namespace

class TestTableTraps : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void stopsTraps_data();
    void stopsTraps();
    void nothingThatIsRefusedReachesTheServer();
    void largeCommandsAreAskedForInProduction();
    void aSecondReplyReplacesTheConnection_data();
    void aSecondReplyReplacesTheConnection();
    void aTransactionIsNotEndedOnAnotherConnection();
    void whoHasSubscribedIsToldUnasked();
};

void TestTableTraps::stopsTraps_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("verdict"); // 0: sent, 1: asked for, 2: refused
    const auto row = [](int verdict, const QByteArray& line) {
        QTest::addRow("%s", line.left(60).constData()) << line << verdict;
    };
    for (const char* line :
        {"TABLE.SELECT a.t WHERE x=1", "TABLE.SELECT a.t", "TABLE.DELETE a.t WHERE x=1", "TABLE.DELETE a.t where x=1",
            "TABLE.DELETE a.t WHERE", "TABLE.UPDATE a.t WHERE x=1 SET y=2", "TABLE.INSERT a.t x=1 y==2",
            "TABLE.NAMESPACE.CREATE shop", "TABLE.SCHEMA.CREATE a.t x:string y:integer:hash",
            "TABLE.SCHEMA.CREATE a.t x:wombat", "TABLE.SCHEMA.ALTER a.t DROP INDEX x",
            "TABLE.SCHEMA.ALTER a.t ADD COLUMN x:string", "TABLE.SCHEMA.ALTER a.t ADD INDEX x*", "TABLE.DROP a.t FORCE",
            "TABLE.HELP", "TABLE.NAMESPACE.VIEW", "TABLE.INSERT a.t", "TABLE.DELETE", "SET a.t \"\""}) {
        row(0, line);
    }
    for (const char* line : {"TABLE.DELETE a.t", "TABLE.DELETE a.t x=1", "table.delete a.t x WHERE x=1",
             "TABLE.UPDATE a.t SET x=1 y=2", "TABLE.UPDATE a.t WHERE SET x=1", "TABLE.UPDATE a.t x=1 SET y=2",
             "TABLE.SCHEMA.ALTER a.t ADD COLUMN x:string:hash"}) {
        row(1, line);
    }
    for (const char* line :
        {"TABLE.SELECT a.t WHERE \"\"", "TABLE.INSERT a.t \"\"", "TABLE.UPDATE a.t WHERE x=1 SET \"\"",
            "TABLE.DELETE a.t WHERE x=1 AND \"\"", "TABLE.INSERT a.t x", "TABLE.INSERT a.t x=1>=2",
            "TABLE.INSERT a.t x>1", "TABLE.UPDATE a.t WHERE x=1 SET y", "TABLE.SCHEMA.CREATE a.t x:string y",
            "TABLE.SCHEMA.CREATE a.t :string", "TABLE.SCHEMA.CREATE a.t x:string:tree",
            "TABLE.SCHEMA.CREATE a{b}.t x:string", "TABLE.SCHEMA.CREATE .t x:string", "TABLE.NAMESPACE.CREATE \"\"",
            "TABLE.SCHEMA.ALTER a.t ADD COLUMN :string", "TABLE.SCHEMA.ALTER a.t DROP INDEX \"\"",
            "TABLE.SCHEMA.ALTER a.t DROP INDEX *", "TABLE.SCHEMA.ALTER a.t? DROP INDEX x"}) {
        row(2, line);
    }
    row(2, "TABLE.NAMESPACE.CREATE " + QByteArray(65, 'n'));
    row(0, "TABLE.NAMESPACE.CREATE " + QByteArray(64, 'n'));
    row(2, "TABLE.SCHEMA.CREATE a." + QByteArray(65, 'n') + " x:string");
    row(2, QByteArray("TABLE.NAMESPACE.CREATE a\0b", 26));
}

void TestTableTraps::stopsTraps()
{
    QFETCH(const QByteArray, line);
    QFETCH(const int, verdict);
    const CommandGate gate{GateRules{}};
    const Command command = words(line);
    const Status checked = gate.check(command);
    const int found = checked ? 0 : checked.error().kind == ErrorKind::Confirm ? 1 : 2;
    QCOMPARE(found, verdict);
    QVERIFY(checked || !checked.error().detail.isEmpty());
    QVERIFY(verdict != 2 || checked.error().kind == ErrorKind::Refused);
    const Status confirmed = gate.check(command, Confirmation{gate.nameOf(command)});
    QCOMPARE(confirmed.has_value(), verdict != 2); // what only does harm is not to be confirmed
}

void TestTableTraps::nothingThatIsRefusedReachesTheServer()
{
    TableServer server;
    server.make({"TABLE.NAMESPACE.CREATE a", "TABLE.SCHEMA.CREATE a.t x:string:hash", "TABLE.INSERT a.t x=1"});
    const auto lane = laneTo(server);
    QVERIFY(!lane->call(words("TABLE.SELECT a.t WHERE \"\""), {}));
    QVERIFY(!lane->call(words("TABLE.DELETE a.t x=1"), {}));
    const auto rows = lane->call(words("TABLE.SELECT a.t WHERE x=1"), {});
    QVERIFY(rows);
    QCOMPARE(rows->elements.size(), std::size_t{1});
    if (server.twin()) {
        QCOMPARE(server.twin()->crashes(), 0);
        QVERIFY(!std::ranges::count(server.twin()->commands(), "TABLE.DELETE"));
    }
}

void TestTableTraps::largeCommandsAreAskedForInProduction()
{
    TableServer server;
    const auto table = fetchCommandTable(*laneTo(server), {});
    QVERIFY(table);
    const CommandGate production(GateRules{false, Environment::Production}, *table);
    const CommandGate readOnly(GateRules{true, Environment::Development}, *table);
    for (const char* line : {"TABLE.DELETE a.t WHERE x=1", "TABLE.DROP a.t FORCE", "TABLE.SCHEMA.ALTER a.t ADD INDEX x",
             "TABLE.UPDATE a.t WHERE x=1 SET x=2"}) {
        QCOMPARE(production.check(words(line)).error().kind, ErrorKind::Confirm);
        QCOMPARE(readOnly.check(words(line)).error().kind, ErrorKind::ReadOnly);
    }
    QVERIFY(production.check(words("TABLE.INSERT a.t x=1")));
    QVERIFY(production.check(words("TABLE.SELECT a.t")));
    QVERIFY(readOnly.check(words("TABLE.SELECT a.t")));
    QVERIFY(readOnly.check(words("TABLE.SCHEMA.VIEW a.t")));
    QCOMPARE(readOnly.check(words("TABLE.INSERT a.t x=1")).error().kind, ErrorKind::ReadOnly);
}

void TestTableTraps::aSecondReplyReplacesTheConnection_data()
{
    QTest::addColumn<bool>("inTransaction");
    QTest::addRow("two replies to a command") << false;
    QTest::addRow("an EXEC longer than it says") << true;
}

/// The gate does not let long names pass; other versions of the module may have other traps.
void TestTableTraps::aSecondReplyReplacesTheConnection()
{
    QFETCH(const bool, inTransaction);
    TableServer server;
    ConnectionOptions options;
    options.endpoint.host = u"127.0.0.1"_s;
    options.endpoint.port = server.port();
    auto raw = Connection::open(options, {}); // no gate here: what the wire does
    QVERIFY(raw);
    const Command create{"TABLE.NAMESPACE.CREATE", longName()};
    std::vector<Command> commands{create};
    if (inTransaction) {
        commands = {Command{"MULTI"}, create, Command{"EXEC"}};
    }
    QVERIFY(!(*raw)->hasUnasked());
    QVERIFY((*raw)->send(commands, {}));
    QVERIFY(!(*raw)->hasUnasked()); // replies are owed
    for (std::size_t n = 0; n < commands.size(); ++n) {
        QVERIFY((*raw)->receive({}));
    }
    QTRY_VERIFY_WITH_TIMEOUT((*raw)->hasUnasked(), 20'000);
}

void TestTableTraps::aTransactionIsNotEndedOnAnotherConnection()
{
    const auto server = RedisServer::start();
    RedisTableDouble twice(ProxyTarget{server->socketPath(), 0}, TableHazards{.answersTwice = "ping"});
    ConnectionOptions options;
    options.endpoint.host = u"127.0.0.1"_s;
    options.endpoint.port = twice.port();
    const auto lane = makeLane(options, std::make_shared<CommandGate>(GateRules{}));
    QVERIFY(lane->call(Command{"WATCH", "k"}, {}));
    QVERIFY(lane->call(Command{"PING"}, {}));
    QTest::qWait(50); // the second reply comes; should it not have come yet, EXEC's reply is off, which is told too
    const std::array writing{Command{"MULTI"}, Command{"SET", "k", "v"}, Command{"EXEC"}};
    const auto written = lane->pipeline(writing, {});
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::Network);
    QCOMPARE(server->command({"EXISTS", "k"}), std::string("0")); // nothing watched k any more
    QVERIFY(lane->call(Command{"PING"}, {}));
    QTest::qWait(50);
    const std::uint64_t opening = lane->openings();
    const auto echo = lane->call(Command{"ECHO", "x"}, {});
    QVERIFY(echo);
    QCOMPARE(echo->text, std::string("x"));
    QCOMPARE(lane->openings(), opening + 1);
}

void TestTableTraps::whoHasSubscribedIsToldUnasked()
{
    const auto server = RedisServer::start();
    ConnectionOptions options;
    options.endpoint.socketPath = server->socketPath();
    const auto lane = makeLane(options, std::make_shared<CommandGate>(GateRules{}));
    QVERIFY(lane->call(Command{"SUBSCRIBE", "c"}, {}));
    const std::uint64_t opening = lane->openings();
    server->command({"PUBLISH", "c", "hello"});
    QVERIFY(lane->call(Command{"SUBSCRIBE", "d"}, {})); // its answer comes after the message; the line stays
    QCOMPARE(lane->openings(), opening);
}

QTEST_GUILESS_MAIN(TestTableTraps)
#include "tst_tabletraps.moc"
