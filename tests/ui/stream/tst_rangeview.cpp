// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/stream/lanestreamsource.h"
#include "ui/stream/rangemodel.h"
#include "ui/stream/rangeview.h"
#include "ui/stream/streamplace.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QDateTime>
#include <QLabel>
#include <QLineEdit>
#include <QObject>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

class TestRangeView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void placesAreTimesOrIds_data();
    void placesAreTimesOrIds();
    void theNewestEntriesComeFirst();
    void aRangeIsReadFromEitherEnd();
    void whatCanNotBeMeantIsSaid();
    void moreComesAsItIsScrolledTo();
    void newEntriesAreFollowed_data();
    void newEntriesAreFollowed();
    void followingKeepsSoManyAndSaysSo();
    void followingRestsWhileNobodyLooks();
    void theGreatestIdIsFollowedOnce();
    void aStreamThatIsGoneIsNotFollowed();

private:
    void add(int from, int to);
    [[nodiscard]] QStringList ids() const;
    [[nodiscard]] QString state() const;
    [[nodiscard]] QLineEdit* field(const QString& name) const;
    [[nodiscard]] QPushButton* followButton() const { return m_view->findChild<QPushButton*>(); }
    [[nodiscard]] RangeModel* model() const { return m_view->findChild<RangeModel*>(); }

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<Lane> m_lane;
    std::shared_ptr<LaneStreamSource> m_source;
    std::unique_ptr<RangeView> m_view;
};

void TestRangeView::init()
{
    m_server = RedisServer::start();
    m_lane = readingLane(*m_server);
    m_source = std::make_shared<LaneStreamSource>(*m_lane);
    m_view = std::make_unique<RangeView>(m_source);
    m_view->resize(820, 600);
    new QAbstractItemModelTester(model(), QAbstractItemModelTester::FailureReportingMode::QtTest, m_view.get());
}

void TestRangeView::cleanup()
{
    m_view.reset();
    m_source.reset();
    m_lane.reset();
    m_server.reset();
}

void TestRangeView::add(int from, int to)
{
    m_server->fill(static_cast<std::size_t>(to - from + 1), [from](std::size_t n) {
        const std::string number = std::to_string(static_cast<std::size_t>(from) + n);
        return RedisServer::Args{"XADD", "s", number + "-0", "f", "v" + number};
    });
}

QStringList TestRangeView::ids() const
{
    QStringList all;
    for (int row = 0; row < model()->rowCount(); ++row) {
        all << model()->index(row, 0).data().toString();
    }
    return all;
}

QString TestRangeView::state() const
{
    for (const QLabel* each : m_view->findChildren<QLabel*>()) {
        if (each->accessibleName() == u"State of the range"_s) {
            return each->text();
        }
    }
    return {};
}

QLineEdit* TestRangeView::field(const QString& name) const
{
    for (auto* each : m_view->findChildren<QLineEdit*>()) {
        if (each->accessibleName() == name) {
            return each;
        }
    }
    return nullptr;
}

void TestRangeView::placesAreTimesOrIds_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("from"); ///< A time that the IDs are of; empty: it can't be meant.
    QTest::addColumn<QString>("to");
    QTest::addRow("a day") << u"2024-05-01"_s << u"2024-05-01 00:00:00.000"_s << u"2024-05-01 23:59:59.999"_s;
    QTest::addRow("a minute") << u" 2024-05-01  14:03"_s << u"2024-05-01 14:03:00.000"_s
                              << u"2024-05-01 14:03:59.999"_s;
    QTest::addRow("a second") << u"2024-05-01T14:03:09"_s << u"2024-05-01 14:03:09.000"_s
                              << u"2024-05-01 14:03:09.999"_s;
    QTest::addRow("words") << u"yesterday"_s << QString() << QString();
    QTest::addRow("a day that is none") << u"2024-02-31"_s << QString() << QString();
}

void TestRangeView::placesAreTimesOrIds()
{
    QFETCH(const QString, typed);
    QFETCH(const QString, from);
    QFETCH(const QString, to);
    const auto place = streamPlace(typed, RangeEnd::From);
    QCOMPARE(place.has_value(), !from.isEmpty());
    if (place) {
        const auto time = [](const QString& text) {
            return std::to_string(QDateTime::fromString(text, u"yyyy-MM-dd HH:mm:ss.zzz"_s).toMSecsSinceEpoch());
        };
        QCOMPARE(*place, time(from) + "-0");
        QCOMPARE(*streamPlace(typed, RangeEnd::To), time(to) + "-18446744073709551615");
    }
    QCOMPARE(*streamPlace(u"5-3"_s, RangeEnd::To), std::string("5-3"));
    QCOMPARE(*streamPlace(u"5"_s, RangeEnd::From), std::string("5-0"));
    QCOMPARE(*streamPlace({}, RangeEnd::To), std::string());
}

void TestRangeView::theNewestEntriesComeFirst()
{
    add(1, 3);
    m_view->setKey("s");
    QVERIFY(ids().isEmpty()); // nobody looks
    m_view->show();
    QTRY_COMPARE_WITH_TIMEOUT(ids(), QStringList({u"3-0"_s, u"2-0"_s, u"1-0"_s}), 20000);
    QCOMPARE(state(), u"3 entries"_s);
    m_view->findChild<QTableView*>()->setCurrentIndex(model()->index(1, 0));
    QCOMPARE(m_view->findChild<QPlainTextEdit*>()->toPlainText(), u"f: v2"_s);
}

void TestRangeView::aRangeIsReadFromEitherEnd()
{
    add(1, 9);
    m_view->setKey("s");
    m_view->show();
    field(u"From"_s)->setText(u"3"_s);
    field(u"To"_s)->setText(u"5"_s);
    QTest::keyClick(field(u"To"_s), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(ids(), QStringList({u"5-0"_s, u"4-0"_s, u"3-0"_s}), 20000);
    m_view->findChild<QCheckBox*>()->setChecked(false);
    QTRY_COMPARE_WITH_TIMEOUT(ids(), QStringList({u"3-0"_s, u"4-0"_s, u"5-0"_s}), 20000);
}

void TestRangeView::whatCanNotBeMeantIsSaid()
{
    add(1, 1);
    m_view->setKey("s");
    m_view->show();
    QTRY_COMPARE_WITH_TIMEOUT(ids().size(), 1, 20000);
    field(u"From"_s)->setText(u"soon"_s);
    QTest::keyClick(field(u"From"_s), Qt::Key_Return);
    QVERIFY(state().startsWith(u"\"soon\" is neither an ID"_s));
}

void TestRangeView::moreComesAsItIsScrolledTo()
{
    add(1, 1300);
    m_view->setKey("s");
    m_view->show();
    QTRY_VERIFY_WITH_TIMEOUT(model()->rowCount() >= 500, 20000);
    const auto isAll = [this] {
        m_view->findChild<QTableView*>()->scrollToBottom();
        return model()->isComplete();
    };
    QTRY_VERIFY_WITH_TIMEOUT(isAll(), 20000);
    QCOMPARE(ids().size(), 1300);
    QCOMPARE(ids().last(), u"1-0"_s);
    QCOMPARE(state(), u"1,300 entries"_s);
}

void TestRangeView::newEntriesAreFollowed_data()
{
    QTest::addColumn<bool>("newestFirst");
    QTest::addRow("newest first") << true;
    QTest::addRow("newest last") << false;
}

void TestRangeView::newEntriesAreFollowed()
{
    QFETCH(const bool, newestFirst);
    add(1, 150);
    m_view->setKey("s");
    m_view->findChild<QCheckBox*>()->setChecked(newestFirst);
    m_view->show();
    followButton()->setChecked(true);
    QVERIFY(!field(u"From"_s)->isEnabled());
    QTRY_COMPARE_WITH_TIMEOUT(model()->rowCount(), 100, 20000);
    add(151, 152);
    QTRY_COMPARE_WITH_TIMEOUT(model()->rowCount(), 102, 20000);
    QStringList all = ids();
    if (!newestFirst) {
        std::ranges::reverse(all);
    }
    QCOMPARE(all.first(), u"152-0"_s);
    QCOMPARE(all.last(), u"51-0"_s);
    QCOMPARE(state(), u"102 entries, followed"_s);
    followButton()->setChecked(false);
    add(153, 153);
    const int asked = m_source->ranges();
    QTest::qWait(700);
    QCOMPARE(m_source->ranges(), asked);
    QCOMPARE(model()->rowCount(), 102);
    QVERIFY(field(u"From"_s)->isEnabled());
}

void TestRangeView::followingKeepsSoManyAndSaysSo()
{
    add(1, 1);
    m_view->setKey("s");
    m_view->show();
    followButton()->setChecked(true);
    QTRY_COMPARE_WITH_TIMEOUT(model()->rowCount(), 1, 20000);
    add(2, 10'300);
    QTRY_COMPARE_WITH_TIMEOUT(model()->index(0, 0).data().toString(), u"10300-0"_s, 60000);
    QCOMPARE(model()->rowCount(), 10'000);
    QCOMPARE(model()->dropped(), std::uint64_t{300});
    QCOMPARE(state(), u"10,000 entries, followed; 300 older ones are not kept"_s);
    QCOMPARE(ids().last(), u"301-0"_s);
}

void TestRangeView::followingRestsWhileNobodyLooks()
{
    add(1, 1);
    m_view->setKey("s");
    m_view->show();
    followButton()->setChecked(true);
    QTRY_COMPARE_WITH_TIMEOUT(model()->rowCount(), 1, 20000);
    m_view->hide();
    const int asked = m_source->ranges();
    add(2, 2);
    QTest::qWait(700);
    QCOMPARE(m_source->ranges(), asked);
    m_view->show();
    QTRY_COMPARE_WITH_TIMEOUT(model()->rowCount(), 2, 20000);
}

void TestRangeView::theGreatestIdIsFollowedOnce()
{
    add(1, 2);
    m_view->setKey("s");
    m_view->show();
    followButton()->setChecked(true);
    QTRY_COMPARE_WITH_TIMEOUT(model()->rowCount(), 2, 20000);
    m_server->command({"XADD", "s", "18446744073709551615-18446744073709551615", "f", "last"});
    QTRY_COMPARE_WITH_TIMEOUT(model()->rowCount(), 3, 20000);
    QTest::qWait(1300); // two more looks, where there were any
    QCOMPARE(model()->rowCount(), 3);
    followButton()->setChecked(false);
    followButton()->setChecked(true); // begins with it
    QTRY_COMPARE_WITH_TIMEOUT(model()->rowCount(), 3, 20000);
    QTest::qWait(1300);
    QCOMPARE(model()->rowCount(), 3);
}

void TestRangeView::aStreamThatIsGoneIsNotFollowed()
{
    add(1, 1);
    m_view->setKey("s");
    m_view->show();
    followButton()->setChecked(true);
    QTRY_COMPARE_WITH_TIMEOUT(model()->rowCount(), 1, 20000);
    m_server->command({"DEL", "s"});
    QTRY_VERIFY_WITH_TIMEOUT(!followButton()->isChecked(), 20000);
    QVERIFY(state().contains(u"key s"_s));
    QCOMPARE(model()->rowCount(), 1); // what was seen stays
}

QTEST_MAIN(TestRangeView)
#include "tst_rangeview.moc"
