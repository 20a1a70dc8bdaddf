// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/source/lanefixture.h"
#include "tests/servers/faultproxy.h"

#include <QTest>

using namespace keyglass;
using namespace keyglass::test;

class TestLaneStreaming : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void streamsWithTheNextCommandSentFromTheSink();
    void dropsOwedRepliesBeforeACall();
    void neverOpensAnewWhileRepliesAreOwed();
    void neverOpensAnewFromWithinASink();
    void receiveWithNothingOwedFails();
};

void TestLaneStreaming::streamsWithTheNextCommandSentFromTheSink()
{
    const auto server = RedisServer::start();
    const auto lane = laneTo(*server);
    KeepingSink sink;
    int sent = 1;
    sink.whenText = [&] {
        if (sent < 1000) {
            QVERIFY(lane->send(Command{"ECHO"}.add(std::int64_t{sent++}), {}));
        }
    };
    QVERIFY(lane->send({"ECHO", "0"}, {}));
    for (int received = 0; received < 1000; ++received) {
        QVERIFY(lane->receive(sink, {}));
    }
    QCOMPARE(sink.texts.size(), std::size_t{1000});
    for (std::size_t number = 0; number < sink.texts.size(); ++number) {
        QCOMPARE(sink.texts[number], std::to_string(number));
    }
}

void TestLaneStreaming::dropsOwedRepliesBeforeACall()
{
    const auto server = RedisServer::start();
    const auto lane = laneTo(*server);
    QVERIFY(lane->send({"ECHO", "left behind"}, {}));
    QVERIFY(lane->send({"ECHO", "this too"}, {}));
    const auto mine = lane->call({"ECHO", "mine"}, {});
    QVERIFY(mine);
    QCOMPARE(mine->text, std::string("mine"));
    QCOMPARE(lane->openings(), std::uint64_t{1});
}

void TestLaneStreaming::neverOpensAnewWhileRepliesAreOwed()
{
    const auto server = RedisServer::start();
    FaultProxy proxy({server->socketPath()});
    const auto lane = makeLane(optionsFor(proxy.socketPath()), std::make_shared<CommandGate>(normal));
    QVERIFY(lane->call({"PING"}, {}));
    lane->close();
    test::Faults cut;
    cut.cutAfter = 5 + 8; // handshake and the first reply ("$2\r\nr1\r\n")
    proxy.setFaults(cut);
    QVERIFY(lane->send({"ECHO", "r1"}, {}));
    QVERIFY(lane->send({"ECHO", "r2"}, {}));
    KeepingSink sink;
    QVERIFY(lane->receive(sink, {}));
    const auto lost = lane->receive(sink, {});
    QVERIFY(!lost);
    QCOMPARE(lost.error().kind, ErrorKind::Network);
    const auto none = lane->receive(sink, {});
    QVERIFY(!none);
    proxy.setFaults({});
    QVERIFY(lane->send({"ECHO", "r3"}, {}));
    QVERIFY(lane->receive(sink, {}));
    QCOMPARE(sink.texts, (std::vector<std::string>{"r1", "r3"}));
    QCOMPARE(lane->openings(), std::uint64_t{3});
}

void TestLaneStreaming::neverOpensAnewFromWithinASink()
{
    const auto server = RedisServer::start();
    auto options = optionsFor(server->socketPath());
    options.callTimeout = std::chrono::milliseconds(200);
    const auto lane = makeLane(options, std::make_shared<CommandGate>(normal));
    QVERIFY(lane->send({"PING"}, {}));
    KeepingSink sink;
    int attempts = 0;
    sink.whenText = [&] { // once, for PONG
        server->freeze();
        const auto stuck = lane->send({"ECHO", std::string(4'000'000, 'x')}, {});
        server->thaw();
        QVERIFY(!stuck);
        QCOMPARE(stuck.error().kind, ErrorKind::Timeout);
        const auto lost = lane->send({"PING"}, {});
        QVERIFY(!lost);
        QCOMPARE(lost.error().kind, ErrorKind::Network);
        ++attempts;
    };
    [[maybe_unused]] const auto first = lane->receive(sink, {}); // the PONG itself had come whole
    QCOMPARE(attempts, 1);
    QCOMPARE(lane->openings(), std::uint64_t{1});
    QVERIFY(lane->call({"PING"}, {}));
    QCOMPARE(lane->openings(), std::uint64_t{2});
}

void TestLaneStreaming::receiveWithNothingOwedFails()
{
    const auto server = RedisServer::start();
    const auto lane = laneTo(*server);
    KeepingSink sink;
    const auto closed = lane->receive(sink, {});
    QVERIFY(!closed);
    QCOMPARE(closed.error().kind, ErrorKind::Network);
    QVERIFY(lane->call({"PING"}, {}));
    QVERIFY(!lane->receive(sink, {}));
}

QTEST_GUILESS_MAIN(TestLaneStreaming)
#include "tst_lanestreaming.moc"
