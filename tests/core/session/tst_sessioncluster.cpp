// SPDX-License-Identifier: GPL-3.0-or-later
// Sessions with a real cluster.
#include "core/session/sourceaccess.h"
#include "tests/core/session/sessionclusterfixture.h"

#include <QObject>
#include <QSignalSpy>

using namespace keyglass;
using namespace keyglass::test;

class TestSessionCluster : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_cluster.reset(); }
    void showsTheKeysOfAllMasters();
    void anotherSeedIsAskedWhereOneIsDead();
    void readsKeysOfEveryMaster();
    void aPrefixIsScannedAgainOnAllMasters();
    void aListWithoutSomeSlotsIsSavedAsPartial();
    void aServerThatIsNoClusterIsToldSo();
    void isReadByTlsAlone();

private:
    std::unique_ptr<RedisCluster> m_cluster;
};

void TestSessionCluster::init()
{
    m_cluster = RedisCluster::start();
    m_cluster->fill(3000, "user:");
}

void TestSessionCluster::showsTheKeysOfAllMasters()
{
    Session session(profileOf(*m_cluster));
    QVERIFY(opens(session));
    QCOMPARE(session.nodes().size(), std::size_t{3});
    for (const SessionNode& node : session.nodes()) {
        QCOMPARE(node.replicas, std::size_t{1});
        QVERIFY(!node.trouble);
    }
    const auto databases = answerOf(session.loadDatabases());
    QVERIFY(databases);
    QCOMPARE(databases->front().keys, std::uint64_t{3000});
    session.startScan({});
    QTRY_COMPARE_WITH_TIMEOUT(session.scanState(), ScanState::Ended, 20000);
    QVERIFY(session.scanReport()->isComplete());
    QVERIFY(keysOf(session) == m_cluster->truth());
    QCOMPARE(session.scanProgress().nodes.size(), std::size_t{3});
}

void TestSessionCluster::anotherSeedIsAskedWhereOneIsDead()
{
    Profile profile = profileOf(*m_cluster);
    profile.port = freePort();
    profile.seeds.push_back({QStringLiteral("127.0.0.1"), m_cluster->port(1)});
    Session session(profile);
    QVERIFY(opens(session));
}

void TestSessionCluster::readsKeysOfEveryMaster()
{
    Session session(profileOf(*m_cluster));
    QVERIFY(opens(session));
    const QSignalSpy details(&session, &Session::detailsLoaded);
    std::vector<std::string> keys;
    for (int key = 0; key < 60; ++key) {
        keys.push_back("user:" + std::to_string(key));
    }
    std::set<QString> owners;
    for (const std::string& key : keys) {
        owners.insert(*session.nodeOf(key));
    }
    QCOMPARE(owners.size(), std::size_t{3});
    session.requestDetails(keys, DetailColumns{true, true, true});
    const auto loaded = [&] {
        std::size_t sum = 0;
        for (const auto& arguments : details) {
            sum += arguments.front().value<std::shared_ptr<const std::vector<KeyDetails>>>()->size();
        }
        return sum;
    };
    QTRY_COMPARE_WITH_TIMEOUT(loaded(), std::size_t{60}, 20000);
    for (int key = 0; key < 10; ++key) {
        const auto head = answerOf(session.loadValueHead("user:" + std::to_string(key)));
        QVERIFY(head);
        QCOMPARE(head->type, KeyType::String);
    }
}

void TestSessionCluster::aPrefixIsScannedAgainOnAllMasters()
{
    Session session(profileOf(*m_cluster));
    QVERIFY(opens(session));
    session.startScan({});
    QTRY_COMPARE_WITH_TIMEOUT(session.scanState(), ScanState::Ended, 20000);
    for (int master = 0; master < 3; ++master) {
        m_cluster->server(master).command({"FLUSHALL"});
    }
    m_cluster->fill(50, "user:new:");
    m_cluster->fill(50, "other:");
    session.rescanPrefix("user:");
    QTRY_COMPARE_WITH_TIMEOUT(session.scanState(), ScanState::Ended, 20000);
    QTRY_COMPARE_WITH_TIMEOUT(session.snapshot()->keyCount(), std::uint64_t{50}, 20000);
}

void TestSessionCluster::aListWithoutSomeSlotsIsSavedAsPartial()
{
    Session session(profileOf(*m_cluster));
    QVERIFY(opens(session));
    session.startScan({});
    QTRY_COMPARE_WITH_TIMEOUT(session.scanState(), ScanState::Ended, 20000);
    QVERIFY(!session.describeKeys().isTruncated);
    // A ping that was under way may tell of the owner once more.
    const auto isOrphan = [&] {
        bool everywhere = true;
        for (int node = 0; node < m_cluster->size(); ++node) {
            m_cluster->server(node).command({"CLUSTER", "DELSLOTS", "0"});
            everywhere = !m_cluster->server(node).command({"CLUSTER", "SLOTS"}).starts_with("0\n") && everywhere;
        }
        return everywhere;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isOrphan(), 20000);
    session.startScan({});
    QTRY_COMPARE_WITH_TIMEOUT(session.scanState(), ScanState::Ended, 60000);
    QCOMPARE(session.scanReport()->cluster->orphanSlots, QStringLiteral("0"));
    QVERIFY(session.scanReport()->partialNodes().empty());
    QVERIFY(!session.scanReport()->isComplete());
    QVERIFY(session.describeKeys().isTruncated);
}

void TestSessionCluster::aServerThatIsNoClusterIsToldSo()
{
    const auto server = RedisServer::start(ServerOptions{.arguments = {}, .tcp = true});
    Profile profile;
    profile.kind = ProfileKind::Cluster;
    profile.port = server->port();
    Session session(profile);
    session.open();
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), SessionState::Failed, 20000);
    QCOMPARE(session.lastError()->kind, ErrorKind::Unsupported);
}

/// SHARDS gives tls-port; the seed's name is checked on every node's certificate.
void TestSessionCluster::isReadByTlsAlone()
{
    ClusterOptions options;
    options.tls = ClusterTls::Only;
    m_cluster.reset();
    m_cluster = RedisCluster::start(options);
    m_cluster->fill(2000, "user:");
    Profile profile = profileOf(*m_cluster);
    profile.tls.enabled = true;
    profile.tls.caFile = Certificates::shared().authority();
    Session session(profile);
    QVERIFY(opens(session));
    session.startScan({});
    QTRY_COMPARE_WITH_TIMEOUT(session.scanState(), ScanState::Ended, 20000);
    QVERIFY(session.scanReport()->isComplete());
    QCOMPARE(session.scanReport()->nodes.size(), std::size_t{3});
    QVERIFY(keysOf(session) == m_cluster->truth());
    for (const int key : {1, 2, 3, 4, 5}) {
        const auto head = answerOf(session.loadValueHead("user:" + std::to_string(key)));
        QVERIFY2(head.has_value(), head ? "" : qPrintable(head.error().detail));
    }
    Profile untrusting = profile;
    untrusting.tls.caFile.clear(); // the system trusts no authority of a test
    Session refused(untrusting);
    refused.open();
    QTRY_COMPARE_WITH_TIMEOUT(refused.state(), SessionState::Failed, 20000);
    QCOMPARE(refused.lastError()->kind, ErrorKind::Tls);
}

QTEST_GUILESS_MAIN(TestSessionCluster)
#include "tst_sessioncluster.moc"
