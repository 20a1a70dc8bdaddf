// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/keystretch.h"
#include "core/session/connecting.h"
#include "core/session/mailbox.h"
#include "core/session/scanindexer.h"
#include "tests/servers/faultproxy.h"
#include "tests/servers/redisserver.h"

#include <QObject>
#include <QTest>

#include <atomic>
#include <set>
#include <thread>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::chrono_literals;

namespace {

std::vector<ScanNode> nodeAt(const QString& socketPath, std::chrono::milliseconds callTimeout = 2s)
{
    ConnectionOptions options;
    options.endpoint.socketPath = socketPath;
    options.callTimeout = callTimeout;
    std::vector<ScanNode> nodes;
    nodes.push_back(
        ScanNode{makeLane(options, std::make_shared<CommandGate>(GateRules{true, Environment::Development})), {}, {}});
    return nodes;
}

std::set<std::string> keysOf(const std::shared_ptr<const Snapshot>& snapshot)
{
    std::set<std::string> keys;
    forEachKey(snapshot, KeyRange{}, [&](std::string_view key) { return keys.emplace(key).second; });
    return keys;
}

void fill(RedisServer& server, const char* prefix, std::size_t count)
{
    server.fill(count, [&](std::size_t i) { return RedisServer::Args{"SET", prefix + std::to_string(i), "v"}; });
}

} // namespace

class TestScanIndexer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void indexesEveryKeyOnce_data();
    void indexesEveryKeyOnce();
    void publishesWhileItScans();
    void goesOnWithAnIndex();
    void refreshingAPrefixBringsNewKeysAndTakesGoneOnes();
    void aRefreshThatFailedTakesNothing();
    void randomFaultsNeverCrashOrHangIt_data();
    void randomFaultsNeverCrashOrHangIt();
    void mailboxHoldsTheNewestAndWakesOnce();
};

void TestScanIndexer::indexesEveryKeyOnce_data()
{
    QTest::addColumn<int>("keys");
    QTest::addRow("none") << 0;
    QTest::addRow("a hundred thousand") << 100'000;
    QTest::addRow("a million") << 1'000'000;
}

void TestScanIndexer::indexesEveryKeyOnce()
{
    QFETCH(int, keys);
    const auto server = RedisServer::start();
    const auto count = static_cast<std::size_t>(keys);
    fill(*server, "user:", count);
    ScanIndexer indexer({}, nodeAt(server->socketPath()), nullptr, count);
    std::shared_ptr<const Snapshot> last;
    const auto keep = [&](std::shared_ptr<const Snapshot> newest) { last = std::move(newest); };
    const ScanReport report = indexer.run({}, keep);
    QVERIFY(report.isComplete());
    QCOMPARE(last->keyCount(), std::uint64_t(keys));
    for (std::size_t i = 0; i < count; ++i) {
        QVERIFY(last->contains("user:" + std::to_string(i)));
    }
    indexer.compact({}, keep);
    QCOMPARE(last->keyCount(), std::uint64_t(keys));
    QCOMPARE(last->runCount(), std::size_t(keys == 0 ? 0 : 1));
    QCOMPARE(keysOf(last).size(), count);
}

void TestScanIndexer::publishesWhileItScans()
{
    const auto server = RedisServer::start();
    fill(*server, "user:", 100'000);
    ScanRequest request;
    request.count = 20;
    ScanIndexer indexer(request, nodeAt(server->socketPath()), nullptr, 0);
    std::vector<std::uint64_t> counts;
    const ScanReport report =
        indexer.run({}, [&](const std::shared_ptr<const Snapshot>& newest) { counts.push_back(newest->keyCount()); });
    QVERIFY(report.isComplete());
    QVERIFY2(counts.size() > 2, "there have to be snapshots before the last one");
    QVERIFY(counts.front() > 0 && counts.front() < 100'000);
    QVERIFY(std::is_sorted(counts.begin(), counts.end()));
    QCOMPARE(counts.back(), std::uint64_t{100'000});
}

void TestScanIndexer::goesOnWithAnIndex()
{
    const auto server = RedisServer::start();
    fill(*server, "user:", 20'000);
    ScanRequest request;
    request.limits.maxKeys = 5000;
    ScanIndexer first(request, nodeAt(server->socketPath()), nullptr, 0);
    std::shared_ptr<const Snapshot> last;
    const auto keep = [&](std::shared_ptr<const Snapshot> newest) { last = std::move(newest); };
    const ScanReport part = first.run({}, keep);
    QVERIFY(part.limit() == ScanLimit::MaxKeys);
    QCOMPARE(last->keyCount(), std::uint64_t{5000});
    QVERIFY(part.limitToFinish().value_or(0) > 5000);

    auto nodes = nodeAt(server->socketPath());
    nodes.front().from = part.nodes.front().resumeFrom;
    nodes.front().runId = part.nodes.front().runId;
    request.limits = {};
    ScanIndexer second(request, std::move(nodes), first.takeBuilder(), 0);
    const ScanReport rest = second.run({}, keep);
    QVERIFY(rest.isComplete());
    QVERIFY2(rest.keys() < 20'000, "it has to go on and not to begin again");
    QCOMPARE(last->keyCount(), std::uint64_t{20'000});
}

void TestScanIndexer::refreshingAPrefixBringsNewKeysAndTakesGoneOnes()
{
    const auto server = RedisServer::start();
    fill(*server, "a[1]:", 3000);
    fill(*server, "b:", 3000);
    ScanIndexer whole({}, nodeAt(server->socketPath()), nullptr, 0);
    std::shared_ptr<const Snapshot> last;
    const auto keep = [&](std::shared_ptr<const Snapshot> newest) { last = std::move(newest); };
    QVERIFY(whole.run({}, keep).isComplete());
    server->command({"DEL", "a[1]:5", "b:7"});
    server->command({"SET", "a[1]:new", "v"});
    server->command({"SET", "b:new", "v"});

    ScanRequest request;
    request.pattern = KeyPattern::prefix("a[1]:");
    ScanIndexer refresh(request, nodeAt(server->socketPath()), whole.takeBuilder(), 0, "a[1]:");
    QVERIFY(refresh.run({}, keep).isComplete());
    QVERIFY(last->contains("a[1]:new"));
    QVERIFY(!last->contains("a[1]:5"));
    QVERIFY2(last->contains("b:7") && !last->contains("b:new"), "what lies outside the prefix stays as it was");
    QCOMPARE(last->keyCount(), std::uint64_t{6000});
}

void TestScanIndexer::aRefreshThatFailedTakesNothing()
{
    const auto server = RedisServer::start();
    fill(*server, "a:", 3000);
    ScanIndexer whole({}, nodeAt(server->socketPath()), nullptr, 0);
    std::shared_ptr<const Snapshot> last;
    const auto keep = [&](std::shared_ptr<const Snapshot> newest) { last = std::move(newest); };
    QVERIFY(whole.run({}, keep).isComplete());
    server->command({"ACL", "SETUSER", "default", "-scan"});
    ScanRequest request;
    request.pattern = KeyPattern::prefix("a:");
    ScanIndexer refresh(request, nodeAt(server->socketPath()), whole.takeBuilder(), 0, "a:");
    QVERIFY(!refresh.run({}, keep).isComplete());
    QCOMPARE(last->keyCount(), std::uint64_t{3000});
}

void TestScanIndexer::randomFaultsNeverCrashOrHangIt_data()
{
    QTest::addColumn<int>("seed");
    for (int seed = 1; seed <= 12; ++seed) {
        QTest::addRow("seed %d", seed) << seed;
    }
}

void TestScanIndexer::randomFaultsNeverCrashOrHangIt()
{
    QFETCH(int, seed);
    const auto server = RedisServer::start();
    fill(*server, "user:profile:", 5000);
    const auto random = static_cast<std::size_t>(seed) * 2654435761U;
    Faults faults;
    faults.seed = static_cast<std::uint64_t>(seed);
    if (seed % 3 == 0) {
        faults.cutAfter = 30'000 + random % 50'000; // one reply has to fit
        faults.resetWhenCut = false;
    } else if (seed % 3 == 1) {
        faults.corruptEvery = 500 + random % 20'000;
    } else {
        faults.stallAfter = random % 60'000;
    }
    FaultProxy proxy(ProxyTarget{server->socketPath()}, faults);
    const bool mayEnd = seed % 3 == 0;
    ScanIndexer indexer({}, nodeAt(proxy.socketPath(), mayEnd ? 2000ms : 500ms), nullptr, 0);
    std::stop_source stop;
    std::atomic<bool> ended = false;
    std::jthread patience([&](const std::stop_token& over) {
        // A peer that stalls is waited for, and tried again; what counts is that a stop ends it whatever it is in.
        const int steps = mayEnd ? 1000 : 100;
        for (int i = 0; i < steps && !over.stop_requested() && !ended; ++i) {
            std::this_thread::sleep_for(10ms);
        }
        stop.request_stop();
    });
    std::shared_ptr<const Snapshot> last;
    const ScanReport report =
        indexer.run(stop.get_token(), [&](std::shared_ptr<const Snapshot> newest) { last = std::move(newest); });
    ended = true;
    QVERIFY(last != nullptr);
    if (mayEnd) {
        QVERIFY(report.isComplete());
        QCOMPARE(last->keyCount(), std::uint64_t{5000});
    }
}

void TestScanIndexer::mailboxHoldsTheNewestAndWakesOnce()
{
    int woken = 0;
    Mailbox<int> box([&] { ++woken; });
    QVERIFY(!box.take());
    box.put(1);
    box.put(2);
    QCOMPARE(woken, 1);
    QCOMPARE(box.take().value_or(0), 2);
    QVERIFY(!box.take());
    box.put(3);
    QCOMPARE(woken, 2);
}

QTEST_GUILESS_MAIN(TestScanIndexer)
#include "tst_scanindexer.moc"
