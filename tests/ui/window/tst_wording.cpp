// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bulk/reasonwording.h"
#include "ui/window/keyscommand.h"
#include "ui/window/nodewording.h"
#include "ui/window/wording.h"

#include <QTest>
#include <QTranslator>

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

/// Puts a language's mark before every text.
struct Marking : QTranslator {
    [[nodiscard]] QString translate(const char*, const char* source, const char*, int) const override
    {
        return u"de: "_s + QString::fromUtf8(source);
    }
    [[nodiscard]] bool isEmpty() const override { return false; }
};

} // namespace

class TestWording : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysNothingOfACompleteScan();
    void keysThatComeAgainAlarmNobody();
    void tellsALimitWithWhatWasSeenAndWhatWouldFinish();
    void namesTheNodeThatIsMissing();
    void tellsWhatAClusterHasNotGot_data();
    void tellsWhatAClusterHasNotGot();
    void namesMastersThatDoNotAnswer();
    void offersToGoOnAfterAStop();
    void reasonsAreInTheUsersLanguage_data();
    void reasonsAreInTheUsersLanguage();
    void refusesKeysWhereItHurts_data();
    void refusesKeysWhereItHurts();
};

/// As jobs say them.
void TestWording::reasonsAreInTheUsersLanguage_data()
{
    QTest::addColumn<QByteArray>("reason");
    for (const char* reason : {"there is a key of this name already", "the rule does not fit its name",
             "a key of this name came there while it was copied: it was left alone",
             "the key of this name there changed after it was archived: it was left alone",
             "it was read, but the file was not finished", "it could not be compared", "it is no hash, but a list",
             "it could not be archived: OOM command not allowed",
             "the key of this name there could not be archived: NOPERM no permission",
             "the key of the new name gets another itself, and is in another slot: rename this one once that is done",
             "there is a key of the new name already, in another slot, where a server before 7.0 can't archive it",
             "there is a key of the new name already, in another slot, and no script may compare it with what is "
             "archived before it is written over"}) {
        QTest::addRow("%s", reason) << QByteArray(reason);
    }
}

void TestWording::reasonsAreInTheUsersLanguage()
{
    QFETCH(const QByteArray, reason);
    Marking german;
    QVERIFY(QCoreApplication::installTranslator(&german));
    const QString said = reasonText(reason.toStdString());
    const QString ofServer = reasonText("WRONGTYPE \xff");
    const QString damaged = reasonText("it could not be archived: \xff");
    QCoreApplication::removeTranslator(&german);
    QCOMPARE(said, u"de: "_s + QString::fromUtf8(reason));
    QCOMPARE(ofServer, u"WRONGTYPE \\xFF"_s);
    QCOMPARE(damaged, u"de: it could not be archived: \\xFF"_s);
}

void TestWording::saysNothingOfACompleteScan()
{
    const ScanReport done = report(node(82'000, 1));
    QVERIFY(scanNotice(done, {}, 82'000).text.isEmpty());
    QVERIFY(partialText(done).isEmpty());
    QCOMPARE(scanSummary(done, 82'000), u"82,000 keys in 9 s, 35 calls"_s);
    QVERIFY(duplicatesText(done).isEmpty());
}

void TestWording::keysThatComeAgainAlarmNobody()
{
    ScanReport twice = report(node(82'000, 1)); // of a table that was resized meanwhile
    twice.duplicates = 41'000;
    QCOMPARE(scanSummary(twice, 41'000), u"41,000 keys in 9 s, 35 calls"_s);
    QVERIFY(duplicatesText(twice).startsWith(u"41,000 keys came more than once"_s));
    QVERIFY(duplicatesText(twice).contains(u"resized"_s));
    twice.cluster.emplace(); // one whose slots were read again
    QCOMPARE(scanSummary(twice, 41'000), u"41,000 keys in 9 s, 35 calls"_s);
    twice.cluster->hasReadBoth = true;
    QCOMPARE(scanSummary(twice, 41'000), u"41,000 keys in 9 s, 35 calls, 41,000 came more than once"_s);
    QVERIFY(duplicatesText(twice).contains(u"masters and replicas"_s));
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

void TestWording::tellsWhatAClusterHasNotGot_data()
{
    QTest::addColumn<ScanReport>("report");
    QTest::addColumn<QString>("notice");
    QTest::addColumn<QString>("status");
    QTest::addColumn<bool>("retry");
    NodeScanEnd failed = node(10, 0.4);
    failed.stoppedBy = Error{ErrorKind::Network, u"10.0.0.9:7003"_s, u"Connection refused"_s};
    ScanReport made = report(failed);
    made.cluster = ClusterFindings{};
    QTest::addRow("a node given up") << made << u"10.0.0.9:7003 was given up, 40 % of it seen"_s
                                     << u"partial: 10.0.0.9:7003 missing"_s << true;
    failed.replacedBy = u"10.0.0.9:7004"_s;
    made = report(failed);
    made.cluster = ClusterFindings{};
    QTest::addRow("a node replaced by another") << made << QString() << QString() << false;
    made = report(node(82'000, 1));
    made.cluster.emplace().orphanSlots = u"5461-5470"_s;
    QTest::addRow("slots without a node")
        << made << u"Slots without a node: 5461-5470"_s << u"slots 5461-5470 without a node"_s << false;
    made.nodes.front().limit = ScanLimit::MaxKeys;
    QTest::addRow("slots without a node, and a limit")
        << made << u"Slots without a node: 5461-5470"_s << u"partial: 100 % seen"_s << false;
    made.nodes.front().limit.reset();
    made.nodes.front().stoppedBy = Error{ErrorKind::Cancelled, {}, {}};
    QTest::addRow("slots without a node, and a stop")
        << made << u"Slots without a node: 5461-5470"_s << u"partial: 100 % seen"_s << false;
    made.nodes.front().stoppedBy.reset();
    made.cluster.emplace().unsettledSlots = u"7"_s;
    QTest::addRow("slots still moving") << made << u"Slots still moving: 7"_s << u"slots 7 still moving"_s << false;
    made.cluster.emplace().unwatched = {u"10.0.0.9:7003"_s};
    QTest::addRow("CLUSTER NODES forbidden")
        << made << u"Whether slots moved is not known: CLUSTER NODES is not told by 10.0.0.9:7003."_s << QString()
        << false;
}

void TestWording::tellsWhatAClusterHasNotGot()
{
    QFETCH(ScanReport, report);
    QFETCH(QString, notice);
    QFETCH(QString, status);
    ScanLimits limits;
    limits.maxKeys = 100;
    const ScanNotice said = scanNotice(report, limits, 100);
    QVERIFY2(notice.isEmpty() ? said.text.isEmpty() : said.text.contains(notice), qPrintable(said.text));
    const QString partial = partialText(report);
    QVERIFY2(status.isEmpty() ? partial.isEmpty() : partial.contains(status), qPrintable(partial));
    QTEST(said.canRetryNodes, "retry");
}

void TestWording::namesMastersThatDoNotAnswer()
{
    std::vector<SessionNode> nodes{{u"a:1"_s, u"0-5460"_s, 1, {}}, {u"b:1"_s, u"5461-16383"_s, 0, {}}};
    QCOMPARE(clusterText(nodes), u"cluster 2/2"_s);
    QVERIFY(silentNodesText(nodes).isEmpty());
    nodes[1].trouble = Error{ErrorKind::Timeout, u"b:1"_s, {}};
    QCOMPARE(clusterText(nodes), u"cluster 1/2"_s);
    QVERIFY2(silentNodesText(nodes).startsWith(u"b:1 ("_s), qPrintable(silentNodesText(nodes)));
    QVERIFY2(
        nodesToolTip(nodes).contains(u"b:1: slots 5461-16383, does not answer"_s), qPrintable(nodesToolTip(nodes)));
    QVERIFY(clusterText({}).isEmpty());
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
