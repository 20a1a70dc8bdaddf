// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scan/scanparts.h"
#include "core/source/redis/infotext.h"
#include "tests/core/scan/testscan.h"
#include "tests/servers/faultproxy.h"

#include <QObject>
#include <QTest>

#include <random>
#include <thread>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t manyKeys = 120'000;

bool isProven(RedisServer& server)
{
    return provenForParts(InfoText(server.command({"INFO", "server"})));
}

/// A scan at full pace that is told to use several cursors, whatever the server.
ScanRequest inParts()
{
    ScanRequest request;
    request.severalCursors = SeveralCursors::Always;
    return request;
}

std::size_t missing(const std::set<std::string>& truth, const std::map<std::string, int>& found)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(truth, [&](const std::string& key) { return !found.contains(key); }));
}

/// Makes the table grow and shrink by a multiple of its size, and rehash meanwhile.
void comeAndGo(RedisServer& server, std::size_t round, std::size_t howMany)
{
    const bool comes = round % 2 == 0;
    const std::string name = "comes:" + std::to_string(round / 2) + ':';
    server.fill(howMany, [&](std::size_t i) {
        const std::string key = name + std::to_string(i);
        return comes ? RedisServer::Args{"SET", key, "v"} : RedisServer::Args{"DEL", key};
    });
}

} // namespace

class TestScanParts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void positionsAreReversedCursors();
    void partsCoverTheTableWhateverIsSplit();
    void whatWasNotTakenIsWalkedAgain();
    void cursorsThatGoBackwardsAreNotTrusted();
    void provenVersions_data();
    void provenVersions();
    void findsEveryKeyOnce();
    void findsEveryKeyWhileTheTableGrowsAndShrinks_data();
    void findsEveryKeyWhileTheTableGrowsAndShrinks();
    void isOffWhereNotProven();
    void isOffWhereCallsCount();
    void goesOnWithAllItsParts();
    void survivesCutConnections();
    void anotherProcessIsWalkedFromTheStart();
    void aLongNetworkIsFilledWithCalls();
};

void TestScanParts::positionsAreReversedCursors()
{
    QCOMPARE(positionOf(Cursor{0}), std::uint64_t{0});
    QCOMPARE(positionOf(Cursor{1}), std::uint64_t{1} << 63U);
    QCOMPARE(positionOf(Cursor{6}), std::uint64_t{3} << 61U);
    QCOMPARE(cursorAt(positionOf(Cursor{0x123456789ABCDEF0})).value, std::uint64_t{0x123456789ABCDEF0});
}

/// Against a table on paper: buckets in reversed order, some of them per call.
void TestScanParts::partsCoverTheTableWhateverIsSplit()
{
    const unsigned seed = 20'26;
    std::mt19937_64 random(seed);
    for (int round = 0; round < 200; ++round) {
        const auto bits = static_cast<unsigned>(1 + random() % 10);
        const std::uint64_t buckets = std::uint64_t{1} << bits;
        std::vector<int> seen(buckets, 0);
        ScanParts parts({});
        while (!parts.isDone()) {
            if (random() % 3 == 0) {
                parts.split(0.0001);
            }
            const auto part = parts.idle();
            QVERIFY(part.has_value());
            parts.sent(*part);
            std::uint64_t bucket = positionOf(parts.next(*part)) >> (64U - bits);
            for (auto some = 1 + random() % 5; some > 0 && bucket < buckets; --some) {
                ++seen[bucket++];
            }
            const Cursor answer = bucket < buckets ? cursorAt(bucket << (64U - bits)) : Cursor{};
            QVERIFY(parts.answered(*part, answer));
        }
        QVERIFY2(std::ranges::find(seen, 0) == seen.end(), qPrintable(QString::number(seed)));
        parts.taken();
        QVERIFY(parts.rest().empty());
    }
}

void TestScanParts::whatWasNotTakenIsWalkedAgain()
{
    ScanParts parts({});
    parts.sent(0);
    QVERIFY(parts.answered(0, Cursor{4})); // at an eighth of a table of 8 buckets or more
    QCOMPARE(parts.rest(), (std::vector<ScanPart>{ScanPart{}}));
    parts.taken();
    QCOMPARE(parts.rest(), (std::vector<ScanPart>{ScanPart{Cursor{4}, 0}}));
    QVERIFY(parts.split(0));
    QCOMPARE(parts.rest().size(), std::size_t{2});
    const ScanPart second = parts.rest().at(1);
    QCOMPARE(parts.rest().at(0).until, positionOf(second.from));
    parts.sent(1);
    QVERIFY(parts.answered(1, Cursor{}));
    QCOMPARE(parts.rest().at(1), second); // done, but its keys are not safe
    parts.taken();
    QCOMPARE(parts.rest().size(), std::size_t{1});
    QVERIFY(!parts.isDone());
}

void TestScanParts::cursorsThatGoBackwardsAreNotTrusted()
{
    ScanParts alone({});
    alone.sent(0);
    QVERIFY(alone.answered(0, Cursor{1}));
    alone.sent(0);
    QVERIFY(alone.answered(0, Cursor{4})); // alone, any cursor is good
    QVERIFY(!alone.split(0));
    ScanParts parts({});
    parts.sent(0);
    QVERIFY(parts.answered(0, Cursor{2}));
    QVERIFY(parts.split(0));
    parts.sent(0);
    QVERIFY(!parts.answered(0, Cursor{4}));
}

void TestScanParts::provenVersions_data()
{
    QTest::addColumn<QByteArray>("info");
    QTest::addColumn<bool>("proven");
    const QByteArray redis =
        "redis_version:7.0.15\r\nredis_build_id:1\r\nredis_mode:standalone\r\ngcc_version:12.2.0\r\n";
    QTest::addRow("Redis 7.0") << redis << true;
    QTest::addRow("a cluster") << QByteArray(redis).replace("standalone", "cluster") << false;
    QTest::addRow("Redis 7.2") << QByteArray(redis).replace("7.0.15", "7.2.4") << false;
    QTest::addRow("Redis 8.0") << QByteArray(redis).replace("7.0.15", "8.0.2") << false;
    QTest::addRow("Valkey") << redis + "server_name:valkey\r\nvalkey_version:8.0.1\r\n" << false;
    QTest::addRow("a relative") << redis + "dragonfly_version:1.0\r\n" << false;
    QTest::addRow("KeyDB") << redis + "server_threads:2\r\n" << false;
    QTest::addRow("nothing is told") << QByteArray() << false;
}

void TestScanParts::provenVersions()
{
    QFETCH(QByteArray, info);
    QFETCH(bool, proven);
    QCOMPARE(provenForParts(InfoText(info.toStdString())), proven);
}

/// The proof for the versions that are listed: on others this test is what a listing would have to pass.
void TestScanParts::findsEveryKeyOnce()
{
    const auto server = RedisServer::start();
    const auto truth = fill(*server, "k:", manyKeys);
    Scan scan(server->socketPath(), inParts());
    const NodeScanEnd end = scan.run();
    QVERIFY(end.isComplete());
    QVERIFY(end.ledger.mostUnderWay >= 2); // more where this machine is busy
    QCOMPARE(missing(truth, scan.found), std::size_t{0});
    QCOMPARE(scan.found.size(), truth.size());
    QVERIFY2(end.keys < truth.size() * 101 / 100, qPrintable(QString::number(end.keys)));
    QVERIFY(end.rest.empty());
    QVERIFY(end.ledger.countIsMeasured && end.ledger.serverTime);
}

void TestScanParts::findsEveryKeyWhileTheTableGrowsAndShrinks_data()
{
    QTest::addColumn<int>("atOnce");
    QTest::addColumn<int>("rounds");
    QTest::addRow("a little") << 20'000 << 20;
    QTest::addRow("to four times its size and back") << 400'000 << 4;
}

void TestScanParts::findsEveryKeyWhileTheTableGrowsAndShrinks()
{
    QFETCH(int, atOnce);
    QFETCH(int, rounds);
    const auto server = RedisServer::start();
    if (!isProven(*server)) {
        QSKIP("Not a version that several cursors are used with");
    }
    const auto truth = fill(*server, "stays:", manyKeys);
    Scan scan(server->socketPath(), inParts());
    std::size_t round = 0;
    int batches = 0;
    scan.afterBatch = [&] {
        if (++batches % 4 == 0 && round < static_cast<std::size_t>(rounds)) {
            comeAndGo(*server, round++, static_cast<std::size_t>(atOnce));
        }
        return true;
    };
    const NodeScanEnd end = scan.run();
    QVERIFY(end.isComplete());
    QVERIFY2(round >= 2, "the table has to have changed");
    QCOMPARE(end.restarts, 0);
    QCOMPARE(missing(truth, scan.found), std::size_t{0});
}

void TestScanParts::isOffWhereNotProven()
{
    const auto server = RedisServer::start();
    const auto truth = fill(*server, "k:", manyKeys);
    Scan scan(server->socketPath());
    const NodeScanEnd end = scan.run();
    QVERIFY(end.isComplete());
    QCOMPARE(missing(truth, scan.found), std::size_t{0});
    QCOMPARE(end.ledger.mostUnderWay > 1, isProven(*server)); // how many depends on how busy this machine is
    ScanRequest never;
    never.severalCursors = SeveralCursors::Never;
    Scan single(server->socketPath(), never);
    QCOMPARE(single.run().ledger.mostUnderWay, 1);
    QCOMPARE(single.keys().size(), truth.size());
}

void TestScanParts::isOffWhereCallsCount()
{
    const auto server = RedisServer::start();
    fill(*server, "k:", manyKeys);
    ScanRequest request = inParts();
    request.limits.maxIterations = 50;
    Scan scan(server->socketPath(), request);
    const NodeScanEnd end = scan.run();
    QVERIFY(end.limit == ScanLimit::MaxIterations);
    QCOMPARE(end.calls, std::uint64_t{50});
    QCOMPARE(end.rest.size(), std::size_t{1});
    QCOMPARE(end.rest.front().from, end.resumeFrom);
    const auto stats = QString::fromStdString(server->command({"INFO", "commandstats"}));
    QVERIFY2(stats.contains(QStringLiteral("cmdstat_scan:calls=50,")), qPrintable(stats));
}

void TestScanParts::goesOnWithAllItsParts()
{
    const auto server = RedisServer::start();
    if (!isProven(*server)) {
        QSKIP("Not a version that several cursors are used with");
    }
    const auto truth = fill(*server, "k:", manyKeys);
    std::map<std::string, int> together;
    NodeScanEnd end;
    std::size_t mostParts = 0;
    bool isFirst = true;
    for (int leg = 0; leg < 100 && (isFirst || !end.isComplete()); ++leg) {
        Scan scan(server->socketPath(), inParts());
        int batches = 0;
        std::stop_source stop;
        scan.afterBatch = [&] {
            if (++batches == 6) { // in the middle, with calls of several parts under way
                stop.request_stop();
            }
            return true;
        };
        NodeScanner scanner(*scan.lane, scan.request, scan.control, scan.progress);
        end = scanner.run(end.rest, end.runId, stop.get_token(), [&](KeyBatch&& batch) {
            for (std::size_t at = 0; at < batch.size(); ++at) {
                ++together[std::string(batch[at])];
            }
            return scan.afterBatch();
        });
        mostParts = std::max(mostParts, end.rest.size());
        QCOMPARE(end.restarts, 0);
        if (!end.isComplete() && end.rest.size() > 1) {
            QCOMPARE(end.resumeFrom, Cursor{}); // one cursor alone would lose what the others have left
        }
        QCOMPARE(end.ledger.wentOn, isFirst ? 0 : 1);
        isFirst = false;
    }
    QVERIFY(end.isComplete());
    QVERIFY2(mostParts > 1, "it has to have been in several parts");
    QCOMPARE(missing(truth, together), std::size_t{0});
}

void TestScanParts::survivesCutConnections()
{
    const auto server = RedisServer::start();
    const auto truth = fill(*server, "user:profile:", manyKeys);
    FaultProxy proxy(ProxyTarget{server->socketPath()}, Faults{.cutAfter = 700'000});
    Scan scan(proxy.socketPath(), inParts());
    const NodeScanEnd end = scan.run();
    QVERIFY(end.isComplete());
    QVERIFY(proxy.accepted() > 2);
    QCOMPARE(end.restarts, 0);
    QVERIFY(end.ledger.wentOn >= 2);
    QCOMPARE(missing(truth, scan.found), std::size_t{0});
}

void TestScanParts::anotherProcessIsWalkedFromTheStart()
{
    const auto server = RedisServer::start({QStringLiteral("--save"), QStringLiteral("3600 1")});
    const auto truth = fill(*server, "k:", manyKeys);
    server->save();
    Scan scan(server->socketPath(), inParts());
    bool killed = false;
    std::size_t parts = 0;
    scan.afterBatch = [&] {
        if (!killed && scan.found.size() > manyKeys / 2) {
            killed = true;
            parts = scan.progress.ledger().cursors.size();
            server->kill();
            server->restart();
        }
        return true;
    };
    const NodeScanEnd end = scan.run();
    QVERIFY(killed);
    QVERIFY(end.isComplete());
    QCOMPARE(end.restarts, 1);
    QCOMPARE(missing(truth, scan.found), std::size_t{0});
}

void TestScanParts::aLongNetworkIsFilledWithCalls()
{
    const auto server = RedisServer::start();
    const auto truth = fill(*server, "k:", manyKeys);
    FaultProxy proxy(ProxyTarget{server->socketPath()}, Faults{.delay = 5ms});
    Scan scan(proxy.socketPath(), inParts());
    const NodeScanEnd end = scan.run();
    QVERIFY(end.isComplete());
    QVERIFY2(end.ledger.mostUnderWay > 2, qPrintable(QString::number(end.ledger.mostUnderWay)));
    QVERIFY(end.ledger.pauseBetween > 0us || end.ledger.underWay <= 2);
    QCOMPARE(missing(truth, scan.found), std::size_t{0});
}

QTEST_GUILESS_MAIN(TestScanParts)
#include "tst_scanparts.moc"
