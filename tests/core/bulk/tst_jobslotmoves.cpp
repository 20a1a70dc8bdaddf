// SPDX-License-Identifier: GPL-3.0-or-later
// Slots of a cluster that move while a job is at work: every key is done once, wherever it is by then.
#include "core/bulk/keytransfer.h"
#include "tests/core/bulk/deletingjobs.h"
#include "tests/servers/slotmove.h"

#include <QTest>

#include <functional>
#include <optional>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestJobSlotMoves : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSlotThatMovesMeanwhile_data();
    void aSlotThatMovesMeanwhile();
    void aSlotThatMovesBeforeTheDeleteOfAMove_data();
    void aSlotThatMovesBeforeTheDeleteOfAMove();
    void aSlotThatIsStuckOnItsWay_data();
    void aSlotThatIsStuckOnItsWay();
};

void TestJobSlotMoves::aSlotThatMovesMeanwhile_data()
{
    QTest::addColumn<bool>("archived");
    QTest::addRow("unlinked") << false;
    QTest::addRow("archived before") << true;
}

void TestJobSlotMoves::aSlotThatMovesMeanwhile()
{
    QFETCH(const bool, archived);
    RemovalArchive archive;
    const auto cluster = RedisCluster::start({.replicasPerMaster = 0});
    cluster->fill(9000, "k:");
    const auto slots = cluster->slotsOf(0);
    const std::vector<int> some(slots.begin(), slots.begin() + 1000);
    JobReport report;
    JobExecutor job(nodesOf(*cluster), archived ? archive.removing() : deleting(false), {.batchKeys = 50}, report);
    SlotMove move(*cluster, 0, 1, some);
    move.moveKeysOfSlots(300);
    move.moveHalfOfNextSlot();
    takeAll(job, namesOf("k:", 9000));
    QTRY_VERIFY_WITH_TIMEOUT(job.progress().settled > 8000, 20'000); // those under way wait
    move.finish();
    QVERIFY(job.finish());
    QCOMPARE(textOf(report.counts()), "done 9000 ");
    QVERIFY(cluster->truth().empty());
    QCOMPARE(archive.keys().size(), std::size_t{archived ? 9000U : 0U});
}

void TestJobSlotMoves::aSlotThatMovesBeforeTheDeleteOfAMove_data()
{
    QTest::addColumn<bool>("hasScripts");
    QTest::addColumn<bool>("hasArrived");
    QTest::addRow("compared by a script, on its way") << true << false;
    QTest::addRow("compared by a script, arrived") << true << true;
    QTest::addRow("compared here, on its way") << false << false;
    QTest::addRow("compared here, arrived") << false << true;
}

/// Else the key would be at its new place and at its old one.
void TestJobSlotMoves::aSlotThatMovesBeforeTheDeleteOfAMove()
{
    QFETCH(const bool, hasScripts);
    QFETCH(const bool, hasArrived);
    class CarryingStep final : public BatchStep {
    public:
        CarryingStep(bool byScript, std::function<void()> meanwhile)
            : m_meanwhile(std::move(meanwhile))
        {
            m_ways.hasScripts = byScript;
        }
        Status apply(const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop) override
        {
            std::vector<CarriedKey> carried;
            for (std::size_t at = 0; at < keys.size(); ++at) {
                const auto dump = lanes.node.call(Command{"DUMP", keys[at]}, stop);
                if (!dump) {
                    return dump.error();
                }
                carried.push_back({keys[at], seenState(dump->text, {})});
            }
            m_meanwhile();
            const auto removed = removeCarried(lanes, carried, m_ways, stop);
            if (!removed) {
                return removed.error();
            }
            for (std::size_t at = 0; at < keys.size(); ++at) {
                outcomes.add(keys[at], (*removed)[at].outcome, (*removed)[at].detail);
            }
            return ok();
        }
        Status finish(const StepLanes&, OutcomeSink&, std::stop_token) override { return ok(); }
        UnsettledKeys takeUnsettled() override { return {}; }

    private:
        const std::function<void()> m_meanwhile;
        TransferWays m_ways;
    };
    const auto cluster = RedisCluster::start({.replicasPerMaster = 0});
    const int slot = test::slotOf("{t}");
    const int from = cluster->ownerOf(slot);
    cluster->fill(20, "{t}");
    std::optional<SlotMove> move;
    const auto meanwhile = [&] {
        move.emplace(*cluster, from, (from + 1) % 3, std::vector<int>{slot});
        if (hasArrived) {
            move->finish();
        } else {
            move->moveHalfOfNextSlot();
        }
    };
    JobReport report;
    JobExecutor job(
        nodesOf(*cluster), [&] { return std::make_unique<CarryingStep>(hasScripts, meanwhile); }, {}, report);
    takeAll(job, namesOf("{t}", 20));
    QVERIFY(job.finish());
    QVERIFY2(report.troubles().empty(), report.troubles().empty() ? "" : report.troubles().front().detail.c_str());
    QCOMPARE(textOf(report.counts()), "done 20 ");
    QVERIFY(cluster->truth().empty());
}

void TestJobSlotMoves::aSlotThatIsStuckOnItsWay_data()
{
    QTest::addColumn<bool>("archived");
    QTest::addColumn<bool>("refuseChanged");
    QTest::addRow("without an archive") << false << false;
    QTest::addRow("archived") << true << false;
    QTest::addRow("archived, and watched") << true << true;
}

/// Keys that have arrived at the other node are deleted there, and those that are on neither side are missing.
void TestJobSlotMoves::aSlotThatIsStuckOnItsWay()
{
    QFETCH(const bool, archived);
    QFETCH(const bool, refuseChanged);
    RemovalArchive archive;
    const auto cluster = RedisCluster::start({.replicasPerMaster = 0});
    cluster->fill(3000, "k:");
    constexpr std::size_t tagged = 20;
    const int slot = test::slotOf("{t}");
    const int from = cluster->ownerOf(slot);
    cluster->fill(tagged, "{t}");
    SlotMove move(*cluster, from, (from + 1) % 3, {slot}); // it is never finished
    move.moveHalfOfNextSlot();
    auto keys = namesOf("k:", 3000);
    for (const std::string& key : namesOf("{t}", tagged + 5)) {
        keys.push_back(key);
    }
    JobReport report;
    JobExecutor job(nodesOf(*cluster), archived ? archive.removing(refuseChanged) : deleting(false), {}, report);
    takeAll(job, keys);
    QVERIFY(job.finish());
    QCOMPARE(textOf(report.counts()), "done 3020 missing 5 ");
    QVERIFY(cluster->truth().empty());
    QCOMPARE(archive.keys().size(), std::size_t{archived ? 3020U : 0U});
}

QTEST_GUILESS_MAIN(TestJobSlotMoves)
#include "tst_jobslotmoves.moc"
