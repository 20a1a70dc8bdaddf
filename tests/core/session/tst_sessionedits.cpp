// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/keyroot.h"
#include "core/session/session.h"
#include "tests/core/session/opensession.h"
#include "tests/servers/redisserver.h"

#include <QObject>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

using Status_ = EditOutcome::Status;

Result<EditOutcome> answerOf(const QFuture<Result<EditOutcome>>& future)
{
    [&] { QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), 20'000); }();
    return future.isFinished() ? future.result() : Result<EditOutcome>(Error{ErrorKind::Timeout, {}, {}});
}

} // namespace

class TestSessionEdits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anEditOfWhatIsShown();
    void withoutAConnectionNothingIsDone();
    void aReadOnlyProfileRefuses();
    void productionAsksAndTakesAYes();
    void theOtherDatabase();
    void severalDatabasesAtOnce();
    void comesBackAfterTheServerWasLost();
};

void TestSessionEdits::anEditOfWhatIsShown()
{
    const auto server = RedisServer::start();
    server->command({"SET", "k", "old"});
    server->command({"PEXPIREAT", "k", "4102444800123"});
    Session session(profileFor(*server));
    QVERIFY(opens(session));
    const auto head = session.loadValueHead("k");
    QTRY_VERIFY_WITH_TIMEOUT(head.isFinished(), 20'000);
    QVERIFY(head.result());
    const auto seen = seenExpiry(*head.result());
    const auto outcome = answerOf(session.edit(KeyEdit{"k", SetString{"new", "old"}, seen, "string"}));
    QVERIFY(outcome);
    QCOMPARE(outcome->status, Status_::Done);
    QVERIFY(!outcome->expiryChanged); // it is the same, seen from here
    QCOMPARE(server->command({"GET", "k"}), std::string("new"));
    QCOMPARE(server->command({"PEXPIRETIME", "k"}), std::string("4102444800123"));
    const auto again = answerOf(session.edit(KeyEdit{"k", SetString{"newer", "old"}, seen}));
    QVERIFY(again);
    QCOMPARE(again->status, Status_::Conflict);
    QCOMPARE(again->now.element.value(), std::vector<std::string>{"new"});
    const auto kept = answerOf(session.edit(KeyEdit{"k", ClearExpiry{}, seen}));
    QVERIFY(kept && kept->status == Status_::Done);
    QVERIFY(session.runningWork().isEmpty());
}

void TestSessionEdits::withoutAConnectionNothingIsDone()
{
    const auto server = RedisServer::start();
    Session session(profileFor(*server));
    const auto refused = answerOf(session.edit(KeyEdit{"k", DeleteKey{}}));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Network);
}

void TestSessionEdits::aReadOnlyProfileRefuses()
{
    const auto server = RedisServer::start();
    server->command({"SET", "k", "v"});
    Profile profile = profileFor(*server);
    profile.readOnly = true;
    Session session(profile);
    QVERIFY(opens(session));
    const auto refused = answerOf(session.edit(KeyEdit{"k", DeleteKey{}}, {"UNLINK"}));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::ReadOnly);
    QCOMPARE(server->command({"GET", "k"}), std::string("v"));
}

void TestSessionEdits::productionAsksAndTakesAYes()
{
    const auto server = RedisServer::start();
    server->command({"SET", "k", "v"});
    Profile profile = profileFor(*server);
    profile.environment = Environment::Production;
    Session session(profile);
    QVERIFY(opens(session));
    const KeyEdit rename{"k", RenameKey{"to"}};
    const auto asked = answerOf(session.edit(rename));
    QVERIFY(!asked);
    QCOMPARE(asked.error().kind, ErrorKind::Confirm);
    const auto confirmed = answerOf(session.edit(rename, {"RENAMENX"}));
    QVERIFY(confirmed);
    QCOMPARE(confirmed->status, Status_::Done);
    QCOMPARE(server->command({"GET", "to"}), std::string("v"));
}

void TestSessionEdits::theOtherDatabase()
{
    const auto server = RedisServer::start();
    Session session(profileFor(*server));
    QVERIFY(opens(session));
    const KeyEdit create{"k", CreateKey{NewString{"v"}, std::nullopt}};
    QVERIFY(answerOf(session.edit(create)));
    session.selectDatabase(5);
    const auto there = answerOf(session.edit(create));
    QVERIFY(there);
    QCOMPARE(there->status, Status_::Done);
    server->command({"SELECT", "5"});
    QCOMPARE(server->command({"GET", "k"}), std::string("v"));
}

void TestSessionEdits::severalDatabasesAtOnce()
{
    const auto server = RedisServer::start();
    Session session(profileFor(*server));
    QVERIFY(opens(session));
    session.selectDatabases({0, 5});
    const std::string key = rootOf(5) + "k";
    QVERIFY(answerOf(session.edit(KeyEdit{key, CreateKey{NewString{"v"}, std::nullopt}})));
    const auto renamed = answerOf(session.edit(KeyEdit{key, RenameKey{"to"}}));
    QVERIFY(renamed);
    QCOMPARE(renamed->status, Status_::Done);
    QCOMPARE(server->command({"DBSIZE"}), std::string("0"));
    server->command({"SELECT", "5"});
    QCOMPARE(server->command({"GET", "to"}), std::string("v"));
}

void TestSessionEdits::comesBackAfterTheServerWasLost()
{
    const auto server = RedisServer::start();
    Session session(profileFor(*server));
    QVERIFY(opens(session));
    const KeyEdit create{"k", CreateKey{NewString{"v"}, std::nullopt}};
    QVERIFY(answerOf(session.edit(create)));
    server->kill();
    const auto lost = answerOf(session.edit(KeyEdit{"k", SetString{"w", "v"}}));
    QVERIFY(!lost);
    QCOMPARE(lost.error().kind, ErrorKind::Network);
    QVERIFY(lost.error().detail.contains(u"Nothing was changed"_s));
    server->restart();
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), SessionState::Connected, 20'000);
    const auto back = answerOf(session.edit(create));
    QVERIFY(back);
    QCOMPARE(back->status, Status_::Done);
}

QTEST_GUILESS_MAIN(TestSessionEdits)
#include "tst_sessionedits.moc"
