// SPDX-License-Identifier: GPL-3.0-or-later
// Tables in the real window: offered, listed, opened from the tree, and what warns of plain edits.
#include "tests/servers/tableserver.h"
#include "tests/ui/window/windowfixture.h"
#include "ui/bulk/jobdialog.h"
#include "ui/edit/keydialogs.h"
#include "ui/table/rowmodel.h"
#include "ui/table/tablelistview.h"
#include "ui/table/tableview.h"
#include "ui/tree/keytreeview.h"
#include "ui/window/keypanel.h"
#include "ui/window/keytabs.h"
#include "ui/window/pagetables.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QHeaderView>
#include <QMenu>
#include <QStandardPaths>
#include <QTableView>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000; // ms

/// A window on a server with the table shop.items, and some other keys.
struct TableWindow {
    TableWindow()
        : page(fixture.open(profileFor()))
    {
        QTRY_VERIFY_WITH_TIMEOUT(hasEnded(page), patience);
        QTRY_VERIFY_WITH_TIMEOUT(tree().isSettled() && tree().rows()->rowCount() > 0, patience);
    }
    Profile profileFor()
    {
        server.make({"TABLE.NAMESPACE.CREATE shop", "TABLE.SCHEMA.CREATE shop.items sku:string:hash qty:integer",
            "TABLE.INSERT shop.items sku=A1 qty=5", "TABLE.INSERT shop.items sku=B2 qty=12", "SET other:1 v",
            "SET other:2 v"});
        Profile profile;
        profile.name = u"shop"_s;
        profile.port = server.port();
        return profile;
    }
    [[nodiscard]] KeyTreeView& tree() const { return page.keys().tree(); }
    [[nodiscard]] QString type(const std::string& bytes, bool isFolder) const
    {
        const QModelIndex index = tree().keyModel().indexOf({bytes, isFolder});
        return index.siblingAtColumn(static_cast<int>(KeyColumn::Type)).data().toString();
    }
    void select(const std::string& bytes, bool isFolder) const
    {
        tree().setCurrentRow({bytes, isFolder});
        tree().setFocus();
    }

    TableServer server;
    WindowFixture fixture;
    SessionPage& page;
};

} // namespace

class TestWindowTables : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void tablesThatWereSeenAreOffered();
    void withoutTablesNothingIsOffered();
    void theListOpensTables();
    void aTableIsOneRowOfTheTree();
    void anEmptyTableIsOneRow();
    void menusKnowTheTableOfTheRow();
    void aTablesRowHasItsCommandsInItsMenu();
    void columnsOrderIsKept();
    void plainKeysAreAChoice();
    void aPlainKeyOfATableSaysSo();
    void plainEditsWarn();
    void jobsNameTheTablesTheyTouch();
};

void TestWindowTables::tablesThatWereSeenAreOffered()
{
    TableWindow opened;
    QTRY_VERIFY_WITH_TIMEOUT(
        WindowFixture::words(opened.page).contains(u"A table of RedisTABLE is here: shop.items."_s), patience);
    QVERIFY(WindowFixture::press(opened.page, u"Show tables"_s));
    QVERIFY(opened.page.tables().list());
    QVERIFY(!WindowFixture::words(opened.page).contains(u"A table of RedisTABLE is here"_s));
}

void TestWindowTables::withoutTablesNothingIsOffered()
{
    const auto server = RedisServer::start();
    server->command({"SET", "schema:other", "v"});
    server->command({"SET", "schema:{noTable}", "v"});
    WindowFixture fixture;
    SessionPage& page = fixture.open(*server);
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(page), patience);
    QTest::qWait(0);
    QVERIFY(!WindowFixture::words(page).contains(u"RedisTABLE"_s));
}

void TestWindowTables::theListOpensTables()
{
    TableWindow opened;
    opened.fixture.trigger(ActionId::Tables);
    TableListView* list = opened.page.tables().list();
    QTRY_COMPARE_WITH_TIMEOUT(list->currentTable(), std::optional<std::string>("shop.items"), patience);
    QVERIFY(WindowFixture::press(*list, u"&Open table"_s));
    TableView* view = opened.page.tables().current();
    QVERIFY(view);
    QTRY_COMPARE_WITH_TIMEOUT(view->model().loaded(), std::uint64_t{2}, patience);
    const int tabs = opened.page.tabs().count();
    opened.page.tables().open("shop.items"); // has its tab
    QCOMPARE(opened.page.tabs().count(), tabs);
    opened.fixture.trigger(ActionId::CloseTab);
    QTRY_VERIFY(opened.page.tables().current() == nullptr);
    opened.page.tables().open("shop.items");
    QVERIFY(opened.page.tables().current());
}

void TestWindowTables::aTableIsOneRowOfTheTree()
{
    TableWindow opened;
    const QAbstractItemModelTester tester(
        opened.tree().model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QTRY_COMPARE_WITH_TIMEOUT(opened.type("{shop.items}:", true), u"TBL"_s, patience);
    opened.tree().expandFolder("schema:"); // where only the namespace is left
    QTRY_VERIFY_WITH_TIMEOUT(opened.tree().isSettled(), patience);
    QVERIFY(!opened.tree().keyModel().indexOf({"schema:{shop.items}", false}).isValid());
    QVERIFY(opened.tree().keyModel().indexOf({"schema:{shop}", false}).isValid());
    opened.select("{shop.items}:", true);
    QTest::keyClick(&opened.tree(), Qt::Key_Return);
    QVERIFY(opened.page.tables().current());
    QVERIFY(!opened.tree().expandedFolders().contains("{shop.items}:"));
    opened.fixture.trigger(ActionId::CloseTab);
    QVERIFY(opened.tree().goToKey("schema:{shop.items}")); // its table's row
    QTRY_COMPARE_WITH_TIMEOUT(opened.tree().currentRow(), std::optional(RowId{"{shop.items}:", true}), patience);
    QVERIFY(opened.type("other:", true).isEmpty());
    opened.fixture.trigger(ActionId::PlainTableKeys);
    QTRY_VERIFY_WITH_TIMEOUT(
        opened.tree().isSettled() && opened.tree().rows()->snapshot()->contains("schema:{shop.items}"), patience);
    opened.fixture.trigger(ActionId::PlainTableKeys);
}

/// Without rows or indexes there is no folder: its schema is its row.
void TestWindowTables::anEmptyTableIsOneRow()
{
    TableWindow opened;
    opened.server.make({"TABLE.SCHEMA.CREATE shop.empty n:integer"});
    opened.fixture.trigger(ActionId::Rescan);
    opened.tree().expandFolder("schema:");
    QTRY_COMPARE_WITH_TIMEOUT(opened.type("schema:{shop.empty}", false), u"TBL"_s, patience);
    opened.select("schema:{shop.empty}", false);
    QTest::keyClick(&opened.tree(), Qt::Key_Return);
    QTRY_VERIFY(opened.page.tables().current());
}

void TestWindowTables::menusKnowTheTableOfTheRow()
{
    TableWindow opened;
    const QAction* open = opened.fixture.window().actions().action(ActionId::OpenKey);
    opened.select("other:", true);
    QTRY_VERIFY_WITH_TIMEOUT(!open->isEnabled(), patience);
    opened.select("{shop.items}:", true);
    QTRY_VERIFY_WITH_TIMEOUT(open->isEnabled(), patience);
    QCOMPARE(opened.page.tables().currentTable(), std::optional<std::string>("shop.items"));
    opened.fixture.trigger(ActionId::OpenKey);
    QVERIFY(opened.page.tables().current());
    opened.select("other:", true);
    QCOMPARE(opened.page.tables().currentTable(), std::optional<std::string>("shop.items")); // it is in front
    opened.fixture.trigger(ActionId::CloseTab);
    QTRY_COMPARE(opened.page.tables().currentTable(), std::optional<std::string>());
}

void TestWindowTables::aTablesRowHasItsCommandsInItsMenu()
{
    TableWindow opened;
    const auto menuHas = [&opened](ActionId id) {
        Q_EMIT opened.page.menuWanted(opened.page.mapToGlobal(QPoint()));
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        const bool has = menu && menu->actions().contains(opened.fixture.window().actions().action(id));
        if (menu) {
            menu->close();
        }
        return has;
    };
    opened.select("other:", true);
    QVERIFY(menuHas(ActionId::DeleteKeys));
    QVERIFY(!menuHas(ActionId::ChangeTable));
    opened.select("{shop.items}:", true);
    QVERIFY(menuHas(ActionId::ChangeTable));
    QVERIFY(menuHas(ActionId::CheckTable));
}

void TestWindowTables::columnsOrderIsKept()
{
    TableWindow opened;
    for (const bool isAgain : {false, true}) {
        opened.page.tables().open("shop.items");
        TableView* view = opened.page.tables().current();
        QTRY_COMPARE_WITH_TIMEOUT(view->model().loaded(), std::uint64_t{2}, patience);
        QHeaderView* header = view->grid().horizontalHeader();
        if (isAgain) {
            QCOMPARE(header->logicalIndex(0), 2);
            break;
        }
        header->moveSection(2, 0);
        opened.fixture.trigger(ActionId::CloseTab);
        QTRY_VERIFY(opened.page.tables().current() == nullptr);
    }
}

void TestWindowTables::plainKeysAreAChoice()
{
    TableWindow opened;
    opened.fixture.trigger(ActionId::PlainTableKeys);
    QVERIFY(opened.type("{shop.items}:", true).isEmpty());
    opened.select("{shop.items}:", true);
    QTest::keyClick(&opened.tree(), Qt::Key_Return);
    QVERIFY(!opened.page.tables().current());
    QTRY_VERIFY_WITH_TIMEOUT(opened.tree().expandedFolders().contains("{shop.items}:"), patience);
    QVERIFY(PageTables::showsPlainKeys(opened.fixture.settings()));
    opened.fixture.trigger(ActionId::PlainTableKeys);
    QVERIFY(!PageTables::showsPlainKeys(opened.fixture.settings()));
}

void TestWindowTables::aPlainKeyOfATableSaysSo()
{
    TableWindow opened;
    opened.page.tabs().open("{shop.items}:1");
    QVERIFY(WindowFixture::words(opened.page).contains(u"This key is a part of table shop.items"_s));
    QVERIFY(WindowFixture::press(*opened.page.tabs().currentPane(), u"Open table"_s));
    QVERIFY(opened.page.tables().current());
    opened.page.tabs().open("other:1");
    QVERIFY(!WindowFixture::words(*opened.page.tabs().currentPane()).contains(u"part of table"_s));
}

void TestWindowTables::plainEditsWarn()
{
    TableWindow opened;
    auto* dialog = new DeleteDialog(opened.page.session(), {"{shop.items}:1", "hash", {}, {}, {}}, &opened.page);
    dialog->open();
    QVERIFY(WindowFixture::words(*dialog).contains(u"This key is a part of table shop.items"_s));
    dialog->reject();
    auto* other = new DeleteDialog(opened.page.session(), {"other:1", "string", {}, {}, {}}, &opened.page);
    other->open();
    QVERIFY(!WindowFixture::words(*other).contains(u"part of table"_s));
    other->reject();
}

void TestWindowTables::jobsNameTheTablesTheyTouch()
{
    TableWindow opened;
    const auto wordsFor = [&](const std::string& folder) {
        opened.select(folder, true);
        opened.fixture.trigger(ActionId::DeleteKeys);
        JobDialog* dialog = nullptr;
        [&] {
            QTRY_VERIFY_WITH_TIMEOUT(
                (dialog = opened.fixture.window().findChild<JobDialog*>()) != nullptr && dialog->isVisible(), patience);
        }();
        const QString words = WindowFixture::words(*dialog);
        dialog->reject();
        [&] { QTRY_VERIFY(opened.fixture.window().findChild<JobDialog*>() == nullptr); }();
        return words;
    };
    QVERIFY(wordsFor("{shop.items}:").contains(u"There are keys of tables among them (shop.items)"_s));
    QVERIFY(!wordsFor("other:").contains(u"keys of tables"_s));
}

QTEST_MAIN(TestWindowTables)
#include "tst_windowtables.moc"
