// SPDX-License-Identifier: GPL-3.0-or-later
// A table's rows: read, sorted, queried, copied and written.
#include "tests/ui/table/tablesession.h"
#include "ui/common/noticebar.h"
#include "ui/table/querybar.h"
#include "ui/table/rowdialog.h"
#include "ui/table/rowmodel.h"
#include "ui/table/tableview.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QHeaderView>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

namespace {

/// The table shop.items in a view that is shown.
struct OpenedTableView : ShopSession {
    explicit OpenedTableView(TableHazards hazards = {}, bool readOnly = false, std::size_t more = 0)
        : ShopSession(std::move(hazards), readOnly)
    {
        fill(more);
        view = std::make_unique<TableView>(session, "shop.items");
        auto* tester = new QAbstractItemModelTester(
            &view->model(), QAbstractItemModelTester::FailureReportingMode::QtTest, view.get());
        tester->setUseFetchMore(false); // that is the view's
        view->resize(1000, 600);
        view->show();
        [this] { QTRY_VERIFY_WITH_TIMEOUT(view->model().loaded() >= 3, tablePatience); }();
    }
    void fill(std::size_t rows)
    {
        for (std::size_t n = 4; n < rows + 4; ++n) {
            const std::string id = std::to_string(n);
            server.server().command({"HSET", "{shop.items}:" + id, "qty", id});
            server.server().command({"SADD", "{shop.items}:rows", id});
            server.server().command({"SET", "{shop.items}:id", id});
        }
    }
    [[nodiscard]] QStringList ids() const
    {
        QStringList all;
        for (int row = 0; row < view->model().rowCount(); ++row) {
            all << view->model().index(row, 0).data().toString();
        }
        return all;
    }
    [[nodiscard]] QStringList sortedIds() const
    {
        QStringList all = ids();
        all.sort();
        return all;
    }
    void type(int number, const QString& column, const QString& test, const QString& value) const
    {
        auto* columns = named<QComboBox>(*view, u"Column %1"_s.arg(number));
        for (int n = 0; n < columns->count(); ++n) {
            if (columns->itemText(n).startsWith(column + u" · "_s)) {
                columns->setCurrentIndex(n);
            }
        }
        named<QComboBox>(*view, u"Test %1"_s.arg(number))->setCurrentText(test);
        named<QLineEdit>(*view, u"Value %1"_s.arg(number))->setText(value);
    }
    [[nodiscard]] QString state() const { return named<QLabel>(*view, u"State of the table"_s)->text(); }
    [[nodiscard]] QString plan() const { return named<QLabel>(*view, u"How the query is answered"_s)->text(); }
    void press(const QString& text) const { ShopSession::press(*view, text); }

    std::unique_ptr<TableView> view;
};

} // namespace

class TestTableView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsRows();
    void readsByIdWhereOrderIsWanted();
    void rowsAboveTheCounterAreReadToo();
    void readsMoreAsItIsScrolledTo();
    void damageIsShown();
    void aTableThatIsGoneIsSaid();
    void queriesByAnIndex();
    void queriesEverythingElseByLooking();
    void queriesForMissingAndEmptyCells();
    void anIndexThatIsMissedIsSaid();
    void staleEntriesAreShownAsSuch();
    void whatCanNotBeMeantIsSaid();
    void aQueryIsStopped();
    void tableSelectOnlyOnRequest();
    void tableSelectIsRefusedWhereItGivesSomethingElse();
    void columnsStayWhereTheyWereMoved();
    void copiesSelectedRows();
    void writesAFile_data();
    void writesAFile();
    void aFileThatCanNotBeWrittenIsSaid();
};

void TestTableView::showsRows()
{
    OpenedTableView opened;
    QCOMPARE(opened.sortedIds(), QStringList({u"1"_s, u"2"_s, u"3"_s}));
    QCOMPARE(opened.state(), u"3 rows"_s);
    QVERIFY(ShopSession::named<QTableView>(*opened.view, u"Rows"_s));
    QVERIFY(opened.view->grid().isColumnHidden(opened.view->model().troubleColumn()));
    auto* find = ShopSession::named<QLineEdit>(*opened.view, u"Find in loaded rows"_s);
    find->setText(u"B2"_s);
    QCOMPARE(opened.ids(), QStringList{u"2"_s});
    QCOMPARE(opened.state(), u"3 rows · 1 shown"_s);
}

void TestTableView::readsByIdWhereOrderIsWanted()
{
    OpenedTableView opened({}, false, 700);
    ShopSession::named<QComboBox>(*opened.view, u"Order of reading"_s)->setCurrentIndex(1);
    QTRY_VERIFY_WITH_TIMEOUT(opened.ids().size() >= 400, tablePatience);
    QStringList wanted;
    for (int id = 1; id <= opened.ids().size(); ++id) {
        wanted << QString::number(id);
    }
    QCOMPARE(opened.ids(), wanted);
}

void TestTableView::rowsAboveTheCounterAreReadToo()
{
    OpenedTableView opened;
    ShopSession::named<QComboBox>(*opened.view, u"Order of reading"_s)->setCurrentIndex(1);
    QTRY_COMPARE_WITH_TIMEOUT(opened.ids(), QStringList({u"1"_s, u"2"_s, u"3"_s}), tablePatience);
    opened.server.server().command({"HSET", "{shop.items}:9", "qty", "9"}); // by who does not keep the counter
    opened.server.server().command({"SADD", "{shop.items}:rows", "9"});
    opened.view->reload();
    QTRY_COMPARE_WITH_TIMEOUT(opened.ids(), QStringList({u"1"_s, u"2"_s, u"3"_s, u"9"_s}), tablePatience);
}

void TestTableView::readsMoreAsItIsScrolledTo()
{
    OpenedTableView opened({}, false, 1500);
    QVERIFY(opened.view->model().loaded() < 1503);
    QVERIFY2(opened.state().startsWith(u"1,503 rows · "_s), qPrintable(opened.state()));
    for (int page = 0; page < 100 && opened.view->model().loaded() < 1503; ++page) {
        const auto before = opened.view->model().loaded();
        QScrollBar* bar = opened.view->grid().verticalScrollBar();
        bar->setValue(bar->maximum());
        QTRY_VERIFY_WITH_TIMEOUT(opened.view->model().loaded() > before, tablePatience);
    }
    QCOMPARE(opened.view->model().loaded(), std::uint64_t{1503});
    QStringList ids = opened.ids();
    QCOMPARE(ids.removeDuplicates(), 0);
    QCOMPARE(opened.state(), u"1,503 rows"_s);
}

void TestTableView::damageIsShown()
{
    OpenedTableView opened;
    opened.server.server().command({"DEL", "{shop.items}:2"});
    opened.server.server().command({"HSET", "{shop.items}:1", "colour", "red"});
    opened.press(u"Read again"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!opened.view->grid().isColumnHidden(opened.view->model().troubleColumn()), tablePatience);
    QStringList troubles;
    for (int row = 0; row < 3; ++row) {
        troubles << opened.view->model().index(row, opened.view->model().troubleColumn()).data().toString();
    }
    QVERIFY(troubles.contains(u"Listed, but its key is not there"_s));
    QVERIFY(troubles.contains(u"Fields that are no column: colour = red"_s));
}

void TestTableView::aTableThatIsGoneIsSaid()
{
    OpenedTableView opened;
    TableView none(opened.session, "shop.none");
    QTRY_VERIFY2_WITH_TIMEOUT(ShopSession::words(none).contains(u"The table can't be read."_s),
        qPrintable(ShopSession::words(none)), tablePatience);
    QVERIFY(!ShopSession::button(none, u"Insert row…"_s)->isEnabled());
    opened.session.selectDatabase(1); // the other one has no such table
    QTRY_VERIFY_WITH_TIMEOUT(ShopSession::words(*opened.view).contains(u"The table can't be read."_s), tablePatience);
    QCOMPARE(opened.view->model().loaded(), std::uint64_t{0});
    opened.session.selectDatabase(0);
    QTRY_COMPARE_WITH_TIMEOUT(opened.view->model().loaded(), std::uint64_t{3}, tablePatience);
}

void TestTableView::queriesByAnIndex()
{
    OpenedTableView opened;
    QSignalSpy queried(opened.view.get(), &TableView::queried);
    opened.type(1, u"sku"_s, u"="_s, u"A1"_s);
    QVERIFY2(opened.plan().startsWith(u"By the index of sku."_s), qPrintable(opened.plan()));
    opened.press(u"Run query"_s);
    QTRY_COMPARE_WITH_TIMEOUT(opened.state(), u"2 rows found among 2"_s, tablePatience);
    QCOMPARE(opened.sortedIds(), QStringList({u"1"_s, u"3"_s}));
    QCOMPARE(queried.size(), 1);
    opened.press(u"All rows"_s);
    QTRY_COMPARE_WITH_TIMEOUT(opened.ids().size(), 3, tablePatience);
}

void TestTableView::queriesEverythingElseByLooking()
{
    OpenedTableView opened;
    opened.type(1, u"qty"_s, u"≥"_s, u"12"_s);
    QVERIFY(opened.plan().startsWith(u"No index serves: all 3 rows are looked at"_s));
    opened.press(u"Add condition"_s);
    ShopSession::named<QComboBox>(*opened.view, u"Join 2"_s)->setCurrentIndex(1); // OR
    opened.type(2, u"qty"_s, u"<"_s, u"0"_s);
    QTest::keyClick(ShopSession::named<QLineEdit>(*opened.view, u"Value 2"_s), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(opened.state(), u"2 rows found among 3"_s, tablePatience);
    QCOMPARE(opened.sortedIds(), QStringList({u"2"_s, u"3"_s}));
    QTest::mouseClick(ShopSession::named<QAbstractButton>(*opened.view, u"Remove condition 1"_s), Qt::LeftButton);
    opened.press(u"Run query"_s);
    QTRY_COMPARE_WITH_TIMEOUT(opened.ids(), QStringList{u"3"_s}, tablePatience);
}

void TestTableView::queriesForMissingAndEmptyCells()
{
    OpenedTableView opened;
    opened.server.server().command({"HSET", "{shop.items}:3", "made", ""});
    auto* value = ShopSession::named<QLineEdit>(*opened.view, u"Value 1"_s);
    opened.type(1, u"made"_s, u"is missing"_s, QString());
    QVERIFY(!value->isEnabled()); // it takes none
    QVERIFY2(opened.plan().startsWith(u"No index serves"_s), qPrintable(opened.plan()));
    opened.press(u"Run query"_s);
    QTRY_COMPARE_WITH_TIMEOUT(opened.state(), u"1 row found among 3"_s, tablePatience);
    QCOMPARE(opened.ids(), QStringList{u"2"_s});
    opened.type(1, u"made"_s, u"is empty"_s, QString());
    opened.press(u"Run query"_s);
    QTRY_COMPARE_WITH_TIMEOUT(opened.ids(), QStringList{u"3"_s}, tablePatience);
    opened.type(1, u"made"_s, u"="_s, u"2024-01-31"_s);
    QVERIFY(value->isEnabled());
    opened.press(u"Run query"_s);
    QTRY_COMPARE_WITH_TIMEOUT(opened.ids(), QStringList{u"1"_s}, tablePatience);
}

/// Once several queries have asked for it.
void TestTableView::anIndexThatIsMissedIsSaid()
{
    OpenedTableView opened;
    const auto about = [&opened] {
        const auto* bar = ShopSession::named<NoticeBar>(*opened.view, u"About the table"_s); // null while hidden
        return bar != nullptr ? bar->text() : QString();
    };
    const QString advice = u"3 queries asked for a value of qty"_s;
    for (int times = 1; times <= 3; ++times) {
        QVERIFY(!about().contains(advice));
        opened.type(1, u"qty"_s, u"="_s, QString::number(1000 + times));
        opened.press(u"Run query"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!opened.view->isQuerying(), tablePatience);
    }
    QTRY_VERIFY2_WITH_TIMEOUT(about().contains(advice), qPrintable(about()), tablePatience);
}

void TestTableView::staleEntriesAreShownAsSuch()
{
    OpenedTableView opened;
    opened.server.server().command({"HSET", "{shop.items}:1", "sku", "Z9"});
    opened.type(1, u"sku"_s, u"="_s, u"A1"_s);
    opened.press(u"Run query"_s);
    QTRY_COMPARE_WITH_TIMEOUT(opened.state(), u"1 row found among 2, 1 stale index entry"_s, tablePatience);
    QCOMPARE(opened.sortedIds(), QStringList({u"1"_s, u"3"_s}));
    const RowModel& model = opened.view->model();
    QVERIFY(!opened.view->grid().isColumnHidden(model.troubleColumn()));
    const auto row = static_cast<int>(opened.ids().indexOf(u"1"_s));
    const QString marked = u"Stale index entry: it stands under sku = A1"_s;
    QVERIFY(model.index(row, model.troubleColumn()).data().toString().startsWith(marked));
    QVERIFY(model.index(row, 0).data(Qt::AccessibleTextRole).toString().contains(marked));
    QVERIFY(model.index(row, 1).data(Qt::ToolTipRole).toString().contains(marked));
    QVERIFY(model.index(1 - row, model.troubleColumn()).data().toString().isEmpty());
    opened.view->grid().selectRow(row); // it is a row as others are: its edit is no conflict
    opened.view->changeRows();
    auto* dialog = opened.view->findChild<RowDialog*>();
    QVERIFY(dialog);
    auto* qty = ShopSession::named<QLineEdit>(*dialog, u"qty"_s);
    qty->selectAll();
    QTest::keyClicks(qty, u"6"_s);
    ShopSession::press(*dialog, u"Change row"_s);
    QTRY_COMPARE_WITH_TIMEOUT(
        opened.server.server().command({"HGET", "{shop.items}:1", "qty"}), std::string("6"), tablePatience);
    QTRY_COMPARE_WITH_TIMEOUT(model.index(row, 2).data().toString(), u"6"_s, tablePatience);
    QVERIFY(model.index(row, model.troubleColumn()).data().toString().startsWith(marked)); // still
}

void TestTableView::whatCanNotBeMeantIsSaid()
{
    OpenedTableView opened;
    opened.type(1, u"qty"_s, u"="_s, u"many"_s);
    QVERIFY2(opened.plan().contains(u"qty"_s), qPrintable(opened.plan()));
    QVERIFY(!ShopSession::button(*opened.view, u"Run query"_s)->isEnabled());
    opened.type(1, u"qty"_s, u"="_s, u"5"_s);
    QVERIFY(ShopSession::button(*opened.view, u"Run query"_s)->isEnabled());
}

void TestTableView::aQueryIsStopped()
{
    OpenedTableView opened({}, false, 100);
    opened.type(1, u"qty"_s, u">"_s, u"0"_s);
    opened.server.server().freeze(); // so that it does not end by itself
    opened.press(u"Run query"_s);
    QVERIFY(opened.view->isQuerying());
    opened.press(u"Stop query"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!opened.view->isQuerying(), tablePatience);
    opened.server.server().thaw();
    QTRY_VERIFY(ShopSession::button(*opened.view, u"Run query"_s));
}

void TestTableView::tableSelectOnlyOnRequest()
{
    OpenedTableView opened;
    opened.type(1, u"sku"_s, u"="_s, u"A1"_s);
    QTRY_VERIFY2_WITH_TIMEOUT(opened.plan().contains(u"TABLE.SELECT would stop the server for about"_s),
        qPrintable(opened.plan()), tablePatience);
    const auto selects = [&] {
        const auto all = opened.server.twin() ? opened.server.twin()->commands() : std::vector<std::string>();
        return std::ranges::count(all, "TABLE.SELECT");
    };
    if (opened.server.twin()) {
        opened.server.twin()->forgetCommands();
    }
    opened.press(u"TABLE.SELECT…"_s);
    QVERIFY(ShopSession::words(*opened.view).contains(u"Nobody else is served meanwhile"_s));
    QCOMPARE(selects(), 0);
    opened.press(u"Run TABLE.SELECT"_s);
    QTRY_COMPARE_WITH_TIMEOUT(opened.state(), u"2 rows by TABLE.SELECT, without their ids"_s, tablePatience);
    if (opened.server.twin()) {
        QCOMPARE(selects(), 1);
    }
    opened.view->grid().selectRow(0);
    QVERIFY(!ShopSession::button(*opened.view, u"Change…"_s)->isEnabled());
}

void TestTableView::tableSelectIsRefusedWhereItGivesSomethingElse()
{
    OpenedTableView opened;
    opened.type(1, u"qty"_s, u"="_s, u"5"_s); // equality without an index
    QTRY_VERIFY2_WITH_TIMEOUT(
        opened.plan().contains(u"TABLE.SELECT is not offered"_s), qPrintable(opened.plan()), tablePatience);
    QVERIFY(!ShopSession::button(*opened.view, u"TABLE.SELECT…"_s)->isEnabled());
}

void TestTableView::columnsStayWhereTheyWereMoved()
{
    OpenedTableView opened;
    QSignalSpy moved(opened.view.get(), &TableView::columnsMoved);
    const auto heads = [](TableView& view) {
        const QHeaderView* header = view.grid().horizontalHeader();
        QStringList names;
        for (int place = 0; place < header->count(); ++place) {
            const QString head =
                view.model().headerData(header->logicalIndex(place), Qt::Horizontal, Qt::DisplayRole).toString();
            names << head.section(u" · "_s, 0, 0);
        }
        return names;
    };
    QStringList wanted = heads(*opened.view);
    QCOMPARE(moved.size(), 0);
    opened.view->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(opened.view.get()));
    opened.view->grid().setFocus();
    opened.view->grid().setCurrentIndex(opened.view->model().index(0, 3));
    QTest::keyClick(&opened.view->grid(), Qt::Key_Left, Qt::ControlModifier | Qt::ShiftModifier);
    QTest::keyClick(&opened.view->grid(), Qt::Key_Left, Qt::ControlModifier | Qt::ShiftModifier);
    wanted.move(3, 1);
    QCOMPARE(heads(*opened.view), wanted);
    QCOMPARE(moved.size(), 2);
    opened.view->moveColumn(-1);
    opened.view->moveColumn(-1); // it is the first already
    wanted.move(1, 0);
    QCOMPARE(heads(*opened.view), wanted);
    opened.server.make({"TABLE.SCHEMA.ALTER shop.items ADD COLUMN note:string"}); // other columns: all is set up anew
    opened.press(u"Read again"_s);
    wanted.insert(4, u"note"_s);
    QTRY_COMPARE_WITH_TIMEOUT(heads(*opened.view), wanted, tablePatience);
    TableView another(opened.session, "shop.items");
    another.setColumns(moved.back().front().toByteArray());
    QTRY_COMPARE_WITH_TIMEOUT(heads(another), wanted, tablePatience);
    QCOMPARE(moved.size(), 3);
}

void TestTableView::copiesSelectedRows()
{
    OpenedTableView opened;
    opened.view->model().sort(0, Qt::AscendingOrder);
    opened.view->grid().selectRow(1);
    opened.view->copy(std::nullopt);
    QVERIFY(QApplication::clipboard()->text().startsWith(u"2\t"_s));
    opened.view->copy(RowFormat::Sql);
    QVERIFY2(
        QApplication::clipboard()->text().startsWith(u"INSERT INTO"_s), qPrintable(QApplication::clipboard()->text()));
}

void TestTableView::writesAFile_data()
{
    QTest::addColumn<int>("format");
    QTest::addColumn<QString>("needle");
    QTest::addColumn<int>("lines");
    QTest::addRow("csv") << static_cast<int>(RowFormat::Csv) << u"B2"_s << 4;
    QTest::addRow("json lines") << static_cast<int>(RowFormat::JsonLines) << u"\"sku\": \"B2\""_s << 3;
    QTest::addRow("sql") << static_cast<int>(RowFormat::Sql) << u"CREATE TABLE"_s << -1;
}

void TestTableView::writesAFile()
{
    QFETCH(const int, format);
    QFETCH(const QString, needle);
    QFETCH(const int, lines);
    OpenedTableView opened;
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"rows.txt"_s));
    QSignalSpy said(opened.view.get(), &TableView::said);
    opened.view->exportTo(file.fileName(), static_cast<RowFormat>(format));
    QTRY_COMPARE_WITH_TIMEOUT(said.size(), 1, tablePatience);
    QVERIFY(said.front().back().toString().contains(u"3 rows"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    QVERIFY2(text.contains(needle.toUtf8()), text.constData());
    if (lines >= 0) {
        QCOMPARE(text.count('\n'), lines);
    }
}

void TestTableView::aFileThatCanNotBeWrittenIsSaid()
{
    OpenedTableView opened;
    QSignalSpy said(opened.view.get(), &TableView::said);
    opened.view->exportTo(u"/nowhere/at/all.csv"_s, RowFormat::Csv);
    QTRY_COMPARE_WITH_TIMEOUT(said.size(), 1, tablePatience);
    QVERIFY(said.front().back().toString().contains(u"/nowhere/at/all.csv"_s));
}

QTEST_MAIN(TestTableView)
#include "tst_tableview.moc"
