// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/table/tablesession.h"
#include "ui/table/tablelistmodel.h"
#include "ui/table/tablelistview.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTableView>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

class TestTableListView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void listsTables();
    void saysWhatIsMissing_data();
    void saysWhatIsMissing();
    void oldTablesAreSaidToBe();
    void opensATable();
    void staysAtItsTableWhenReadAgain();
    void withoutAConnectionSaysSo();
};

namespace {

QStringList drawn(const QTableView& grid)
{
    QStringList lines;
    for (int row = 0; row < grid.model()->rowCount(); ++row) {
        QStringList cells;
        for (const int column : {TableListModel::Namespace, TableListModel::Table, TableListModel::Rows,
                 TableListModel::ColumnsOf, TableListModel::Indexes, TableListModel::Notes}) {
            cells << grid.model()->index(row, column).data().toString();
        }
        lines << cells.join(u'|');
    }
    return lines;
}

} // namespace

void TestTableListView::listsTables()
{
    ShopSession shop;
    shop.server.make({"TABLE.SCHEMA.CREATE shop.empty name:string", "HSET schema:{lost.t} a string"});
    TableListView view(shop.session);
    new QAbstractItemModelTester(
        view.findChild<TableListModel*>(), QAbstractItemModelTester::FailureReportingMode::QtTest, &view);
    QVERIFY(ShopSession::words(view).contains(u"Looking for tables…"_s));
    auto* grid = ShopSession::named<QTableView>(view, u"Tables"_s);
    QVERIFY(grid);
    QTRY_COMPARE_WITH_TIMEOUT(drawn(*grid),
        QStringList({u"shop|empty|0|1|0|"_s, u"shop|items|3|3|1|"_s, u"lost|t|0|1|0|its namespace has no marker"_s}),
        tablePatience);
    QVERIFY(ShopSession::words(view).contains(u"3 tables, 1 namespace"_s));
    QVERIFY(grid->isColumnHidden(TableListModel::Slot)); // no cluster
    grid->sortByColumn(TableListModel::Rows, Qt::DescendingOrder);
    QCOMPARE(drawn(*grid).front(), u"shop|items|3|3|1|"_s);
}

void TestTableListView::saysWhatIsMissing_data()
{
    QTest::addColumn<bool>("isMissing");
    QTest::addColumn<QString>("words");
    QTest::addRow("the module") << true << u"module is not loaded"_s;
    QTest::addRow("a limit that is not followed") << false << u"(12) is not followed"_s;
    QTest::addRow("the limit in force") << false << u"1 table, 1 namespace, scan limit 100,000 rows"_s;
}

void TestTableListView::saysWhatIsMissing()
{
    if (TableServer::isReal()) {
        QSKIP("the module itself has no such switch");
    }
    QFETCH(const bool, isMissing);
    QFETCH(const QString, words);
    ShopSession shop;
    TableHazards hazards;
    hazards.isMissing = isMissing;
    hazards.scanLimitArgument = "12";
    shop.server.twin()->set(hazards);
    TableListView view(shop.session);
    QTRY_VERIFY2_WITH_TIMEOUT(
        ShopSession::words(view).contains(words), qPrintable(ShopSession::words(view)), tablePatience);
    QCOMPARE(view.currentTable(), std::optional<std::string>("shop.items")); // shown all the same
}

void TestTableListView::oldTablesAreSaidToBe()
{
    ShopSession shop;
    shop.server.make({"HSET schema:old.t a string", "SADD rows:old.t 1", "HSET old.t:1 a x"});
    TableListView view(shop.session);
    auto* grid = ShopSession::named<QTableView>(view, u"Tables"_s);
    QTRY_COMPARE_WITH_TIMEOUT(drawn(*grid).size(), 2, tablePatience);
    const QString old = drawn(*grid).back(); // its namespace has no marker
    QVERIFY2(old.startsWith(u"old|t|"_s) && old.contains(u"RedisTABLE 1.0"_s), qPrintable(old));
}

void TestTableListView::opensATable()
{
    ShopSession shop;
    TableListView view(shop.session);
    QSignalSpy activated(&view, &TableListView::tableActivated);
    QTRY_COMPARE_WITH_TIMEOUT(view.currentTable(), std::optional<std::string>("shop.items"), tablePatience);
    QTest::mouseClick(ShopSession::button(view, u"Open table"_s), Qt::LeftButton);
    QCOMPARE(activated.size(), 1);
    QCOMPARE(activated.front().front().value<std::string>(), std::string("shop.items"));
}

void TestTableListView::staysAtItsTableWhenReadAgain()
{
    ShopSession shop;
    shop.server.make({"TABLE.SCHEMA.CREATE shop.other name:string"});
    TableListView view(shop.session);
    auto* grid = ShopSession::named<QTableView>(view, u"Tables"_s);
    QTRY_COMPARE_WITH_TIMEOUT(grid->model()->rowCount(), 2, tablePatience);
    grid->setCurrentIndex(grid->model()->index(1, 1));
    shop.server.make({"TABLE.SCHEMA.CREATE shop.added name:string"});
    view.reload();
    QTRY_COMPARE_WITH_TIMEOUT(grid->model()->rowCount(), 3, tablePatience);
    QCOMPARE(view.currentTable(), std::optional<std::string>("shop.other"));
}

void TestTableListView::withoutAConnectionSaysSo()
{
    ShopSession shop;
    shop.session.close();
    TableListView view(shop.session);
    QTRY_VERIFY_WITH_TIMEOUT(ShopSession::words(view).contains(u"The tables can't be listed."_s), tablePatience);
    shop.session.open();
    QTRY_COMPARE_WITH_TIMEOUT(view.currentTable(), std::optional<std::string>("shop.items"), tablePatience);
    QTRY_VERIFY(!ShopSession::words(view).contains(u"can't be listed"_s));
}

QTEST_MAIN(TestTableListView)
#include "tst_tablelistview.moc"
