// SPDX-License-Identifier: GPL-3.0-or-later
// Rows that are inserted, changed, deleted and imported in the window.
#include "tests/ui/table/tablesession.h"
#include "ui/table/rowdialog.h"
#include "ui/table/rowmodel.h"
#include "ui/table/tableimportdialog.h"
#include "ui/table/tableview.h"

#include <QFile>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

namespace {

struct EditedTable : ShopSession {
    explicit EditedTable(bool readOnly = false)
        : ShopSession({}, readOnly)
        , view(session, "shop.items")
    {
        view.resize(1000, 600);
        view.show();
        [this] { QTRY_COMPARE_WITH_TIMEOUT(view.model().loaded(), std::uint64_t{3}, tablePatience); }();
        view.model().sort(0, Qt::AscendingOrder);
    }
    template <typename D> [[nodiscard]] D* dialog() const
    {
        for (D* found : view.findChildren<D*>()) {
            if (found->isVisible()) {
                return found;
            }
        }
        return nullptr;
    }
    void type(const QWidget& in, const QString& column, const QString& text) const
    {
        auto* field = named<QLineEdit>(in, column);
        field->selectAll();
        QTest::keyClicks(field, text);
    }
    std::string at(const std::string& id, const std::string& column)
    {
        return server.server().command({"HGET", "{shop.items}:" + id, column});
    }
    std::string count(const std::string& set) { return server.server().command({"SCARD", "{shop.items}:" + set}); }

    TableView view;
};

} // namespace

class TestTableEditing : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void insertsARow();
    void checksTypesBeforeAnythingIsSent();
    void changesARowWithItsIndex();
    void aCellIsTakenAway();
    void severalRowsAreChangedAtOnce();
    void deletesRows();
    void conflictsAreShownAndThenMeant();
    void showsWhatWouldBeSent();
    void aReadOnlyConnectionSaysSo();
    void importsAFile();
    void anImportSaysWhatDoesNotFit();
};

void TestTableEditing::insertsARow()
{
    EditedTable table;
    ShopSession::press(table.view, u"Insert row…"_s);
    auto* dialog = table.dialog<RowDialog>();
    QVERIFY(dialog);
    table.type(*dialog, u"sku"_s, u"C3"_s);
    table.type(*dialog, u"qty"_s, u"4"_s);
    ShopSession::press(*dialog, u"Insert row"_s);
    QTRY_COMPARE_WITH_TIMEOUT(table.view.model().rowCount(), 4, tablePatience);
    QCOMPARE(table.at("4", "sku"), std::string("C3"));
    QCOMPARE(table.server.server().command({"HEXISTS", "{shop.items}:4", "made"}), std::string("0"));
    QCOMPARE(table.count("idx:sku:C3"), std::string("1"));
}

void TestTableEditing::checksTypesBeforeAnythingIsSent()
{
    EditedTable table;
    ShopSession::press(table.view, u"Insert row…"_s);
    auto* dialog = table.dialog<RowDialog>();
    QVERIFY(!ShopSession::button(*dialog, u"Insert row"_s)->isEnabled()); // nothing in it
    table.type(*dialog, u"qty"_s, u"four"_s);
    QVERIFY(!ShopSession::button(*dialog, u"Insert row"_s)->isEnabled());
    auto* problem = ShopSession::named<QLabel>(*dialog, u"Problem"_s);
    QVERIFY(problem);
    QVERIFY(!problem->text().isEmpty());
    table.type(*dialog, u"qty"_s, u"4"_s);
    QVERIFY(ShopSession::button(*dialog, u"Insert row"_s)->isEnabled());
    dialog->reject();
}

void TestTableEditing::changesARowWithItsIndex()
{
    EditedTable table;
    table.view.grid().selectRow(1);
    table.view.changeRows();
    auto* dialog = table.dialog<RowDialog>();
    QVERIFY(dialog);
    QCOMPARE(ShopSession::named<QLineEdit>(*dialog, u"sku"_s)->text(), u"B2"_s);
    QVERIFY(!ShopSession::button(*dialog, u"Change row"_s)->isEnabled()); // nothing is changed
    table.type(*dialog, u"sku"_s, u"B3"_s);
    ShopSession::press(*dialog, u"Change row"_s);
    QTRY_COMPARE_WITH_TIMEOUT(table.view.model().index(1, 1).data().toString(), u"B3"_s, tablePatience);
    QCOMPARE(table.count("idx:sku:B2"), std::string("0"));
    QCOMPARE(table.count("idx:sku:B3"), std::string("1"));
}

void TestTableEditing::aCellIsTakenAway()
{
    EditedTable table;
    table.view.grid().selectRow(0);
    table.view.changeRows();
    auto* dialog = table.dialog<RowDialog>();
    ShopSession::named<QComboBox>(*dialog, u"Kind of made"_s)->setCurrentText(u"No cell"_s);
    ShopSession::press(*dialog, u"Change row"_s);
    QTRY_COMPARE_WITH_TIMEOUT(
        table.server.server().command({"HEXISTS", "{shop.items}:1", "made"}), std::string("0"), tablePatience);
}

void TestTableEditing::severalRowsAreChangedAtOnce()
{
    EditedTable table;
    table.view.grid().selectAll();
    table.view.changeRows();
    auto* dialog = table.dialog<RowDialog>();
    table.type(*dialog, u"qty"_s, u"100"_s);
    ShopSession::press(*dialog, u"Change 3 rows"_s);
    QTRY_VERIFY_WITH_TIMEOUT(table.dialog<RowDialog>() == nullptr, tablePatience);
    for (const std::string id : {"1", "2", "3"}) {
        QCOMPARE(table.at(id, "qty"), std::string("100"));
    }
    QCOMPARE(table.at("2", "sku"), std::string("B2")); // left as it was
}

void TestTableEditing::deletesRows()
{
    EditedTable table;
    table.view.grid().selectRow(0);
    table.view.deleteRows();
    auto* dialog = table.dialog<DeleteRowsDialog>();
    QVERIFY(dialog);
    auto* cancel = qobject_cast<QPushButton*>(ShopSession::button(*dialog, u"Cancel"_s));
    QVERIFY(cancel->isDefault()); // what Return does
    cancel->click();
    QTRY_VERIFY(table.dialog<DeleteRowsDialog>() == nullptr);
    QCOMPARE(table.count("rows"), std::string("3"));
    table.view.deleteRows();
    ShopSession::press(*table.dialog<DeleteRowsDialog>(), u"Delete row"_s);
    QTRY_COMPARE_WITH_TIMEOUT(table.view.model().rowCount(), 2, tablePatience);
    QCOMPARE(table.count("rows"), std::string("2"));
    QCOMPARE(table.server.server().command({"EXISTS", "{shop.items}:1"}), std::string("0"));
    QCOMPARE(table.count("idx:sku:A1"), std::string("1"));
}

void TestTableEditing::conflictsAreShownAndThenMeant()
{
    EditedTable table;
    table.view.grid().selectRow(1);
    table.view.changeRows();
    auto* dialog = table.dialog<RowDialog>();
    table.type(*dialog, u"sku"_s, u"mine"_s);
    table.server.server().command({"HSET", "{shop.items}:2", "qty", "77"});
    ShopSession::press(*dialog, u"Change row"_s);
    QTRY_VERIFY_WITH_TIMEOUT(
        ShopSession::words(*dialog).contains(u"somebody has changed it; now it is"_s), tablePatience);
    QVERIFY(ShopSession::words(*dialog).contains(u"qty = 77"_s));
    QCOMPARE(table.at("2", "sku"), std::string("B2"));
    QCOMPARE(ShopSession::named<QLineEdit>(*dialog, u"qty"_s)->text(), u"77"_s); // not touched here: theirs stays
    ShopSession::press(*dialog, u"Change row"_s);
    QTRY_COMPARE_WITH_TIMEOUT(table.at("2", "sku"), std::string("mine"), tablePatience);
    QCOMPARE(table.at("2", "qty"), std::string("77"));
}

void TestTableEditing::showsWhatWouldBeSent()
{
    EditedTable table;
    table.view.grid().selectRow(1);
    table.view.changeRows();
    auto* dialog = table.dialog<RowDialog>();
    table.type(*dialog, u"sku"_s, u"new"_s);
    ShopSession::press(*dialog, u"Show commands"_s);
    QTRY_VERIFY_WITH_TIMEOUT(ShopSession::named<QPlainTextEdit>(*dialog, u"Commands"_s) != nullptr, tablePatience);
    const QString text = ShopSession::named<QPlainTextEdit>(*dialog, u"Commands"_s)->toPlainText();
    QVERIFY2(text.contains(u"SREM {shop.items}:idx:sku:B2 2"_s), qPrintable(text));
    QCOMPARE(table.at("2", "sku"), std::string("B2"));
    dialog->reject();
}

void TestTableEditing::aReadOnlyConnectionSaysSo()
{
    EditedTable table(true);
    for (const QString& name : {u"Insert row…"_s, u"Change…"_s, u"Delete…"_s, u"Import CSV…"_s}) {
        QVERIFY2(!ShopSession::button(table.view, name)->isEnabled(), qPrintable(name));
        QCOMPARE(ShopSession::button(table.view, name)->toolTip(), u"The connection is read-only"_s);
    }
    table.view.grid().selectRow(0);
    table.view.deleteRows();
    QVERIFY(table.dialog<DeleteRowsDialog>() == nullptr);
}

void TestTableEditing::importsAFile()
{
    EditedTable table;
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"rows.csv"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("id,article,qty\n9,X1,1\n10,X2,\n");
    file.close();
    table.view.importFrom(file.fileName());
    auto* dialog = table.dialog<TableImportDialog>();
    QVERIFY(dialog);
    QTRY_VERIFY_WITH_TIMEOUT(ShopSession::named<QComboBox>(*dialog, u"Column for article"_s) != nullptr, tablePatience);
    QCOMPARE(ShopSession::named<QComboBox>(*dialog, u"Column for id"_s)->currentText(), u"(nowhere)"_s);
    auto* article = ShopSession::named<QComboBox>(*dialog, u"Column for article"_s);
    QCOMPARE(article->currentText(), u"(nowhere)"_s);
    article->setCurrentIndex(article->findText(u"sku · string, indexed"_s));
    ShopSession::press(*dialog, u"Dry run"_s);
    QTRY_VERIFY_WITH_TIMEOUT(ShopSession::named<QPlainTextEdit>(*dialog, u"Report"_s) != nullptr, tablePatience);
    auto* report = ShopSession::named<QPlainTextEdit>(*dialog, u"Report"_s);
    QVERIFY2(report->toPlainText().startsWith(u"Dry run: 2 of 2 records"_s), qPrintable(report->toPlainText()));
    QCOMPARE(table.count("rows"), std::string("3"));
    ShopSession::press(*dialog, u"Import"_s);
    QTRY_VERIFY_WITH_TIMEOUT(report->toPlainText().startsWith(u"2 of 2 records were inserted."_s), tablePatience);
    QCOMPARE(table.count("rows"), std::string("5"));
    QCOMPARE(table.count("idx:sku:X2"), std::string("1"));
    QTRY_COMPARE_WITH_TIMEOUT(table.view.model().loaded(), std::uint64_t{5}, tablePatience);
    dialog->reject();
}

void TestTableEditing::anImportSaysWhatDoesNotFit()
{
    EditedTable table;
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"rows.csv"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("sku,qty\nX1,1\nX2,many\nX3,3\n");
    file.close();
    table.view.importFrom(file.fileName());
    auto* dialog = table.dialog<TableImportDialog>();
    QTRY_VERIFY_WITH_TIMEOUT(ShopSession::button(*dialog, u"Dry run"_s)->isEnabled(), tablePatience);
    ShopSession::press(*dialog, u"Dry run"_s);
    QTRY_VERIFY_WITH_TIMEOUT(ShopSession::named<QPlainTextEdit>(*dialog, u"Report"_s) != nullptr, tablePatience);
    const QString text = ShopSession::named<QPlainTextEdit>(*dialog, u"Report"_s)->toPlainText();
    QVERIFY2(text.contains(u"Line 3: "_s), qPrintable(text));
    QCOMPARE(table.count("rows"), std::string("3"));
    dialog->reject();
}

QTEST_MAIN(TestTableEditing)
#include "tst_tableediting.moc"
