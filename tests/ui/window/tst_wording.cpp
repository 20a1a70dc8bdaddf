// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/keyscommand.h"
#include "ui/window/wording.h"

#include <QTest>

using namespace keyglass;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

namespace {

NodeScanEnd node(std::uint64_t keys, double share)
{
    NodeScanEnd end;
    end.node = u"10.0.0.9:7003"_s;
    end.keys = keys;
    end.calls = 35;
    end.share = share;
    end.expectedKeys = 82'000;
    return end;
}

ScanReport report(NodeScanEnd end)
{
    ScanReport made;
    made.nodes.push_back(std::move(end));
    made.elapsed = std::chrono::milliseconds(9200);
    return made;
}

} // namespace

class TestWording : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysNothingOfACompleteScan();
    void tellsALimitWithWhatWasSeenAndWhatWouldFinish();
    void namesTheNodeThatIsMissing();
    void offersToGoOnAfterAStop();
    void refusesKeysWhereItHurts_data();
    void refusesKeysWhereItHurts();
};

void TestWording::saysNothingOfACompleteScan()
{
    const ScanReport done = report(node(82'000, 1));
    QVERIFY(scanNotice(done, {}, 82'000).text.isEmpty());
    QVERIFY(partialText(done).isEmpty());
    QCOMPARE(scanSummary(done, 82'000), u"82,000 keys in 9 s, 35 calls"_s);
}

void TestWording::tellsALimitWithWhatWasSeenAndWhatWouldFinish()
{
    NodeScanEnd end = node(10'000, 0.12);
    end.limit = ScanLimit::MaxKeys;
    ScanLimits limits;
    limits.maxKeys = 10'000;
    const ScanNotice notice = scanNotice(report(end), limits, 9'990);
    QVERIFY2(notice.text.contains(u"limit of 10,000 keys"_s), qPrintable(notice.text));
    QVERIFY2(notice.text.contains(u"9,990 keys shown after 35 calls, 12 %"_s), qPrintable(notice.text));
    QVERIFY2(notice.text.contains(u"would show all"_s), qPrintable(notice.text));
    QVERIFY(notice.canLoadMore && notice.canLoadAll && !notice.canRetryNodes);
}

void TestWording::namesTheNodeThatIsMissing()
{
    NodeScanEnd end = node(58'000, 0.71);
    end.stoppedBy = Error{ErrorKind::Timeout, end.node, {}};
    const ScanNotice notice = scanNotice(report(end), {}, 58'000);
    QVERIFY2(notice.text.contains(u"10.0.0.9:7003 does not answer"_s), qPrintable(notice.text));
    QVERIFY2(notice.text.contains(u"71 %"_s), qPrintable(notice.text));
    QVERIFY(notice.canRetryNodes && !notice.canLoadMore);
    QCOMPARE(partialText(report(end)), u"partial: 10.0.0.9:7003 missing, 71 % seen"_s);
}

void TestWording::offersToGoOnAfterAStop()
{
    NodeScanEnd end = node(40'000, 0.5);
    end.stoppedBy = Error{ErrorKind::Cancelled, end.node, {}};
    const ScanNotice notice = scanNotice(report(end), {}, 40'000);
    QVERIFY2(notice.text.startsWith(u"Stopped: 40,000 keys"_s), qPrintable(notice.text));
    QVERIFY(notice.canLoadAll && !notice.canLoadMore && !notice.canRetryNodes);
}

void TestWording::refusesKeysWhereItHurts_data()
{
    QTest::addColumn<Environment>("environment");
    QTest::addColumn<qint64>("keys");
    QTest::addColumn<bool>("isRefused");
    QTest::addRow("a small server") << Environment::Development << qint64(5'000) << false;
    QTest::addRow("at the edge") << Environment::Staging << qint64(100'000) << false;
    QTest::addRow("above the edge") << Environment::Development << qint64(100'001) << true;
    QTest::addRow("production, small") << Environment::Production << qint64(10) << true;
    QTest::addRow("size not known") << Environment::Development << qint64(-1) << true;
}

void TestWording::refusesKeysWhereItHurts()
{
    QFETCH(Environment, environment);
    QFETCH(qint64, keys);
    QFETCH(bool, isRefused);
    Profile profile;
    profile.environment = environment;
    const auto known = keys < 0 ? std::nullopt : std::optional(static_cast<std::uint64_t>(keys));
    QCOMPARE(!keysCommandRefusal(profile, known).isEmpty(), isRefused);
    QCOMPARE(expectedStandstill(100'000).count(), 81);
}

QTEST_GUILESS_MAIN(TestWording)
#include "tst_wording.moc"
