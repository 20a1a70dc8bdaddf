// SPDX-License-Identifier: GPL-3.0-or-later
// Rows that are inserted, changed, deleted and imported in the window.
#include "tests/ui/table/tablesession.h"
#include "ui/table/rowdialog.h"
#include "ui/table/rowmodel.h"
#include "ui/table/tableimportdialog.h"
#include "ui/table/tableview.h"

#include <QFile>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTableWidget>
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
    void aStopSaysHowFarItCame();
    void aConflictIsShownColumnByColumn_data();
    void aConflictIsShownColumnByColumn();
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

void TestTableEditing::aStopSaysHowFarItCame()
{
    constexpr std::size_t count = 20'000; // which take far longer than a click
    EditedTable table;
    RedisServer& server = table.server.server();
    server.fill(count,
        [](std::size_t n) { return TableServer::Args{"HSET", "{shop.items}:" + std::to_string(n + 4), "qty", "1"}; });
    server.fill(
        count, [](std::size_t n) { return TableServer::Args{"SADD", "{shop.items}:rows", std::to_string(n + 4)}; });
    std::vector<TableRow> rows;
    for (std::size_t n = 0; n < count; ++n) {
        rows.push_back({std::to_string(n + 4), TableRow::State::Whole, {}});
        for (const TableColumn& column : table.view.model().schema().columns) {
            rows.back().cells.push_back(column.name == "qty" ? std::optional<std::string>("1") : std::nullopt);
        }
    }
    QPointer<DeleteRowsDialog> dialog(
        new DeleteRowsDialog(table.session, table.view.model().schema(), std::move(rows), &table.view));
    QSignalSpy applied(dialog, &RowEditDialog::applied);
    dialog->open();
    ShopSession::press(*dialog, u"Delete 20,000 rows"_s);
    const std::string all = std::to_string(count + 3);
    QTRY_VERIFY_WITH_TIMEOUT(table.count("rows") != all, tablePatience);
    ShopSession::button(*dialog, u"Cancel"_s)->click();
    QTRY_COMPARE_WITH_TIMEOUT(applied.size(), 1, tablePatience);
    QVERIFY(dialog && dialog->isVisible()); // it says what was done, and what was not
    const auto left = std::stoul(table.count("rows")) - 3;
    QVERIFY(left > 0);
    const QString words = ShopSession::words(*dialog);
    QVERIFY2(words.contains(u"not begun: "_s), qPrintable(words));
    QVERIFY2(words.contains(u" done."_s), qPrintable(words));
    QVERIFY(ShopSession::button(*dialog, u"Cancel"_s)->isEnabled());
    const auto again = dialog->edits(); // those that are left are meant from now on
    QVERIFY(again && again->size() >= left);
    ShopSession::button(*dialog, u"Cancel"_s)->click();
    QTRY_VERIFY(!dialog || !dialog->isVisible());
}

void TestTableEditing::aConflictIsShownColumnByColumn_data()
{
    QTest::addColumn<QString>("choice");
    QTest::addColumn<QString>("field"); // sku's after it; empty: the dialog is gone
    QTest::addColumn<QString>("made");
    QTest::addColumn<QByteArray>("sku"); // in the end
    QTest::addColumn<QByteArray>("qty");
    QTest::addRow("overwrite") << u"Overwrite"_s << QString() << QString() << QByteArray("mine") << QByteArray("70");
    QTest::addRow("reload") << u"Reload"_s << u"B2"_s << u"2024-05-05"_s << QByteArray("B2") << QByteArray("77");
    QTest::addRow("keep editing") << u"Keep editing"_s << u"mine"_s << u"2024-05-05"_s << QByteArray("mine")
                                  << QByteArray("70");
}

/// Typed: sku and qty; changed by others meanwhile: qty and made.
void TestTableEditing::aConflictIsShownColumnByColumn()
{
    QFETCH(const QString, choice);
    QFETCH(const QString, field);
    QFETCH(const QString, made);
    QFETCH(const QByteArray, sku);
    QFETCH(const QByteArray, qty);
    EditedTable table;
    table.view.grid().selectRow(1);
    table.view.changeRows();
    QPointer<RowDialog> dialog = table.dialog<RowDialog>();
    table.type(*dialog, u"sku"_s, u"mine"_s);
    table.type(*dialog, u"qty"_s, u"70"_s);
    table.server.server().command({"HSET", "{shop.items}:2", "qty", "77", "made", "2024-05-05"});
    ShopSession::press(*dialog, u"Change row"_s);
    QTRY_VERIFY_WITH_TIMEOUT(ShopSession::named<QTableWidget>(*dialog, u"Conflicting cells"_s), tablePatience);
    const auto* cells = ShopSession::named<QTableWidget>(*dialog, u"Conflicting cells"_s);
    QStringList lines;
    for (int line = 0; line < cells->rowCount(); ++line) {
        QStringList words;
        for (int column = 0; column < cells->columnCount(); ++column) {
            const QString spoken = cells->item(line, column)->data(Qt::AccessibleTextRole).toString();
            words << (spoken.isEmpty() ? cells->item(line, column)->text() : spoken);
        }
        lines << words.join(u'|');
    }
    lines.sort();
    QCOMPARE(lines,
        QStringList({u"made|no cell|2024-05-05, changed since you saw it|left as it is there"_s,
            u"qty|12|77, changed since you saw it|70, replaces what somebody else has written"_s,
            u"sku|B2|B2|mine"_s}));
    QVERIFY(ShopSession::words(*dialog).contains(u"Somebody has changed row 2 since you saw it"_s));
    QVERIFY(!ShopSession::button(*dialog, u"Change row"_s)->isEnabled()); // until it is said what becomes of it
    QCOMPARE(table.at("2", "sku"), std::string("B2"));
    ShopSession::press(*dialog, choice);
    if (!field.isEmpty()) {
        QVERIFY(!ShopSession::named<QTableWidget>(*dialog, u"Conflicting cells"_s));
        QCOMPARE(ShopSession::named<QLineEdit>(*dialog, u"sku"_s)->text(), field);
        QCOMPARE(ShopSession::named<QLineEdit>(*dialog, u"made"_s)->text(), made); // not touched here: theirs
        const bool isTyped = field == u"mine"_s;
        QCOMPARE(ShopSession::button(*dialog, u"Change row"_s)->isEnabled(), isTyped);
        if (isTyped) {
            ShopSession::press(*dialog, u"Change row"_s);
        } else {
            dialog->reject();
        }
    }
    QTRY_VERIFY_WITH_TIMEOUT(!dialog, tablePatience);
    QCOMPARE(table.at("2", "sku"), sku.toStdString());
    QCOMPARE(table.at("2", "qty"), qty.toStdString());
    QCOMPARE(table.at("2", "made"), std::string("2024-05-05"));
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
