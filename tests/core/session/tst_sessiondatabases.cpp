// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/keyroot.h"
#include "core/index/keystretch.h"
#include "core/scan/databasescan.h"
#include "core/scan/scanengine.h"
#include "core/session/session.h"
#include "core/source/commandgate.h"
#include "tests/core/session/opensession.h"
#include "tests/servers/faultproxy.h"
#include "tests/servers/holdingproxy.h"
#include "tests/servers/redisserver.h"

#include <QObject>
#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <map>
#include <set>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

using Keys = std::set<std::string>;

Keys keysOf(const std::shared_ptr<const Snapshot>& snapshot)
{
    Keys keys;
    forEachKey(snapshot, {}, [&](std::string_view key) { return keys.emplace(key).second; });
    return keys;
}

/// Keys of databases 0, 2 and 10; what is in 5 nobody asks for.
struct Server {
    Server()
    {
        for (const int database : {0, 2, 5, 10}) {
            fill(database, "user:", database == 2 ? 4000 : 30);
        }
        server->command({"SELECT", "2"});
        server->command({"SET", std::string("db 10\0user:1", 12), "looks like a key of another database"});
        server->command({"HSET", "only:here", "field", "value"});
        all.insert(rootOf(2) + std::string("db 10\0user:1", 12));
        all.insert(rootOf(2) + "only:here");
    }
    void fill(int database, const char* prefix, std::size_t count)
    {
        server->command({"SELECT", std::to_string(database)});
        for (std::size_t i = 0; i < count; ++i) {
            if (database != 5) {
                all.insert(rootOf(database) + prefix + std::to_string(i));
            }
        }
        const std::string value = "of db " + std::to_string(database);
        server->fill(count, [&](std::size_t i) { return RedisServer::Args{"SET", prefix + std::to_string(i), value}; });
    }
    std::unique_ptr<RedisServer> server = RedisServer::start();
    Keys all; ///< As the list has them.
};

void openAll(Session& session)
{
    QVERIFY(opens(session));
    session.selectDatabases({0, 2, 10});
}

void scan(Session& session, ScanRequest request = {})
{
    session.startScan(std::move(request));
    QTRY_COMPARE_WITH_TIMEOUT(session.scanState(), ScanState::Ended, 20000);
}

} // namespace

class TestSessionDatabases : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void scansEachIntoItsOwnRoot();
    void tellsALineForEach();
    void readsAKeyInItsDatabase();
    void bringsDetailsOfEach();
    void filtersWithoutTheRoots();
    void rescansAFolderOfOne();
    void goesOnBehindALimit();
    void whatOneRefusesLeavesTheOthers();
    void aLostServerEndsThemAll();
    void goesBackToOne();
    void stopsInTheMiddle();
};

void TestSessionDatabases::scansEachIntoItsOwnRoot()
{
    const Server truth;
    Session session(profileFor(truth.server->socketPath()));
    openAll(session);
    QVERIFY(session.hasSeveralDatabases());
    QCOMPARE(session.databases(), (std::vector<int>{0, 2, 10}));
    scan(session);
    QCOMPARE(keysOf(session.snapshot()), truth.all);
    QVERIFY(session.scanReport()->isComplete());
    QCOMPARE(session.scanProgress().share, 1.0);
    const KeyName name = session.nameOf(rootOf(2) + std::string("db 10\0user:1", 12));
    QCOMPARE(name.database, 2);
    QCOMPARE(name.key, std::string("db 10\0user:1", 12));
}

void TestSessionDatabases::tellsALineForEach()
{
    const Server truth;
    Session session(profileFor(truth.server->socketPath()));
    openAll(session);
    scan(session);
    QCOMPARE(session.scanReport()->nodes.size(), std::size_t{3});
    for (std::size_t at = 0; at < 3; ++at) {
        const NodeScanEnd& end = session.scanReport()->nodes[at];
        QVERIFY2(end.node.endsWith(QStringLiteral(" db %1").arg(session.databases()[at])), qPrintable(end.node));
        QCOMPARE(end.ledger.node, end.node);
        QCOMPARE(end.keys, std::uint64_t{at == 1 ? 4002U : 30U});
    }
    QVERIFY(session.nodes().empty()); // they are no nodes of a cluster
}

void TestSessionDatabases::readsAKeyInItsDatabase()
{
    const Server truth;
    Session session(profileFor(truth.server->socketPath()));
    openAll(session);
    for (const int database : {10, 0, 2}) {
        const std::string key = rootOf(database) + "user:7";
        const auto head = answerOf(session.loadValueHead(key));
        QVERIFY(head.has_value());
        QCOMPARE(head->key, key);
        const auto slice = answerOf(session.loadValueSlice(ValueSliceRequest{key, KeyType::String, {}}));
        QVERIFY(slice.has_value());
        QCOMPARE(*slice, "of db " + std::to_string(database));
        const auto found = answerOf(session.findKey(key));
        QVERIFY(found.has_value());
        QCOMPARE(found->key, key);
        QVERIFY(!found->gone);
    }
    QVERIFY(answerOf(session.findKey(rootOf(0) + "only:here"))->gone);
    QVERIFY(!answerOf(session.findKey(rootOf(2) + "only:here"))->gone);
}

void TestSessionDatabases::bringsDetailsOfEach()
{
    const Server truth;
    Session session(profileFor(truth.server->socketPath()));
    openAll(session);
    std::map<std::string, KeyDetails> got;
    connect(&session, &Session::detailsLoaded, this, [&](const auto& details) {
        for (const KeyDetails& each : *details) {
            got[each.key] = each;
        }
    });
    session.requestDetails(
        {rootOf(0) + "user:1", rootOf(0) + "only:here", rootOf(2) + "only:here", rootOf(10) + "user:2"},
        DetailColumns{true, true, true});
    QTRY_COMPARE_WITH_TIMEOUT(got.size(), std::size_t{4}, 20000);
    QCOMPARE(got[rootOf(0) + "user:1"].type, KeyType::String);
    QVERIFY(got[rootOf(0) + "only:here"].gone);
    QCOMPARE(got[rootOf(2) + "only:here"].type, KeyType::Hash);
    QCOMPARE(got[rootOf(10) + "user:2"].type, KeyType::String);
}

void TestSessionDatabases::filtersWithoutTheRoots()
{
    const Server truth;
    Session session(profileFor(truth.server->socketPath()));
    openAll(session);
    scan(session);
    QVERIFY(session.setFilter(FilterSpec{FilterSpec::Kind::Substring, "db 10", true}).has_value());
    QTRY_VERIFY_WITH_TIMEOUT(session.isFilterComplete(), 20000);
    QCOMPARE(keysOf(session.filteredSnapshot()), Keys{rootOf(2) + std::string("db 10\0user:1", 12)});
    QVERIFY(session.setFilter(FilterSpec{FilterSpec::Kind::Regex, "^user:29$", true}).has_value());
    QTRY_VERIFY_WITH_TIMEOUT(session.isFilterComplete(), 20000);
    QCOMPARE(keysOf(session.filteredSnapshot()),
        (Keys{rootOf(0) + "user:29", rootOf(2) + "user:29", rootOf(10) + "user:29"}));
}

void TestSessionDatabases::rescansAFolderOfOne()
{
    Server truth;
    Session session(profileFor(truth.server->socketPath()));
    openAll(session);
    scan(session);
    for (const char* database : {"0", "10"}) {
        truth.server->command({"SELECT", database});
        truth.server->command({"DEL", "user:3"});
        truth.server->command({"SET", "user:new", "1"});
    }
    session.rescanPrefix(rootOf(10) + "user:");
    QTRY_COMPARE_WITH_TIMEOUT(session.scanState(), ScanState::Ended, 20000);
    truth.all.erase(rootOf(10) + "user:3");
    truth.all.insert(rootOf(10) + "user:new");
    QCOMPARE(keysOf(session.snapshot()), truth.all); // database 0 is as it was seen
    session.rescanPrefix(rootOf(0));
    QTRY_COMPARE_WITH_TIMEOUT(session.scanState(), ScanState::Ended, 20000);
    truth.all.erase(rootOf(0) + "user:3");
    truth.all.insert(rootOf(0) + "user:new");
    QCOMPARE(keysOf(session.snapshot()), truth.all);
}

void TestSessionDatabases::goesOnBehindALimit()
{
    const Server truth;
    Session session(profileFor(truth.server->socketPath()));
    openAll(session);
    ScanRequest request;
    request.count = 100;
    request.limits.maxKeys = 500;
    scan(session, request);
    QCOMPARE(session.scanReport()->nodes.size(), std::size_t{3});
    QCOMPARE(session.scanReport()->limit(), std::optional(ScanLimit::MaxKeys));
    QVERIFY(session.scanReport()->nodes[0].isComplete());
    QVERIFY(!session.scanReport()->nodes[2].isComplete()); // its turn did not come
    QVERIFY(session.scanReport()->share() < 0.5);
    QVERIFY(session.snapshot()->keyCount() < 1000);
    session.continueScan({});
    QTRY_COMPARE_WITH_TIMEOUT(session.scanState(), ScanState::Ended, 20000);
    QCOMPARE(keysOf(session.snapshot()), truth.all);
    QVERIFY(session.scanReport()->isComplete());
    QCOMPARE(session.scanReport()->nodes.size(), std::size_t{3});
}

void TestSessionDatabases::whatOneRefusesLeavesTheOthers()
{
    Server truth;
    Session session(profileFor(truth.server->socketPath()));
    QVERIFY(opens(session));
    session.selectDatabases({0, 99, 2, 10}); // the server has 16
    scan(session);
    QCOMPARE(keysOf(session.snapshot()), truth.all);
    QVERIFY(!session.scanReport()->isComplete());
    const auto partial = session.scanReport()->partialNodes();
    QCOMPARE(partial.size(), std::size_t{1});
    QVERIFY(partial.front()->node.endsWith(u" db 99"));
    QVERIFY(!partial.front()->stoppedBy->detail.isEmpty());
}

void TestSessionDatabases::aLostServerEndsThemAll()
{
    Server truth;
    truth.fill(2, "more:", 40'000); // more than a scanner gathers before it hands them on
    FaultProxy proxy(ProxyTarget{truth.server->socketPath()});
    const auto gate = std::make_shared<CommandGate>(GateRules{true, Environment::Development});
    ConnectionOptions options;
    options.endpoint.socketPath = proxy.socketPath();
    const auto laneOf = [&](int database) {
        options.database = database;
        return makeLane(options, gate);
    };
    ScanRequest request;
    request.count = 10;
    ScanEngine engine(request,
        std::make_unique<DatabaseScan>(std::vector{ScannedDatabase{0, rootOf(0), 30},
                                           ScannedDatabase{2, rootOf(2), 4002}, ScannedDatabase{10, rootOf(10), 30}},
            laneOf),
        RetryPolicy{20ms, 100ms, 300ms});
    std::atomic<std::size_t> found = 0;
    const ScanReport report = engine.run({}, [&](KeyBatch&& keys) {
        found += keys.size();
        if (found > 100) {
            proxy.refuse();
            proxy.dropConnections();
        }
        return true;
    });
    QCOMPARE(report.nodes.size(), std::size_t{3});
    QVERIFY(report.nodes[0].isComplete());
    QVERIFY(report.nodes[1].stoppedBy.has_value());
    QVERIFY(report.nodes[1].keys > 0);
    QCOMPARE(report.nodes[2].calls, std::uint64_t{0}); // not tried
    QCOMPARE(report.nodes[2].stoppedBy->kind, report.nodes[1].stoppedBy->kind);
    QVERIFY(report.share() < 0.9);
}

void TestSessionDatabases::goesBackToOne()
{
    const Server truth;
    Session session(profileFor(truth.server->socketPath()));
    openAll(session);
    scan(session);
    QVERIFY(session.setFilter(FilterSpec{FilterSpec::Kind::Substring, "user:2", true}).has_value());
    session.selectDatabase(10);
    QVERIFY(!session.hasSeveralDatabases());
    scan(session);
    QCOMPARE(session.snapshot()->keyCount(), std::uint64_t{30});
    QVERIFY(session.snapshot()->contains("user:1"));
    QTRY_VERIFY_WITH_TIMEOUT(session.isFilterComplete(), 20000);
    QCOMPARE(session.filteredSnapshot()->keyCount(), std::uint64_t{11});
    QVERIFY(!answerOf(session.findKey("user:1"))->gone);
}

void TestSessionDatabases::stopsInTheMiddle()
{
    const Server truth;
    HoldingProxy proxy(ProxyTarget{truth.server->socketPath()});
    Profile profile;
    profile.host = u"127.0.0.1"_s;
    profile.port = proxy.port();
    Session session(profile);
    openAll(session);
    proxy.holdAfter(40); // amid database 2
    ScanRequest request;
    request.count = 10;
    session.startScan(request);
    QTRY_VERIFY_WITH_TIMEOUT(proxy.isHolding(), 20000);
    session.stopScan();
    QTRY_COMPARE_WITH_TIMEOUT(session.scanState(), ScanState::Ended, 5000);
    proxy.release();
    QVERIFY(!session.scanReport()->isComplete());
    QCOMPARE(session.scanReport()->nodes.size(), std::size_t{3});
    session.continueScan({});
    QTRY_COMPARE_WITH_TIMEOUT(session.scanState(), ScanState::Ended, 60000);
    QCOMPARE(keysOf(session.snapshot()), truth.all);
}

QTEST_GUILESS_MAIN(TestSessionDatabases)
#include "tst_sessiondatabases.moc"
