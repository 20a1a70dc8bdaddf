// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/session.h"
#include "tests/servers/redisserver.h"

#include <QObject>
#include <QSignalSpy>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

Profile profileFor(const RedisServer& server)
{
    Profile profile;
    profile.socketPath = server.socketPath();
    return profile;
}

Result<ConsoleAnswer> answerOf(const QFuture<Result<ConsoleAnswer>>& future)
{
    [&] { QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), 20'000); }();
    return future.isFinished() ? future.result() : Result<ConsoleAnswer>(Error{ErrorKind::Timeout, {}, {}});
}

} // namespace

class TestSessionConsole : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_server = RedisServer::start(); }
    void init() { m_server->command({"FLUSHALL"}); }
    void runsOneAfterTheOther();
    void withoutAConnectionNothingIsDone();
    void aQuoteThatIsNotClosedIsToldAtOnce();
    void aTransactionMissesALineThatCannotBeRead();
    void aTransactionMissesALineThatWasStopped();
    void aTransactionThatGoesWithTheLineIsTold();
    void aReadOnlyProfileRefuses();
    void productionAsksAndTakesAYes();
    void trapsOfRedisTableAreStopped_data();
    void trapsOfRedisTableAreStopped();
    void followsTheDatabase();
    void tellsProgressAndStops();
    void closingAnswersWhatWaits();

private:
    std::unique_ptr<RedisServer> m_server;
};

void TestSessionConsole::runsOneAfterTheOther()
{
    Session session(profileFor(*m_server));
    session.open();
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), SessionState::Connected, 20'000);
    const auto first = session.runCommand("SET 'a b' 1");
    const auto second = session.runCommand("INCR \"a b\"");
    const auto third = session.runCommand("NOSUCH");
    QCOMPARE(answerOf(second)->reply.integer, 2);
    QCOMPARE(answerOf(first)->reply.text, std::string("OK"));
    QVERIFY(answerOf(third)->reply.isError());
    QVERIFY(session.runningWork().isEmpty());
}

void TestSessionConsole::withoutAConnectionNothingIsDone()
{
    Session session(profileFor(*m_server));
    const auto refused = answerOf(session.runCommand("PING"));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Network);
    session.stopCommand(); // there is none
}

void TestSessionConsole::aQuoteThatIsNotClosedIsToldAtOnce()
{
    Session session(profileFor(*m_server));
    session.open();
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), SessionState::Connected, 20'000);
    const auto refused = session.runCommand("GET 'a");
    QVERIFY(refused.isFinished());
    QCOMPARE(refused.result().error().kind, ErrorKind::Input);
}

void TestSessionConsole::aTransactionMissesALineThatCannotBeRead()
{
    Session session(profileFor(*m_server));
    session.open();
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), SessionState::Connected, 20'000);
    const auto begun = session.runCommand("MULTI"); // none is waited for: each comes in its turn
    const auto queued = session.runCommand("SET a 1");
    QVERIFY(session.runCommand("SET b 'x").isFinished());
    const auto ended = answerOf(session.runCommand("EXEC"));
    QVERIFY(answerOf(begun));
    QVERIFY(answerOf(queued));
    QVERIFY(!ended);
    QCOMPARE(ended.error().kind, ErrorKind::Refused);
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("0"));
    QVERIFY(answerOf(session.runCommand("SET c 1"))); // no transaction any more
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("1"));
}

/// What waited behind a command that is stopped is dropped, and no half of a transaction is done then.
void TestSessionConsole::aTransactionMissesALineThatWasStopped()
{
    Session session(profileFor(*m_server));
    session.open();
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), SessionState::Connected, 20'000);
    QVERIFY(answerOf(session.runCommand("MULTI")));
    QVERIFY(answerOf(session.runCommand("SET a 1")));
    session.selectDatabase(1);
    const auto first = session.runCommand("BLPOP nothing 4"); // the transaction's own commands never take so long
    session.selectDatabase(0);
    const auto second = session.runCommand("SET b 1");
    session.stopCommand();
    QVERIFY(!answerOf(first));
    QVERIFY(!answerOf(second));
    const auto ended = answerOf(session.runCommand("EXEC"));
    QVERIFY(!ended);
    QCOMPARE(ended.error().kind, ErrorKind::Refused);
    QVERIFY2(ended.error().detail.startsWith(u"SET"_s), qPrintable(ended.error().detail));
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("0"));
}

/// The session opens its connections anew, and the console's with them.
void TestSessionConsole::aTransactionThatGoesWithTheLineIsTold()
{
    auto server = RedisServer::start();
    Session session(profileFor(*server));
    session.open();
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), SessionState::Connected, 20'000);
    QVERIFY(answerOf(session.runCommand("MULTI")));
    QVERIFY(answerOf(session.runCommand("SET a 1")));
    server->kill();
    const auto lost = session.findKey("a");
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), SessionState::Lost, 20'000);
    server->restart();
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), SessionState::Connected, 20'000);
    const auto told =
        answerOf(session.runCommand("SET b 1")); // without this it would be done outside of any transaction
    QVERIFY(!told);
    QVERIFY2(told.error().detail.contains(u"MULTI"_s), qPrintable(told.error().detail));
    QCOMPARE(server->command({"DBSIZE"}), std::string("0"));
    QVERIFY(answerOf(session.runCommand("SET b 1")));
    QCOMPARE(server->command({"DBSIZE"}), std::string("1"));
}

void TestSessionConsole::aReadOnlyProfileRefuses()
{
    Profile profile = profileFor(*m_server);
    profile.readOnly = true;
    Session session(profile);
    session.open();
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), SessionState::Connected, 20'000);
    for (const char* line : {"SET a 1", "SCAN 0 FORALL 'DEL *'"}) {
        ConsoleChoice yes;
        yes.confirmed = true;
        const auto refused = answerOf(session.runCommand(line, yes));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::ReadOnly);
    }
}

void TestSessionConsole::productionAsksAndTakesAYes()
{
    m_server->command({"SET", "a", "1"});
    Profile profile = profileFor(*m_server);
    profile.environment = Environment::Production;
    Session session(profile);
    session.open();
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), SessionState::Connected, 20'000);
    const auto asked = answerOf(session.runCommand("FLUSHALL"));
    QVERIFY(!asked);
    QCOMPARE(asked.error().kind, ErrorKind::Confirm);
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("1"));
    ConsoleChoice yes;
    yes.confirmed = true;
    QVERIFY(answerOf(session.runCommand("FLUSHALL", yes)));
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("0"));
}

void TestSessionConsole::trapsOfRedisTableAreStopped_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("kind");
    const auto row = [](const char* name, const QByteArray& line, ErrorKind kind) {
        QTest::addRow("%s", name) << line << int(kind);
    };
    row("an empty condition crashes the server", "TABLE.SELECT shop.items WHERE ''", ErrorKind::Refused);
    row("an empty cell does so too", "TABLE.INSERT shop.items \"\"", ErrorKind::Refused);
    row("a long name is answered twice", "TABLE.NAMESPACE.CREATE " + QByteArray(65, 'x'), ErrorKind::Refused);
    row("a pattern drops every index", "TABLE.SCHEMA.ALTER shop.items DROP INDEX *", ErrorKind::Refused);
    row("WHERE was forgotten", "TABLE.DELETE shop.items sku=A1", ErrorKind::Confirm);
    row("the same of an update", "TABLE.UPDATE shop.items SET a=1 b=2", ErrorKind::Confirm);
}

void TestSessionConsole::trapsOfRedisTableAreStopped()
{
    QFETCH(const QByteArray, line);
    QFETCH(const int, kind);
    Session session(profileFor(*m_server));
    session.open();
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), SessionState::Connected, 20'000);
    const auto answer = answerOf(session.runCommand(line.toStdString()));
    QVERIFY(!answer);
    QCOMPARE(int(answer.error().kind), kind);
    QVERIFY(!answer.error().detail.isEmpty());
    const QString stats = QString::fromStdString(m_server->command({"INFO", "commandstats"}));
    QVERIFY(!stats.contains(u"cmdstat_table."_s)); // nothing was sent
}

void TestSessionConsole::followsTheDatabase()
{
    Session session(profileFor(*m_server));
    session.open();
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), SessionState::Connected, 20'000);
    QVERIFY(answerOf(session.runCommand("SET here 0")));
    session.selectDatabase(3);
    QVERIFY(answerOf(session.runCommand("GET here"))->reply.isNil());
    QVERIFY(answerOf(session.runCommand("SET there 3")));
    session.selectDatabase(0);
    QVERIFY(answerOf(session.runCommand("GET there"))->reply.isNil());
    QCOMPARE(answerOf(session.runCommand("GET here"))->reply.text, std::string("0"));
}

void TestSessionConsole::tellsProgressAndStops()
{
    m_server->fill(100'000, [](std::size_t at) { return RedisServer::Args{"SET", "k" + std::to_string(at), "v"}; });
    Session session(profileFor(*m_server));
    session.open();
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), SessionState::Connected, 20'000);
    QSignalSpy progress(&session, &Session::commandProgressed);
    ConsoleChoice all;
    all.all = true;
    const auto long_ = session.runCommand("SCAN 0 COUNT 10 FOREACH 'STRLEN *'", all);
    const auto waiting = session.runCommand("PING");
    QCOMPARE(session.runningWork(), QStringList{u"a command"_s});
    QTRY_VERIFY_WITH_TIMEOUT(!progress.isEmpty(), 20'000);
    session.stopCommand();
    const auto stopped = answerOf(long_);
    QVERIFY(stopped);
    QCOMPARE(stopped->gaps.size(), std::size_t{1});
    QCOMPARE(stopped->gaps.front().kind, ErrorKind::Cancelled);
    QVERIFY(stopped->reply.elements[0].text != "0");
    QCOMPARE(answerOf(waiting).error().kind, ErrorKind::Cancelled);
    QCOMPARE(answerOf(session.runCommand("PING"))->reply.text, std::string("PONG")); // the stop was for those
}

void TestSessionConsole::closingAnswersWhatWaits()
{
    QFuture<Result<ConsoleAnswer>> running;
    QFuture<Result<ConsoleAnswer>> waiting;
    {
        Session session(profileFor(*m_server));
        session.open();
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), SessionState::Connected, 20'000);
        running = session.runCommand("BLPOP nothing 4");
        waiting = session.runCommand("PING");
    }
    QVERIFY(running.isFinished());
    QVERIFY(waiting.isFinished());
    QCOMPARE(waiting.result().error().kind, ErrorKind::Cancelled);
}

QTEST_GUILESS_MAIN(TestSessionConsole)
#include "tst_sessionconsole.moc"
