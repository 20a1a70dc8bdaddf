// SPDX-License-Identifier: GPL-3.0-or-later
// Sessions with a real cluster whose nodes hang, fail and come back.
#include "core/session/sourceaccess.h"
#include "tests/core/session/sessionclusterfixture.h"

#include <QObject>
#include <QSignalSpy>

using namespace keyglass;
using namespace keyglass::test;

class TestSessionClusterFaults : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_cluster.reset(); }
    void aSilentMasterHoldsUpNobodyElse();
    void aFailoverIsFollowed();
    void aNodeGivenUpIsGoneOnWith();
    void oneNodeGivenUpIsGoneOnWithAlone();

private:
    std::unique_ptr<RedisCluster> m_cluster;
};

void TestSessionClusterFaults::init()
{
    m_cluster = RedisCluster::start();
    m_cluster->fill(3000, "user:");
}

void TestSessionClusterFaults::aSilentMasterHoldsUpNobodyElse()
{
    Session session(profileOf(*m_cluster, 1));
    QVERIFY(opens(session));
    std::map<QString, std::string> keyOf;
    for (int key = 0; key < 60; ++key) {
        const std::string name = "user:" + std::to_string(key);
        keyOf.emplace(*session.nodeOf(name), name);
    }
    const QString silent = QStringLiteral("127.0.0.1:%1").arg(m_cluster->port(0));
    m_cluster->pause(0);
    const auto waiting = session.loadValueHead(keyOf.at(silent));
    for (const auto& [node, key] : keyOf) {
        if (node != silent) {
            QVERIFY(answerOf(session.loadValueHead(key)));
        }
    }
    QTRY_VERIFY_WITH_TIMEOUT(waiting.isFinished(), 30000);
    QCOMPARE(session.state(), SessionState::Connected);
    m_cluster->resume(0);
}

void TestSessionClusterFaults::aFailoverIsFollowed()
{
    Session session(profileOf(*m_cluster, 1));
    QVERIFY(opens(session));
    session.startScan({});
    QTRY_COMPARE_WITH_TIMEOUT(session.scanState(), ScanState::Ended, 20000);
    const int owner = m_cluster->ownerOf(int{keyglass::slotOf("user:1")});
    QVERIFY(answerOf(session.loadValueHead("user:1")));
    const auto promoted = m_cluster->killMaster(owner);
    QVERIFY(promoted);
    const QString expected = QStringLiteral("127.0.0.1:%1").arg(m_cluster->port(*promoted));
    const auto now = [&] {
        const auto head = answerOf(session.loadValueHead("user:1"));
        return head && session.nodeOf("user:1") == expected;
    };
    QTRY_VERIFY_WITH_TIMEOUT(now(), 30000);
    QCOMPARE(session.snapshot()->keyCount(), std::uint64_t{3000}); // the user's place stays
    QCOMPARE(session.state(), SessionState::Connected);
}

void TestSessionClusterFaults::aNodeGivenUpIsGoneOnWith()
{
    m_cluster.reset();
    ClusterOptions options;
    options.replicasPerMaster = 0;
    options.password = QStringLiteral("secret");
    options.usersOf[2] = {QStringLiteral("user default on >another ~* &* +@all")};
    m_cluster = RedisCluster::start(options);
    m_cluster->fill(3000, "user:");
    const auto truth = m_cluster->truth();
    Session session(profileOf(*m_cluster), QStringLiteral("secret"));
    QVERIFY(opens(session));
    session.startScan({});
    QTRY_COMPARE_WITH_TIMEOUT(session.scanState(), ScanState::Ended, 20000);
    QCOMPARE(session.scanReport()->partialNodes().size(), std::size_t{1});
    const auto before = session.snapshot()->keyCount();
    QVERIFY(before > 1500 && before < 2500);
    const auto troubled = [&] {
        const auto nodes = session.nodes();
        return std::ranges::count_if(nodes, [](const SessionNode& node) { return node.trouble.has_value(); });
    };
    QCOMPARE(troubled(), 1);
    m_cluster->server(2).command({"ACL", "SETUSER", "default", ">secret"});
    session.retryFailedNodes();
    QTRY_COMPARE_WITH_TIMEOUT(session.scanState(), ScanState::Ended, 20000);
    QVERIFY(session.scanReport()->isComplete());
    QCOMPARE(session.scanReport()->nodes.size(), std::size_t{3});
    QCOMPARE(troubled(), 0);
    QVERIFY(keysOf(session) == truth);
}

void TestSessionClusterFaults::oneNodeGivenUpIsGoneOnWithAlone()
{
    m_cluster.reset();
    ClusterOptions options;
    options.replicasPerMaster = 0;
    options.password = QStringLiteral("secret");
    for (const int node : {1, 2}) {
        options.usersOf[node] = {QStringLiteral("user default on >another ~* &* +@all")};
    }
    m_cluster = RedisCluster::start(options);
    m_cluster->fill(3000, "user:");
    Session session(profileOf(*m_cluster), QStringLiteral("secret"));
    QVERIFY(opens(session));
    session.startScan({});
    QTRY_COMPARE_WITH_TIMEOUT(session.scanState(), ScanState::Ended, 20000);
    QCOMPARE(session.scanReport()->partialNodes().size(), std::size_t{2});
    for (const int node : {1, 2}) {
        m_cluster->server(node).command({"ACL", "SETUSER", "default", ">secret"});
    }
    const auto before = session.snapshot()->keyCount();
    session.retryNode(QStringLiteral("127.0.0.1:%1").arg(m_cluster->port(2)));
    QTRY_COMPARE_WITH_TIMEOUT(session.scanState(), ScanState::Ended, 20000);
    QCOMPARE(session.scanReport()->nodes.size(), std::size_t{3});
    QCOMPARE(session.scanReport()->partialNodes().size(), std::size_t{1});
    QCOMPARE(session.scanReport()->partialNodes().front()->nodeId, m_cluster->id(1));
    QVERIFY(session.snapshot()->keyCount() > before && session.snapshot()->keyCount() < 3000);
    session.retryFailedNodes();
    QTRY_COMPARE_WITH_TIMEOUT(session.scanState(), ScanState::Ended, 20000);
    QVERIFY(session.scanReport()->isComplete());
    QVERIFY(keysOf(session) == m_cluster->truth());
}

QTEST_GUILESS_MAIN(TestSessionClusterFaults)
#include "tst_sessionclusterfaults.moc"
