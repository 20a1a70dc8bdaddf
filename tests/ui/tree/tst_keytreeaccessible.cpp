// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/tree/treekeys.h"

#include <QAccessible>
#include <QTest>
#include <QTestAccessibility>

using namespace keyglass;
using namespace keyglass::ui;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

class TestKeyTreeAccessible : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isATreeOfTheRowsOnScreen();
    void rowsSayWhatTheyAre();
    void actionsOpenAndPress();
    void theFocusIsOnTheCurrentRow();
    void anyRowCanBeAskedFor();
    void rowsSurviveSnapshotsByTheirBytes();
};

namespace {

struct Shown {
    explicit Shown(const std::vector<std::string>& keys)
    {
        QTestAccessibility::initialize();
        view.resize(400, 500);
        view.setSnapshot(snapshotOf(keys));
        view.show();
        tree = QAccessible::queryAccessibleInterface(&view);
    }
    KeyTreeView view;
    QAccessibleInterface* tree = nullptr;
};

} // namespace

void TestKeyTreeAccessible::isATreeOfTheRowsOnScreen()
{
    Shown shown(numbered("k", 5000));
    QCOMPARE(shown.tree->role(), QAccessible::Tree);
    QCOMPARE(shown.tree->text(QAccessible::Name), u"Keys"_s);
    QVERIFY(shown.tree->childCount() <= shown.view.pageRows() + 1);
    QVERIFY(shown.tree->tableInterface() != nullptr); // what the bridge takes as ManagesDescendants
    QCOMPARE(shown.tree->tableInterface()->rowCount(), 5000);
    QAccessibleInterface* row = shown.tree->child(3);
    QCOMPARE(row->parent(), shown.tree);
    QCOMPARE(shown.tree->indexOfChild(row), 3);
    QCOMPARE(shown.tree->childAt(row->rect().center().x(), row->rect().center().y()), row);
    QVERIFY(shown.tree->child(5000) == nullptr);
}

void TestKeyTreeAccessible::rowsSayWhatTheyAre()
{
    Shown shown({"a:1", "a:2", "b"});
    shown.view.expandFolder("a:");
    shown.view.setCurrentRow(key("a:2"));
    const QAccessibleInterface* folder = shown.tree->child(0);
    QCOMPARE(folder->role(), QAccessible::TreeItem);
    QCOMPARE(folder->text(QAccessible::Name), u"a"_s);
    QCOMPARE(folder->text(QAccessible::Description), u"folder, 2 keys, level 1, row 1 of 4"_s);
    QVERIFY(folder->state().expandable && folder->state().expanded);
    const QAccessibleInterface* row = shown.tree->child(2);
    QCOMPARE(row->text(QAccessible::Name), u"2"_s);
    QCOMPARE(row->text(QAccessible::Description), u"key, level 2, row 3 of 4"_s);
    QVERIFY(row->state().selected);
    QVERIFY(!row->state().expandable);
    QVERIFY(!shown.tree->child(3)->state().selected);
}

void TestKeyTreeAccessible::actionsOpenAndPress()
{
    Shown shown({"a:1", "a:2", "b"});
    auto* actions = shown.tree->child(0)->actionInterface();
    actions->doAction(QAccessibleActionInterface::toggleAction());
    QCOMPARE(shown.view.rows()->rowCount(), 4U);
    actions->doAction(QAccessibleActionInterface::toggleAction());
    QCOMPARE(shown.view.rows()->rowCount(), 2U);
    std::string pressed;
    connect(&shown.view, &KeyTreeView::keyActivated, this, [&pressed](const std::string& key) { pressed = key; });
    shown.tree->child(1)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(pressed, std::string("b"));
}

void TestKeyTreeAccessible::theFocusIsOnTheCurrentRow()
{
    Shown shown({"a", "b", "c"});
    QVERIFY(QTest::qWaitForWindowExposed(&shown.view));
    shown.view.setFocus();
    QTest::keyClick(&shown.view, Qt::Key_Down);
    QTest::keyClick(&shown.view, Qt::Key_Down);
    QCOMPARE(shown.tree->focusChild(), shown.tree->child(1));
    QVERIFY(shown.tree->child(1)->state().focused);
    QVERIFY(!shown.tree->child(0)->state().focused);
}

void TestKeyTreeAccessible::anyRowCanBeAskedFor()
{
    Shown shown(numbered("k", 5000));
    QAccessibleInterface* far = shown.tree->tableInterface()->cellAt(4000, 0);
    QCOMPARE(far->text(QAccessible::Name), u"k4000"_s);
    QVERIFY(far->state().offscreen);
    QCOMPARE(far->tableCellInterface()->rowIndex(), 4000);
    QCOMPARE(shown.tree->tableInterface()->columnCount(), keyColumnCount);
    KeyDetails details;
    details.key = "k4000";
    details.type = KeyType::Hash;
    details.typeState = DetailState::There;
    shown.view.setDetails({details});
    QCOMPARE(shown.tree->tableInterface()->cellAt(4000, 1)->text(QAccessible::Name), u"HSH"_s);
    QVERIFY(shown.tree->tableInterface()->selectRow(4000));
    QCOMPARE(shown.view.currentRow()->bytes, std::string("k4000"));
    QVERIFY(!far->state().offscreen);
    QVERIFY(shown.tree->tableInterface()->isRowSelected(4000));
}

void TestKeyTreeAccessible::rowsSurviveSnapshotsByTheirBytes()
{
    Shown shown({"b", "c"});
    QAccessibleInterface* row = shown.tree->child(0);
    shown.view.setSnapshot(snapshotOf({"a", "b", "c"}));
    QCOMPARE(shown.tree->child(1), row);
    QCOMPARE(row->text(QAccessible::Description), u"key, level 1, row 2 of 3"_s);
}

QTEST_MAIN(TestKeyTreeAccessible)
#include "tst_keytreeaccessible.moc"
