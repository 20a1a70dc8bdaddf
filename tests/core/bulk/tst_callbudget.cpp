// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/callbudget.h"

#include <QTest>

using namespace keyglass;
using namespace std::chrono_literals;

namespace {

const std::string info = "# Commandstats\r\n"
                         "cmdstat_exec:calls=10,usec=4000,usec_per_call=400.00,rejected_calls=0,failed_calls=0\r\n"
                         "cmdstat_unlink:calls=21,usec=175,usec_per_call=8.33,rejected_calls=0,failed_calls=0\r\n"
                         "cmdstat_del:calls=4,usec=25,usec_per_call=6.25,rejected_calls=0,failed_calls=0\r\n";

/// A server on which a key takes so long, asked every half second after `keys` more keys.
struct Server {
    void work(CallBudget& budget, std::uint64_t keys, double perKey)
    {
        done += keys;
        stats.calls += keys / budget.size().keys + 1;
        stats.time += std::chrono::microseconds{static_cast<std::int64_t>(static_cast<double>(keys) * perKey)};
        now += 500ms;
        budget.statsArrived(stats, done, now);
    }
    CommandTime stats;
    std::uint64_t done = 0;
    Clock::time_point now{1h};
};

} // namespace

class TestCallBudget : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsTheServersStats();
    void callsFitTheBudget_data();
    void callsFitTheBudget();
    void dearerKeysCountAtOnce();
    void fewKeysSayNothing();
    void aRestartIsAnotherBeginning();
    void asksNowAndThen();
    void bytesFollowTheBudget();
};

void TestCallBudget::readsTheServersStats()
{
    const auto one = commandTime(info, {"exec"});
    QVERIFY(one && one->calls == 10 && one->time == 4000us);
    const auto sum = commandTime(info, {"unlink", "del"});
    QVERIFY(sum && sum->calls == 25 && sum->time == 200us);
    QVERIFY(commandTime(info, {"unlink", "unknown"}));
    QVERIFY(!commandTime(info, {"stat_exec", "xec"}));
    QVERIFY(!commandTime({}, {"exec"}));
    QVERIFY(commandTime("cmdstat_exec:", {"exec"})->calls == 0); // cut, or not a line we know
}

void TestCallBudget::callsFitTheBudget_data()
{
    QTest::addColumn<double>("perKey");
    QTest::addColumn<std::size_t>("keys");
    QTest::newRow("small keys: as many as a batch has") << 0.5 << std::size_t{500};
    QTest::newRow("2 µs a key") << 2.0 << std::size_t{200};
    QTest::newRow("large hashes") << 80.0 << std::size_t{5};
    QTest::newRow("one is more than the budget") << 5000.0 << std::size_t{1};
}

void TestCallBudget::callsFitTheBudget()
{
    QFETCH(const double, perKey);
    QFETCH(const std::size_t, keys);
    CallBudget budget(400us, 500);
    Server server;
    for (int round = 0; round < 5; ++round) {
        server.work(budget, 10'000, perKey);
    }
    QCOMPARE(budget.size().keys, keys);
}

void TestCallBudget::dearerKeysCountAtOnce()
{
    CallBudget budget(400us, 500);
    Server server;
    server.work(budget, 10'000, 1);
    server.work(budget, 10'000, 1);
    QCOMPARE(budget.size().keys, std::size_t{400});
    server.work(budget, 10'000, 10);
    QCOMPARE(budget.size().keys, std::size_t{40});
    server.work(budget, 10'000, 1); // and cheaper ones by and by
    QVERIFY(budget.size().keys > 40 && budget.size().keys < 400);
}

void TestCallBudget::fewKeysSayNothing()
{
    CallBudget budget(400us, 500);
    Server server;
    server.work(budget, 10'000, 1);
    const CallSize before = budget.size();
    server.work(budget, 3, 1000);
    QCOMPARE(budget.size(), before);
    QVERIFY(!budget.microsecondsPerKey());
}

void TestCallBudget::aRestartIsAnotherBeginning()
{
    CallBudget budget(400us, 500);
    Server server;
    server.work(budget, 10'000, 1);
    server.work(budget, 10'000, 1);
    server.stats = {}; // CONFIG RESETSTAT, or another process
    server.work(budget, 10'000, 1);
    QCOMPARE(budget.size().keys, std::size_t{400});
    budget.statsArrived(std::nullopt, server.done, server.now); // forbidden from now on
    QCOMPARE(budget.size().keys, std::size_t{400});
}

void TestCallBudget::asksNowAndThen()
{
    CallBudget budget(400us, 500);
    const Clock::time_point begin{1h};
    QVERIFY(budget.wantsStats(begin));
    budget.statsArrived(CommandTime{10, 100us}, 0, begin);
    QVERIFY(!budget.wantsStats(begin + 10ms));
    QVERIFY(budget.wantsStats(begin + 60ms)); // the first word soon
    budget.statsArrived(CommandTime{20, 1100us}, 1000, begin + 60ms);
    QVERIFY(!budget.wantsStats(begin + 200ms));
    QVERIFY(budget.wantsStats(begin + 400ms));
}

void TestCallBudget::bytesFollowTheBudget()
{
    QCOMPARE(CallBudget(400us, 500).size().bytes, std::uint64_t{100'000});
    QCOMPARE(CallBudget(100us, 500).size().bytes, std::uint64_t{25'000});
    QVERIFY(CallBudget(400us, 7).size().keys <= 7);
}

QTEST_GUILESS_MAIN(TestCallBudget)
#include "tst_callbudget.moc"
