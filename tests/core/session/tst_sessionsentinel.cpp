// SPDX-License-Identifier: GPL-3.0-or-later
// Sessions with a master that real Sentinels name, through failovers.
#include "core/index/keystretch.h"
#include "core/session/session.h"
#include "core/session/sourceaccess.h"
#include "tests/core/session/opensession.h"
#include "tests/servers/holdingproxy.h"
#include "tests/servers/redissentinels.h"

#include <QDeadlineTimer>
#include <QObject>
#include <QSignalSpy>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;

namespace {

Profile profileOf(const RedisSentinels& group)
{
    Profile profile;
    profile.kind = ProfileKind::Sentinel;
    profile.sentinelMaster = QStringLiteral("main");
    profile.host = QStringLiteral("127.0.0.1");
    profile.port = group.sentinelPort(0);
    for (int sentinel = 1; sentinel < group.sentinels(); ++sentinel) {
        profile.seeds.push_back({QStringLiteral("127.0.0.1"), group.sentinelPort(sentinel)});
    }
    return profile;
}

void fill(RedisSentinels& group, std::size_t count)
{
    group.server(group.master()).fill(count, [](std::size_t i) {
        return RedisServer::Args{"SET", "user:" + std::to_string(i), "v"};
    });
    group.waitUntilAgreed();
}

/// Begins a scan and pauses it between its first and its last key, with no call under way: one that is cut off would be
/// tried again while the master is replaced, and given up where that takes long. A scan that was done before this
/// thread had its turn is begun once more.
bool scanHalfway(Session& session, std::uint64_t all)
{
    ScanRequest request;
    request.count = 1; // as many calls as keys
    for (int tries = 0; tries < 10; ++tries) {
        session.startScan(request);
        for (const QDeadlineTimer patience(20000); session.scanProgress().keys == 0 && !patience.hasExpired();) {
            QTest::qWait(1);
        }
        session.pauseScan();
        ScanProgress before;
        ScanProgress now = session.scanProgress();
        do {
            before = std::move(now);
            QTest::qWait(200);
            now = session.scanProgress();
        } while (before.calls != now.calls || before.keys != now.keys);
        if (session.scanState() == ScanState::Paused && now.keys > 0 && now.keys < all) {
            return true;
        }
    }
    return false;
}

} // namespace

class TestSessionSentinel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void connectsToTheMaster();
    void asksTheNextSentinel();
    void givesASentinelFarAwayItsTime();
    void speaksToTheSentinelsAsSomebodyElse();
    void saysWhyThereIsNoMaster_data();
    void saysWhyThereIsNoMaster();
    void aFailoverDuringAScanLosesNothing();
    void afterAFailoverTheUsersPlaceStays();
};

void TestSessionSentinel::connectsToTheMaster()
{
    const auto group = RedisSentinels::start();
    fill(*group, 3000);
    Session session(profileOf(*group));
    QVERIFY(opens(session));
    QCOMPARE(session.server()->role, ServerRole::Master);
    session.startScan({});
    QTRY_COMPARE_WITH_TIMEOUT(session.scanState(), ScanState::Ended, 20000);
    QCOMPARE(session.snapshot()->keyCount(), std::uint64_t{3000});
    QCOMPARE(
        session.scanReport()->nodes.front().node, QStringLiteral("127.0.0.1:%1").arg(group->port(group->master())));
}

void TestSessionSentinel::asksTheNextSentinel()
{
    const auto group = RedisSentinels::start();
    Profile profile = profileOf(*group);
    group->killSentinel(0);
    Session session(profile);
    QVERIFY(opens(session));
}

/// It answers later than another one would be asked, and there is no other.
void TestSessionSentinel::givesASentinelFarAwayItsTime()
{
    const auto group = RedisSentinels::start();
    HoldingProxy proxy(ProxyTarget{{}, group->sentinelPort(0)});
    proxy.setDelay(std::chrono::milliseconds(900), std::chrono::milliseconds(900));
    Profile profile;
    profile.kind = ProfileKind::Sentinel;
    profile.sentinelMaster = QStringLiteral("main");
    profile.host = QStringLiteral("127.0.0.1");
    profile.port = proxy.port();
    const auto access = openSource(profile, {}, GateRules{}, {}, std::chrono::seconds(20));
    QVERIFY2(access.has_value(), access ? "" : qPrintable(access.error().detail));
    QCOMPARE(access->facts.role, ServerRole::Master);
}

void TestSessionSentinel::speaksToTheSentinelsAsSomebodyElse()
{
    SentinelOptions options;
    options.password = QStringLiteral("server-secret");
    options.sentinelPassword = QStringLiteral("sentinel-secret");
    const auto group = RedisSentinels::start(options);
    Session session(profileOf(*group), Credentials{options.password, options.sentinelPassword});
    QVERIFY(opens(session));
    Session stranger(profileOf(*group), Credentials{options.password, QStringLiteral("wrong")});
    stranger.open();
    QTRY_COMPARE_WITH_TIMEOUT(stranger.state(), SessionState::Failed, 20000);
    QCOMPARE(stranger.lastError()->kind, ErrorKind::Auth);
    QCOMPARE(stranger.lastError()->subject, QStringLiteral("127.0.0.1:%1").arg(group->sentinelPort(0)));
    QVERIFY(stranger.lastError()->detail.contains(QStringLiteral("Sentinel"))); // not the servers' password
    Session guest(profileOf(*group), Credentials{QStringLiteral("wrong"), options.sentinelPassword});
    guest.open();
    QTRY_COMPARE_WITH_TIMEOUT(guest.state(), SessionState::Failed, 20000);
    QCOMPARE(guest.lastError()->kind, ErrorKind::Auth);
    QCOMPARE(guest.lastError()->subject, QStringLiteral("127.0.0.1:%1").arg(group->port(group->master())));
    QVERIFY(!guest.lastError()->detail.contains(QStringLiteral("Sentinel")));
}

void TestSessionSentinel::saysWhyThereIsNoMaster_data()
{
    QTest::addColumn<bool>("isRunning");
    QTest::addColumn<QString>("name");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addRow("a name that no Sentinel knows") << true << QStringLiteral("other") << ErrorKind::Input;
    QTest::addRow("no Sentinel answers") << false << QStringLiteral("main") << ErrorKind::Network;
}

void TestSessionSentinel::saysWhyThereIsNoMaster()
{
    QFETCH(const bool, isRunning);
    QFETCH(const QString, name);
    QFETCH(const ErrorKind, kind);
    const auto group = isRunning ? RedisSentinels::start() : nullptr;
    Profile profile;
    profile.kind = ProfileKind::Sentinel;
    profile.sentinelMaster = name;
    profile.port = isRunning ? group->sentinelPort(0) : freePort();
    Session session(profile);
    session.open();
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), SessionState::Failed, 20000);
    QCOMPARE(session.lastError()->kind, kind);
}

void TestSessionSentinel::aFailoverDuringAScanLosesNothing()
{
    const auto group = RedisSentinels::start();
    fill(*group, 60'000);
    Session session(profileOf(*group));
    QVERIFY(opens(session));
    QVERIFY(scanHalfway(session, 60'000));
    const int before = group->master();
    const int after = group->killMaster();
    QVERIFY(before != after);
    session.resumeScan();
    QTRY_COMPARE_WITH_TIMEOUT(session.scanState(), ScanState::Ended, 60000);
    QVERIFY(session.scanReport()->isComplete());
    QCOMPARE(session.snapshot()->keyCount(), std::uint64_t{60'000});
    QCOMPARE(session.scanReport()->nodes.front().restarts, 1);
    QCOMPARE(session.scanReport()->nodes.front().node, QStringLiteral("127.0.0.1:%1").arg(group->port(after)));
}

void TestSessionSentinel::afterAFailoverTheUsersPlaceStays()
{
    const auto group = RedisSentinels::start();
    fill(*group, 1000);
    Session session(profileOf(*group));
    QVERIFY(opens(session));
    session.startScan({});
    QTRY_COMPARE_WITH_TIMEOUT(session.scanState(), ScanState::Ended, 20000);
    QVERIFY(answerOf(session.loadValueHead("user:1")));
    group->killMaster();
    static_cast<void>(answerOf(session.loadValueHead("user:1"))); // notices
    const auto isBack = [&] {
        return session.state() == SessionState::Connected && answerOf(session.loadValueHead("user:1"));
    };
    QTRY_VERIFY_WITH_TIMEOUT(isBack(), 60000);
    QCOMPARE(session.snapshot()->keyCount(), std::uint64_t{1000});
}

QTEST_GUILESS_MAIN(TestSessionSentinel)
#include "tst_sessionsentinel.moc"
