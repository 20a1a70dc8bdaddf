// SPDX-License-Identifier: GPL-3.0-or-later
// The master that real Sentinels name, and what they tell of its group.
#include "core/source/redis/sentinelview.h"
#include "tests/core/source/lanefixture.h"
#include "tests/servers/redissentinels.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Longer than all that a test waits for.
constexpr Milliseconds wholeTime = 40s;

SentinelGroup groupOf(const RedisSentinels& servers)
{
    SentinelGroup group;
    group.masterName = "main";
    group.master.connectTimeout = 2s;
    group.master.callTimeout = 2s;
    for (int sentinel = 0; sentinel < servers.sentinels(); ++sentinel) {
        ConnectionOptions& options = group.sentinels.emplace_back();
        options.endpoint = Endpoint{u"127.0.0.1"_s, servers.sentinelPort(sentinel), {}, {}};
        options.connectTimeout = wholeTime;
        options.callTimeout = wholeTime;
    }
    return group;
}

std::shared_ptr<const CommandGate> readingGate()
{
    return std::make_shared<CommandGate>(GateRules{true, {}});
}

} // namespace

class TestSentinel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSilentSentinelIsNotWaitedForWhereAnotherHasAnswered();
    void theNextSentinelTellsOfTheGroup();
    void aNameThatNobodyKnowsIsTold();
    void whatASentinelIsNotConnectedToYetIsNotDown_data();
    void whatASentinelIsNotConnectedToYetIsNotDown();
};

/// The master is silent as well, and is given its time: that alone is no reason to wait for the Sentinel.
void TestSentinel::aSilentSentinelIsNotWaitedForWhereAnotherHasAnswered()
{
    const auto servers = RedisSentinels::start({.sentinels = 2});
    servers->sentinel(0).freeze();
    servers->server(0).freeze(); // the master
    QElapsedTimer waited;
    waited.start();
    const auto found = fetchMaster(groupOf(*servers), readingGate(), {});
    QVERIFY(!found);
    QCOMPARE(found.error().kind, ErrorKind::Timeout);
    QVERIFY(waited.elapsed() < wholeTime.count());
    servers->sentinel(0).thaw();
    servers->server(0).thaw();
}

void TestSentinel::theNextSentinelTellsOfTheGroup()
{
    const auto servers = RedisSentinels::start({.replicas = 2, .sentinels = 2});
    servers->killSentinel(0);
    const auto view = fetchSentinelView(groupOf(*servers), readingGate(), {});
    QVERIFY2(view.has_value(), view ? "" : qPrintable(view.error().detail));
    QCOMPARE(view->master.options.endpoint.port, servers->port(0));
    QVERIFY(!view->master.isDown());
    QCOMPARE(view->replicas.size(), std::size_t{2});
    for (const WatchedNode& replica : view->replicas) {
        QVERIFY(replica.options.endpoint.port == servers->port(1) || replica.options.endpoint.port == servers->port(2));
        QVERIFY(replica.announced.isEmpty());
        QVERIFY(replica.flags.contains(u"slave"_s));
    }
    QCOMPARE(view->sentinels.size(), std::size_t{2});
    QCOMPARE(view->sentinels.front().options.endpoint.port, servers->sentinelPort(1)); // who told it
    QCOMPARE(view->sentinels.back().options.endpoint.port, servers->sentinelPort(0));
    QCOMPARE(view->quorum, std::optional<std::uint64_t>(2));
}

void TestSentinel::aNameThatNobodyKnowsIsTold()
{
    const auto servers = RedisSentinels::start({.sentinels = 2});
    SentinelGroup group = groupOf(*servers);
    group.masterName = "another";
    const auto view = fetchSentinelView(group, readingGate(), {});
    QVERIFY(!view);
    QCOMPARE(view.error().kind, ErrorKind::Input);
    QCOMPARE(view.error().subject, u"another"_s);
}

void TestSentinel::whatASentinelIsNotConnectedToYetIsNotDown_data()
{
    QTest::addColumn<QString>("flags");
    QTest::addColumn<bool>("isDown");
    QTest::newRow("fine") << u"slave"_s << false;
    QTest::newRow("just heard of") << u"sentinel,disconnected"_s << false;
    QTest::newRow("silent for one") << u"slave,s_down"_s << true;
    QTest::newRow("silent for enough") << u"master,s_down,o_down"_s << true;
    QTest::newRow("gone") << u"s_down,slave,disconnected"_s << true;
}

void TestSentinel::whatASentinelIsNotConnectedToYetIsNotDown()
{
    QFETCH(QString, flags);
    WatchedNode node;
    node.flags = flags;
    QTEST(node.isDown(), "isDown");
}

QTEST_GUILESS_MAIN(TestSentinel)
#include "tst_sentinel.moc"
