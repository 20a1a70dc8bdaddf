// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scan/pacer.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <deque>
#include <random>

using namespace keyglass;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(keyglass::ScanPace)

namespace {

/// A server on paper: it answers one call after the other, each taking its time, behind a network that takes its own.
struct PaperServer {
    double perKey = 1;             ///< Microseconds for each one of COUNT.
    double perCall = 10;           ///< Microseconds.
    double network = 40;           ///< Microseconds, both ways together.
    double noise = 0;              ///< Share of a call's time by which it varies.
    double othersWork = 0;         ///< Microseconds of other clients' commands before each of ours.
    std::uint64_t othersScans = 0; ///< SCANs of others for each of ours, of 10 microseconds each.
    bool tellsStats = true;
    double lateShare = 0; ///< Of the calls, that take longer than they should,
    double lateBy = 1;    ///< so many times.

    ScanStats stats{};
    Clock::time_point freeAt{};
    std::mt19937 random{7};

    Clock::time_point answer(int count, Clock::time_point sentAt)
    {
        const double vary = 1 + noise * std::uniform_real_distribution<double>(-1, 1)(random);
        const bool isLate = std::uniform_real_distribution<double>(0, 1)(random) < lateShare;
        const double took = (perCall + perKey * count) * vary * (isLate ? lateBy : 1);
        took > most ? ++late : late;
        const auto arrived = sentAt + span(network / 2);
        const auto begun = std::max(arrived, freeAt) + span(othersWork);
        freeAt = begun + span(took);
        stats.calls += 1 + othersScans;
        stats.time +=
            std::chrono::microseconds(static_cast<std::int64_t>(took) + 10 * static_cast<std::int64_t>(othersScans));
        largest = std::max(largest, took);
        busy += took;
        return freeAt + span(network / 2);
    }
    static Clock::duration span(double microseconds)
    {
        return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double, std::micro>(microseconds));
    }

    double largest = 0; ///< Of the calls since it was last set to 0.
    double busy = 0;    ///< The same, summed.
    double most = 1e9;
    std::uint64_t late = 0; ///< Calls that took longer than `most`.
};

/// Sends as the scanner does: what the pacer allows, one call after the other in the order of their answers.
class PaperScan {
public:
    PaperScan(PaperServer& server, ScanPace pace, bool mayUseParts = false)
        : m_server(server)
        , m_pacer(pace, mayUseParts)
    {
    }

    void runFor(Clock::duration time)
    {
        const auto end = m_now + time;
        while (m_now < end) {
            fill();
            const ScanCall call = m_underWay.front();
            m_underWay.pop_front();
            m_now = std::max(m_now, call.cursorSeen);
            m_pacer.answered(call);
            ++calls;
            keys += static_cast<std::uint64_t>(call.count);
            if (m_statsUnderWay && m_underWay.empty()) {
                takeStats();
            }
        }
    }

    Pacer& pacer() { return m_pacer; }
    std::uint64_t calls = 0;
    std::uint64_t keys = 0;

private:
    void fill()
    {
        while (m_underWay.empty() || static_cast<int>(m_underWay.size()) < m_pacer.window()) {
            m_now = std::max(m_now, m_dueAt);
            const int count = m_pacer.nextCount();
            const auto seen = m_server.answer(count, m_now);
            m_underWay.push_back(ScanCall{count, m_now, seen, true, m_underWay.empty()});
            m_dueAt = m_now + m_pacer.spacing();
            ++m_sent;
            m_examined += static_cast<std::uint64_t>(count);
            if (m_pacer.wantsStats(m_now)) {
                m_pacer.statsAsked(m_now, m_sent, m_examined);
                m_statsUnderWay = true;
                m_stats = m_server.stats;
                takeStats();
            }
        }
    }
    void takeStats()
    {
        m_statsUnderWay = false;
        m_server.tellsStats ? m_pacer.statsArrived(m_stats, m_now) : m_pacer.statsRefused();
    }

    PaperServer& m_server;
    Pacer m_pacer;
    Clock::time_point m_now = Clock::time_point{} + 1h;
    Clock::time_point m_dueAt{};
    std::deque<ScanCall> m_underWay;
    ScanStats m_stats;
    bool m_statsUnderWay = false;
    std::uint64_t m_sent = 0;
    std::uint64_t m_examined = 0;
};

double allowed(ScanPace pace)
{
    return pace == ScanPace::Gentle ? 150 : pace == ScanPace::Balanced ? 400 : 1000;
}

void addPaces()
{
    QTest::addColumn<ScanPace>("pace");
    QTest::addRow("gentle") << ScanPace::Gentle;
    QTest::addRow("balanced") << ScanPace::Balanced;
    QTest::addRow("full") << ScanPace::Full;
}

} // namespace

class TestPacer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void beginsSmall_data() { addPaces(); }
    void beginsSmall();
    void callsComeToTheirBudget_data();
    void callsComeToTheirBudget();
    void hardlyACallIsLate_data();
    void hardlyACallIsLate();
    void aSlowerServerGetsFewerAndSmallerCalls_data() { addPaces(); }
    void aSlowerServerGetsFewerAndSmallerCalls();
    void aServerKeptBusyByOthersIsYieldedTo();
    void aLineThatBreaksGetsSmallerCallsUntilItHolds();
    void gentleLeavesThreeQuarters_data();
    void gentleLeavesThreeQuarters();
    void statsThatAreRefusedAreReplacedByTheSlope_data() { addPaces(); }
    void statsThatAreRefusedAreReplacedByTheSlope();
    void whatDrownsInNoiseIsNotMeasured();
    void othersScansAreNotTakenForOurs();
    void countersSetBackAreNotBelieved();
    void statsAreAskedOnceASecond();
    void severalCallsAreUnderWayOverALongNetwork_data();
    void severalCallsAreUnderWayOverALongNetwork();
    void oneCallIsUnderWayWherePartsAreNotAllowed();
    void fullTakesWhatMeasuresBest();
};

void TestPacer::beginsSmall()
{
    QFETCH(ScanPace, pace);
    Pacer pacer(pace, true);
    QCOMPARE(pacer.nextCount(), 100);
    QCOMPARE(pacer.window(), 1);
    QVERIFY(!pacer.isMeasured());
    QVERIFY(!pacer.serverTime());
}

void TestPacer::callsComeToTheirBudget_data()
{
    QTest::addColumn<ScanPace>("pace");
    QTest::addColumn<double>("perKey");
    QTest::addColumn<bool>("parts");
    for (const double perKey : {0.2, 1.0, 8.0}) {
        for (const bool parts : {false, true}) {
            const char* with = parts ? "several cursors" : "one cursor";
            QTest::addRow("gentle, %.1f us a key, %s", perKey, with) << ScanPace::Gentle << perKey << parts;
            QTest::addRow("balanced, %.1f us a key, %s", perKey, with) << ScanPace::Balanced << perKey << parts;
            QTest::addRow("full, %.1f us a key, %s", perKey, with) << ScanPace::Full << perKey << parts;
        }
    }
}

void TestPacer::callsComeToTheirBudget()
{
    QFETCH(ScanPace, pace);
    QFETCH(double, perKey);
    QFETCH(bool, parts);
    PaperServer server{.perKey = perKey, .noise = 0.2};
    PaperScan scan(server, pace, parts);
    scan.runFor(1s);
    server.largest = 0;
    scan.runFor(5s);
    QVERIFY(scan.pacer().isMeasured());
    const auto time = static_cast<double>(scan.pacer().serverTime()->count());
    QVERIFY2(time <= allowed(pace) * 1.05, qPrintable(QString::number(time)));
    QVERIFY2(time >= (pace == ScanPace::Full ? 130 : allowed(pace) * 0.9), qPrintable(QString::number(time)));
    QVERIFY2(server.largest <= allowed(pace) * 1.3, qPrintable(QString::number(server.largest)));
}

void TestPacer::hardlyACallIsLate_data()
{
    QTest::addColumn<ScanPace>("pace");
    QTest::addColumn<double>("most");
    QTest::addColumn<double>("lateBy");
    QTest::addRow("gentle") << ScanPace::Gentle << 250.0 << 2.0;
    QTest::addRow("balanced") << ScanPace::Balanced << 500.0 << 1.6;
}

/// Three in a hundred take much longer: then all get smaller, and large again when that is over.
void TestPacer::hardlyACallIsLate()
{
    QFETCH(const ScanPace, pace);
    QFETCH(const double, most);
    QFETCH(const double, lateBy);
    PaperServer server;
    server.lateBy = lateBy;
    server.lateShare = 0.03;
    server.most = most;
    PaperScan scan(server, pace);
    scan.runFor(30s);
    server.late = 0;
    const std::uint64_t before = scan.calls;
    scan.runFor(30s);
    QVERIFY2(static_cast<double>(server.late) < 0.011 * static_cast<double>(scan.calls - before),
        qPrintable(QStringLiteral("%1 of %2").arg(server.late).arg(scan.calls - before)));
    const int small = scan.pacer().count();
    server.lateShare = 0;
    scan.runFor(60s);
    QVERIFY(scan.pacer().count() > small);
    server.largest = 0;
    scan.runFor(1s);
    QVERIFY(server.largest > 0.9 * allowed(pace) && server.largest < 1.1 * allowed(pace));
}

void TestPacer::aSlowerServerGetsFewerAndSmallerCalls()
{
    QFETCH(ScanPace, pace);
    PaperServer server{.noise = 0.1};
    PaperScan scan(server, pace);
    scan.runFor(5s);
    const int before = scan.pacer().count();
    const auto callsBefore = scan.calls;
    scan.runFor(1s);
    const auto inASecond = scan.calls - callsBefore;
    server.perKey *= 5;
    scan.runFor(1s);
    QVERIFY2(scan.pacer().count() <= before / 3, qPrintable(QString::number(scan.pacer().count())));
    server.largest = 0;
    const auto callsAfter = scan.calls;
    scan.runFor(500ms);
    QVERIFY2(server.largest <= allowed(pace) * 1.2, qPrintable(QString::number(server.largest)));
    QVERIFY2(scan.calls - callsAfter < inASecond / 2, qPrintable(QString::number(scan.calls - callsAfter)));
}

void TestPacer::aServerKeptBusyByOthersIsYieldedTo()
{
    for (const ScanPace pace : {ScanPace::Gentle, ScanPace::Balanced}) {
        PaperServer server;
        PaperScan scan(server, pace);
        scan.runFor(3s);
        const int before = scan.pacer().count();
        server.othersWork = 5000;
        scan.runFor(1s);
        QVERIFY2(scan.pacer().count() < before / 2, qPrintable(QString::number(scan.pacer().count())));
        server.othersWork = 0;
        scan.runFor(3s);
        QVERIFY2(scan.pacer().count() > before * 3 / 4, qPrintable(QString::number(scan.pacer().count())));
    }
}

void TestPacer::aLineThatBreaksGetsSmallerCallsUntilItHolds()
{
    PaperServer server{.perKey = 0.2};
    PaperScan scan(server, ScanPace::Full);
    scan.runFor(3s);
    const int usual = scan.pacer().nextCount();
    QVERIFY(usual > 500);
    for (int broken = 0; broken < 3; ++broken) {
        scan.pacer().connectionLost();
    }
    QVERIFY(scan.pacer().nextCount() <= usual / 4);
    for (int broken = 0; broken < 20; ++broken) {
        scan.pacer().connectionLost();
    }
    QVERIFY(scan.pacer().nextCount() >= 1);
    scan.runFor(3s);
    QVERIFY(scan.pacer().nextCount() > usual / 2);
}

void TestPacer::gentleLeavesThreeQuarters_data()
{
    QTest::addColumn<double>("network");
    QTest::addColumn<bool>("parts");
    QTest::addRow("near by") << 40.0 << false;
    QTest::addRow("near by, several cursors") << 40.0 << true;
    QTest::addRow("far away, several cursors") << 20'000.0 << true;
}

void TestPacer::gentleLeavesThreeQuarters()
{
    QFETCH(double, network);
    QFETCH(bool, parts);
    PaperServer server{.network = network};
    PaperScan scan(server, ScanPace::Gentle, parts);
    scan.runFor(2s);
    server.busy = 0;
    scan.runFor(4s);
    QVERIFY2(server.busy <= 4e6 * 0.26, qPrintable(QString::number(server.busy)));
}

void TestPacer::statsThatAreRefusedAreReplacedByTheSlope()
{
    QFETCH(ScanPace, pace);
    for (const double network : {40.0, 20'000.0}) {
        PaperServer server{.network = network, .noise = 0.02, .tellsStats = false};
        PaperScan scan(server, pace);
        scan.runFor(network > 1000 ? 10s : 2s);
        QVERIFY(scan.pacer().isMeasured());
        const auto time = static_cast<double>(scan.pacer().serverTime()->count());
        QVERIFY2(time <= allowed(pace) * 1.1 && time >= 100, qPrintable(QString::number(time)));
    }
}

void TestPacer::whatDrownsInNoiseIsNotMeasured()
{
    PaperServer server{.perKey = 0.001, .network = 20'000, .tellsStats = false};
    PaperScan scan(server, ScanPace::Full);
    server.perCall = 1000;
    server.noise = 0.9;
    scan.runFor(3s);
    if (!scan.pacer().isMeasured()) {
        QCOMPARE(scan.pacer().count(), 300);
    }
    QVERIFY(scan.pacer().count() <= 5000);
    PaperServer silent{.perKey = 0, .tellsStats = false};
    PaperScan unknown(silent, ScanPace::Full);
    unknown.runFor(1s);
    QVERIFY(!unknown.pacer().isMeasured());
    QCOMPARE(unknown.pacer().count(), 300);
}

void TestPacer::othersScansAreNotTakenForOurs()
{
    PaperServer server;
    PaperScan scan(server, ScanPace::Balanced);
    scan.runFor(3s);
    const int before = scan.pacer().count();
    server.othersScans = 3; // small ones: the average would say that ours cost little
    scan.runFor(3s);
    QCOMPARE(scan.pacer().count(), before);
}

void TestPacer::countersSetBackAreNotBelieved()
{
    PaperServer server;
    PaperScan scan(server, ScanPace::Balanced);
    scan.runFor(3s);
    const int before = scan.pacer().count();
    server.stats = {};
    scan.runFor(3s);
    QVERIFY(scan.pacer().isMeasured());
    QVERIFY(std::abs(scan.pacer().count() - before) <= before / 20);
}

void TestPacer::statsAreAskedOnceASecond()
{
    Pacer pacer(ScanPace::Full, false);
    auto now = Clock::time_point{} + 1h;
    std::uint64_t sent = 0;
    int asked = 0;
    for (int call = 0; call < 20'000; ++call) {
        pacer.answered(ScanCall{100, now, now + 500us});
        now += 500us;
        ++sent;
        if (pacer.wantsStats(now)) {
            ++asked;
            pacer.statsAsked(now, sent, sent * 100);
            pacer.statsArrived(ScanStats{sent, std::chrono::microseconds(sent * 400)}, now);
        }
    }
    QVERIFY2(asked >= 10 && asked <= 14, qPrintable(QString::number(asked))); // in ten seconds
}

void TestPacer::severalCallsAreUnderWayOverALongNetwork_data()
{
    QTest::addColumn<ScanPace>("pace");
    QTest::addColumn<int>("atLeast");
    QTest::addColumn<double>("busyAtLeast");
    QTest::addRow("gentle") << ScanPace::Gentle << 4 << 0.02;
    QTest::addRow("balanced") << ScanPace::Balanced << 8 << 0.1;
    QTest::addRow("full") << ScanPace::Full << 20 << 0.85;
}

void TestPacer::severalCallsAreUnderWayOverALongNetwork()
{
    QFETCH(ScanPace, pace);
    QFETCH(int, atLeast);
    QFETCH(double, busyAtLeast);
    PaperServer server{.network = 20'000};
    PaperScan scan(server, pace, true);
    scan.runFor(2s);
    QVERIFY2(scan.pacer().window() >= atLeast, qPrintable(QString::number(scan.pacer().window())));
    QVERIFY(scan.pacer().spacing() > 0us); // else the server would answer several in one go
    server.busy = 0;
    server.largest = 0;
    scan.runFor(2s);
    QVERIFY2(server.busy >= 2e6 * busyAtLeast, qPrintable(QString::number(server.busy)));
    QVERIFY2(server.largest <= allowed(pace) * 1.05, qPrintable(QString::number(server.largest)));
}

void TestPacer::oneCallIsUnderWayWherePartsAreNotAllowed()
{
    PaperServer server{.network = 20'000};
    PaperScan scan(server, ScanPace::Full, false);
    scan.runFor(5s);
    QCOMPARE(scan.pacer().window(), 1);
    const auto time = static_cast<double>(scan.pacer().serverTime()->count());
    QVERIFY2(time > 650 && time < 1000, qPrintable(QString::number(time))); // all that the pace allows
}

void TestPacer::fullTakesWhatMeasuresBest()
{
    PaperServer near; // a second call waiting at the server fills the gap that the network leaves
    near.network = 150;
    PaperScan pair(near, ScanPace::Full, true);
    pair.runFor(5s);
    QCOMPARE(pair.pacer().window(), 2);
    PaperServer dear{.perCall = 200}; // each call costs: large ones pay
    PaperScan large(dear, ScanPace::Full);
    large.runFor(5s);
    PaperServer cheap{.perCall = 0, .network = 0}; // small ones are as good, and stall nobody
    PaperScan small(cheap, ScanPace::Full);
    small.runFor(5s);
    QVERIFY(*large.pacer().serverTime() > 650us);
    QVERIFY(*small.pacer().serverTime() < 250us);
}

QTEST_GUILESS_MAIN(TestPacer)
#include "tst_pacer.moc"
