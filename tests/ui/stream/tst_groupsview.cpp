// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/stream/lanestreamsource.h"
#include "ui/stream/groupmodels.h"
#include "ui/stream/groupsview.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QObject>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

class TestGroupsView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void showsGroupsConsumersAndPendingEntries();
    void readsOnlyWhileItIsVisible();
    void pendingEntriesComeAsTheyAreScrolledTo();
    void narrowsToAConsumerAndToIdleEntries();
    void keepsTheCurrentGroupWhenReadAgain();
    void saysWhereThereIsNone();
    void offersWhatCanBeDone();

private:
    [[nodiscard]] QStringList drawn(const QString& table) const;
    [[nodiscard]] QTableView* table(const QString& name) const;
    [[nodiscard]] QString label(const QString& name) const;
    [[nodiscard]] QPushButton* button(const QString& text) const;
    void open(const std::string& key);
    void readPending(const std::string& consumer, int count);

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<Lane> m_lane;
    std::shared_ptr<LaneStreamSource> m_source;
    std::unique_ptr<GroupsView> m_view;
};

void TestGroupsView::init()
{
    m_server = RedisServer::start();
    m_lane = readingLane(*m_server);
    m_server->fill(
        1500, [](std::size_t n) { return RedisServer::Args{"XADD", "s", std::to_string(n + 1) + "-1", "f", "v"}; });
    m_server->command({"XGROUP", "CREATE", "s", "g", "0"});
    m_server->command({"XGROUP", "CREATE", "s", "late", "$"});
    m_source = std::make_shared<LaneStreamSource>(*m_lane);
    m_view = std::make_unique<GroupsView>(m_source);
    m_view->resize(820, 600);
    for (auto* model : m_view->findChildren<QAbstractItemModel*>()) {
        new QAbstractItemModelTester(model, QAbstractItemModelTester::FailureReportingMode::QtTest, m_view.get());
    }
}

void TestGroupsView::cleanup()
{
    m_view.reset();
    m_source.reset();
    m_lane.reset();
    m_server.reset();
}

void TestGroupsView::readPending(const std::string& consumer, int count)
{
    m_server->command({"XREADGROUP", "GROUP", "g", consumer, "COUNT", std::to_string(count), "STREAMS", "s", ">"});
}

void TestGroupsView::open(const std::string& key)
{
    m_view->setKey(key);
    m_view->show();
    QTRY_VERIFY_WITH_TIMEOUT(!label(u"State of the groups"_s).isEmpty(), 20000);
}

QTableView* TestGroupsView::table(const QString& name) const
{
    for (auto* each : m_view->findChildren<QTableView*>()) {
        if (each->accessibleName() == name) {
            return each;
        }
    }
    return nullptr;
}

QStringList TestGroupsView::drawn(const QString& name) const
{
    const QAbstractItemModel* model = table(name)->model();
    QStringList lines;
    for (int row = 0; row < model->rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < model->columnCount(); ++column) {
            const bool isTime = model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().endsWith(u"dle"_s)
                || model->headerData(column, Qt::Horizontal, Qt::DisplayRole) == u"Inactive"_s;
            cells << (isTime ? u"t"_s : model->index(row, column).data().toString());
        }
        lines << cells.join(u" | "_s);
    }
    return lines;
}

QString TestGroupsView::label(const QString& name) const
{
    for (const QLabel* each : m_view->findChildren<QLabel*>()) {
        if (each->accessibleName() == name) {
            return each->text();
        }
    }
    return {};
}

QPushButton* TestGroupsView::button(const QString& text) const
{
    for (auto* each : m_view->findChildren<QPushButton*>()) {
        if (each->text().remove(u'&') == text) {
            return each;
        }
    }
    return nullptr;
}

void TestGroupsView::showsGroupsConsumersAndPendingEntries()
{
    readPending("ann", 2);
    readPending("bob", 1);
    open("s");
    QTRY_COMPARE_WITH_TIMEOUT(drawn(u"Pending entries"_s),
        QStringList({u"1-1 | ann | t | 1"_s, u"2-1 | ann | t | 1"_s, u"3-1 | bob | t | 1"_s}), 20000);
    QCOMPARE(drawn(u"Groups"_s), QStringList({u"g | 2 | 3 | 1,497 | 3-1"_s, u"late | 0 | 0 | 0 | 1500-1"_s}));
    QCOMPARE(drawn(u"Consumers"_s), QStringList({u"ann | 2 | t | t"_s, u"bob | 1 | t | t"_s}));
    QCOMPARE(label(u"State of the groups"_s), u"2 groups"_s);
    QCOMPARE(label(u"State of the pending entries"_s), u"3 entries are pending"_s);
    table(u"Groups"_s)->setCurrentIndex(table(u"Groups"_s)->model()->index(1, 0));
    QTRY_COMPARE_WITH_TIMEOUT(label(u"State of the pending entries"_s), u"No entry is pending."_s, 20000);
    QVERIFY(drawn(u"Consumers"_s).isEmpty());
}

void TestGroupsView::readsOnlyWhileItIsVisible()
{
    m_view->setKey("s");
    QTest::qWait(0);
    QVERIFY(drawn(u"Groups"_s).isEmpty());
    m_view->show();
    QTRY_COMPARE_WITH_TIMEOUT(drawn(u"Groups"_s).size(), 2, 20000);
}

void TestGroupsView::pendingEntriesComeAsTheyAreScrolledTo()
{
    readPending("ann", 1200);
    open("s");
    QTableView* pending = table(u"Pending entries"_s);
    QTRY_VERIFY_WITH_TIMEOUT(pending->model()->rowCount() >= 500, 20000);
    const auto isAll = [pending] {
        pending->scrollToBottom();
        return !pending->model()->canFetchMore({}) && pending->model()->rowCount() >= 1200;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isAll(), 20000);
    QTRY_COMPARE_WITH_TIMEOUT(label(u"State of the pending entries"_s), u"1,200 entries are pending"_s, 20000);
    QCOMPARE(pending->model()->rowCount(), 1200);
    QCOMPARE(pending->model()->index(1199, 0).data().toString(), u"1200-1"_s);
}

void TestGroupsView::narrowsToAConsumerAndToIdleEntries()
{
    readPending("ann", 2);
    readPending("bob", 1);
    m_server->command({"XCLAIM", "s", "g", "ann", "0", "2-1", "IDLE", "700000", "JUSTID"});
    open("s");
    auto* consumer = m_view->findChild<QComboBox*>();
    QTRY_COMPARE_WITH_TIMEOUT(consumer->count(), 3, 20000);
    consumer->setCurrentIndex(2);
    QTRY_COMPARE_WITH_TIMEOUT(drawn(u"Pending entries"_s), QStringList{u"3-1 | bob | t | 1"_s}, 20000);
    consumer->setCurrentIndex(0);
    m_view->findChild<QSpinBox*>()->setValue(600);
    QTRY_COMPARE_WITH_TIMEOUT(drawn(u"Pending entries"_s), QStringList{u"2-1 | ann | t | 1"_s}, 20000);
}

void TestGroupsView::keepsTheCurrentGroupWhenReadAgain()
{
    open("s");
    QTRY_COMPARE_WITH_TIMEOUT(drawn(u"Groups"_s).size(), 2, 20000);
    table(u"Groups"_s)->setCurrentIndex(table(u"Groups"_s)->model()->index(1, 0));
    m_server->command({"XGROUP", "CREATE", "s", "a first one", "$"});
    m_view->reload();
    QTRY_COMPARE_WITH_TIMEOUT(drawn(u"Groups"_s).size(), 3, 20000);
    QCOMPARE(m_view->group()->name, std::string("late"));
    m_server->command({"XGROUP", "DESTROY", "s", "late"});
    m_view->reload();
    QTRY_COMPARE_WITH_TIMEOUT(drawn(u"Groups"_s).size(), 2, 20000);
    QCOMPARE(m_view->group()->name, std::string("a first one"));
}

void TestGroupsView::saysWhereThereIsNone()
{
    m_server->command({"XADD", "alone", "*", "f", "v"});
    open("alone");
    QTRY_COMPARE_WITH_TIMEOUT(label(u"State of the groups"_s), u"This stream has no consumer groups."_s, 20000);
    QVERIFY(!m_view->group());
    m_server->command({"DEL", "alone"});
    m_view->reload();
    QTRY_VERIFY_WITH_TIMEOUT(label(u"State of the groups"_s).contains(u"key alone"_s), 20000);
}

void TestGroupsView::offersWhatCanBeDone()
{
    readPending("ann", 3);
    open("s");
    QTableView* pending = table(u"Pending entries"_s);
    QTRY_COMPARE_WITH_TIMEOUT(pending->model()->rowCount(), 3, 20000);
    for (const QString& text : {u"New group…"_s, u"Move…"_s, u"Destroy…"_s, u"Acknowledge…"_s, u"Claim…"_s}) {
        QVERIFY(!button(text)->isEnabled());
    }
    m_view->setWritable(true);
    for (const QString& text : {u"New group…"_s, u"Move…"_s, u"Destroy…"_s, u"Claim…"_s}) {
        QVERIFY(button(text)->isEnabled());
    }
    QVERIFY(!button(u"Acknowledge…"_s)->isEnabled()); // nothing is selected
    pending->selectRow(2);
    pending->selectionModel()->select(
        pending->model()->index(0, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    QVERIFY(button(u"Acknowledge…"_s)->isEnabled());
    std::vector<std::string> ids;
    for (const PendingEntry& entry : m_view->selectedEntries()) {
        ids.push_back(entry.id);
    }
    QCOMPARE(ids, std::vector<std::string>({"1-1", "3-1"}));
    QSignalSpy wanted(m_view.get(), &GroupsView::acknowledgeWanted);
    button(u"Acknowledge…"_s)->click();
    QCOMPARE(wanted.size(), 1);
}

QTEST_MAIN(TestGroupsView)
#include "tst_groupsview.moc"
