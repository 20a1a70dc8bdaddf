// SPDX-License-Identifier: GPL-3.0-or-later
// A full disk, a refusal, a lost line: nothing is deleted that does not stand in the archive then, either.
#include "core/bulk/archivedstep.h"
#include "core/bulk/stepreplies.h"
#include "tests/core/bulk/busylane.h"
#include "tests/core/bulk/removalfixture.h"
#include "tests/servers/faultproxy.h"

#include <sys/resource.h>

#include <QTest>

#include <algorithm>
#include <csignal>
#include <random>
#include <utility>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

/// Who may not do everything.
std::unique_ptr<Lane> laneOfBob(const RedisServer& server)
{
    ConnectionOptions options;
    options.endpoint.socketPath = server.socketPath();
    options.user = u"bob"_s;
    options.password = u"pw"_s;
    return makeLane(std::move(options), std::make_shared<CommandGate>(GateRules{}));
}

/// Overwrites the keys; the answers to the first batch are lost.
class LosingStep final : public BatchStep {
public:
    Status apply(const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop) override
    {
        for (std::size_t at = 0; at < keys.size(); ++at) {
            const auto reply = lanes.node.call(Command{"SET", keys[at], "ours"}, stop);
            if (!reply) {
                return reply.error();
            }
        }
        if (!std::exchange(m_hasLost, true)) {
            m_maybeDone = std::move(keys);
            return Error{ErrorKind::Network, {}, {}};
        }
        for (std::size_t at = 0; at < keys.size(); ++at) {
            outcomes.add(keys[at], Outcome::Done);
        }
        return ok();
    }
    Status finish(const StepLanes&, OutcomeSink&, std::stop_token) override { return ok(); }
    UnsettledKeys takeUnsettled() override { return {{}, std::exchange(m_maybeDone, {})}; }

private:
    bool m_hasLost = false;
    KeyBatch m_maybeDone;
};

} // namespace

class TestRemovalFaults : public RemovalFixture {
    Q_OBJECT

private Q_SLOTS:
    void aFullDiskStopsBeforeTheNextDelete();
    void oneRefusalIsNotThatOfOthers();
    void withoutMultiNothingIsDeleted();
    void aServerThatRunsAScriptIsTriedAgain_data();
    void aServerThatRunsAScriptIsTriedAgain();
    void aReadOnlyGateLetsNothingThrough();
    void aLostLineLosesNoKey_data();
    void aLostLineLosesNoKey();
    void endsWhereItIsStopped();
    void whatWasArchivedBeforeALostAnswerCounts();
};

void TestRemovalFaults::aFullDiskStopsBeforeTheNextDelete()
{
    std::mt19937_64 random(5);
    m_server->fill(3000, [&](std::size_t at) {
        std::string value(1000, '\0');
        std::ranges::generate(value, [&] { return static_cast<char>(random()); });
        return Args{"SET", "key:" + std::to_string(at), value};
    });
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit full = before;
    full.rlim_cur = 1'500'000;
    ::setrlimit(RLIMIT_FSIZE, &full);
    GuardedRemoval removal(*m_archive->writer, {});
    m_outcomes.all.clear();
    const Status done = remove(removal, *m_lane, numbered(3000));
    ::setrlimit(RLIMIT_FSIZE, &before);
    QVERIFY(!done);
    QCOMPARE(done.error().kind, ErrorKind::File);
    QCOMPARE(done.error().subject, m_archive->path);
    const auto archived = m_archive->newest();
    for (const std::string& key : numbered(3000)) {
        QVERIFY(archived.contains(key) || m_server->command({"EXISTS", key}) == "1");
    }
    QVERIFY(m_server->command({"DBSIZE"}) != "0");
    UnsettledKeys left = removal.takeUnsettled();
    QVERIFY(!left.notSent.isEmpty());
    QVERIFY(left.maybeDone.isEmpty());
}

void TestRemovalFaults::oneRefusalIsNotThatOfOthers()
{
    ServerOptions serverOptions;
    serverOptions.aclLines = {u"user bob on >pw ~key:1* %R~* &* +@all"_s};
    const auto server = RedisServer::start(serverOptions);
    const auto lane = laneOfBob(*server);
    server->fill(200, [](std::size_t at) { return Args{"SET", "key:" + std::to_string(at), "v"}; });
    for (const bool refuses : {false, true}) {
        RemovalOptions removal;
        removal.refuseChanged = refuses;
        QVERIFY(remove(removal, numbered(200), lane.get()));
        QCOMPARE(m_outcomes.count(refuses ? "missing" : "done"), std::size_t{111}); // 1, 10 to 19, 100 to 199
        QVERIFY(QByteArray::fromStdString(m_outcomes.all.at("key:2")).startsWith("failed: NOPERM"));
        QCOMPARE(server->command({"DBSIZE"}), std::string("89"));
    }
}

void TestRemovalFaults::withoutMultiNothingIsDeleted()
{
    ServerOptions serverOptions;
    serverOptions.aclLines = {u"user bob on >pw ~* &* +@all -multi"_s};
    const auto server = RedisServer::start(serverOptions);
    const auto lane = laneOfBob(*server);
    server->fill(20, [](std::size_t at) { return Args{"SET", "key:" + std::to_string(at), "v"}; });
    const Status done = remove({}, numbered(20), lane.get());
    QVERIFY(!done);
    QCOMPARE(done.error().kind, ErrorKind::Permission);
    QCOMPARE(server->command({"DBSIZE"}), std::string("20"));
}

void TestRemovalFaults::aServerThatRunsAScriptIsTriedAgain_data()
{
    QTest::addColumn<bool>("refuseChanged");
    QTest::addRow("shown") << false;
    QTest::addRow("watched") << true;
}

/// It takes MULTI, and says at EXEC that it is busy: as where the line is lost, all of it is given again.
void TestRemovalFaults::aServerThatRunsAScriptIsTriedAgain()
{
    QFETCH(const bool, refuseChanged);
    fill(20);
    BusyLane lane(*m_lane, 0, 2);
    RemovalOptions options;
    options.refuseChanged = refuseChanged;
    GuardedRemoval removal(*m_archive->writer, options);
    m_outcomes.all.clear();
    for (int at = 0; at < 2; ++at) {
        const Status done = remove(removal, lane, numbered(20));
        QVERIFY(!done);
        QVERIFY(isLostLine(done.error().kind));
        QVERIFY2(done.error().detail.startsWith(u"BUSY "), qPrintable(done.error().detail));
        const UnsettledKeys left = removal.takeUnsettled();
        QCOMPARE(left.notSent.size(), std::size_t{20});
        QVERIFY(left.maybeDone.isEmpty());
    }
    QVERIFY(m_outcomes.all.empty());
    QVERIFY(remove(removal, lane, numbered(20)));
    QCOMPARE(m_outcomes.count("done"), std::size_t{20});
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("0"));
}

void TestRemovalFaults::aReadOnlyGateLetsNothingThrough()
{
    fill(20);
    const auto lane = laneTo(*m_server, 0, GateRules{true, Environment::Development});
    const Status done = remove({}, numbered(20), lane.get());
    QVERIFY(!done);
    QCOMPARE(done.error().kind, ErrorKind::ReadOnly);
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("20"));
}

void TestRemovalFaults::aLostLineLosesNoKey_data()
{
    QTest::addColumn<std::size_t>("cutAfter");
    for (const std::size_t cutAfter : {5U, 100U, 3000U, 20'000U, 40'000U, 60'000U, 80'000U}) {
        QTest::addRow("cut after %zu bytes", cutAfter) << cutAfter;
    }
}

void TestRemovalFaults::aLostLineLosesNoKey()
{
    QFETCH(const std::size_t, cutAfter);
    fill(1000);
    Faults faults;
    faults.cutAfter = cutAfter;
    FaultProxy proxy(ProxyTarget{m_server->socketPath()}, faults);
    ConnectionOptions options;
    options.endpoint.socketPath = proxy.socketPath();
    const auto lane = makeLane(std::move(options), std::make_shared<CommandGate>(GateRules{}));
    GuardedRemoval removal(*m_archive->writer, {});
    m_outcomes.all.clear();
    std::vector<std::string> keys = numbered(1000);
    for (int tries = 0; !keys.empty() && tries < 100; ++tries) {
        const Status done = remove(removal, *lane, keys);
        const auto archived = m_archive->newest();
        for (const std::string& key : numbered(1000)) { // at every moment
            QVERIFY(archived.contains(key) || m_server->command({"EXISTS", key}) == "1");
        }
        if (done) {
            break;
        }
        UnsettledKeys left = removal.takeUnsettled();
        for (const std::string& key : keysOf(left.notSent)) {
            QCOMPARE(m_server->command({"EXISTS", key}), std::string("1"));
        }
        std::vector<std::string> again = keysOf(left.notSent);
        for (const std::string& key : keysOf(left.maybeDone)) {
            again.push_back(key);
        }
        for (const std::string& key : keys) { // those that were not given to it
            if (!m_outcomes.all.contains(key) && std::ranges::find(again, key) == again.end()) {
                again.push_back(key);
            }
        }
        keys = again;
        faults.cutAfter = *faults.cutAfter * 2;
        proxy.setFaults(faults);
    }
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("0"));
    QCOMPARE(m_outcomes.count("done"), std::size_t{1000});
}

void TestRemovalFaults::endsWhereItIsStopped()
{
    fill(2000);
    GuardedRemoval removal(*m_archive->writer, {});
    m_outcomes.all.clear();
    std::stop_source stop;
    const StepLanes lanes{*m_lane, *m_lane};
    for (std::size_t at = 0; at < 10; ++at) {
        const auto keys = numbered(2000);
        QVERIFY(removal.apply(lanes,
            batchOf({keys.begin() + static_cast<std::ptrdiff_t>(at * 100),
                keys.begin() + static_cast<std::ptrdiff_t>(at * 100 + 100)}),
            m_outcomes, stop.get_token()));
    }
    stop.request_stop();
    const Status done = removal.finish(lanes, m_outcomes, stop.get_token());
    QVERIFY(!done);
    QCOMPARE(done.error().kind, ErrorKind::Cancelled);
    const UnsettledKeys left = removal.takeUnsettled();
    QCOMPARE(left.notSent.size() + left.maybeDone.size() + m_outcomes.all.size(), std::size_t{1000});
}

/// And not what we had made of the keys by then: an undo would bring that back.
void TestRemovalFaults::whatWasArchivedBeforeALostAnswerCounts()
{
    fill(10);
    const auto dump = m_server->command({"DUMP", "key:3"});
    const StepLanes lanes{*m_lane, *m_lane};
    ArchivedStep step(std::make_unique<LosingStep>(), *m_archive->writer, {}, false);
    m_outcomes.all.clear();
    QVERIFY(!step.apply(lanes, batchOf(numbered(10)), m_outcomes, {}));
    UnsettledKeys left = step.takeUnsettled();
    QCOMPARE(left.maybeDone.size(), std::size_t{10});
    QVERIFY(step.apply(lanes, std::move(left.maybeDone), m_outcomes, {}));
    QCOMPARE(m_outcomes.count("done"), std::size_t{10});
    QVERIFY(m_archive->writer->finish());
    QCOMPARE(m_archive->records().size(), std::size_t{10});
    QCOMPARE(m_archive->newest().at("key:3").dump, dump);
}

QTEST_GUILESS_MAIN(TestRemovalFaults)
#include "tst_removalfaults.moc"
