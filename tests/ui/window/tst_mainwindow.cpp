// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window/windowfixture.h"
#include "ui/tree/keytreeview.h"
#include "ui/value/valuepane.h"
#include "ui/window/databasebox.h"
#include "ui/window/filterbar.h"
#include "ui/window/keypanel.h"
#include "ui/window/keytabs.h"
#include "ui/window/patternfield.h"
#include "ui/window/statepage.h"

#include <QAbstractButton>
#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>
#include <QToolButton>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

namespace {

/// The names of the rows on screen.
QStringList rows(SessionPage& page)
{
    QStringList names;
    const KeyTreeModel& model = page.keys().tree().keyModel();
    for (int row = 0; row < model.rowCount(); ++row) {
        names << model.index(row, 0).data().toString();
    }
    return names;
}

void search(SessionPage& page, const QString& pattern)
{
    auto* field = WindowFixture::named<QLineEdit>(page, u"Pattern"_s);
    field->setText(pattern);
    QTest::keyClick(field, Qt::Key_Return);
}

} // namespace

class TestMainWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void beginsWithTheStartPage();
    void opensAServerAndShowsItsKeys();
    void scrollsWhileScanning();
    void asksTheServerForAPattern();
    void filtersByType();
    void findsInLoadedKeysAsTyped();
    void opensAValueByClickAndByName();
    void asksBeforeALongElementUnlessToldNotTo();
    void goesToAKeyThatIsNotLoaded();
    void saysThatAKeyIsNotThere();
    void readsDetailsOfVisibleRows();
    void switchesDatabases();
    void separatorAppliesAtOnce();
    void everyIconButtonHasAName();
    void showsSeveralSessions();
    void colourAndTitleTellTheEnvironment();
};

void TestMainWindow::beginsWithTheStartPage()
{
    WindowFixture fixture;
    QVERIFY(!fixture.window().currentPage());
    QCOMPARE(fixture.window().windowTitle(), u"Keyglass"_s);
    QVERIFY(fixture.window().actions().action(ActionId::NewConnection)->isEnabled());
    QVERIFY(!fixture.window().actions().action(ActionId::Rescan)->isEnabled());
}

void TestMainWindow::opensAServerAndShowsItsKeys()
{
    const auto server = RedisServer::start();
    fillUsers(*server, 5000);
    server->command({"SET", "alone", "1"});
    WindowFixture fixture;
    SessionPage& page = fixture.open(*server);
    QTRY_VERIFY(hasEnded(page));
    QCOMPARE(page.session().snapshot()->keyCount(), 5001U);
    QTRY_COMPARE(rows(page).size(), 2);
    QVERIFY(rows(page).contains(u"user"_s));
    QTRY_VERIFY2(WindowFixture::words(fixture.window()).contains(u"5,001 keys in"_s),
        qPrintable(WindowFixture::words(fixture.window())));
    QVERIFY(WindowFixture::words(fixture.window()).contains(u"connected"_s));
    auto* databases = WindowFixture::named<QComboBox>(page, u"Database"_s);
    QTRY_COMPARE(databases->currentText(), u"db 0 · 5,001 keys"_s);
}

void TestMainWindow::scrollsWhileScanning()
{
    const auto server = RedisServer::start();
    fillUsers(*server, 300'000);
    WindowFixture fixture;
    fixture.settings().setPace(ScanPace::Gentle);
    fixture.settings().setSeparator({});
    SessionPage& page = fixture.open(*server);
    KeyTreeView& tree = page.keys().tree();
    QTRY_VERIFY(page.session().snapshot()->keyCount() > 1000);
    QTRY_VERIFY(tree.keyModel().rowCount() > 5);
    tree.setFocus();
    int scrolled = 0;
    quint64 place = tree.firstVisibleRow();
    while (!hasEnded(page)) {
        QTest::keyClick(&tree, scrolled % 50 == 49 ? Qt::Key_Home : Qt::Key_PageDown);
        QTest::qWait(5);
        scrolled += tree.firstVisibleRow() != place ? 1 : 0;
        place = tree.firstVisibleRow();
    }
    QVERIFY2(scrolled > 3, qPrintable(QString::number(scrolled)));
    QCOMPARE(page.session().snapshot()->keyCount(), 300'000U);
    QTRY_VERIFY(tree.isSettled());
    QTest::keyClick(&tree, Qt::Key_End);
    QTRY_COMPARE(tree.firstVisibleRow() + static_cast<quint64>(tree.keyModel().rowCount()), 300'000U);
}

void TestMainWindow::asksTheServerForAPattern()
{
    const auto server = RedisServer::start();
    fillUsers(*server, 2000);
    server->command({"SET", "order:1", "1"});
    server->command({"SET", "order:2", "1"});
    WindowFixture fixture;
    SessionPage& page = fixture.open(*server);
    QTRY_VERIFY(hasEnded(page));
    search(page, u"order:"_s);
    QTRY_VERIFY(hasEnded(page) && page.session().snapshot()->keyCount() == 2);
    QCOMPARE(fixture.settings().recentPatterns({}), QStringList{u"order:"_s});
    search(page, u"nothing:*"_s);
    QTRY_VERIFY2(WindowFixture::words(page).contains(u"No key matches"_s), qPrintable(WindowFixture::words(page)));
    QVERIFY(WindowFixture::words(page).contains(u"“nothing:*”"_s));
    QVERIFY(WindowFixture::press(page, u"Show all keys"_s));
    QTRY_VERIFY(hasEnded(page) && page.session().snapshot()->keyCount() == 2002);
    QVERIFY(page.keys().showsTree());
}

void TestMainWindow::filtersByType()
{
    const auto server = RedisServer::start();
    fillUsers(*server, 100);
    server->command({"HSET", "hash", "a", "1"});
    WindowFixture fixture;
    SessionPage& page = fixture.open(*server);
    QTRY_VERIFY(hasEnded(page));
    auto* types = WindowFixture::named<QComboBox>(page, u"Type filter"_s);
    types->setCurrentIndex(types->findData(u"hash"_s));
    Q_EMIT types->activated(types->currentIndex());
    QTRY_VERIFY(hasEnded(page) && page.session().snapshot()->keyCount() == 1);
    QTRY_COMPARE(rows(page), QStringList{u"hash"_s});
}

void TestMainWindow::findsInLoadedKeysAsTyped()
{
    const auto server = RedisServer::start();
    fillUsers(*server, 20'000);
    WindowFixture fixture;
    SessionPage& page = fixture.open(*server);
    QTRY_VERIFY(hasEnded(page));
    fixture.trigger(ActionId::Find);
    auto* find = WindowFixture::named<QLineEdit>(page, u"Find"_s);
    QTRY_VERIFY(find->hasFocus());
    QTest::keyClicks(find, u"ITEM:199"_s);
    QLabel* hits = nullptr;
    QTRY_VERIFY((hits = WindowFixture::named<QLabel>(page, u"Hits"_s)));
    QTRY_COMPARE(hits->text(), u"111 of 20,000 keys"_s); // 199, 1990 to 1999, 19900 to 19999
    WindowFixture::named<QToolButton>(page, u"Match case"_s)->click();
    QTRY_VERIFY2(WindowFixture::words(page).contains(u"No loaded key matches “ITEM:199”"_s),
        qPrintable(WindowFixture::words(page)));
    WindowFixture::named<QToolButton>(page, u"Regular expression"_s)->click();
    find->setText(u"item:199(8|9)$"_s);
    QTRY_COMPARE(hits->text(), u"2 of 20,000 keys"_s);
    find->setText(u"item:("_s);
    QTRY_VERIFY(!hits->text().contains(u"keys"_s)); // what is wrong with it stands there
    find->clear();
    QTRY_COMPARE(hits->text(), u"20,000 keys loaded"_s);
}

void TestMainWindow::opensAValueByClickAndByName()
{
    const auto server = RedisServer::start();
    server->command({"SET", "greeting", "hello there"});
    server->command({"HSET", "person", "name", "Ada"});
    WindowFixture fixture;
    SessionPage& page = fixture.open(*server);
    QTRY_VERIFY(hasEnded(page));
    QTRY_COMPARE(rows(page).size(), 2);
    KeyTreeView& tree = page.keys().tree();
    const QPoint first = tree.visualRect(tree.keyModel().index(0, 0)).center();
    QTest::mouseClick(tree.viewport(), Qt::LeftButton, {}, first);
    QTRY_COMPARE(page.tabs().currentKey().value_or("-"), "greeting");
    QVERIFY(page.tabs().isPreview(0));
    auto* pane = static_cast<ValuePane*>(page.tabs().currentPane());
    QTRY_VERIFY(pane->head() && pane->head()->type == KeyType::String);
    QCOMPARE(pane->head()->length.value_or(0), 11U);
    fixture.trigger(ActionId::KeepTab);
    page.goToKey("person");
    QTRY_COMPARE(page.tabs().currentKey().value_or("-"), "person");
    QCOMPARE(page.tabs().count(), 2);
    QTRY_COMPARE(tree.currentRow().value_or(RowId{}).bytes, "person");
    fixture.trigger(ActionId::Back);
    QCOMPARE(page.tabs().currentKey().value_or("-"), "greeting");
    fixture.trigger(ActionId::Forward);
    QCOMPARE(page.tabs().currentKey().value_or("-"), "person");
    fixture.trigger(ActionId::CloseTab);
    QCOMPARE(page.tabs().currentKey().value_or("-"), "greeting");
}

void TestMainWindow::asksBeforeALongElementUnlessToldNotTo()
{
    const auto server = RedisServer::start();
    server->command({"HSET", "h", "long", std::string(3'000'000, 'x')});
    WindowFixture fixture;
    SessionPage& page = fixture.open(*server);
    QTRY_VERIFY(hasEnded(page));
    page.goToKey("h");
    QTRY_VERIFY(WindowFixture::button(page, u"Load whole"_s));
    fixture.settings().setAsks(Question::LoadLargeValue, false);
    page.reloadValue();
    QTRY_VERIFY(!WindowFixture::button(page, u"Load whole"_s));
}

void TestMainWindow::goesToAKeyThatIsNotLoaded()
{
    const auto server = RedisServer::start();
    fillUsers(*server, 100);
    server->command({"SET", "other", "1"});
    WindowFixture fixture;
    SessionPage& page = fixture.open(*server);
    QTRY_VERIFY(hasEnded(page));
    search(page, u"user:"_s);
    QTRY_VERIFY(hasEnded(page) && page.session().snapshot()->keyCount() == 100);
    page.goToKey("other");
    QTRY_COMPARE(page.tabs().currentKey().value_or("-"), "other");
    QCOMPARE(page.session().snapshot()->keyCount(), 100U); // nothing was scanned for it
}

void TestMainWindow::saysThatAKeyIsNotThere()
{
    const auto server = RedisServer::start();
    WindowFixture fixture;
    SessionPage& page = fixture.open(*server);
    QTRY_VERIFY(hasEnded(page));
    QSignalSpy said(&page, &SessionPage::said);
    page.goToKey("nobody");
    QTRY_COMPARE(said.count(), 1);
    QVERIFY(said.first().at(1).toString().contains(u"“nobody”"_s));
    QCOMPARE(page.tabs().count(), 0);
}

void TestMainWindow::readsDetailsOfVisibleRows()
{
    const auto server = RedisServer::start();
    server->command({"HSET", "person", "name", "Ada"});
    server->command({"EXPIRE", "person", "90000"});
    WindowFixture fixture;
    SessionPage& page = fixture.open(*server);
    QTRY_VERIFY(hasEnded(page));
    const KeyTreeModel& model = page.keys().tree().keyModel();
    const auto cell = [&model](KeyColumn column) {
        return model.rowCount() == 0 ? QString() : model.cellText(model.row(0), column);
    };
    QTRY_COMPARE(cell(KeyColumn::Ttl).left(3), u"1 d"_s);
    QTRY_VERIFY(cell(KeyColumn::Memory).contains(u'B'));
    fixture.settings().setShowsMemory(false);
    QVERIFY(!page.keys().tree().shownColumns().memory);
}

void TestMainWindow::switchesDatabases()
{
    const auto server = RedisServer::start();
    fillUsers(*server, 10);
    server->command({"SELECT", "3"});
    server->command({"SET", "there", "1"});
    server->command({"SELECT", "0"});
    WindowFixture fixture;
    SessionPage& page = fixture.open(*server);
    QTRY_VERIFY(hasEnded(page));
    page.goToKey("user:1:item:1");
    QTRY_COMPARE(page.tabs().count(), 1);
    auto* databases = WindowFixture::named<QComboBox>(page, u"Database"_s);
    QTRY_COMPARE(databases->findText(u"db 3 · 1 key"_s), 3);
    databases->setCurrentIndex(3);
    Q_EMIT databases->activated(3);
    QTRY_VERIFY(hasEnded(page) && page.session().snapshot()->keyCount() == 1);
    QTRY_COMPARE(rows(page), QStringList{u"there"_s});
    QCOMPARE(page.tabs().count(), 0); // the keys of another database
    databases->setCurrentIndex(5);
    Q_EMIT databases->activated(5);
    QTRY_VERIFY2(WindowFixture::words(page).contains(u"Database 5 is empty"_s), qPrintable(WindowFixture::words(page)));
}

void TestMainWindow::separatorAppliesAtOnce()
{
    const auto server = RedisServer::start();
    server->command({"MSET", "a/1", "", "a/2", "", "b:1", "", "b:2", ""});
    WindowFixture fixture;
    SessionPage& page = fixture.open(*server);
    QTRY_COMPARE(rows(page), (QStringList{u"a/1"_s, u"a/2"_s, u"b"_s}));
    fixture.settings().setSeparator(u"/"_s);
    QTRY_COMPARE(rows(page), (QStringList{u"a"_s, u"b:1"_s, u"b:2"_s}));
    fixture.settings().setSeparator({});
    QTRY_COMPARE(rows(page), (QStringList{u"a/1"_s, u"a/2"_s, u"b:1"_s, u"b:2"_s}));
}

void TestMainWindow::everyIconButtonHasAName()
{
    const auto server = RedisServer::start();
    fillUsers(*server, 10);
    WindowFixture fixture;
    SessionPage& page = fixture.open(*server);
    QTRY_VERIFY(hasEnded(page));
    page.goToKey("user:1:item:1");
    QTRY_COMPARE(page.tabs().count(), 1);
    for (const QAbstractButton* button : fixture.window().findChildren<QAbstractButton*>()) {
        if (!button->isVisible()) {
            continue; // a notice without words yet
        }
        const auto* tool = qobject_cast<const QToolButton*>(button);
        const bool byAction = tool && tool->defaultAction();
        const bool ofQt = button->objectName().startsWith(u"qt_"_s) || button->inherits("CloseButton")
            || button->inherits("QLineEditIconButton") || button->inherits("QDockWidgetTitleButton")
            || qobject_cast<const QTabBar*>(button->parentWidget());
        const bool named = !button->accessibleName().isEmpty() || !button->text().isEmpty();
        QVERIFY2(byAction || ofQt || named,
            qPrintable(QString::fromLatin1(button->metaObject()->className()) + u" in "_s
                + button->parentWidget()->accessibleName()));
    }
    for (const QString& name : {u"Sessions"_s, u"Keys"_s, u"Pattern"_s, u"Find"_s, u"Type filter"_s, u"Start scan"_s,
             u"Pause scan"_s, u"Stop scan"_s, u"Database"_s, u"Scan speed"_s}) {
        const auto all = fixture.window().findChildren<QWidget*>();
        QVERIFY2(std::any_of(all.begin(), all.end(), [&](QWidget* w) { return w->accessibleName() == name; }),
            qPrintable(name));
    }
}

void TestMainWindow::showsSeveralSessions()
{
    const auto first = RedisServer::start();
    const auto second = RedisServer::start();
    first->command({"SET", "of-first", "1"});
    second->command({"SET", "of-second", "1"});
    WindowFixture fixture;
    SessionPage& one = fixture.open(*first);
    SessionPage& two = fixture.open(*second);
    QTRY_VERIFY(hasEnded(one) && hasEnded(two));
    QCOMPARE(fixture.window().currentPage(), &two);
    QCOMPARE(rows(two), QStringList{u"of-second"_s});
    fixture.trigger(ActionId::NextSession);
    QCOMPARE(fixture.window().currentPage(), &one);
    auto* bar = WindowFixture::named<QListWidget>(fixture.window(), u"Sessions"_s);
    QCOMPARE(bar->count(), 3); // and the start page
    fixture.trigger(ActionId::CloseSession);
    QCOMPARE(fixture.window().sessionCount(), 1);
    QCOMPARE(fixture.window().currentPage(), &two);
    fixture.trigger(ActionId::NewSession);
    QTRY_COMPARE(fixture.window().sessionCount(), 2);
    QTRY_COMPARE(rows(*fixture.window().currentPage()), QStringList{u"of-second"_s});
}

void TestMainWindow::colourAndTitleTellTheEnvironment()
{
    const auto server = RedisServer::start();
    WindowFixture fixture;
    Profile profile = WindowFixture::profileOf(*server);
    profile.environment = Environment::Production;
    profile.readOnly = true;
    SessionPage& page = fixture.open(profile);
    QTRY_VERIFY(hasEnded(page));
    QCOMPARE(fixture.window().windowTitle(), u"Keyglass — shop (production)"_s);
    QTRY_VERIFY(WindowFixture::words(fixture.window()).contains(u"read-only"_s));
    const QColor top = fixture.window().grab().toImage().pixelColor(600, 1);
    QVERIFY2(top.red() > 150 && top.green() < 110, qPrintable(top.name()));
}

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
