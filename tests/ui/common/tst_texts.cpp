// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/texts.h"

#include <QLocale>
#include <QObject>
#include <QTest>
#include <QTimeZone>

using namespace keyglass::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

class TestTexts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void groupsNumbers_data();
    void groupsNumbers();
    void groupsAsTheLocaleDoes();
    void showsRatesForAGlance_data();
    void showsRatesForAGlance();
    void showsPercentWithoutRoundingToTheEnds_data();
    void showsPercentWithoutRoundingToTheEnds();
    void showsTheTwoLargestUnits_data();
    void showsTheTwoLargestUnits();
    void showsDurationsToTheMillisecond_data();
    void showsDurationsToTheMillisecond();
    void showsTimesInLocalTime();
    void saysHowLongAgo_data();
    void saysHowLongAgo();
};

void TestTexts::initTestCase()
{
    qputenv("TZ", "UTC-2"); // POSIX: two hours east
    tzset();
    QLocale::setDefault(QLocale::c());
}

void TestTexts::groupsNumbers_data()
{
    QTest::addColumn<quint64>("number");
    QTest::addColumn<QString>("text");
    QTest::addRow("nothing") << quint64(0) << u"0"_s;
    QTest::addRow("below a thousand") << quint64(999) << u"999"_s;
    QTest::addRow("a thousand") << quint64(1000) << u"1,000"_s;
    QTest::addRow("millions") << quint64(12'408'113) << u"12,408,113"_s;
    QTest::addRow("all of 64 bits") << ~quint64(0) << u"18,446,744,073,709,551,615"_s;
}

void TestTexts::groupsNumbers()
{
    QFETCH(quint64, number);
    QTEST(numberText(number), "text");
}

void TestTexts::groupsAsTheLocaleDoes()
{
    QLocale::setDefault(QLocale(QLocale::German));
    const QString text = numberText(12'408'113);
    QLocale::setDefault(QLocale::c());
    QCOMPARE(text, u"12.408.113"_s);
}

void TestTexts::showsRatesForAGlance_data()
{
    QTest::addColumn<double>("rate");
    QTest::addColumn<QString>("text");
    QTest::addRow("nothing") << 0.0 << u"0 /s"_s;
    QTest::addRow("negative") << -3.0 << u"0 /s"_s;
    QTest::addRow("few") << 98.7 << u"98 /s"_s;
    QTest::addRow("thousands") << 9'999.0 << u"9,999 /s"_s;
    QTest::addRow("many thousands") << 98'412.0 << u"98 k/s"_s;
    QTest::addRow("just below a million") << 999'999.0 << u"999 k/s"_s;
    QTest::addRow("millions") << 1'190'000.0 << u"1.1 M/s"_s;
}

void TestTexts::showsRatesForAGlance()
{
    QFETCH(double, rate);
    QTEST(rateText(rate), "text");
}

void TestTexts::showsPercentWithoutRoundingToTheEnds_data()
{
    QTest::addColumn<double>("share");
    QTest::addColumn<QString>("text");
    QTest::addRow("nothing") << 0.0 << u"0 %"_s;
    QTest::addRow("hardly begun") << 0.000001 << u"1 %"_s;
    QTest::addRow("middle") << 0.627 << u"62 %"_s;
    QTest::addRow("nearly all") << 0.99999 << u"99 %"_s;
    QTest::addRow("all") << 1.0 << u"100 %"_s;
    QTest::addRow("more than all") << 1.3 << u"100 %"_s;
}

void TestTexts::showsPercentWithoutRoundingToTheEnds()
{
    QFETCH(double, share);
    QTEST(percentText(share), "text");
}

void TestTexts::showsTheTwoLargestUnits_data()
{
    QTest::addColumn<milliseconds>("duration");
    QTest::addColumn<QString>("text");
    QTest::addRow("nothing") << 0ms << u"0 ms"_s;
    QTest::addRow("negative") << -5ms << u"0 ms"_s;
    QTest::addRow("below a second") << 350ms << u"350 ms"_s;
    QTest::addRow("seconds are not split") << 12'900ms << u"12 s"_s;
    QTest::addRow("minutes and seconds") << milliseconds(1min + 5s + 999ms) << u"1 min 5 s"_s;
    QTest::addRow("whole hours") << milliseconds(4h) << u"4 h"_s;
    QTest::addRow("hours, then only seconds") << milliseconds(4h + 59s) << u"4 h"_s;
    QTest::addRow("hours and minutes") << milliseconds(4h + 59min + 59s) << u"4 h 59 min"_s;
    QTest::addRow("days and hours") << milliseconds(76h + 30min) << u"3 d 4 h"_s;
    QTest::addRow("very long") << milliseconds(24h * 12'345) << u"12,345 d"_s;
}

void TestTexts::showsTheTwoLargestUnits()
{
    QFETCH(milliseconds, duration);
    QTEST(durationText(duration), "text");
}

void TestTexts::showsDurationsToTheMillisecond_data()
{
    QTest::addColumn<milliseconds>("duration");
    QTest::addColumn<QString>("text");
    QTest::addRow("nothing") << 0ms << u"0.000 s (0 ms)"_s;
    QTest::addRow("below a second") << 7ms << u"0.007 s (7 ms)"_s;
    QTest::addRow("days") << milliseconds(76h + 12'345ms) << u"3 d 4 h 0 min 12.345 s (273,612,345 ms)"_s;
}

void TestTexts::showsDurationsToTheMillisecond()
{
    QFETCH(milliseconds, duration);
    QTEST(exactDurationText(duration), "text");
}

void TestTexts::showsTimesInLocalTime()
{
    const QDateTime time(QDate(2024, 5, 1), QTime(12, 3, 9), Qt::UTC);
    QCOMPARE(timeText(time), u"2024-05-01 14:03:09"_s);
    QCOMPARE(isoTimeText(time), u"2024-05-01T14:03:09+02:00"_s);
}

void TestTexts::saysHowLongAgo_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("text");
    QTest::addRow("in the future, by another clock") << qint64(-30) << u"just now"_s;
    QTest::addRow("seconds") << qint64(59) << u"just now"_s;
    QTest::addRow("minutes") << qint64(5 * 60 + 30) << u"5 min ago"_s;
    QTest::addRow("hours, same day") << qint64(3 * 3600) << u"3 h ago"_s;
    QTest::addRow("the day before") << qint64(15 * 3600) << u"yesterday"_s;
    QTest::addRow("days") << qint64(3 * 86'400) << u"2024-04-28"_s;
}

void TestTexts::saysHowLongAgo()
{
    QFETCH(qint64, seconds);
    const QDateTime now(QDate(2024, 5, 1), QTime(12, 0), Qt::UTC); // 14:00 local
    QTEST(agoText(now.addSecs(-seconds), now), "text");
}

QTEST_GUILESS_MAIN(TestTexts)
#include "tst_texts.moc"
