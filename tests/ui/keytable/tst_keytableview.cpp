// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/columns/columnkeys.h"
#include "ui/keytable/keytablegrid.h"
#include "ui/keytable/keytableview.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace keyglass;
using namespace keyglass::ui;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

class TestKeyTableView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theKeyboardReachesEveryRow();
    void asksForWhatIsOnScreenOnly();
    void newKeysMoveNothing();
    void selectsByMouseAndKeyboard();
    void rowsOfAnOrderAreSelectedByPlace();
    void anotherOrderKeepsAFewAndDropsMany();
    void accessibleAsATable();

private:
    static std::set<std::string> numbered(int count);
};

namespace {

constexpr int patience = 20'000; // ms

struct Shown {
    explicit Shown(TableRows rows)
        : tester(const_cast<KeyTableModel*>(&view.model()), QAbstractItemModelTester::FailureReportingMode::QtTest)
    {
        view.setColumns({SortColumn::Name, SortColumn::Type});
        view.resize(600, 480);
        view.setRows(std::move(rows), KeyTableView::Place::Top);
        view.show();
        view.activateWindow();
        view.setFocus();
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(&view.grid(), key, modifiers);
    }
    void click(int line, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        const QPoint at(40, line * view.grid().rowHeight() + 5);
        QTest::mouseClick(view.grid().viewport(), Qt::LeftButton, modifiers, at);
    }
    [[nodiscard]] std::string current() const { return view.currentKey().value_or("-"); }
    [[nodiscard]] std::string selected() const
    {
        std::vector<std::string> keys;
        view.rows().forEachSelected(view.selection(), {}, [&keys](auto, std::string_view key) {
            keys.emplace_back(key);
            return true;
        });
        return joined(keys);
    }

    KeyTableView view;
    QAbstractItemModelTester tester;
};

/// k00000 to k00009, those with even numbers first.
std::shared_ptr<const ColumnOrder> evenFirst(const std::set<std::string>& keys)
{
    ColumnOrderBuilder builder({keysOf(keys)}, SortColumn::Memory);
    for (std::uint64_t rank = 0; rank < keys.size(); ++rank) {
        builder.setValue(rank, rank % 2);
    }
    return builder.sorted({});
}

} // namespace

std::set<std::string> TestKeyTableView::numbered(int count)
{
    std::set<std::string> keys;
    for (int at = 0; at < count; ++at) {
        keys.insert(QStringLiteral("k%1").arg(at, 5, 10, QLatin1Char('0')).toStdString());
    }
    return keys;
}

void TestKeyTableView::theKeyboardReachesEveryRow()
{
    Shown shown(TableRows(ColumnScope{keysOf(numbered(5000))}));
    const auto page = static_cast<std::uint64_t>(shown.view.grid().pageRows());
    QVERIFY(page > 10);
    shown.press(Qt::Key_End);
    QCOMPARE(shown.current(), std::string("k04999"));
    QCOMPARE(shown.view.firstVisibleRow(), 5000 - page);
    shown.press(Qt::Key_Up);
    QCOMPARE(shown.current(), std::string("k04998"));
    shown.press(Qt::Key_Home);
    shown.press(Qt::Key_Down);
    QCOMPARE(shown.current(), std::string("k00001"));
    shown.press(Qt::Key_PageDown);
    QCOMPARE(shown.view.firstVisibleRow(), std::uint64_t{1});
    const QSignalSpy opened(&shown.view, &KeyTableView::keyActivated);
    shown.press(Qt::Key_Return);
    QCOMPARE(opened.count(), 1);
    auto* bar = shown.view.findChild<QScrollBar*>(QString(), Qt::FindDirectChildrenOnly);
    QVERIFY(bar);
    bar->setValue(bar->maximum() / 2);
    QCOMPARE(shown.view.firstVisibleRow(), static_cast<std::uint64_t>(bar->maximum() / 2));
    bar->setValue(bar->maximum());
    QCOMPARE(shown.view.firstVisibleRow(), 5000 - page);
}

void TestKeyTableView::asksForWhatIsOnScreenOnly()
{
    Shown shown(TableRows(ColumnScope{keysOf(numbered(5000))}));
    const QSignalSpy asked(&shown.view, &KeyTableView::detailsWanted);
    QTRY_VERIFY_WITH_TIMEOUT(asked.count() > 0, patience);
    const auto first = asked.last().at(0).value<std::vector<std::string>>();
    QCOMPARE(first.front(), std::string("k00000"));
    QCOMPARE(first.size(), static_cast<std::size_t>(shown.view.grid().pageRows()) + 1);
    shown.press(Qt::Key_End);
    QTRY_VERIFY_WITH_TIMEOUT(asked.last().at(0).value<std::vector<std::string>>().back() == "k04999", patience);
    std::vector<KeyDetails> answers;
    for (const std::string& key : shown.view.model().keys()) {
        KeyDetails& answer = answers.emplace_back();
        answer.key = key;
        answer.typeState = DetailState::There;
        answer.type = KeyType::Set;
    }
    shown.view.setDetails(answers);
    QCOMPARE(shown.view.model().index(0, 1).data().toString(), u"SET"_s);
    shown.view.setColumns({SortColumn::Name}); // then there is nothing to ask for
    const auto before = asked.count();
    shown.press(Qt::Key_Home);
    QTest::qWait(100);
    QCOMPARE(asked.count(), before);
}

void TestKeyTableView::newKeysMoveNothing()
{
    auto keys = numbered(5000);
    Shown shown(TableRows(ColumnScope{keysOf(keys)}));
    shown.view.setCurrentRow(3000);
    shown.view.showFrom(2990);
    for (int at = 0; at < 700; ++at) {
        keys.insert("a" + std::to_string(at));
    }
    keys.erase("k02000");
    shown.view.setRows(TableRows(ColumnScope{keysOf(keys)}), KeyTableView::Place::Keep);
    QCOMPARE(shown.view.model().key(0), std::string("k02990"));
    QCOMPARE(shown.current(), std::string("k03000"));
    QCOMPARE(shown.selected(), std::string("k03000"));
    QVERIFY(shown.view.grid().currentIndex().row() == 10);
    keys.erase("k03000");
    shown.view.setRows(TableRows(ColumnScope{keysOf(keys)}), KeyTableView::Place::Keep);
    QCOMPARE(shown.current(), std::string("-"));
}

void TestKeyTableView::selectsByMouseAndKeyboard()
{
    Shown shown(TableRows(ColumnScope{keysOf(numbered(100))}, SortDirection::Descending));
    shown.click(2);
    QCOMPARE(shown.selected(), std::string("k00097"));
    shown.click(4, Qt::ShiftModifier);
    QCOMPARE(shown.selected(), std::string("k00097 k00096 k00095"));
    shown.click(3, Qt::ControlModifier);
    shown.click(0, Qt::ControlModifier);
    QCOMPARE(shown.selected(), std::string("k00099 k00097 k00095"));
    QCOMPARE(shown.view.selectedCount(), std::uint64_t{3});
    QCOMPARE(shown.view.grid().selectionModel()->selectedRows().size(), 3);
    shown.press(Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(shown.selected(), std::string("k00099 k00098"));
    shown.press(Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(shown.view.selectedCount(), std::uint64_t{100});
    shown.press(Qt::Key_Down, Qt::ControlModifier);
    shown.press(Qt::Key_Space, Qt::ControlModifier);
    QCOMPARE(shown.view.selectedCount(), std::uint64_t{99});
}

void TestKeyTableView::rowsOfAnOrderAreSelectedByPlace()
{
    Shown shown(TableRows(evenFirst(numbered(10)), SortDirection::Ascending));
    shown.click(3);
    shown.click(6, Qt::ShiftModifier);
    QCOMPARE(shown.selected(), std::string("k00006 k00008 k00001 k00003"));
    shown.click(5, Qt::ControlModifier);
    shown.click(0, Qt::ControlModifier);
    QCOMPARE(shown.selected(), std::string("k00000 k00006 k00008 k00003"));
    QCOMPARE(shown.view.selectedCount(), std::uint64_t{4});
}

void TestKeyTableView::anotherOrderKeepsAFewAndDropsMany()
{
    const auto keys = numbered(5000);
    Shown shown(TableRows(evenFirst(keys), SortDirection::Ascending));
    const QSignalSpy dropped(&shown.view, &KeyTableView::selectionDropped);
    shown.click(0);
    shown.click(2, Qt::ShiftModifier);
    shown.view.setRows(TableRows(ColumnScope{keysOf(keys)}), KeyTableView::Place::Top);
    QCOMPARE(shown.selected(), std::string("k00000 k00002 k00004"));
    QCOMPARE(dropped.count(), 0);
    shown.view.setRows(TableRows(evenFirst(keys), SortDirection::Ascending), KeyTableView::Place::Top);
    QCOMPARE(shown.selected(), std::string("k00000 k00002 k00004"));
    shown.press(Qt::Key_Home);
    shown.press(Qt::Key_End, Qt::ShiftModifier);
    QCOMPARE(shown.view.selectedCount(), std::uint64_t{5000});
    shown.view.setRows(TableRows(ColumnScope{keysOf(keys)}), KeyTableView::Place::Top);
    QCOMPARE(dropped.count(), 1);
    QCOMPARE(dropped.front().front().toULongLong(), 5000ULL);
    QVERIFY(shown.view.selection().isEmpty());
}

void TestKeyTableView::accessibleAsATable()
{
    Shown shown(TableRows(ColumnScope{keysOf(numbered(100))}));
    QAccessibleInterface* table = QAccessible::queryAccessibleInterface(&shown.view.grid());
    QVERIFY(table && table->tableInterface());
    QCOMPARE(table->text(QAccessible::Name), u"Key table"_s);
    QCOMPARE(table->tableInterface()->cellAt(1, 0)->text(QAccessible::Name), u"k00001"_s);
    shown.click(1);
    QVERIFY(table->tableInterface()->cellAt(1, 0)->state().selected);
    QVERIFY(!table->tableInterface()->cellAt(2, 0)->state().selected);
}

QTEST_MAIN(TestKeyTableView)
#include "tst_keytableview.moc"
