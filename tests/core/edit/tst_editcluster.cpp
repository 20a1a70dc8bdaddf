// SPDX-License-Identifier: GPL-3.0-or-later
// Edits in a real cluster whose slots move.
#include "tests/core/edit/editclusterfixture.h"
#include "tests/servers/slotmove.h"

using namespace keyglass;
using namespace keyglass::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestEditCluster : public EditClusterFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { startCluster(); }
    void cleanupTestCase() { m_cluster.reset(); }
    void init() { emptyCluster(); }
    void keysOfEveryNode();
    void aSlotThatHasMoved();
    void aSlotThatMovesWhileWeWrite();
    void aSlotUnderWay();
    void aRenameInASlotUnderWay();
    void aNewMaster();
    void renamesInOneSlotAreAtomic();
};

void TestEditCluster::keysOfEveryNode()
{
    ConnectionOptions options;
    options.endpoint = Endpoint{u"127.0.0.1"_s, m_cluster->port(0), {}, {}};
    const auto unknowing =
        std::make_shared<ClusterMap>(ClusterAddresses(options, {}), std::make_shared<CommandGate>(GateRules{}));
    EditLanes lanes(unknowing); // it learns by being sent on
    for (int i = 0; i < 60; ++i) {
        const std::string key = "key:" + std::to_string(i);
        QCOMPARE(told(apply(lanes, key, CreateKey{NewString{"old"}, std::nullopt})), u"Done"_s);
        QCOMPARE(told(apply(lanes, key, SetString{"new", "old"})), u"Done"_s);
        QCOMPARE(told(apply(lanes, key, SetString{"newer", "old"})), u"Conflict"_s);
        QCOMPARE(call({"GET", key}), std::string("new"));
    }
}

void TestEditCluster::aSlotThatHasMoved()
{
    EditLanes lanes(mapOf());
    QCOMPARE(told(apply(lanes, "key:1", CreateKey{NewHash{{{"f", "old"}}}, std::nullopt})), u"Done"_s);
    const int owner = nodeOf("key:1");
    m_cluster->moveSlots(owner, (owner + 1) % 3, {keyglass::slotOf("key:1")});
    QCOMPARE(told(apply(lanes, "key:1", SetHashField{"f", "new", SeenBytes::there("old")})), u"Done"_s);
    QVERIFY(nodeOf("key:1") != owner);
    QCOMPARE(call({"HGET", "key:1", "f"}), std::string("new"));
}

void TestEditCluster::aSlotThatMovesWhileWeWrite()
{
    const int owner = nodeOf("key:2");
    bool isFirst = true;
    const auto lanes = hooked([&](const Command& last) {
        if (last.name() == "EXEC" && std::exchange(isFirst, false)) {
            m_cluster->moveSlots(owner, (owner + 1) % 3, {keyglass::slotOf("key:2")});
        }
    });
    QCOMPARE(call({"SET", "key:2", "old"}), std::string("OK"));
    QCOMPARE(told(apply(*lanes, "key:2", SetString{"new", "old"})), u"Done"_s);
    QVERIFY(nodeOf("key:2") != owner);
    QCOMPARE(call({"GET", "key:2"}), std::string("new"));
}

void TestEditCluster::aSlotUnderWay()
{
    EditLanes lanes(mapOf());
    QCOMPARE(call({"SET", "{a}moved", "old"}), std::string("OK"));
    const int owner = nodeOf("{a}");
    SlotMove move(*m_cluster, owner, (owner + 1) % 3, {keyglass::slotOf("{a}")});
    move.moveKeysOfSlots(1);
    QCOMPARE(told(apply(lanes, "{a}moved", SetString{"new", "old"})), u"Done"_s);
    QCOMPARE(told(apply(lanes, "{a}moved", SetString{"newer", "old"})), u"Conflict"_s);
    QCOMPARE(told(apply(lanes, "{a}new", CreateKey{NewList{{"x", "y"}}, std::nullopt})), u"Done"_s);
    QCOMPARE(told(apply(lanes, "{a}new", DeleteListElement{{0, "x", {}, SeenBytes::there("y")}})), u"Done"_s);
    QCOMPARE(told(apply(lanes, "{a}none", SetString{"new", "old"})), u"Gone"_s);
    move.finish();
    QCOMPARE(call({"GET", "{a}moved"}), std::string("new"));
    QCOMPARE(call({"LRANGE", "{a}new", "0", "-1"}), std::string("y"));
}

/// One key here and one there: the cluster has nobody try until it is through.
void TestEditCluster::aRenameInASlotUnderWay()
{
    QCOMPARE(call({"SET", "{b}1", "v"}), std::string("OK"));
    QCOMPARE(call({"SET", "{b}2", "v"}), std::string("OK"));
    const int owner = nodeOf("{b}");
    SlotMove move(*m_cluster, owner, (owner + 1) % 3, {keyglass::slotOf("{b}")});
    bool isMoved = false;
    int tries = 0;
    const auto lanes = hooked([&](const Command& last) {
        if (last.name() == "MULTI" && ++tries == 3) {
            move.finish();
            isMoved = true;
        }
    });
    QCOMPARE(told(apply(*lanes, "{b}1", RenameKey{"{b}3"})), u"Done"_s);
    QVERIFY(isMoved);
    QCOMPARE(call({"GET", "{b}3"}), std::string("v"));
    QCOMPARE(call({"EXISTS", "{b}1"}), std::string("0"));
}

void TestEditCluster::aNewMaster()
{
    EditLanes lanes(mapOf());
    QCOMPARE(told(apply(lanes, "key:7", CreateKey{NewString{"old"}, std::nullopt})), u"Done"_s);
    const int owner = nodeOf("key:7");
    const int promoted = m_cluster->failover(owner);
    QVERIFY(promoted != owner);
    QCOMPARE(told(apply(lanes, "key:7", SetString{"new", "old"})), u"Done"_s);
    QCOMPARE(m_cluster->server(promoted).command({"GET", "key:7"}), std::string("new"));
    QCOMPARE(m_cluster->failover(promoted), owner);
}

void TestEditCluster::renamesInOneSlotAreAtomic()
{
    EditLanes lanes(mapOf());
    QCOMPARE(call({"SET", "{c}1", "v"}), std::string("OK"));
    const auto outcome = apply(lanes, "{c}1", RenameKey{"{c}2"});
    QCOMPARE(told(outcome), u"Done"_s);
    QVERIFY(outcome->isAtomic);
    QCOMPARE(call({"GET", "{c}2"}), std::string("v"));
}

QTEST_GUILESS_MAIN(TestEditCluster)
#include "tst_editcluster.moc"
