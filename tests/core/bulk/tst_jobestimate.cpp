// SPDX-License-Identifier: GPL-3.0-or-later
// What a job is said to take comes from what its nodes were seen to take.
#include "core/bulk/jobestimate.h"
#include "core/bulk/nodemeter.h"
#include "tests/core/bulk/bulkfixture.h"
#include "tests/servers/redisserver.h"

#include <QTest>

#include <optional>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::chrono_literals;

namespace {

/// A node on which a command takes `micros` on the way, and 1 µs of the server.
NodeMeasure nodeOf(std::uint64_t keys, std::int64_t micros)
{
    NodeMeasure node;
    node.keys = keys;
    node.commands = 2 * keys;
    node.waited = std::chrono::microseconds(micros) * static_cast<std::int64_t>(node.commands);
    node.roundTrip = 100us;
    node.serverTimes = {{"type", 1.0}, {"pttl", 1.0}};
    return node;
}

JobPlan deleting(bool archives)
{
    JobPlan plan;
    plan.operation = DeleteKeys{};
    plan.archives = archives;
    return plan;
}

JobPreview previewOf(std::vector<NodeMeasure> nodes)
{
    JobPreview preview;
    for (const NodeMeasure& node : nodes) {
        preview.keys += node.keys;
    }
    preview.nodes = std::move(nodes);
    return preview;
}

std::int64_t msOf(const JobPlan& plan, const JobPreview& preview)
{
    return estimateJob(plan, preview).duration.value_or(-1ms).count();
}

} // namespace

class TestJobEstimate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingMeasuredSaysNothing();
    void theSlowestNodeCounts();
    void aSlowLineTakesLonger();
    void largeValuesTakeLonger();
    void whatTheServerTakesForACommandCounts();
    void paceAndRateBoundIt();
    void aNodeIsMeasured();
    void samplesAreFewAndSmall();
    void samplesLeaveIdleTimesAlone();
};

void TestJobEstimate::nothingMeasuredSaysNothing()
{
    QCOMPARE(msOf(deleting(true), {}), -1);
    QVERIFY(!estimateJob(deleting(true), {}).serverTime);
}

void TestJobEstimate::theSlowestNodeCounts()
{
    QCOMPARE(msOf(deleting(false), previewOf({nodeOf(100'000, 2)})), 200);
    QCOMPARE(msOf(deleting(false), previewOf({nodeOf(100'000, 2), nodeOf(300'000, 2)})), 600);
    QCOMPARE(msOf(deleting(false), previewOf({nodeOf(100'000, 20), nodeOf(300'000, 2)})), 2000);
    const auto both = estimateJob(deleting(false), previewOf({nodeOf(100'000, 2), nodeOf(300'000, 2)}));
    QCOMPARE(both.serverTime->count(), 400); // of both nodes, a microsecond a key
    QVERIFY(qAbs(*both.busyShare - 0.5) < 0.01);
}

void TestJobEstimate::aSlowLineTakesLonger()
{
    NodeMeasure far = nodeOf(10'000, 2);
    far.roundTrip = 50ms; // 20 batches, each read and deleted
    QVERIFY(msOf(deleting(true), previewOf({far})) > msOf(deleting(true), previewOf({nodeOf(10'000, 2)})) + 1500);
}

void TestJobEstimate::largeValuesTakeLonger()
{
    NodeMeasure large = nodeOf(10'000, 2);
    large.sampled = 8;
    large.sampledBytes = ByteCount{8 * 50'000};
    large.sampleTime = 8 * 1ms;
    const auto estimate = estimateJob(deleting(true), previewOf({large}));
    QVERIFY(estimate.duration->count() >= 20'000); // read twice
    QCOMPARE(estimate.readBytes->value, 2ULL * 10'000 * 50'000);
    QCOMPARE(estimate.sampled, 8U);
    QVERIFY(msOf(deleting(false), previewOf({large})) < 100); // nothing is read
}

void TestJobEstimate::whatTheServerTakesForACommandCounts()
{
    JobPlan plan;
    plan.operation = RunTemplate{"SORT * STORE x"};
    plan.archives = false;
    NodeMeasure node = nodeOf(10'000, 2);
    const auto before = msOf(plan, previewOf({node}));
    node.serverTimes["sort"] = 501;
    QCOMPARE(msOf(plan, previewOf({node})), before + 5000);
    QCOMPARE(estimateJob(plan, previewOf({node})).serverTime->count(), 5010);
}

void TestJobEstimate::paceAndRateBoundIt()
{
    const JobPreview preview = previewOf({nodeOf(100'000, 10)});
    JobPlan plan = deleting(false);
    QCOMPARE(estimateJob(plan, preview).bound, JobEstimate::Bound::Commands);
    plan.pace = ScanPace::Gentle;
    QCOMPARE(msOf(plan, preview), 4000);
    QCOMPARE(estimateJob(plan, preview).bound, JobEstimate::Bound::GentlePace);
    plan.keysPerSecond = 1000;
    QCOMPARE(msOf(plan, preview), 100'000);
    const auto limited = estimateJob(plan, preview);
    QCOMPARE(limited.bound, JobEstimate::Bound::RateLimit);
    QVERIFY(*limited.busyShare < 0.01);
    plan.keysPerSecond = 10'000'000;
    QCOMPARE(estimateJob(plan, preview).bound, JobEstimate::Bound::GentlePace);
}

void TestJobEstimate::aNodeIsMeasured()
{
    const auto server = RedisServer::start();
    KeyBatch keys;
    for (int at = 0; at < 100; ++at) {
        keys.append("k:" + std::to_string(at));
        server->command({"SET", "k:" + std::to_string(at), std::string(1000, 'v')});
        server->command({"PTTL", "k:" + std::to_string(at)});
    }
    const auto lane = laneTo(*server);
    NodeMeter meter(DeleteKeys{}, true);
    QVERIFY(!meter.wantsSample());
    meter.looked(100, 200, 1ms);
    QVERIFY(meter.wantsSample());
    std::optional<NodeMeter> last;
    const auto sampled = [&] { // keys are to be in use where a server can't be told not to count it
        RedisServer::Args touching{"TOUCH"};
        for (const std::string& key : keysOf(keys)) {
            touching.push_back(key);
        }
        server->command(touching);
        last.emplace(DeleteKeys{}, true);
        last->looked(100, 200, 1ms);
        last->sample(*lane, keys, {});
        return last->measure().sampled;
    };
    QTRY_COMPARE_WITH_TIMEOUT(sampled(), 8U, 20'000);
    QVERIFY(!last->wantsSample());
    const NodeMeasure& node = last->measure();
    QCOMPARE(node.keys, 100U);
    QVERIFY(node.roundTrip > 0ns && node.roundTrip < 5s);
    QVERIFY(node.sampledBytes.value > 8);
    QVERIFY(node.serverTimes.contains("pttl") && node.serverTimes.contains("dump"));
    QCOMPARE(server->command({"DBSIZE"}), std::string("100"));
    last->looked(99, 200, 1ms);
    QVERIFY(!last->wantsSample());
    last->looked(1, 2, 1ms);
    QVERIFY(last->wantsSample()); // twice as many as then
}

void TestJobEstimate::samplesAreFewAndSmall()
{
    const auto server = RedisServer::start();
    server->command({"SET", "large", std::string(1'000'000, 'v')});
    server->command({"SET", "small", "v"});
    const auto lane = laneTo(*server);
    std::uint64_t bytes = 0;
    const auto sampled = [&] {
        server->command({"TOUCH", "large", "small"});
        NodeMeter meter(ExportKeys{}, true);
        meter.looked(3, 6, 1ms);
        meter.sample(*lane, batchOf({"large", "small", "gone"}), {});
        bytes = meter.measure().sampledBytes.value;
        return meter.measure().sampled;
    };
    QTRY_COMPARE_WITH_TIMEOUT(sampled(), 1U, 20'000);
    QVERIFY(bytes < 100);
    NodeMeter other(PersistKeys{}, false);
    other.looked(3, 6, 1ms);
    other.sample(*lane, batchOf({"small"}), {});
    QCOMPARE(other.measure().sampled, 0U);
    QVERIFY(other.measure().roundTrip > 0ns);
}

/// By a connection that is told not to touch, or not at all.
void TestJobEstimate::samplesLeaveIdleTimesAlone()
{
    const auto server = RedisServer::start();
    server->command({"SET", "k", "v"});
    const auto idle = [&] { return std::stoi(server->command({"OBJECT", "IDLETIME", "k"})); };
    QTRY_VERIFY_WITH_TIMEOUT(idle() >= 2, 20'000);
    const auto lane = laneTo(*server);
    NodeMeter meter(ExportKeys{}, true);
    meter.looked(1, 2, 1ms);
    meter.sample(*lane, batchOf({"k"}), {});
    QVERIFY(idle() >= 2);
    const bool isSpared = server->command({"CLIENT", "NO-TOUCH", "OFF"}) == "OK";
    QCOMPARE(meter.measure().sampled, isSpared ? 1U : 0U);
    QVERIFY(meter.measure().roundTrip > 0ns);
}

QTEST_GUILESS_MAIN(TestJobEstimate)
#include "tst_jobestimate.moc"
