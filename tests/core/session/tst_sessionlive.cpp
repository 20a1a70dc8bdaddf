// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/keyroot.h"
#include "core/session/session.h"
#include "core/value/valuesight.h"
#include "tests/core/session/opensession.h"
#include "tests/core/value/lanefixture.h"
#include "tests/servers/rediscluster.h"
#include "tests/servers/redisserver.h"

#include <QObject>

#include <string>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

using What = KeyNews::What;

/// A session and the news it told.
struct Watcher {
    explicit Watcher(const Profile& profile, const QString& password = {})
        : session(profile, password)
    {
        QObject::connect(&session, &Session::keyNews, [this](const KeyNews& each) { news.push_back(each); });
        session.open();
    }

    [[nodiscard]] bool isConnected() const { return session.state() == SessionState::Connected; }
    [[nodiscard]] bool hasHeard(const std::string& key, What what) const
    {
        return std::ranges::any_of(news, [&](const KeyNews& each) { return each.key == key && each.what == what; });
    }
    [[nodiscard]] bool isSettled(const std::string& key) const { return session.watchingOf(key).has_value(); }

    Session session;
    std::vector<KeyNews> news;
};

/// Writes until the news come: from when on a key is watched can't be seen from outside.
template <typename Write> bool tellsOf(Watcher& watcher, const std::string& key, What what, const Write& write)
{
    watcher.news.clear();
    for (int tries = 0; tries < 40; ++tries) {
        write();
        if (QTest::qWaitFor([&] { return watcher.hasHeard(key, what); }, 500)) {
            return true;
        }
    }
    return false;
}

} // namespace

Q_DECLARE_METATYPE(What)

class TestSessionLive : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theServerTells();
    void writesInARowAreAllFollowed();
    void whatWasWrittenBeforeItIsWatchedIsTold_data();
    void whatWasWrittenBeforeItIsWatchedIsTold();
    void whatIsNotWatchedIsNotTold();
    void whereTheServerMayNotTellItIsLookedAt_data();
    void whereTheServerMayNotTellItIsLookedAt();
    void watchingIsNoUse_data();
    void watchingIsNoUse();
    void scrollingForgetsNoChange();
    void lookingSeesEachType_data();
    void lookingSeesEachType();
    void afterALostLineItIsUnsure();
    void severalDatabases();
    void everyNodeOfACluster();
};

void TestSessionLive::theServerTells()
{
    const auto server = RedisServer::start();
    server->command({"HSET", "h", "f", "1"});
    Watcher watcher(profileFor(*server));
    QTRY_VERIFY_WITH_TIMEOUT(watcher.isConnected(), 20'000);
    watcher.session.watchKey("h");
    watcher.session.watchKey("absent");
    QTRY_VERIFY_WITH_TIMEOUT(watcher.isSettled("h"), 20'000);
    QVERIFY(watcher.session.watchingOf("h")->isTold);
    QVERIFY(tellsOf(watcher, "h", What::Written, [&] { server->command({"HINCRBY", "h", "f", "1"}); }));
    QVERIFY(tellsOf(watcher, "h", What::Written, [&] { server->command({"EXPIRE", "h", "1000"}); }));
    QVERIFY(tellsOf(watcher, "absent", What::Written, [&] { server->command({"SET", "absent", "here"}); }));
    QVERIFY(tellsOf(watcher, "h", What::Gone, [&] { server->command({"DEL", "h"}); }));
    QVERIFY(tellsOf(watcher, "absent", What::Gone, [&] { server->command({"FLUSHALL"}); }));
    server->command({"SET", "absent", "again"});
    QVERIFY(tellsOf(watcher, "absent", What::Gone, [&] { server->command({"PEXPIRE", "absent", "1"}); }));
}

/// Each news ask for the next one: nothing is told only once.
void TestSessionLive::writesInARowAreAllFollowed()
{
    const auto server = RedisServer::start();
    Watcher watcher(profileFor(*server));
    QTRY_VERIFY_WITH_TIMEOUT(watcher.isConnected(), 20'000);
    watcher.session.watchKey("n");
    QVERIFY(tellsOf(watcher, "n", What::Written, [&] { server->command({"INCR", "n"}); }));
    for (int round = 0; round < 5; ++round) {
        const auto heard = watcher.news.size();
        server->command({"INCR", "n"});
        QTRY_VERIFY_WITH_TIMEOUT(watcher.news.size() > heard, 20'000);
    }
}

void TestSessionLive::whatWasWrittenBeforeItIsWatchedIsTold_data()
{
    QTest::addColumn<QString>("rules");
    QTest::addColumn<std::vector<std::string>>("change");
    QTest::addColumn<What>("what");
    using Words = std::vector<std::string>;
    for (const auto& [name, rules] :
        {std::pair("told", u"~* &* +@all"_s), std::pair("looked at", u"~* &* +@all -client|tracking"_s)}) {
        QTest::addRow("%s: another value", name) << rules << Words{"HSET", "h", "f", "2"} << What::Written;
        QTest::addRow("%s: one more field", name) << rules << Words{"HSET", "h", "g", "2"} << What::Written;
        QTest::addRow("%s: an end", name) << rules << Words{"EXPIRE", "h", "1000"} << What::Written;
        QTest::addRow("%s: gone", name) << rules << Words{"DEL", "h"} << What::Gone;
        QTest::addRow("%s: nothing", name) << rules << Words{"HGET", "h", "f"} << What::Unsure;
    }
}

/// Between the reading and the watching nobody is told; no further write helps here.
void TestSessionLive::whatWasWrittenBeforeItIsWatchedIsTold()
{
    QFETCH(const QString, rules);
    QFETCH(const std::vector<std::string>, change);
    QFETCH(const What, what);
    const auto server = RedisServer::start(ServerOptions{.aclLines = {u"user looker on >secret "_s + rules}});
    server->command({"HSET", "h", "f", "1"});
    Profile profile = profileFor(*server);
    profile.user = u"looker"_s;
    Watcher watcher(profile, u"secret"_s);
    QTRY_VERIFY_WITH_TIMEOUT(watcher.isConnected(), 20'000);
    const auto head = fetchValueHead(*readingLane(*server), "h", {});
    QVERIFY(head);
    ValueSight sight;
    sight.names = {"f"};
    sight.shown = shownGlance(*head, sight, {{{ValueCell("f"), ValueCell("1")}}, {}});
    server->command(change);
    watcher.session.watchKey("h", sight);
    if (what == What::Unsure) {
        QTRY_VERIFY_WITH_TIMEOUT(watcher.isSettled("h"), 20'000);
        QTest::qWait(500); // the comparison
        QVERIFY(watcher.news.empty());
        return;
    }
    QTRY_VERIFY_WITH_TIMEOUT(watcher.hasHeard("h", what), 20'000);
}

void TestSessionLive::whatIsNotWatchedIsNotTold()
{
    const auto server = RedisServer::start();
    Watcher watcher(profileFor(*server));
    QTRY_VERIFY_WITH_TIMEOUT(watcher.isConnected(), 20'000);
    watcher.session.watchKey("a");
    watcher.session.watchKey("b");
    QVERIFY(tellsOf(watcher, "a", What::Written, [&] { server->command({"INCR", "a"}); }));
    watcher.session.unwatchKey("a");
    watcher.news.clear();
    server->command({"INCR", "a"});
    server->command({"INCR", "c"});
    QVERIFY(tellsOf(watcher, "b", What::Written, [&] { server->command({"INCR", "b"}); }));
    QVERIFY(!watcher.hasHeard("a", What::Written));
    QVERIFY(!watcher.hasHeard("c", What::Written));
}

void TestSessionLive::whereTheServerMayNotTellItIsLookedAt_data()
{
    QTest::addColumn<QString>("rules");
    QTest::newRow("CLIENT TRACKING forbidden") << u"&* +@all -client|tracking"_s;
    QTest::newRow("SUBSCRIBE forbidden") << u"&* +@all -subscribe"_s;
    QTest::newRow("the channel forbidden") << u"resetchannels +@all"_s;
}

void TestSessionLive::whereTheServerMayNotTellItIsLookedAt()
{
    QFETCH(const QString, rules);
    const auto server = RedisServer::start(ServerOptions{.aclLines = {u"user looker on >secret ~* "_s + rules}});
    server->command({"SET", "k", "v"});
    Profile profile = profileFor(*server);
    profile.user = u"looker"_s;
    Watcher watcher(profile, u"secret"_s);
    QTRY_VERIFY_WITH_TIMEOUT(watcher.isConnected(), 20'000);
    ValueSight sight;
    sight.count = 100;
    watcher.session.watchKey("k", sight);
    QTRY_VERIFY_WITH_TIMEOUT(watcher.isSettled("k"), 20'000);
    const auto how = *watcher.session.watchingOf("k");
    QVERIFY(!how.isTold);
    QVERIFY(how.interval > Milliseconds{0});
    QCOMPARE(how.whyNotTold.value().kind, ErrorKind::Permission);
    QTest::qWait(500); // the first look has nothing to compare with
    QVERIFY(tellsOf(watcher, "k", What::Written,
        [&] { server->command({"SETRANGE", "k", "0", watcher.news.empty() ? "w" : "x"}); }));
    QVERIFY(tellsOf(watcher, "k", What::Gone, [&] { server->command({"DEL", "k"}); }));
}

void TestSessionLive::watchingIsNoUse_data()
{
    QTest::addColumn<QString>("rules");
    QTest::newRow("told") << u"&* +@all"_s;
    QTest::newRow("looked at") << u"&* +@all -client|tracking"_s;
}

/// Where the server can tell looking from using (7.2): else HLEN alone resets the idle time. Who is told of changes
/// asks for the type only, which is no use anywhere.
void TestSessionLive::watchingIsNoUse()
{
    QFETCH(const QString, rules);
    const auto server = RedisServer::start(ServerOptions{.aclLines = {u"user looker on >secret ~* "_s + rules}});
    server->command({"HSET", "h", "f", "1"});
    const std::string dump = server->command({"DUMP", "h"});
    server->command({"RESTORE", "h", "0", dump, "REPLACE", "IDLETIME", "5000"});
    const bool isSpared = server->command({"CLIENT", "NO-TOUCH", "OFF"}) == "OK";
    Profile profile = profileFor(*server);
    profile.user = u"looker"_s;
    Watcher watcher(profile, u"secret"_s);
    QTRY_VERIFY_WITH_TIMEOUT(watcher.isConnected(), 20'000);
    server->command({"CONFIG", "RESETSTAT"});
    watcher.session.watchKey("h", {{"f"}, 0, 0});
    const bool isTold = rules == u"&* +@all"_s;
    const auto hasLooked = [&] {
        return server->command({"INFO", "commandstats"}).find(isTold ? "cmdstat_type:" : "cmdstat_hlen:")
            != std::string::npos;
    };
    QTRY_VERIFY_WITH_TIMEOUT(hasLooked(), 20'000);
    const int idle = std::stoi(server->command({"OBJECT", "IDLETIME", "h"}));
    QVERIFY2((isSpared || isTold) == (idle >= 5000), qPrintable(QString::number(idle)));
}

/// What was seen of the key before stays known where other elements of it are looked at from now on.
void TestSessionLive::scrollingForgetsNoChange()
{
    const auto server =
        RedisServer::start(ServerOptions{.aclLines = {u"user looker on >secret ~* &* +@all -client|tracking"_s}});
    server->command({"RPUSH", "l", "a", "b", "c", "d"});
    Profile profile = profileFor(*server);
    profile.user = u"looker"_s;
    Watcher watcher(profile, u"secret"_s);
    QTRY_VERIFY_WITH_TIMEOUT(watcher.isConnected(), 20'000);
    watcher.session.watchKey("l", {{}, 0, 2});
    QTRY_VERIFY_WITH_TIMEOUT(watcher.isSettled("l"), 20'000);
    QTest::qWait(500); // the first look
    QVERIFY(watcher.news.empty());
    watcher.session.watchKey("l", {{}, 2, 2});
    QTest::qWait(500);
    QVERIFY(watcher.news.empty()); // other elements are no change
    server->command({"DEL", "l"});
    watcher.session.watchKey("l", {{}, 1, 2});
    QTRY_VERIFY_WITH_TIMEOUT(watcher.hasHeard("l", What::Gone), 20'000);
}

void TestSessionLive::lookingSeesEachType_data()
{
    QTest::addColumn<std::vector<std::string>>("create");
    QTest::addColumn<ValueSight>("sight");
    QTest::addColumn<std::vector<std::string>>("change");
    const auto row = [](const char* name, std::vector<std::string> create, const ValueSight& sight,
                         std::vector<std::string> change) {
        QTest::newRow(name) << std::move(create) << sight << std::move(change);
    };
    row("a string, same length", {"SET", "k", "abc"}, {{}, 0, 3}, {"SETRANGE", "k", "1", "X"});
    row("a hash, same length", {"HSET", "k", "f", "1", "g", "2"}, {{"f", "g"}, 0, 0}, {"HSET", "k", "g", "3"});
    row("a hash, a field more", {"HSET", "k", "f", "1"}, {{"f"}, 0, 0}, {"HSET", "k", "new", "3"});
    row("a list", {"RPUSH", "k", "a", "b"}, {{}, 0, 2}, {"LSET", "k", "1", "c"});
    row("a set", {"SADD", "k", "a", "b"}, {{"a", "b"}, 0, 0}, {"SREM", "k", "a"});
    row("a sorted set", {"ZADD", "k", "1", "a"}, {{"a"}, 0, 0}, {"ZADD", "k", "2", "a"});
    row("a stream", {"XADD", "k", "1-1", "f", "v"}, {}, {"XADD", "k", "2-1", "f", "v"});
    row("a TTL", {"SET", "k", "abc"}, {{}, 0, 3}, {"EXPIRE", "k", "1000"});
}

void TestSessionLive::lookingSeesEachType()
{
    QFETCH(const std::vector<std::string>, create);
    QFETCH(const ValueSight, sight);
    QFETCH(const std::vector<std::string>, change);
    const auto server = RedisServer::start();
    server->command(create);
    const auto lane = readingLane(*server);
    const auto first = lookAgain(*lane, "k", sight, {});
    const auto second = lookAgain(*lane, "k", sight, {});
    QVERIFY(first && second);
    QVERIFY(!differs(*first, *second));
    server->command(change);
    const auto third = lookAgain(*lane, "k", sight, {});
    QVERIFY(third);
    QVERIFY(differs(*second, *third));
    server->command({"DEL", "k"});
    const auto gone = lookAgain(*lane, "k", sight, {});
    QVERIFY(gone && gone->isGone());
}

void TestSessionLive::afterALostLineItIsUnsure()
{
    const auto server = RedisServer::start();
    server->command({"SET", "k", "v"});
    Watcher watcher(profileFor(*server));
    QTRY_VERIFY_WITH_TIMEOUT(watcher.isConnected(), 20'000);
    watcher.session.watchKey("k");
    QVERIFY(tellsOf(watcher, "k", What::Written, [&] { server->command({"APPEND", "k", "v"}); }));
    watcher.news.clear();
    server->command({"CLIENT", "KILL", "TYPE", "pubsub"});
    server->command({"APPEND", "k", "missed"});
    QTRY_VERIFY_WITH_TIMEOUT(!watcher.news.empty(), 20'000);
    QVERIFY(tellsOf(watcher, "k", What::Written, [&] { server->command({"APPEND", "k", "v"}); }));
}

void TestSessionLive::severalDatabases()
{
    const auto server = RedisServer::start();
    Profile profile = profileFor(*server);
    Watcher watcher(profile);
    QTRY_VERIFY_WITH_TIMEOUT(watcher.isConnected(), 20'000);
    watcher.session.selectDatabases({0, 3});
    const std::string key = watcher.session.listName({"k", 3});
    watcher.session.watchKey(key);
    QVERIFY(tellsOf(watcher, key, What::Written, [&] {
        server->command({"SELECT", "3"});
        server->command({"INCR", "k"});
    }));
}

void TestSessionLive::everyNodeOfACluster()
{
    const auto cluster = RedisCluster::start();
    Profile profile;
    profile.kind = ProfileKind::Cluster;
    profile.host = u"127.0.0.1"_s;
    profile.port = cluster->port(0);
    Watcher watcher(profile);
    QTRY_VERIFY_WITH_TIMEOUT(watcher.isConnected(), 20'000);
    const std::vector<std::string> keys{"a", "b", "c", "d", "e", "f"};
    for (const std::string& key : keys) {
        watcher.session.watchKey(key);
    }
    for (const std::string& key : keys) {
        QVERIFY2(tellsOf(watcher, key, What::Written,
                     [&] { cluster->server(cluster->ownerOf(test::slotOf(key))).command({"INCR", key}); }),
            key.c_str());
    }
}

QTEST_GUILESS_MAIN(TestSessionLive)
#include "tst_sessionlive.moc"
