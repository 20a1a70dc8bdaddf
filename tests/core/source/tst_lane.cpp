// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/source/lanefixture.h"
#include "tests/servers/faultproxy.h"

#include <QElapsedTimer>
#include <QTest>

#include <atomic>
#include <thread>

using namespace keyglass;
using namespace Qt::StringLiterals;
using namespace keyglass::test;

class TestLane : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void opensOnFirstUse();
    void givesTheReply();
    void errorRepliesBecomeErrorsOfTheNode();
    void theGateIsAskedBeforeAnythingIsSent();
    void noWriteOfAReadOnlySessionReachesTheServer();
    void oneForbiddenCommandHoldsBackTheWholePipeline();
    void aConfirmedViewPassesWhatWasConfirmed();
    void oneErrorOfAPipelineLeavesTheOthers();
    void anEmptyPipelineSendsNothing();
    void opensAgainInItsDatabase();
    void aCommandUnderWayIsNeverRepeated();
    void aServerThatIsGoneIsANetworkError();
    void longPipelinesKeepTheirOrder();
    void bigPipelinesDontDeadlock_data();
    void bigPipelinesDontDeadlock();
    void theServerHoldsNoMoreRepliesThanOneSliceHas();
    void aBrokenPipelineLeavesNoReplyBehind();
    void oneWhoWasToldToStopSendsNothing();
    void stopsWithin100Ms_data();
    void stopsWithin100Ms();
};

void TestLane::opensOnFirstUse()
{
    const auto server = RedisServer::start();
    const auto lane = laneTo(*server);
    QVERIFY(!lane->isOpen());
    QCOMPARE(lane->openings(), std::uint64_t{0});
    QVERIFY(lane->call({"PING"}, {}));
    QVERIFY(lane->isOpen());
    QVERIFY(lane->call({"PING"}, {}));
    QCOMPARE(lane->openings(), std::uint64_t{1});
    lane->close();
    QVERIFY(!lane->isOpen());
    QVERIFY(lane->call({"PING"}, {}));
    QCOMPARE(lane->openings(), std::uint64_t{2});
    QCOMPARE(lane->nodeText(), server->socketPath());
}

void TestLane::givesTheReply()
{
    const auto server = RedisServer::start();
    const auto lane = laneTo(*server);
    const std::string bytes("a\0\r\n\xff", 5);
    QVERIFY(lane->call({"SET", bytes, bytes}, {}));
    const auto value = lane->call({"GET", bytes}, {});
    QVERIFY(value);
    QCOMPARE(value->text, bytes);
    QCOMPARE(server->command({"GET", bytes}), bytes);
}

void TestLane::errorRepliesBecomeErrorsOfTheNode()
{
    const auto server = RedisServer::start();
    const auto lane = laneTo(*server);
    server->command({"SET", "k", "v"});
    const auto wrong = lane->call({"LLEN", "k"}, {});
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().kind, ErrorKind::WrongType);
    QCOMPARE(wrong.error().subject, lane->nodeText());
    QVERIFY(lane->isOpen());
    QVERIFY(lane->call({"GET", "k"}, {}));
}

void TestLane::theGateIsAskedBeforeAnythingIsSent()
{
    const auto server = RedisServer::start();
    const auto lane = laneTo(*server, readOnly);
    const auto refused = lane->call({"SET", "k", "v"}, {});
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::ReadOnly);
    QCOMPARE(refused.error().subject, lane->nodeText());
    QVERIFY(refused.error().detail.contains(u"SET"));
    const auto notSent = lane->send({"SET", "k", "v"}, {});
    QVERIFY(!notSent);
    QCOMPARE(notSent.error().kind, ErrorKind::ReadOnly);
    const auto asOnlyAsked = lane->check({"SET", "k", "v"});
    QVERIFY(!asOnlyAsked);
    QCOMPARE(asOnlyAsked.error(), refused.error());
    QVERIFY(lane->check({"GET", "k"}));
    QCOMPARE(lane->openings(), std::uint64_t{0});
    const auto inProduction = laneTo(*server, production);
    QCOMPARE(inProduction->check({"FLUSHALL"}).error().kind, ErrorKind::Confirm);
    QVERIFY(inProduction->confirmed({"FLUSHALL"})->check({"FLUSHALL"}));
    const auto asked = laneTo(*server, production)->call({"FLUSHALL"}, {});
    QVERIFY(!asked);
    QCOMPARE(asked.error().kind, ErrorKind::Confirm);
}

void TestLane::noWriteOfAReadOnlySessionReachesTheServer()
{
    const auto server = RedisServer::start();
    server->command({"SET", "k", "v"});
    server->command({"RPUSH", "l", "a"});
    const auto lane = laneTo(*server, readOnly);
    const auto table = fetchCommandTable(*lane, {});
    QVERIFY(table);
    const auto learnt =
        makeLane(optionsFor(server->socketPath()), std::make_shared<CommandGate>(GateRules{true, {}}, *table));
    server->command({"CONFIG", "RESETSTAT"});
    int tried = 0;
    for (const std::string& name : (*table)->names()) {
        const CommandTraits& traits = *(*table)->find(name);
        if (!traits.isWrite && !(traits.isScripting && !traits.isReadOnly)) {
            continue;
        }
        const std::size_t bar = name.find('|');
        Command command{name.substr(0, bar)};
        if (bar != std::string::npos) {
            command.add(std::string_view(name).substr(bar + 1));
        }
        command.add("k").add("l").add("1");
        ++tried;
        for (Lane* const each : {lane.get(), learnt.get()}) {
            const auto refused = each->call(command, {});
            QVERIFY2(!refused && refused.error().kind == ErrorKind::ReadOnly, name.c_str());
            QVERIFY2(!each->confirmed(Confirmation({name}))->call(command, {}), name.c_str());
        }
    }
    QVERIFY(tried > 110);
    for (Lane* const each : {lane.get(), learnt.get()}) {
        const auto value = each->call({"GET", "k"}, {});
        QVERIFY(value && value->text == "v");
    }
    // The server's own count of what came: the two GETs, what opened the lanes and what the test itself asks. Nothing
    // else.
    const QStringList lines = QString::fromStdString(server->command({"INFO", "commandstats"})).split(u"\r\n"_s);
    QStringList seen;
    for (const QString& line : lines) {
        if (line.startsWith(u"cmdstat_"_s)) {
            seen.append(line.mid(8).section(u':', 0, 0));
        }
    }
    const QStringList expected{
        u"client|setname"_s, u"client|setinfo"_s, u"client"_s, u"config|resetstat"_s, u"config"_s, u"get"_s, u"info"_s};
    QVERIFY(seen.contains(u"get"_s));
    for (const QString& name : std::as_const(seen)) {
        QVERIFY2(expected.contains(name), qPrintable(name));
    }
    QCOMPARE(server->command({"DBSIZE"}), std::string("2"));
}

void TestLane::oneForbiddenCommandHoldsBackTheWholePipeline()
{
    const auto server = RedisServer::start();
    const auto lane = laneTo(*server, production);
    const std::vector<Command> commands{{"SET", "a", "1"}, {"FLUSHALL"}, {"SET", "b", "1"}};
    const auto held = lane->pipeline(commands, {});
    QVERIFY(!held);
    QCOMPARE(held.error().kind, ErrorKind::Confirm);
    QCOMPARE(server->command({"DBSIZE"}), std::string("0"));
}

void TestLane::aConfirmedViewPassesWhatWasConfirmed()
{
    const auto server = RedisServer::start();
    server->command({"MSET", "a", "1", "b", "2", "c", "3"});
    const auto lane = laneTo(*server, production);
    const auto view = lane->confirmed({"UNLINK"});
    const auto unlinked = view->call({"UNLINK", "a", "b"}, {});
    QVERIFY(unlinked);
    QCOMPARE(unlinked->integer, std::int64_t{2});
    QCOMPARE(view->openings(), lane->openings()); // the same line
    QCOMPARE(view->call({"FLUSHALL"}, {}).error().kind, ErrorKind::Confirm);
    QCOMPARE(lane->call({"UNLINK", "c", "d"}, {}).error().kind, ErrorKind::Confirm); // the yes did not stick
    const std::vector<Command> commands{{"UNLINK", "c", "d"}, {"PING"}};
    QCOMPARE(lane->pipeline(commands, {}).error().kind, ErrorKind::Confirm);
    QVERIFY(view->pipeline(commands, {}));
    QCOMPARE(view->confirmed({"KEYS"})->call({"UNLINK", "x", "y"}, {}).error().kind, ErrorKind::Confirm);
    QVERIFY(view->confirmed({"KEYS"})->call({"KEYS", "*"}, {}));
    QVERIFY(view->send({"UNLINK", "x", "y"}, {}));
    KeepingSink sink;
    QVERIFY(view->receive(sink, {}));
}

void TestLane::oneErrorOfAPipelineLeavesTheOthers()
{
    const auto server = RedisServer::start();
    const auto lane = laneTo(*server);
    const std::vector<Command> commands{{"SET", "k", "v"}, {"LPUSH", "k", "x"}, {"NOSUCH"}, {"GET", "k"}};
    const auto replies = lane->pipeline(commands, {});
    QVERIFY(replies);
    QCOMPARE(replies->size(), commands.size());
    QCOMPARE((*replies)[0].text, std::string("OK"));
    QVERIFY((*replies)[1].isError());
    QVERIFY((*replies)[1].text.starts_with("WRONGTYPE"));
    QVERIFY((*replies)[2].isError());
    QCOMPARE((*replies)[3].text, std::string("v"));
    QVERIFY(lane->isOpen());
}

void TestLane::anEmptyPipelineSendsNothing()
{
    const auto server = RedisServer::start();
    const auto lane = laneTo(*server);
    const auto replies = lane->pipeline({}, {});
    QVERIFY(replies && replies->empty());
    QCOMPARE(lane->openings(), std::uint64_t{0});
}

void TestLane::opensAgainInItsDatabase()
{
    const auto server = RedisServer::start();
    const auto lane = laneTo(*server, normal, 7);
    QVERIFY(lane->call({"SET", "k", "seven"}, {}));
    server->save();
    server->kill();
    QVERIFY(!lane->call({"GET", "k"}, {}));
    QVERIFY(!lane->isOpen());
    server->restart();
    const auto value = lane->call({"GET", "k"}, {});
    QVERIFY(value);
    QCOMPARE(value->text, std::string("seven"));
    QCOMPARE(lane->openings(), std::uint64_t{2});
    QVERIFY(lane->call({"SET", "after", "restart"}, {}));
    QCOMPARE(server->command({"DBSIZE"}), std::string("0")); // nothing went to database 0
    QCOMPARE(server->command({"SELECT", "7"}), std::string("OK"));
    QCOMPARE(server->command({"DBSIZE"}), std::string("2"));
}

void TestLane::aCommandUnderWayIsNeverRepeated()
{
    const auto server = RedisServer::start();
    FaultProxy proxy({server->socketPath()});
    const auto lane = makeLane(optionsFor(proxy.socketPath()), std::make_shared<CommandGate>(normal));
    QVERIFY(lane->call({"PING"}, {}));
    lane->close();
    test::Faults cut;
    cut.cutAfter = 6; // the handshake's "+OK\r\n" comes through, of the first reply one byte
    proxy.setFaults(cut);
    const auto lost = lane->call({"INCR", "n"}, {});
    QVERIFY(!lost);
    QCOMPARE(lost.error().kind, ErrorKind::Network);
    QCOMPARE(lost.error().subject, lane->nodeText());
    proxy.setFaults({});
    QVERIFY(lane->call({"PING"}, {}));
    QCOMPARE(server->command({"GET", "n"}), std::string("1"));
}

void TestLane::aServerThatIsGoneIsANetworkError()
{
    const auto server = RedisServer::start();
    const auto lane = laneTo(*server);
    QVERIFY(lane->call({"PING"}, {}));
    server->kill();
    for (int attempt = 0; attempt < 3; ++attempt) {
        const auto lost = lane->call({"PING"}, {});
        QVERIFY(!lost);
        QCOMPARE(lost.error().kind, ErrorKind::Network);
        QCOMPARE(lost.error().subject, lane->nodeText());
        QVERIFY(!lane->isOpen());
    }
    QCOMPARE(lane->openings(), std::uint64_t{1});
}

void TestLane::longPipelinesKeepTheirOrder()
{
    const auto server = RedisServer::start();
    const auto lane = laneTo(*server);
    constexpr int count = 100'000;
    std::vector<Command> commands;
    for (int number = 0; number < count; ++number) {
        commands.push_back(Command{"ECHO"}.add(std::int64_t{number}));
    }
    const auto replies = lane->pipeline(commands, {});
    QVERIFY(replies);
    QCOMPARE(replies->size(), std::size_t{count});
    for (int number = 0; number < count; ++number) {
        QVERIFY((*replies)[static_cast<std::size_t>(number)].text == std::to_string(number));
    }
    QCOMPARE(lane->openings(), std::uint64_t{1});
}

void TestLane::bigPipelinesDontDeadlock_data()
{
    QTest::addColumn<bool>("throughProxy");
    QTest::addColumn<int>("commands");
    QTest::addColumn<int>("requestBytes");
    QTest::addColumn<int>("replyBytes");
    for (const bool throughProxy : {false, true}) {
        // The proxy takes nothing in while what it has to give out is not taken.
        const char* const how = throughProxy ? "%s, through a peer that waits" : "%s";
        const auto row = [&](const char* what, int commands, int requestBytes, int replyBytes) {
            QTest::addRow(how, what) << throughProxy << commands << requestBytes << replyBytes;
        };
        row("50 MB of replies in 1000", 1000, 0, 50'000);
        row("50 MB of replies in 25", 25, 0, 2'000'000);
        row("50 MB both ways", 1000, 50'000, 50'000);
        row("40 MB both ways in pieces of 4 MB", 10, 4'000'000, 4'000'000);
    }
}

void TestLane::bigPipelinesDontDeadlock()
{
    QFETCH(const bool, throughProxy);
    QFETCH(const int, commands);
    QFETCH(const int, requestBytes);
    QFETCH(const int, replyBytes);
    const auto server = RedisServer::start();
    FaultProxy proxy({server->socketPath()});
    const QString path = throughProxy ? proxy.socketPath() : server->socketPath();
    const auto lane = makeLane(optionsFor(path), std::make_shared<CommandGate>(normal));
    const std::string value(static_cast<std::size_t>(std::max(requestBytes, replyBytes)), 'x');
    server->command({"SET", "big", value});
    const Command command = requestBytes > 0 ? Command{"ECHO", value} : Command{"GET", "big"};
    const std::vector<Command> all(static_cast<std::size_t>(commands), command);
    const auto replies = lane->pipeline(all, {});
    QVERIFY2(replies, replies ? "" : qPrintable(replies.error().detail));
    for (const Reply& reply : *replies) {
        QVERIFY(reply.text == value);
    }
}

void TestLane::theServerHoldsNoMoreRepliesThanOneSliceHas()
{
    const auto server = RedisServer::start();
    const auto lane = laneTo(*server);
    server->command({"SET", "k", std::string(10'000, 'x')});
    const std::vector<Command> commands(20'000, Command{"GET", "k"});
    QVERIFY(lane->pipeline(commands, {})); // 200 MB
    const QString info = QString::fromStdString(server->command({"INFO", "memory"}));
    const qint64 peak = info.section(u"used_memory_peak:"_s, 1).section(u'\r', 0, 0).toLongLong();
    QVERIFY2(peak > 0 && peak < 40'000'000, qPrintable(QString::number(peak)));
}

void TestLane::aBrokenPipelineLeavesNoReplyBehind()
{
    const auto server = RedisServer::start();
    FaultProxy proxy({server->socketPath()});
    test::Faults cut;
    cut.cutAfter = 20'000;
    proxy.setFaults(cut);
    const auto lane = makeLane(optionsFor(proxy.socketPath()), std::make_shared<CommandGate>(normal));
    std::vector<Command> commands;
    for (int number = 0; number < 10'000; ++number) {
        commands.push_back(Command{"ECHO"}.add(std::int64_t{number}));
    }
    const auto broken = lane->pipeline(commands, {});
    QVERIFY(!broken);
    QCOMPARE(broken.error().kind, ErrorKind::Network);
    QVERIFY(!lane->isOpen());
    const auto next = lane->call({"ECHO", "mine"}, {});
    QVERIFY(next);
    QCOMPARE(next->text, std::string("mine"));
}

void TestLane::oneWhoWasToldToStopSendsNothing()
{
    const auto server = RedisServer::start();
    const auto lane = laneTo(*server);
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(lane->call({"SET", "k", "v"}, stop.get_token()).error().kind, ErrorKind::Cancelled);
    QCOMPARE(lane->send({"SET", "k", "v"}, stop.get_token()).error().kind, ErrorKind::Cancelled);
    QCOMPARE(lane->openings(), std::uint64_t{0});
    QVERIFY(lane->call({"PING"}, {}));
    QCOMPARE(lane->call({"SET", "k", "v"}, stop.get_token()).error().kind, ErrorKind::Cancelled);
    QCOMPARE(lane->send({"SET", "k", "v"}, stop.get_token()).error().kind, ErrorKind::Cancelled);
    QVERIFY(lane->isOpen());
    QCOMPARE(server->command({"DBSIZE"}), std::string("0"));
}

void TestLane::stopsWithin100Ms_data()
{
    QTest::addColumn<int>("commands");
    QTest::addRow("one call") << 1;
    QTest::addRow("a long pipeline") << 100'000;
}

void TestLane::stopsWithin100Ms()
{
    QFETCH(const int, commands);
    const auto server = RedisServer::start();
    const auto lane = laneTo(*server);
    QVERIFY(lane->call({"PING"}, {}));
    server->freeze();
    std::stop_source stop;
    QElapsedTimer sinceStop;
    std::jthread stopper([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(150));
        sinceStop.start();
        stop.request_stop();
    });
    const std::vector<Command> all(static_cast<std::size_t>(commands), Command{"PING"});
    const auto cancelled = lane->pipeline(all, stop.get_token());
    stopper.join();
    QVERIFY(sinceStop.elapsed() < 100 * 3); // three times what is promised, for a busy machine
    QVERIFY(!cancelled);
    QCOMPARE(cancelled.error().kind, ErrorKind::Cancelled);
    server->thaw();
    QVERIFY(lane->call({"PING"}, {}));
}

QTEST_GUILESS_MAIN(TestLane)
#include "tst_lane.moc"
