// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/keyhistory.h"

#include <QTest>

using namespace keyglass::ui;

class TestKeyHistory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void goesBackAndForwardThroughVisitedKeys();
    void forgetsWhatLayAheadWhenAnotherKeyIsVisited();
    void entersTheShownKeyOnce();
    void keepsNoMoreThanItShould();
};

void TestKeyHistory::goesBackAndForwardThroughVisitedKeys()
{
    KeyHistory history;
    QVERIFY(!history.canGoBack());
    for (const char* key : {"a", "b", "c"}) {
        history.visit(key);
    }
    QCOMPARE(history.back().value_or("-"), "b");
    QCOMPARE(history.back().value_or("-"), "a");
    QVERIFY(!history.canGoBack());
    QVERIFY(!history.back());
    QCOMPARE(history.forward().value_or("-"), "b");
    QCOMPARE(history.forward().value_or("-"), "c");
    QVERIFY(!history.canGoForward());
    QVERIFY(!history.forward());
}

void TestKeyHistory::forgetsWhatLayAheadWhenAnotherKeyIsVisited()
{
    KeyHistory history;
    for (const char* key : {"a", "b"}) {
        history.visit(key);
    }
    QVERIFY(history.back());
    history.visit("c");
    QVERIFY(!history.canGoForward());
    QCOMPARE(history.back().value_or("-"), "a");
}

void TestKeyHistory::entersTheShownKeyOnce()
{
    KeyHistory history;
    history.visit("a");
    history.visit("a");
    QVERIFY(!history.canGoBack());
}

void TestKeyHistory::keepsNoMoreThanItShould()
{
    KeyHistory history;
    for (int n = 0; n < 1000; ++n) {
        history.visit(std::to_string(n));
    }
    int steps = 0;
    while (history.back()) {
        ++steps;
    }
    QCOMPARE(steps, 199);
}

QTEST_GUILESS_MAIN(TestKeyHistory)
#include "tst_keyhistory.moc"
