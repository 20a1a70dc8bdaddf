// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/keystretch.h"
#include "core/session/session.h"
#include "tests/core/session/opensession.h"
#include "tests/servers/faultproxy.h"
#include "tests/servers/redisserver.h"

#include <QObject>
#include <QSignalSpy>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::chrono_literals;

namespace {

void fill(RedisServer& server, const char* prefix, std::size_t count)
{
    server.fill(count, [&](std::size_t i) { return RedisServer::Args{"SET", prefix + std::to_string(i), "v"}; });
}

} // namespace

class TestSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void connectsScansAndKnowsTheServer();
    void measuresTheRoundTripAtOnce();
    void tellsWhyItCannotConnect_data();
    void tellsWhyItCannotConnect();
    void filtersWhatIsLoaded();
    void refusesABadExpression();
    void aFilterFollowsTheScan();
    void stopsAndGoesOn();
    void hasNothingToGoOnWithAfterTheEnd();
    void pausesAndResumes();
    void pausesWhenTheMemoryIsUsedUp_data();
    void pausesWhenTheMemoryIsUsedUp();
    void bringsDetailsOfTheKeysAskedFor();
    void findsOneKeyWithoutScanning();
    void readsValues();
    void changesTheDatabase();
    void comesBackAfterTheServerWasLost();
    void closesInTheMiddleOfEverything();
    void aReadOnlySessionSendsNoWrite();
    void rescansAPrefix();
    void aPartScannedAgainHidesNoGap_data();
    void aPartScannedAgainHidesNoGap();
    void allScannedAgainLeavesNoGap_data();
    void allScannedAgainLeavesNoGap();
    void theListFollowsEdits();
};

void TestSession::connectsScansAndKnowsTheServer()
{
    const auto server = RedisServer::start();
    fill(*server, "user:", 30'000);
    Session session(profileFor(server->socketPath()));
    QCOMPARE(session.state(), SessionState::Closed);
    session.open();
    QCOMPARE(session.state(), SessionState::Connecting);
    QTRY_COMPARE(session.state(), SessionState::Connected);
    QVERIFY(session.server().has_value());
    QVERIFY(!session.server()->runId.empty());
    session.startScan({});
    QCOMPARE(session.scanState(), ScanState::Running);
    QTRY_COMPARE(session.scanState(), ScanState::Ended);
    QCOMPARE(session.snapshot()->keyCount(), std::uint64_t{30'000});
    QVERIFY(session.scanReport()->isComplete());
    QCOMPARE(session.scanProgress().share, 1.0);
    const auto databases = answerOf(session.loadDatabases());
    QVERIFY(databases.has_value());
    QCOMPARE(databases->size(), std::size_t{16});
    QCOMPARE(databases->front().keys.value_or(0), std::uint64_t{30'000});
}

void TestSession::measuresTheRoundTripAtOnce()
{
    const auto server = RedisServer::start();
    Session session(profileFor(server->socketPath()));
    QVERIFY(opens(session));
    QTRY_VERIFY_WITH_TIMEOUT(session.roundTrip().has_value(), 4000); // idle pings come every 5 s
    QVERIFY(session.roundTrip()->count() > 0);
}

void TestSession::tellsWhyItCannotConnect_data()
{
    QTest::addColumn<QString>("password");
    QTest::addColumn<bool>("refused");
    QTest::addColumn<int>("kind");
    QTest::addRow("nothing listens") << QString() << true << int(ErrorKind::Network);
    QTest::addRow("no password") << QString() << false << int(ErrorKind::Auth);
    QTest::addRow("wrong password") << QStringLiteral("wrong") << false << int(ErrorKind::Auth);
}

void TestSession::tellsWhyItCannotConnect()
{
    QFETCH(QString, password);
    QFETCH(bool, refused);
    QFETCH(int, kind);
    ServerOptions options;
    options.password = QStringLiteral("right");
    const auto server = RedisServer::start(options);
    Profile profile = profileFor(server->socketPath());
    if (refused) {
        profile.socketPath += QStringLiteral("-nobody");
    }
    Session session(profile, password);
    session.open();
    QTRY_COMPARE(session.state(), SessionState::Failed);
    QVERIFY(session.lastError().has_value());
    QCOMPARE(int(session.lastError()->kind), kind);
    const auto head = answerOf(session.loadValueHead("k"));
    QVERIFY(!head.has_value());
}

void TestSession::filtersWhatIsLoaded()
{
    const auto server = RedisServer::start();
    fill(*server, "user:", 2000);
    fill(*server, "session:", 2000);
    Session session(profileFor(server->socketPath()));
    QVERIFY(opens(session));
    session.startScan({});
    QTRY_COMPARE(session.scanState(), ScanState::Ended);
    QVERIFY(!session.filteredSnapshot());
    QVERIFY(session.setFilter(FilterSpec{FilterSpec::Kind::Substring, "ser:1", true}).has_value());
    QTRY_VERIFY(session.isFilterComplete());
    QCOMPARE(session.filteredSnapshot()->keyCount(), std::uint64_t{1111});
    QVERIFY(session.setFilter(FilterSpec{FilterSpec::Kind::Substring, "ser:19", true}).has_value()); // narrower
    QTRY_VERIFY(session.isFilterComplete());
    QCOMPARE(session.filteredSnapshot()->keyCount(), std::uint64_t{111});
    QVERIFY(session.setFilter(FilterSpec{FilterSpec::Kind::Regex, "^SESSION:1?$", false}).has_value());
    QTRY_VERIFY(session.isFilterComplete());
    QCOMPARE(session.filteredSnapshot()->keyCount(), std::uint64_t{1});
    QVERIFY(session.setFilter({}).has_value());
    QVERIFY(!session.filteredSnapshot());
}

void TestSession::refusesABadExpression()
{
    Session session(Profile{});
    const Status refused = session.setFilter(FilterSpec{FilterSpec::Kind::Regex, "a(", false});
    QVERIFY(!refused.has_value());
    QCOMPARE(refused.error().kind, ErrorKind::Input);
    QVERIFY(session.filter().isEmpty());
}

void TestSession::aFilterFollowsTheScan()
{
    const auto server = RedisServer::start();
    fill(*server, "user:", 30'000);
    Session session(profileFor(server->socketPath()));
    QVERIFY(opens(session));
    QVERIFY(session.setFilter(FilterSpec{FilterSpec::Kind::Substring, "user:29", true}).has_value());
    session.startScan({});
    QTRY_VERIFY(session.scanState() == ScanState::Ended && session.isFilterComplete());
    QCOMPARE(session.filteredSnapshot()->keyCount(), std::uint64_t{1111});
}

void TestSession::stopsAndGoesOn()
{
    const auto server = RedisServer::start();
    fill(*server, "user:", 50'000);
    Session session(profileFor(server->socketPath()));
    QVERIFY(opens(session));
    ScanRequest request;
    request.count = 10;
    request.limits.maxKeys = 20'000;
    session.startScan(request);
    QVERIFY(!session.runningWork().isEmpty());
    QTRY_COMPARE(session.scanState(), ScanState::Ended);
    QCOMPARE(session.snapshot()->keyCount(), std::uint64_t{20'000});
    QVERIFY(session.scanReport()->limit() == ScanLimit::MaxKeys);
    session.continueScan({});
    QTRY_VERIFY(session.scanProgress().keys > 0);
    session.stopScan();
    QTRY_COMPARE(session.scanState(), ScanState::Ended);
    session.continueScan({});
    QTRY_COMPARE(session.scanState(), ScanState::Ended);
    QTRY_COMPARE(session.snapshot()->keyCount(), std::uint64_t{50'000});
    QVERIFY(session.scanReport()->isComplete());
}

void TestSession::hasNothingToGoOnWithAfterTheEnd()
{
    const auto server = RedisServer::start();
    fill(*server, "user:", 100);
    Session session(profileFor(server->socketPath()));
    QVERIFY(opens(session));
    session.startScan({});
    QTRY_COMPARE(session.scanState(), ScanState::Ended);
    QVERIFY(session.scanReport()->isComplete());
    session.continueScan({});
    session.retryFailedNodes();
    QTRY_COMPARE(session.scanState(), ScanState::Ended);
    QVERIFY(session.scanReport()->isComplete());
    QCOMPARE(session.scanReport()->nodes.size(), std::size_t{1});
    QCOMPARE(session.snapshot()->keyCount(), std::uint64_t{100});
}

void TestSession::pausesAndResumes()
{
    const auto server = RedisServer::start();
    fill(*server, "user:", 50'000);
    Session session(profileFor(server->socketPath()));
    QVERIFY(opens(session));
    ScanRequest request;
    request.count = 1;
    session.startScan(request);
    QTRY_VERIFY(session.scanProgress().keys > 0);
    session.pauseScan();
    QCOMPARE(session.scanState(), ScanState::Paused);
    QVERIFY(session.scanProgress().paused);
    session.resumeScan();
    QTRY_COMPARE_WITH_TIMEOUT(session.scanState(), ScanState::Ended, 60'000);
    QCOMPARE(session.snapshot()->keyCount(), std::uint64_t{50'000});
}

void TestSession::pausesWhenTheMemoryIsUsedUp_data()
{
    QTest::addColumn<quint64>("index");
    QTest::addColumn<quint64>("spare");
    QTest::addRow("the index is at its cap") << quint64{1} << quint64{0};
    QTest::addRow("the machine has too little left") << (quint64{1} << 60) << (quint64{1} << 60);
}

void TestSession::pausesWhenTheMemoryIsUsedUp()
{
    QFETCH(quint64, index);
    QFETCH(quint64, spare);
    const auto server = RedisServer::start();
    fill(*server, "user:", 60'000);
    Session session(profileFor(server->socketPath()));
    QVERIFY(opens(session));
    session.setMemoryCap(MemoryCap{ByteCount{index}, ByteCount{spare}});
    ScanRequest request;
    request.count = 10; // many calls, so that the pause comes in their midst
    session.startScan(request);
    QTRY_COMPARE_WITH_TIMEOUT(session.scanState(), ScanState::Paused, 20000);
    QVERIFY(session.memoryHold());
    QVERIFY(session.snapshot()->keyCount() < 60'000);
    while (session.scanState() != ScanState::Ended) { // as often as the user says: go on
        session.resumeScan();
        QVERIFY(!session.memoryHold());
        QTRY_VERIFY_WITH_TIMEOUT(session.scanState() != ScanState::Running, 20000);
    }
    QCOMPARE(session.snapshot()->keyCount(), std::uint64_t{60'000});
    QVERIFY(session.scanReport()->isComplete());
}

void TestSession::bringsDetailsOfTheKeysAskedFor()
{
    const auto server = RedisServer::start();
    server->command({"SET", "s", "v", "PX", "100000"});
    server->command({"RPUSH", "l", "1", "2"});
    Session session(profileFor(server->socketPath()));
    QVERIFY(opens(session));
    std::vector<KeyDetails> got;
    connect(&session, &Session::detailsLoaded, this, [&](const std::shared_ptr<const std::vector<KeyDetails>>& part) {
        got.insert(got.end(), part->begin(), part->end());
    });
    session.requestDetails({"s", "l", "gone"}, {});
    QTRY_COMPARE(got.size(), std::size_t{3});
    QCOMPARE(got[0].type, KeyType::String);
    QVERIFY(got[0].ttl && *got[0].ttl > 90s && *got[0].ttl <= 100s);
    QCOMPARE(got[1].type, KeyType::List);
    QVERIFY(got[1].isPersistent() && got[1].memory);
    QVERIFY(got[2].gone);
}

void TestSession::findsOneKeyWithoutScanning()
{
    const auto server = RedisServer::start();
    server->command({"SET", "here", "v"});
    Session session(profileFor(server->socketPath()));
    QVERIFY(opens(session));
    QCOMPARE(answerOf(session.findKey("here"))->type, KeyType::String);
    QVERIFY(answerOf(session.findKey("not here"))->gone);
}

void TestSession::readsValues()
{
    const auto server = RedisServer::start();
    server->command({"HSET", "h", "field", "value"});
    Session session(profileFor(server->socketPath()));
    QVERIFY(opens(session));
    const auto head = answerOf(session.loadValueHead("h"));
    QVERIFY(head.has_value());
    QCOMPARE(head->type, KeyType::Hash);
    QCOMPARE(head->length.value_or(0), std::uint64_t{1});
    ValuePageRequest request;
    request.key = "h";
    request.type = KeyType::Hash;
    const auto page = answerOf(session.loadValuePage(request));
    QVERIFY(page.has_value());
    QCOMPARE(page->rows.at(0).at(1).bytes, std::string("value"));
    QCOMPARE(answerOf(session.loadValueHead("not here")).error().kind, ErrorKind::Gone);
}

void TestSession::changesTheDatabase()
{
    const auto server = RedisServer::start();
    fill(*server, "zero:", 10);
    server->command({"SELECT", "3"});
    fill(*server, "three:", 20);
    Session session(profileFor(server->socketPath()));
    QVERIFY(opens(session));
    session.startScan({});
    QTRY_COMPARE(session.scanState(), ScanState::Ended);
    QCOMPARE(session.snapshot()->keyCount(), std::uint64_t{10});
    const QSignalSpy changed(&session, &Session::databaseChanged);
    session.selectDatabase(3);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(session.snapshot()->keyCount(), std::uint64_t{0});
    session.startScan({});
    QTRY_COMPARE(session.scanState(), ScanState::Ended);
    QCOMPARE(session.snapshot()->keyCount(), std::uint64_t{20});
    QVERIFY(!answerOf(session.findKey("three:1"))->gone);
    QVERIFY(answerOf(session.findKey("zero:1"))->gone);
}

void TestSession::comesBackAfterTheServerWasLost()
{
    const auto server = RedisServer::start();
    fill(*server, "user:", 100);
    Session session(profileFor(server->socketPath()));
    QVERIFY(opens(session));
    session.startScan({});
    QTRY_COMPARE(session.scanState(), ScanState::Ended);
    server->kill();
    const auto lost = answerOf(session.findKey("user:1"));
    QVERIFY(!lost.has_value());
    QTRY_COMPARE(session.state(), SessionState::Lost);
    QCOMPARE(session.lastError()->kind, ErrorKind::Network);
    QVERIFY(session.nextTryIn().has_value());
    QCOMPARE(session.snapshot()->keyCount(), std::uint64_t{100}); // everything stays readable
    server->restart();
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), SessionState::Connected, 20'000);
    QVERIFY(!session.lastError());
}

void TestSession::closesInTheMiddleOfEverything()
{
    const auto server = RedisServer::start();
    fill(*server, "user:", 50'000);
    for (int round = 0; round < 5; ++round) {
        Session session(profileFor(server->socketPath()));
        session.open();
        if (round > 0) {
            QTRY_COMPARE(session.state(), SessionState::Connected);
            ScanRequest request;
            request.count = 1;
            session.startScan(request);
            session.requestDetails({"user:1", "user:2"}, {});
            QVERIFY(session.setFilter(FilterSpec{FilterSpec::Kind::Substring, "1", true}).has_value());
            auto future = session.loadValueHead("user:1");
            if (round % 2 == 0) {
                QTRY_VERIFY(session.snapshot()->keyCount() > 0);
                session.close();
                QCOMPARE(session.state(), SessionState::Closed);
                QTRY_VERIFY(future.isFinished());
            }
        }
    }
}

void TestSession::aReadOnlySessionSendsNoWrite()
{
    const auto server = RedisServer::start();
    server->command({"SET", "k", "v"});
    Profile profile = profileFor(server->socketPath());
    profile.readOnly = true;
    profile.environment = Environment::Production;
    Session session(profile);
    QVERIFY(opens(session));
    session.startScan({});
    QTRY_COMPARE(session.scanState(), ScanState::Ended);
    QVERIFY(session.scanReport()->isComplete());
    QVERIFY(answerOf(session.loadValueHead("k")).has_value());
    QVERIFY(answerOf(session.loadDatabases()).has_value());
}

void TestSession::rescansAPrefix()
{
    const auto server = RedisServer::start();
    fill(*server, "a:", 100);
    fill(*server, "b:", 100);
    Session session(profileFor(server->socketPath()));
    QVERIFY(opens(session));
    session.startScan({});
    QTRY_COMPARE(session.scanState(), ScanState::Ended);
    server->command({"DEL", "a:1"});
    server->command({"SET", "a:new", "v"});
    session.rescanPrefix("a:");
    QTRY_VERIFY(session.snapshot()->contains("a:new") && !session.snapshot()->contains("a:1"));
    QTRY_COMPARE(session.scanState(), ScanState::Ended);
    QCOMPARE(session.snapshot()->keyCount(), std::uint64_t{200});
}

void TestSession::aPartScannedAgainHidesNoGap_data()
{
    QTest::addColumn<bool>("isRunning");
    QTest::addRow("a limit had ended the scan") << false;
    QTest::addRow("the scan is still under way") << true;
}

/// What a folder's refresh finds says nothing of the keys elsewhere that were never seen.
void TestSession::aPartScannedAgainHidesNoGap()
{
    QFETCH(const bool, isRunning);
    const auto server = RedisServer::start();
    fill(*server, "a:", 5000);
    fill(*server, "b:", 5000);
    Session session(profileFor(server->socketPath()));
    QVERIFY(opens(session));
    ScanRequest request;
    request.count = 1; // so many calls that none of them is the last one soon
    if (!isRunning) {
        request.limits.maxKeys = 500;
    }
    session.startScan(request);
    if (isRunning) {
        session.pauseScan();
        QCOMPARE(session.scanState(), ScanState::Paused);
        QVERIFY(session.scanProgress().keys < 10'000);
    } else {
        QTRY_COMPARE_WITH_TIMEOUT(session.scanState(), ScanState::Ended, 20000);
    }
    session.rescanPrefix("a:");
    QTRY_COMPARE_WITH_TIMEOUT(session.scanState(), ScanState::Ended, 20000);
    QVERIFY(session.snapshot()->keyCount() >= 5000);
    QVERIFY(session.snapshot()->keyCount() < 10'000);
    QVERIFY(session.scanReport().has_value());
    QVERIFY(!session.scanReport()->isComplete());
    QVERIFY(session.describeKeys().isTruncated);
    session.rescanPrefix("a:1"); // once more, and it still is not
    QTRY_COMPARE_WITH_TIMEOUT(session.scanState(), ScanState::Ended, 20000);
    QVERIFY(!session.scanReport()->isComplete());
    session.continueScan({}); // from where the scan of all had come to
    QTRY_COMPARE_WITH_TIMEOUT(session.scanState(), ScanState::Ended, 20000);
    QVERIFY(session.scanReport()->isComplete());
    QCOMPARE(session.snapshot()->keyCount(), std::uint64_t{10'000});
}

void TestSession::allScannedAgainLeavesNoGap_data()
{
    QTest::addColumn<QByteArray>("shown");
    QTest::addColumn<QByteArray>("again");
    QTest::addRow("of all keys") << QByteArray() << QByteArray();
    QTest::addRow("of a prefix") << QByteArray("a:") << QByteArray("a:");
}

/// It is read without the limit that had ended the first scan.
void TestSession::allScannedAgainLeavesNoGap()
{
    QFETCH(const QByteArray, shown);
    QFETCH(const QByteArray, again);
    const auto server = RedisServer::start();
    fill(*server, "a:", 3000);
    Session session(profileFor(server->socketPath()));
    QVERIFY(opens(session));
    ScanRequest request;
    request.pattern = shown.isEmpty() ? KeyPattern() : KeyPattern::prefix(shown.toStdString());
    request.limits.maxKeys = 500;
    session.startScan(request);
    QTRY_COMPARE_WITH_TIMEOUT(session.scanState(), ScanState::Ended, 20000);
    QVERIFY(!session.scanReport()->isComplete());
    session.rescanPrefix(again.toStdString());
    QTRY_COMPARE_WITH_TIMEOUT(session.scanState(), ScanState::Ended, 20000);
    QVERIFY(session.scanReport()->isComplete());
    QCOMPARE(session.snapshot()->keyCount(), std::uint64_t{3000});
}

void TestSession::theListFollowsEdits()
{
    const auto server = RedisServer::start();
    fill(*server, "user:", 500);
    Session session(profileFor(server->socketPath()));
    QVERIFY(opens(session));
    session.noteKeys({"early"}, {}); // no list yet: nothing to follow
    session.startScan({});
    QTRY_COMPARE(session.scanState(), ScanState::Ended);
    session.noteKeys({"user:new", "another"}, {"user:7"});
    QTRY_COMPARE(session.snapshot()->keyCount(), std::uint64_t{501});
    QVERIFY(session.snapshot()->contains("user:new"));
    QVERIFY(!session.snapshot()->contains("user:7"));
    session.noteKeys({"user:7", "user:7"}, {"user:new", "not there"});
    QTRY_VERIFY(session.snapshot()->contains("user:7"));
    QCOMPARE(session.snapshot()->keyCount(), std::uint64_t{501});
    session.rescanPrefix("another"); // going on takes them over
    QTRY_COMPARE(session.scanState(), ScanState::Ended);
    QTRY_COMPARE(session.snapshot()->keyCount(), std::uint64_t{500}); // and it is not on the server
}

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
