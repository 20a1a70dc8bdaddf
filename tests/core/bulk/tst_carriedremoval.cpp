// SPDX-License-Identifier: GPL-3.0-or-later
// What was moved is deleted where it was, also where the server refuses for a while: else it would be at both places.
#include "core/bulk/keytransfer.h"
#include "tests/core/bulk/busylane.h"
#include "tests/core/bulk/serverfixture.h"

#include <QTest>

using namespace keyglass;
using namespace keyglass::test;

class TestCarriedRemoval : public ServerFixture {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        ServerFixture::init();
        for (const std::string& key : m_keys) {
            m_server->command({"SET", key, "value"});
        }
        m_ways = {};
    }
    void aServerThatRunsAScriptIsAskedAgain_data();
    void aServerThatRunsAScriptIsAskedAgain();
    void whatChangesMeanwhileStays_data();
    void whatChangesMeanwhileStays();
    void aServerThatStaysBusyIsNamed();
    void isNotAskedAgainOnceItIsStopped();

private:
    /// The keys as they are now.
    std::vector<CarriedKey> carried()
    {
        std::vector<CarriedKey> keys;
        for (const std::string& key : m_keys) {
            const auto dump = m_lane->call(Command{"DUMP", key}, {}); // so it is connected, too
            keys.push_back({key, seenState(dump ? dump->text : std::string(), {})});
        }
        return keys;
    }
    /// "done" or "failed: why" of each, or the error.
    std::vector<std::string> remove(Lane& lane, const std::vector<CarriedKey>& keys, const std::stop_token& stop = {})
    {
        const auto removed = removeCarried({lane, lane}, keys, m_ways, stop);
        std::vector<std::string> told;
        if (!removed) {
            told.push_back(removed.error().detail.toStdString());
            return told;
        }
        for (const RemovedCarried& one : *removed) {
            told.push_back(std::string(outcomeName(one.outcome)) + (one.detail.empty() ? "" : ": ") + one.detail);
        }
        return told;
    }

    const std::vector<std::string> m_keys{"a", "b", "c"};
    TransferWays m_ways;
};

void TestCarriedRemoval::aServerThatRunsAScriptIsAskedAgain_data()
{
    QTest::addColumn<bool>("hasScripts");
    QTest::addColumn<int>("before");
    QTest::addRow("compared by a script") << true << 0;
    QTest::addRow("watched, at the look") << false << 0;
    QTest::addRow("watched, at the write") << false << 1;
    QTest::addRow("watched, at the second one's write") << false << 3;
}

void TestCarriedRemoval::aServerThatRunsAScriptIsAskedAgain()
{
    QFETCH(const bool, hasScripts);
    QFETCH(const int, before);
    m_ways.hasScripts = hasScripts;
    const auto keys = carried();
    BusyLane lane(*m_lane, before, 5);
    QCOMPARE(remove(lane, keys), std::vector<std::string>(3, "done"));
    QCOMPARE(lane.refused, 5);
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("0"));
}

void TestCarriedRemoval::whatChangesMeanwhileStays_data()
{
    QTest::addColumn<bool>("hasScripts");
    QTest::addRow("compared by a script") << true;
    QTest::addRow("watched") << false;
}

void TestCarriedRemoval::whatChangesMeanwhileStays()
{
    QFETCH(const bool, hasScripts);
    m_ways.hasScripts = hasScripts;
    const auto keys = carried();
    m_server->command({"SET", "b", "newer"});
    BusyLane lane(*m_lane, 0, 2);
    const auto told = remove(lane, keys);
    QCOMPARE(told.size(), std::size_t{3});
    QCOMPARE(told[0], std::string("done"));
    QVERIFY2(told[1].starts_with("changed: "), told[1].c_str());
    QCOMPARE(told[2], std::string("done"));
    QCOMPARE(m_server->command({"GET", "b"}), std::string("newer"));
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("1"));
}

void TestCarriedRemoval::aServerThatStaysBusyIsNamed()
{
    m_ways.patience = Milliseconds{2000};
    const auto keys = carried();
    BusyLane lane(*m_lane, 0, 1'000'000);
    QCOMPARE(remove(lane, keys), std::vector<std::string>(3, "failed: copied, but not deleted here: " + busyText));
    QVERIFY(lane.refused > 1);
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("3"));
}

void TestCarriedRemoval::isNotAskedAgainOnceItIsStopped()
{
    m_ways.patience = std::chrono::hours{1};
    const auto keys = carried();
    BusyLane lane(*m_lane, 0, 1'000'000);
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(remove(lane, keys, stop.get_token()),
        std::vector<std::string>(3, "failed: copied, but not deleted here: " + busyText));
    QCOMPARE(lane.refused, 1);
}

QTEST_GUILESS_MAIN(TestCarriedRemoval)
#include "tst_carriedremoval.moc"
