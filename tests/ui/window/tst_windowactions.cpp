// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/translation.h"
#include "ui/window/windowactions.h"

#include <QAction>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QSet>
#include <QTest>
#include <QToolBar>
#include <QTranslator>

using namespace keyglass::ui;
using namespace Qt::StringLiterals;

namespace {

void collect(const QList<QAction*>& actions, QSet<QAction*>& into)
{
    for (QAction* action : actions) {
        if (action->menu<QMenu*>()) {
            collect(action->menu<QMenu*>()->actions(), into);
        } else if (!action->isSeparator()) {
            into.insert(action);
        }
    }
}

} // namespace

class TestWindowActions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyActionHasATextAndAPlace();
    void noShortcutIsTakenTwice();
    void everyMnemonicOfAMenuIsItsOwn_data();
    void everyMnemonicOfAMenuIsItsOwn();
    void toolBarActionsHaveIcons();
    void enablesWhatIsPossible();
};

void TestWindowActions::everyActionHasATextAndAPlace()
{
    QMainWindow window;
    const WindowActions actions(&window);
    actions.fillMenuBar(window.menuBar());
    QSet<QAction*> reachable;
    collect(window.menuBar()->actions(), reachable);
    QVERIFY(actions.all().size() > 40);
    for (QAction* action : actions.all()) {
        QVERIFY(!action->text().isEmpty());
        const bool hasPlace = reachable.contains(action) || !action->shortcut().isEmpty();
        QVERIFY2(hasPlace, qPrintable(action->text()));
    }
}

void TestWindowActions::noShortcutIsTakenTwice()
{
    QMainWindow window;
    const WindowActions actions(&window);
    QSet<QString> taken;
    for (QAction* action : actions.all()) {
        for (const QKeySequence& keys : action->shortcuts()) {
            QVERIFY2(!keys.toString().isEmpty(), qPrintable(action->text()));
            QVERIFY2(!taken.contains(keys.toString()), qPrintable(action->text()));
            taken.insert(keys.toString());
        }
    }
    for (const QString& keys : {u"Ctrl+N"_s, u"Ctrl+T"_s, u"Ctrl+L"_s, u"Ctrl+F"_s, u"Ctrl+G"_s, u"F5"_s, u"Shift+F5"_s,
             u"Esc"_s, u"Ctrl+Shift+P"_s, u"Ctrl+1"_s, u"Ctrl+9"_s, u"Alt+Left"_s, u"Alt+Right"_s}) {
        QVERIFY2(taken.contains(keys), qPrintable(keys));
    }
}

void TestWindowActions::everyMnemonicOfAMenuIsItsOwn_data()
{
    QTest::addColumn<QLocale>("locale");
    QTest::addColumn<QString>("firstMenu");
    QTest::addRow("English") << QLocale::c() << u"&File"_s;
    QTest::addRow("German") << QLocale(u"de"_s) << u"&Datei"_s;
}

void TestWindowActions::everyMnemonicOfAMenuIsItsOwn()
{
    QFETCH(QLocale, locale);
    installTranslation(locale);
    QMainWindow window;
    const WindowActions actions(&window);
    actions.fillMenuBar(window.menuBar());
    qDeleteAll(QCoreApplication::instance()->findChildren<QTranslator*>()); // the other tests are in English
    QTEST(window.menuBar()->actions().front()->text(), "firstMenu");
    for (QAction* menu : window.menuBar()->actions()) {
        QSet<QChar> taken;
        for (QAction* action : menu->menu<QMenu*>()->actions()) {
            const qsizetype at = action->text().indexOf(u'&');
            if (action->isSeparator() || at < 0) {
                continue;
            }
            const QChar mnemonic = action->text().at(at + 1).toLower();
            QVERIFY2(!taken.contains(mnemonic), qPrintable(menu->text() + u": "_s + action->text()));
            taken.insert(mnemonic);
        }
    }
}

void TestWindowActions::toolBarActionsHaveIcons()
{
    QToolBar bar;
    QMainWindow window;
    const WindowActions actions(&window);
    actions.fillToolBar(&bar);
    QVERIFY(!bar.actions().isEmpty());
    for (QAction* action : bar.actions()) {
        QVERIFY2(action->isSeparator() || !action->icon().isNull(), qPrintable(action->text()));
    }
}

void TestWindowActions::enablesWhatIsPossible()
{
    QMainWindow window;
    WindowActions actions(&window);
    actions.refresh([](ActionNeed need) { return need == ActionNeed::Nothing || need == ActionNeed::Content; });
    QVERIFY(actions.action(ActionId::NewConnection)->isEnabled());
    QVERIFY(actions.action(ActionId::Find)->isEnabled());
    QVERIFY(!actions.action(ActionId::Rescan)->isEnabled());
    QVERIFY(!actions.action(ActionId::Back)->isEnabled());
}

QTEST_MAIN(TestWindowActions)
#include "tst_windowactions.moc"
