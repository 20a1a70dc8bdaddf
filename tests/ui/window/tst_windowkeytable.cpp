// SPDX-License-Identifier: GPL-3.0-or-later
// The key table in the real window: opened, sorted, cancelled, selected, deleted, written.
#include "tests/servers/rediscluster.h"
#include "tests/ui/window/windowfixture.h"
#include "ui/bulk/jobdialog.h"
#include "ui/edit/keydialogs.h"
#include "ui/keytable/keytablecolumns.h"
#include "ui/keytable/keytablegrid.h"
#include "ui/keytable/keytablepanel.h"
#include "ui/tree/keytreeview.h"
#include "ui/window/filterbar.h"
#include "ui/window/findfield.h"
#include "ui/window/keypanel.h"
#include "ui/window/keytabs.h"
#include "ui/window/pagetable.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QHeaderView>
#include <QStandardPaths>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000; // ms

/// A window on a server with `keys` strings below "k:", the n-th n bytes long, and two keys more.
struct OpenedWindow {
    explicit OpenedWindow(std::size_t keys)
        : page(fixture.open(profileFor(keys)))
    {
        QTRY_VERIFY_WITH_TIMEOUT(hasEnded(page), patience);
    }
    Profile profileFor(std::size_t keys)
    {
        server->fill(
            keys, [](std::size_t n) { return RedisServer::Args{"SET", name(n), std::string(1 + n % 1000, 'x')}; });
        server->command({"SET", "other:1", "v"});
        server->command({"SET", "other:2", "v"});
        return WindowFixture::profileOf(*server);
    }
    static std::string name(std::size_t n) { return "k:" + QString::number(n).rightJustified(6, u'0').toStdString(); }
    /// Opens the table with the user's action, and gives it.
    KeyTablePanel& table()
    {
        fixture.trigger(ActionId::KeyTable);
        return *page.table().panel();
    }
    [[nodiscard]] QString cell(int row, SortColumn column) const
    {
        return page.table().panel()->view().model().index(row, static_cast<int>(column)).data().toString();
    }
    [[nodiscard]] std::string top() const { return page.table().panel()->view().model().key(0); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(&page.table().panel()->view().grid(), key, modifiers);
    }
    void clickHead(SortColumn column)
    {
        const QHeaderView* header = page.table().panel()->view().grid().horizontalHeader();
        const QPoint at(header->sectionViewportPosition(static_cast<int>(column)) + 8, header->height() / 2);
        QTest::mouseClick(header->viewport(), Qt::LeftButton, Qt::NoModifier, at);
    }

    std::unique_ptr<RedisServer> server = RedisServer::start();
    WindowFixture fixture;
    SessionPage& page;
};

} // namespace

class TestWindowKeyTable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void standsBesideTheTreeWithDetails();
    void aFolderIsATableOfItsOwn();
    void aSmallTableIsSortedAtOnce();
    void aLargeSortSaysWhatItCosts();
    void escapeEndsASort();
    void newKeysAreTold();
    void theFilterBringsNamesBack();
    void selectedRowsAreDeletedByAJob();
    void aSingleRowIsDeletedAsAKey();
    void namesAndCellsAreCopied();
    void rowsAreOpenedAndFoundInTheTree();
    void theTableIsWrittenToAFile();
    void aClusterIsOneTable();
};

void TestWindowKeyTable::standsBesideTheTreeWithDetails()
{
    OpenedWindow opened(500);
    KeyTablePanel& table = opened.table();
    QCOMPARE(table.view().rows().count(), std::uint64_t{502});
    QVERIFY(WindowFixture::named<KeyTableGrid>(opened.page, u"Key table"_s));
    QVERIFY(table.view().grid().hasFocus());
    QTRY_COMPARE_WITH_TIMEOUT(opened.cell(0, SortColumn::Type), u"STR"_s, patience);
    QTRY_COMPARE_WITH_TIMEOUT(opened.cell(0, SortColumn::Encoding), u"embstr"_s, patience);
    QCOMPARE(opened.cell(0, SortColumn::Ttl), u"–"_s);
    QVERIFY(!opened.page.tabs().currentKey());
    // The tree and the table ask beside each other.
    QTRY_VERIFY_WITH_TIMEOUT(!opened.page.keys().tree().keyModel().index(0, 0).data().toString().isEmpty(), patience);
    table.columns().setShown(SortColumn::Encoding, false);
    opened.fixture.trigger(ActionId::CloseTab);
    QTRY_VERIFY(opened.page.table().panel() == nullptr);
    QCOMPARE(opened.table().view().rows().count(), std::uint64_t{502}); // and again, as it was left
    QVERIFY(!opened.page.table().panel()->columns().isShown(SortColumn::Encoding));
}

void TestWindowKeyTable::aFolderIsATableOfItsOwn()
{
    OpenedWindow opened(50);
    opened.page.keys().tree().setCurrentRow({"other:", true});
    opened.page.keys().tree().setFocus();
    opened.fixture.trigger(ActionId::FolderTable);
    KeyTablePanel& table = *opened.page.table().panel();
    QCOMPARE(table.view().rows().count(), std::uint64_t{2});
    QVERIFY(WindowFixture::words(table).contains(u"other:"_s));
    opened.server->command({"SET", "other:3", "v"});
    opened.fixture.trigger(ActionId::Rescan);
    QTRY_COMPARE_WITH_TIMEOUT(table.view().rows().count(), std::uint64_t{3}, patience);
    QVERIFY(WindowFixture::press(table, u"&All keys"_s));
    QCOMPARE(table.view().rows().count(), std::uint64_t{53});
}

void TestWindowKeyTable::aSmallTableIsSortedAtOnce()
{
    OpenedWindow opened(1000);
    opened.table();
    opened.clickHead(SortColumn::Memory); // the largest first
    QTRY_VERIFY_WITH_TIMEOUT(opened.page.table().panel()->view().rows().order() != nullptr, patience);
    QTRY_VERIFY(WindowFixture::words(opened.page).contains(u"sorted by memory as of"_s));
    const TableRows largest = opened.page.table().panel()->view().rows();
    QVERIFY(largest.key(0) > OpenedWindow::name(800)); // memory comes in steps, and equal ones stand by name
    opened.clickHead(SortColumn::Memory);              // the smallest first, and nothing asked anew
    const TableRows smallest = opened.page.table().panel()->view().rows();
    QCOMPARE(smallest.order(), largest.order());
    QCOMPARE(opened.top(), OpenedWindow::name(0));
    opened.clickHead(SortColumn::Name);
    QVERIFY(opened.page.table().panel()->view().rows().order() == nullptr);
    opened.clickHead(SortColumn::Name);
    QCOMPARE(opened.top(), std::string("other:2"));
}

void TestWindowKeyTable::aLargeSortSaysWhatItCosts()
{
    OpenedWindow opened(20'000);
    KeyTablePanel& table = opened.table();
    opened.clickHead(SortColumn::Memory);
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(table).contains(u"1 command for each of 20,002 keys"_s), patience);
    QVERIFY(WindowFixture::words(table).contains(u"234.4\u00A0KB"_s));
    QCOMPARE(opened.top(), OpenedWindow::name(0)); // nothing is sorted yet
    WindowFixture::button(table, u"Sort 20,002 keys"_s)->setFocus();
    QVERIFY(WindowFixture::press(table, u"Sort 20,002 keys"_s));
    QTRY_VERIFY_WITH_TIMEOUT(table.view().rows().order() != nullptr, patience);
    QVERIFY(table.view().grid().hasFocus());
    QCOMPARE(opened.top().substr(0, 2), std::string("k:"));
    QVERIFY(!WindowFixture::button(table, u"Cancel"_s));
}

void TestWindowKeyTable::escapeEndsASort()
{
    OpenedWindow opened(20'000);
    KeyTablePanel& table = opened.table();
    opened.clickHead(SortColumn::Memory);
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::button(table, u"Sort 20,002 keys"_s) != nullptr, patience);
    opened.server->freeze(); // so that it does not end by itself
    QVERIFY(WindowFixture::press(table, u"Sort 20,002 keys"_s));
    QVERIFY(table.isSorting());
    table.view().setFocus();
    opened.fixture.trigger(ActionId::Escape);
    QVERIFY(!table.isSorting());
    opened.server->thaw();
    QVERIFY(table.view().rows().order() == nullptr);
    opened.clickHead(SortColumn::Memory);
    QVERIFY(WindowFixture::press(table, u"Cancel"_s));
    QVERIFY(!table.isSorting());
}

void TestWindowKeyTable::newKeysAreTold()
{
    OpenedWindow opened(100);
    KeyTablePanel& table = opened.table();
    opened.clickHead(SortColumn::Memory);
    QTRY_VERIFY_WITH_TIMEOUT(table.view().rows().order() != nullptr, patience);
    opened.server->fill(412, [](std::size_t n) { return RedisServer::Args{"SET", "n:" + std::to_string(n), "v"}; });
    opened.server->command({"DEL", "other:1"});
    opened.fixture.trigger(ActionId::Rescan);
    QTRY_VERIFY_WITH_TIMEOUT(
        WindowFixture::words(table).contains(u"412 new keys are not sorted in. 1 key is not in the list any more."_s),
        patience);
    QCOMPARE(table.view().rows().count(), std::uint64_t{102});
    QVERIFY(WindowFixture::press(table, u"Sort again"_s));
    QTRY_COMPARE_WITH_TIMEOUT(table.view().rows().count(), std::uint64_t{513}, patience);
    QTRY_VERIFY(!WindowFixture::words(table).contains(u"not sorted in"_s));
}

void TestWindowKeyTable::theFilterBringsNamesBack()
{
    OpenedWindow opened(100);
    KeyTablePanel& table = opened.table();
    opened.clickHead(SortColumn::Memory);
    QTRY_VERIFY_WITH_TIMEOUT(table.view().rows().order() != nullptr, patience);
    FilterSpec spec;
    spec.needle = "other";
    QVERIFY(opened.page.session().setFilter(spec));
    QTRY_COMPARE_WITH_TIMEOUT(table.view().rows().count(), std::uint64_t{2}, patience);
    QVERIFY(table.view().rows().order() == nullptr);
    QVERIFY(WindowFixture::words(table).contains(u"Found by “other”"_s));
}

void TestWindowKeyTable::selectedRowsAreDeletedByAJob()
{
    OpenedWindow opened(300);
    KeyTablePanel& table = opened.table();
    opened.clickHead(SortColumn::Memory);
    QTRY_VERIFY_WITH_TIMEOUT(table.view().rows().order() != nullptr, patience);
    opened.press(Qt::Key_Home);
    opened.press(Qt::Key_Down, Qt::ShiftModifier);
    opened.press(Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(table.selectedCount(), std::uint64_t{3});
    const std::vector<std::string> keys = table.view().rows().keys(0, 3);
    opened.press(Qt::Key_Delete);
    JobDialog* dialog = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT((dialog = opened.fixture.window().findChild<JobDialog*>()) != nullptr, patience);
    QVERIFY(WindowFixture::press(*dialog, u"Delete 3 keys"_s));
    QTRY_COMPARE_WITH_TIMEOUT(opened.server->command({"DBSIZE"}), std::string("299"), patience);
    for (const std::string& key : keys) {
        QCOMPARE(opened.server->command({"EXISTS", key}), std::string("0"));
    }
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(table).contains(u"3 keys are not in the list any more."_s), patience);
    QTRY_VERIFY_WITH_TIMEOUT(opened.cell(0, SortColumn::Type).isEmpty() && !opened.cell(3, SortColumn::Type).isEmpty(),
        patience); // struck out
}

void TestWindowKeyTable::aSingleRowIsDeletedAsAKey()
{
    OpenedWindow opened(10);
    KeyTablePanel& table = opened.table();
    opened.press(Qt::Key_End); // other:2
    QCOMPARE(opened.page.currentKey().value_or("-"), std::string("other:2"));
    opened.press(Qt::Key_Delete);
    DeleteDialog* dialog = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT((dialog = opened.fixture.window().findChild<DeleteDialog*>()) != nullptr, patience);
    dialog->reject();
    opened.fixture.window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&opened.fixture.window()));
    opened.page.keys().tree().setCurrentRow({"k:", true});
    opened.page.keys().tree().setFocus(); // now commands mean the tree again
    QTRY_VERIFY(opened.page.table().inUse() == nullptr);
    table.view().setFocus();
    QTRY_VERIFY(opened.page.table().inUse() == &table);
}

void TestWindowKeyTable::namesAndCellsAreCopied()
{
    OpenedWindow opened(3);
    KeyTablePanel& table = opened.table();
    table.columns().setShown(SortColumn::Idle, false);
    table.columns().setShown(SortColumn::Memory, false);
    table.columns().setShown(SortColumn::Length, true);
    opened.press(Qt::Key_Home);
    opened.press(Qt::Key_Down, Qt::ShiftModifier);
    QApplication::clipboard()->clear();
    opened.press(Qt::Key_C, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(QApplication::clipboard()->text(), u"k:000000\nk:000001"_s, patience);
    table.copyCsv();
    QTRY_COMPARE_WITH_TIMEOUT(QApplication::clipboard()->text(),
        u"key,type,ttl_ms,length,encoding\r\nk:000000,string,,1,embstr\r\nk:000001,string,,2,embstr\r\n"_s, patience);
}

void TestWindowKeyTable::rowsAreOpenedAndFoundInTheTree()
{
    OpenedWindow opened(100);
    KeyTablePanel& table = opened.table();
    opened.press(Qt::Key_Home);
    Q_EMIT table.keyRevealed(*table.currentKey());
    QTRY_VERIFY_WITH_TIMEOUT(opened.page.keys().tree().currentRow() == RowId({OpenedWindow::name(0), false}), patience);
    table.view().setFocus();
    opened.press(Qt::Key_Return);
    QCOMPARE(opened.page.tabs().currentKey().value_or("-"), OpenedWindow::name(0));
    QCOMPARE(opened.page.tabs().count(), 2);
    opened.fixture.trigger(ActionId::KeyTable);
    QVERIFY(!opened.page.tabs().currentKey());
    opened.page.session().selectDatabase(1); // keys' tabs go, the table follows
    QTRY_COMPARE_WITH_TIMEOUT(table.view().rows().count(), std::uint64_t{0}, patience);
    QCOMPARE(opened.page.tabs().count(), 1);
}

void TestWindowKeyTable::theTableIsWrittenToAFile()
{
    OpenedWindow opened(1000);
    KeyTablePanel& table = opened.table();
    Q_EMIT table.exportWanted();
    auto* dialog = opened.fixture.window().findChild<QFileDialog*>();
    QVERIFY(dialog);
    const QString path = opened.fixture.folder() + u"/table.csv"_s;
    Q_EMIT dialog->fileSelected(path);
    dialog->reject();
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path), patience);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().count('\n'), 1003);
}

void TestWindowKeyTable::aClusterIsOneTable()
{
    ClusterOptions options;
    options.replicasPerMaster = 0;
    const auto cluster = RedisCluster::start(options);
    cluster->fill(
        300, [](std::size_t n) { return RedisCluster::Args{"SET", OpenedWindow::name(n), std::string(n + 1, 'x')}; });
    WindowFixture fixture;
    Profile profile;
    profile.kind = ProfileKind::Cluster;
    profile.host = u"127.0.0.1"_s;
    profile.port = cluster->port(0);
    SessionPage& page = fixture.open(profile);
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(page), patience);
    fixture.trigger(ActionId::KeyTable);
    KeyTablePanel& table = *page.table().panel();
    QTRY_COMPARE_WITH_TIMEOUT(table.view().model().index(0, 1).data().toString(), u"STR"_s, patience);
    table.sortBy(SortColumn::Length);
    QTRY_VERIFY_WITH_TIMEOUT(table.view().rows().order() != nullptr, patience);
    QCOMPARE(table.view().rows().key(0), OpenedWindow::name(299));
    QCOMPARE(table.view().rows().key(299), OpenedWindow::name(0));
}

QTEST_MAIN(TestWindowKeyTable)
#include "tst_windowkeytable.moc"
