// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/editworker.h"
#include "tests/servers/rediscluster.h"
#include "tests/servers/redisserver.h"

using namespace keyglass;
using namespace keyglass::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

using Future = QFuture<Result<EditOutcome>>;

SourceAccess sourceOf(const RedisServer& server)
{
    Profile profile;
    profile.socketPath = server.socketPath();
    auto source = openSource(profile, {}, GateRules{}, {});
    if (!source) {
        qFatal("the server is not to be had");
    }
    return *std::move(source);
}

Result<EditOutcome> answerOf(const Future& future)
{
    [&] { QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), 20'000); }();
    return future.isFinished() ? future.result() : Result<EditOutcome>(Error{ErrorKind::Timeout, {}, {}});
}

bool isDone(const Future& future)
{
    const auto outcome = answerOf(future);
    return outcome && outcome->status == EditOutcome::Status::Done;
}

} // namespace

class TestEditWorker : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void editsComeOneAfterTheOther();
    void eachDatabaseHasItsOwnLane();
    void clustersHaveALaneToEachMasterInUse();
    void nothingIsConnectedBeforeTheFirstEdit();
    void editsNotBegunAreCancelled();
};

void TestEditWorker::editsComeOneAfterTheOther()
{
    const auto server = RedisServer::start();
    EditWorker worker(sourceOf(*server));
    std::vector<Future> futures;
    futures.push_back(worker.apply({"k", CreateKey{NewString{"0"}, std::nullopt}}, 0, {}));
    for (int i = 0; i < 100; ++i) {
        futures.push_back(worker.apply({"k", SetString{std::to_string(i + 1), std::to_string(i)}}, 0, {}));
    }
    for (const Future& each : futures) {
        QVERIFY(isDone(each));
    }
    QCOMPARE(server->command({"GET", "k"}), std::string("100"));
}

void TestEditWorker::eachDatabaseHasItsOwnLane()
{
    const auto server = RedisServer::start();
    EditWorker worker(sourceOf(*server));
    QVERIFY(isDone(worker.apply({"k", CreateKey{NewString{"zero"}, std::nullopt}}, 0, {})));
    QVERIFY(isDone(worker.apply({"k", CreateKey{NewString{"three"}, std::nullopt}}, 3, {})));
    QVERIFY(isDone(worker.apply({"k", SetString{"null", "zero"}}, 0, {})));
    QCOMPARE(server->command({"GET", "k"}), std::string("null"));
    server->command({"SELECT", "3"});
    QCOMPARE(server->command({"GET", "k"}), std::string("three"));
}

void TestEditWorker::clustersHaveALaneToEachMasterInUse()
{
    const auto cluster = RedisCluster::start({.replicasPerMaster = 0});
    Profile profile;
    profile.kind = ProfileKind::Cluster;
    profile.host = u"127.0.0.1"_s;
    profile.port = cluster->port(0);
    auto source = openSource(profile, {}, GateRules{}, {});
    QVERIFY(source);
    EditWorker worker(*source);
    for (int i = 0; i < 30; ++i) {
        const std::string key = "key:" + std::to_string(i);
        QVERIFY(isDone(worker.apply({key, CreateKey{NewString{"v"}, std::nullopt}}, 0, {})));
    }
    QCOMPARE(cluster->truth().size(), std::size_t{30});
}

void TestEditWorker::nothingIsConnectedBeforeTheFirstEdit()
{
    const auto server = RedisServer::start();
    const auto clients = [&] { return server->command({"CLIENT", "LIST"}); };
    const auto source = sourceOf(*server);
    QTRY_COMPARE_WITH_TIMEOUT(std::ranges::count(clients(), '\n'), 1, 20'000);
    EditWorker worker(source);
    QCOMPARE(std::ranges::count(clients(), '\n'), 1);
    QVERIFY(isDone(worker.apply({"k", CreateKey{NewString{"v"}, std::nullopt}}, 0, {})));
    QCOMPARE(std::ranges::count(clients(), '\n'), 2);
}

/// What is under way when the worker ends is told as far as it is known; what was not begun has not been done.
void TestEditWorker::editsNotBegunAreCancelled()
{
    const auto server = RedisServer::start();
    auto worker = std::make_unique<EditWorker>(sourceOf(*server));
    QVERIFY(isDone(worker->apply({"k", CreateKey{NewString{"v"}, std::nullopt}}, 0, {})));
    server->freeze();
    const Future first = worker->apply({"k", SetString{"w", "v"}}, 0, {});
    const Future second = worker->apply({"k", SetString{"x", "w"}}, 0, {});
    worker.reset();
    server->thaw();
    QVERIFY(first.isFinished() && second.isFinished());
    QVERIFY(!first.result() && first.result().error().kind == ErrorKind::Cancelled);
    QVERIFY(!second.result() && second.result().error().kind == ErrorKind::Cancelled);
    QCOMPARE(server->command({"GET", "k"}), std::string("v"));
}

QTEST_GUILESS_MAIN(TestEditWorker)
#include "tst_editworker.moc"
