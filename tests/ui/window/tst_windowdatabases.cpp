// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/keyroot.h"
#include "tests/ui/window/windowfixture.h"
#include "ui/tree/keytreeview.h"
#include "ui/value/texteditor.h"
#include "ui/value/valuepane.h"
#include "ui/window/databasebox.h"
#include "ui/window/databasesdialog.h"
#include "ui/window/filterbar.h"
#include "ui/window/keypanel.h"
#include "ui/window/keytabs.h"

#include <QApplication>
#include <QClipboard>
#include <QListWidget>
#include <QMimeData>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

namespace {

/// Keys in the databases 0, 1 and 12.
std::unique_ptr<RedisServer> filledServer()
{
    auto server = RedisServer::start();
    for (const char* database : {"0", "1", "12"}) {
        server->command({"SELECT", database});
        server->command({"SET", "user:1", std::string("first of ") + database});
        server->command({"SET", "user:2", "second"});
    }
    server->command({"SET", "db 3", "twelve's own"});
    return server;
}

QStringList shownNames(const KeyTreeView& tree)
{
    QStringList names;
    for (const TreeRow& row : tree.keyModel().window().rows) {
        names << QString(row.depth, u' ') + QString::fromUtf8(row.label());
    }
    return names;
}

/// Chooses the databases as a user does: in the box, then in the dialog.
void openSeveral(SessionPage& page, const QString& button)
{
    auto* box = page.findChild<DatabaseBox*>();
    QTRY_VERIFY_WITH_TIMEOUT(box->findText(u"Several databases…"_s) >= 0, 20000);
    box->setCurrentIndex(box->findText(u"Several databases…"_s));
    Q_EMIT box->activated(box->currentIndex());
    QVERIFY(WindowFixture::press(*page.window(), button));
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(page), 20000);
}

/// A window in which all three are open.
struct SeveralOpen {
    SeveralOpen()
    {
        QTRY_VERIFY_WITH_TIMEOUT(hasEnded(page), 20000);
        openSeveral(page, u"Show 3 databases"_s);
    }
    std::unique_ptr<RedisServer> server = filledServer();
    WindowFixture fixture;
    SessionPage& page = fixture.open(*server);
};

} // namespace

class TestWindowDatabases : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsEachAsARoot();
    void opensAKeyOfEach();
    void goesToAKeyInWhicheverHasIt();
    void namesAreWithoutTheRoot();
    void goesBackToOne();
    void choosesWhichToOpen();
};

void TestWindowDatabases::showsEachAsARoot()
{
    SeveralOpen opened;
    SessionPage& page = opened.page;
    KeyTreeView& tree = page.keys().tree();
    QTRY_COMPARE(shownNames(tree), QStringList({u"db 0"_s, u"db 1"_s, u"db 12"_s}));
    tree.expandFolder(rootOf(12));
    tree.expandFolder(rootOf(12) + "user:");
    QTRY_COMPARE(
        shownNames(tree), QStringList({u"db 0"_s, u"db 1"_s, u"db 12"_s, u" db 3"_s, u" user"_s, u"  1"_s, u"  2"_s}));
    const auto* box = page.findChild<DatabaseBox*>();
    QTRY_COMPARE(box->currentText(), u"db 0, 1 and 12 · 7 keys"_s);
}

void TestWindowDatabases::opensAKeyOfEach()
{
    SeveralOpen opened;
    SessionPage& page = opened.page;
    for (const int database : {12, 0, 1}) {
        Q_EMIT page.keys().tree().keyActivated(rootOf(database) + "user:1");
        auto* pane = static_cast<ValuePane*>(page.tabs().currentPane());
        QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(*pane).contains(u"user:1"_s)
                && WindowFixture::words(*pane).contains(u"db %1"_s.arg(database)),
            20000);
        QTRY_COMPARE_WITH_TIMEOUT(pane->findChild<TextEditor*>()->text(), u"first of %1"_s.arg(database), 20000);
        const QString tab =
            page.tabs().findChild<QTabBar*>()->tabText(page.tabs().findChild<QTabBar*>()->currentIndex());
        QCOMPARE(tab, u"user:1 · db %1"_s.arg(database));
    }
    QCOMPARE(page.tabs().count(), 3);
}

void TestWindowDatabases::goesToAKeyInWhicheverHasIt()
{
    SeveralOpen opened;
    SessionPage& page = opened.page;
    page.goToKey("db 3");
    QTRY_COMPARE_WITH_TIMEOUT(page.tabs().currentKey(), std::optional(rootOf(12) + "db 3"), 20000);
    QTRY_COMPARE(page.keys().tree().currentRow(), std::optional(RowId{rootOf(12) + "db 3", false}));
    page.goToKey("user:2"); // all have it: the one where the user is comes first
    QTRY_COMPARE_WITH_TIMEOUT(page.tabs().currentKey(), std::optional(rootOf(12) + "user:2"), 20000);
}

void TestWindowDatabases::namesAreWithoutTheRoot()
{
    SeveralOpen opened;
    SessionPage& page = opened.page;
    KeyTreeView& tree = page.keys().tree();
    QVERIFY(tree.goToKey(rootOf(1) + "user:2"));
    QTRY_COMPARE(tree.currentRow(), std::optional(RowId{rootOf(1) + "user:2", false}));
    opened.fixture.trigger(ActionId::CopyName);
    QCOMPARE(QApplication::clipboard()->text(), u"user:2"_s);
    const QModelIndex row = tree.keyModel().indexOf({rootOf(1) + "user:2", false});
    QVERIFY(row.isValid());
    QVERIFY(row.data(Qt::ToolTipRole).toString().startsWith(u"user:2"));
    const std::unique_ptr<QMimeData> dragged(tree.keyModel().mimeData({row}));
    QCOMPARE(dragged->text(), u"user:2"_s);
    const QModelIndex root = tree.keyModel().indexOf({rootOf(1), true});
    QVERIFY(root.data(Qt::ToolTipRole).toString().startsWith(u"db 1\n"));
}

void TestWindowDatabases::goesBackToOne()
{
    SeveralOpen opened;
    SessionPage& page = opened.page;
    Q_EMIT page.keys().tree().keyActivated(rootOf(12) + "user:1");
    QCOMPARE(page.tabs().count(), 1);
    auto* box = page.findChild<DatabaseBox*>();
    box->setCurrentIndex(box->findData(1));
    Q_EMIT box->activated(box->currentIndex());
    QCOMPARE(page.session().databases(), std::vector<int>{1});
    QCOMPARE(page.tabs().count(), 0); // its keys are not in the list any more
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(page) && page.session().snapshot()->keyCount() == 2, 20000);
    QTRY_COMPARE(shownNames(page.keys().tree()), QStringList({u"user"_s}));
    QTRY_COMPARE(box->currentText(), u"db 1 · 2 keys"_s);
}

void TestWindowDatabases::choosesWhichToOpen()
{
    const std::vector<DatabaseKeys> known{{0, 5, {}}, {1, 0, {}}, {2, std::nullopt, {}}, {3, 7, {}}};
    DatabasesDialog dialog(known, {1});
    QCOMPARE(dialog.chosen(), (std::vector<int>{0, 1, 2, 3})); // what is open, and what has keys or may have some
    dialog.show();
    QVERIFY(WindowFixture::press(dialog, u"Those with &keys"_s));
    QCOMPARE(dialog.chosen(), (std::vector<int>{0, 2, 3}));
    QVERIFY(WindowFixture::press(dialog, u"Choose &all"_s));
    QCOMPARE(dialog.chosen().size(), std::size_t{4});
    auto* list = dialog.findChild<QListWidget*>();
    QCOMPARE(list->accessibleName(), u"Databases"_s);
    for (const int row : {0, 1, 2, 3}) {
        list->item(row)->setCheckState(Qt::Unchecked);
    }
    QVERIFY(!WindowFixture::button(dialog, u"Show 0 databases"_s)->isEnabled());
    DatabasesDialog again(known, {0, 3});
    QCOMPARE(again.chosen(), (std::vector<int>{0, 3}));
}

QTEST_MAIN(TestWindowDatabases)
#include "tst_windowdatabases.moc"
