// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/actiontable.h"

#include <QLineEdit>
#include <QMenu>
#include <QObject>
#include <QTest>
#include <QToolBar>
#include <QToolButton>

using namespace keyglass::ui;
using namespace Qt::StringLiterals;

class TestActionTable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void makesWhatTheSpecSays();
    void shortcutsWorkWithoutAMenu();
    void fillsMenusAndBarsInOrder();
    void enablesByName();
};

namespace {

std::vector<ActionSpec> specs(QStringList* done)
{
    return {
        {.id = u"scan.start"_s,
            .text = u"&Start scan…"_s,
            .shortcuts = {QKeySequence(u"F5"_s)},
            .icon = u"start"_s,
            .run = [done](bool) { done->append(u"start"_s); }},
        {.id = u"view.memory"_s,
            .text = u"Show &memory"_s,
            .run = [done](bool on) { done->append(on ? u"on"_s : u"off"_s); },
            .checkable = true},
        {.id = u"file.quit"_s, .text = u"Quit && close"_s, .tip = u"End the program"_s},
    };
}

} // namespace

void TestActionTable::makesWhatTheSpecSays()
{
    QWidget window;
    QStringList done;
    ActionTable table(&window);
    table.add(specs(&done));
    QCOMPARE(table.all().size(), 3U);
    const QAction* start = table[u"scan.start"_s];
    QCOMPARE(start->toolTip(), u"Start scan (F5)"_s);
    QVERIFY(!start->icon().isNull());
    QCOMPARE(table[u"file.quit"_s]->toolTip(), u"End the program"_s);
    QCOMPARE(tipWithShortcut(*table[u"file.quit"_s]), u"Quit & close"_s);
    table[u"view.memory"_s]->trigger();
    table[u"view.memory"_s]->trigger();
    QCOMPARE(done, QStringList({u"on"_s, u"off"_s}));
}

void TestActionTable::shortcutsWorkWithoutAMenu()
{
    QWidget window;
    QLineEdit field(&window);
    QStringList done;
    ActionTable table(&window);
    table.add(specs(&done));
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    field.setFocus();
    QTest::keyClick(&field, Qt::Key_F5);
    QCOMPARE(done, QStringList({u"start"_s}));
}

void TestActionTable::fillsMenusAndBarsInOrder()
{
    QWidget window;
    QStringList done;
    ActionTable table(&window);
    table.add(specs(&done));
    QMenu menu;
    table.fill(&menu, {u"file.quit"_s, u"-"_s, u"scan.start"_s});
    QCOMPARE(menu.actions().size(), 3);
    QVERIFY(menu.actions().at(1)->isSeparator());
    QCOMPARE(menu.actions().at(2), table[u"scan.start"_s]);
    QToolBar bar;
    table.fill(&bar, {u"scan.start"_s});
    QCOMPARE(bar.findChildren<QToolButton*>().size() - 1, 1); // the bar has one of its own, for what doesn't fit
}

void TestActionTable::enablesByName()
{
    QWidget window;
    QStringList done;
    ActionTable table(&window);
    table.add(specs(&done));
    table.setEnabled({u"scan.start"_s, u"file.quit"_s}, false);
    QVERIFY(!table[u"scan.start"_s]->isEnabled());
    QVERIFY(table[u"view.memory"_s]->isEnabled());
}

QTEST_MAIN(TestActionTable)
#include "tst_actiontable.moc"
