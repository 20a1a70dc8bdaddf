// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/tree/treekeys.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace keyglass;
using namespace keyglass::ui;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

class TestKeyTreeView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void anEmptyTreeIsQuiet();
    void arrowsWalkOpenAndClose();
    void homeEndAndPages();
    void typingJumps();
    void returnOpensSpacePreviews();
    void starOpensAllBelow();
    void ctrlASelectsTheFolderAsARule();
    void shiftAndCtrlSelectAsInFileManagers();
    void clicksSelectPreviewAndOpen();
    void theExpanderTakesTheClick();
    void theWheelScrollsByRows();
    void theScrollBarReachesBothEnds();
    void goesToKeysRowsAndPercents();
    void asksForDetailsOfWhatIsOnScreen();
    void aSnapshotMovesNothingTheUserHolds();
    void vanishedRowsLeaveTheirPlaceToNeighbours();
    void rowsAtTheTopStayWhenKeysArriveAbove();
    void columnsFitWhatTheyShow();
    void columnsAreRemembered();
    void scrollsRowByRowWhereNumbersAreEstimates();

private:
    void setKeys(const std::vector<std::string>& keys) { m_view->setSnapshot(snapshotOf(keys)); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(m_view.get(), key, modifiers);
    }
    QPoint rowPoint(int line, int x = 60) const { return {x, line * TreeMetrics::rowHeight + 5}; }
    void click(int line, Qt::KeyboardModifiers modifiers = Qt::NoModifier, int x = 60)
    {
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, modifiers, rowPoint(line, x));
    }
    std::string current() const { return m_view->currentRow().value_or(RowId{"none", false}).bytes; }
    QStringList selected() const
    {
        QStringList keys;
        m_view->selectedKeys().forEachKey(m_view->rows()->snapshot(), {}, [&keys](std::string_view key) {
            keys.append(QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size())));
            return true;
        });
        return keys;
    }

    std::unique_ptr<KeyTreeView> m_view;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestKeyTreeView::init()
{
    m_view = std::make_unique<KeyTreeView>();
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_view->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_view->resize(400, 500);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
}

void TestKeyTreeView::cleanup()
{
    m_tester.reset();
    m_view.reset();
}

void TestKeyTreeView::anEmptyTreeIsQuiet()
{
    for (const Qt::Key key : {Qt::Key_Up, Qt::Key_Down, Qt::Key_Home, Qt::Key_End, Qt::Key_PageDown, Qt::Key_Left,
             Qt::Key_Right, Qt::Key_Return, Qt::Key_Space, Qt::Key_Asterisk, Qt::Key_X}) {
        press(key);
    }
    click(3);
    QVERIFY(!m_view->grab().isNull());
    QCOMPARE(m_view->selectedCount(), 0U);
    QVERIFY(!m_view->goToKey("a"));
}

void TestKeyTreeView::arrowsWalkOpenAndClose()
{
    setKeys({"a:1", "a:2", "b"});
    press(Qt::Key_Down);
    QCOMPARE(current(), std::string("a:"));
    press(Qt::Key_Right);
    QCOMPARE(drawn(m_view->keyModel()), (QStringList{u"▾a (2)"_s, u" '1'"_s, u" '2'"_s, u"'b'"_s}));
    press(Qt::Key_Right);
    QCOMPARE(current(), std::string("a:1"));
    press(Qt::Key_Down);
    press(Qt::Key_Down);
    QCOMPARE(current(), std::string("b"));
    press(Qt::Key_Up);
    press(Qt::Key_Left);
    QCOMPARE(*m_view->currentRow(), folder("a:"));
    press(Qt::Key_Left);
    QCOMPARE(drawn(m_view->keyModel()), (QStringList{u"a (2)"_s, u"'b'"_s}));
    press(Qt::Key_Plus);
    QCOMPARE(m_view->rows()->rowCount(), 4U);
    press(Qt::Key_Minus);
    QCOMPARE(m_view->rows()->rowCount(), 2U);
}

void TestKeyTreeView::homeEndAndPages()
{
    setKeys(numbered("k", 1000));
    press(Qt::Key_End);
    QCOMPARE(current(), std::string("k999"));
    QCOMPARE(m_view->firstVisibleRow(), 1000U - static_cast<quint64>(m_view->pageRows()));
    press(Qt::Key_Home);
    QCOMPARE(current(), std::string("k0"));
    QCOMPARE(m_view->firstVisibleRow(), 0U);
    press(Qt::Key_PageDown);
    QCOMPARE(current(), "k" + std::to_string(m_view->pageRows() - 1));
    press(Qt::Key_PageDown);
    QCOMPARE(current(), "k" + std::to_string(2 * (m_view->pageRows() - 1)));
    press(Qt::Key_PageUp);
    press(Qt::Key_PageUp);
    QCOMPARE(current(), std::string("k0"));
    press(Qt::Key_Up);
    QCOMPARE(current(), std::string("k0"));
}

void TestKeyTreeView::typingJumps()
{
    setKeys({"apple", "apricot", "banana", "Cherry", "cold"});
    QTest::keyClicks(m_view.get(), u"apr"_s);
    QCOMPARE(current(), std::string("apricot"));
    m_view->setCurrentRow(key("banana")); // another row is another search
    QTest::keyClicks(m_view.get(), u"c"_s);
    QCOMPARE(current(), std::string("cold"));
    QTest::keyClicks(m_view.get(), u"c"_s); // the same letter again: the next one, around the end
    QCOMPARE(current(), std::string("Cherry"));
}

void TestKeyTreeView::returnOpensSpacePreviews()
{
    setKeys({"a:1", "a:2", "b"});
    QSignalSpy activated(m_view.get(), &KeyTreeView::keyActivated);
    QSignalSpy previewed(m_view.get(), &KeyTreeView::keyPreviewed);
    m_view->setCurrentRow(key("b"));
    press(Qt::Key_Space);
    QCOMPARE(previewed.size(), 1);
    press(Qt::Key_Return);
    QCOMPARE(activated.size(), 1);
    QCOMPARE(activated[0][0].value<std::string>(), std::string("b"));
    m_view->setCurrentRow(folder("a:"));
    press(Qt::Key_Return);
    QCOMPARE(m_view->rows()->rowCount(), 4U);
    QCOMPARE(activated.size(), 1);
}

void TestKeyTreeView::starOpensAllBelow()
{
    setKeys({"a:b:c:1", "a:b:c:2", "a:d", "e:1", "e:2"});
    m_view->setCurrentRow(folder("a:"));
    press(Qt::Key_Asterisk);
    QCOMPARE(drawn(m_view->keyModel()),
        (QStringList{u"▾a (3)"_s, u" ▾b (2)"_s, u"  ▾c (2)"_s, u"   '1'"_s, u"   '2'"_s, u" 'd'"_s, u"e (2)"_s}));
}

void TestKeyTreeView::ctrlASelectsTheFolderAsARule()
{
    setKeys({"a:1", "a:2", "b"});
    m_view->expandFolder("a:");
    m_view->setCurrentRow(key("a:1"));
    press(Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(m_view->selectedKeys().rules(), std::vector<std::string>{"a:"});
    QCOMPARE(m_view->selectedCount(), 2U);
    QSignalSpy counted(m_view.get(), &KeyTreeView::selectedKeysChanged);
    setKeys({"a:1", "a:2", "a:3", "b"}); // what comes under the rule is selected
    QCOMPARE(counted.last()[0].toULongLong(), 3U);
    press(Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(m_view->selectedKeys().rules(), std::vector<std::string>{""});
    QCOMPARE(m_view->selectedCount(), 4U);
}

void TestKeyTreeView::shiftAndCtrlSelectAsInFileManagers()
{
    setKeys({"a", "b", "c", "d", "f:1", "f:2"});
    m_view->setCurrentRow(key("b"));
    press(Qt::Key_Down, Qt::ShiftModifier);
    press(Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(selected(), (QStringList{u"b"_s, u"c"_s, u"d"_s}));
    press(Qt::Key_Up, Qt::ShiftModifier);
    QCOMPARE(selected(), (QStringList{u"b"_s, u"c"_s}));
    press(Qt::Key_Down, Qt::ControlModifier);
    press(Qt::Key_Down, Qt::ControlModifier);
    QCOMPARE(selected(), (QStringList{u"b"_s, u"c"_s}));
    press(Qt::Key_Space, Qt::ControlModifier);
    QCOMPARE(selected(), (QStringList{u"b"_s, u"c"_s, u"f:1"_s, u"f:2"_s}));
    press(Qt::Key_Space, Qt::ControlModifier);
    QCOMPARE(selected(), (QStringList{u"b"_s, u"c"_s}));
    press(Qt::Key_End, Qt::ShiftModifier);
    QCOMPARE(selected(), (QStringList{u"f:1"_s, u"f:2"_s}));
    press(Qt::Key_Home);
    QCOMPARE(selected(), QStringList{u"a"_s});
}

void TestKeyTreeView::clicksSelectPreviewAndOpen()
{
    setKeys({"a", "b", "c", "d"});
    QSignalSpy activated(m_view.get(), &KeyTreeView::keyActivated);
    QSignalSpy previewed(m_view.get(), &KeyTreeView::keyPreviewed);
    click(1);
    QCOMPARE(selected(), QStringList{u"b"_s});
    QCOMPARE(previewed.size(), 1);
    click(3, Qt::ShiftModifier);
    QCOMPARE(selected(), (QStringList{u"b"_s, u"c"_s, u"d"_s}));
    click(2, Qt::ControlModifier);
    QCOMPARE(selected(), (QStringList{u"b"_s, u"d"_s}));
    QCOMPARE(previewed.size(), 1);
    QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, Qt::NoModifier, rowPoint(0));
    QCOMPARE(activated.size(), 1);
    click(10); // below the rows
    QCOMPARE(selected(), QStringList());
}

void TestKeyTreeView::theExpanderTakesTheClick()
{
    setKeys({"a:1", "a:2", "b"});
    click(0, Qt::NoModifier, 10);
    QCOMPARE(m_view->rows()->rowCount(), 4U);
    QVERIFY(m_view->selectedKeys().isEmpty());
    click(0, Qt::NoModifier, 10);
    QCOMPARE(m_view->rows()->rowCount(), 2U);
    QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, Qt::NoModifier, rowPoint(0));
    QCOMPARE(m_view->rows()->rowCount(), 4U);
}

void TestKeyTreeView::theWheelScrollsByRows()
{
    setKeys(numbered("k", 1000));
    const auto turn = [this](int notches) {
        QWheelEvent event(QPointF(10, 10), m_view->viewport()->mapToGlobal(QPointF(10, 10)), QPoint(),
            QPoint(0, 120 * notches), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(m_view->viewport(), &event);
    };
    turn(-2);
    QCOMPARE(m_view->firstVisibleRow(), 2U * static_cast<quint64>(QApplication::wheelScrollLines()));
    turn(1);
    QCOMPARE(m_view->firstVisibleRow(), static_cast<quint64>(QApplication::wheelScrollLines()));
    turn(5);
    QCOMPARE(m_view->firstVisibleRow(), 0U);
    turn(-1000);
    QCOMPARE(m_view->firstVisibleRow(), 1000U - static_cast<quint64>(m_view->pageRows()));
}

void TestKeyTreeView::theScrollBarReachesBothEnds()
{
    setKeys(numbered("k", 1000));
    QScrollBar* bar = m_view->verticalScrollBar();
    QCOMPARE(bar->maximum(), 1000 - m_view->pageRows());
    bar->setValue(bar->maximum());
    QCOMPARE(m_view->keyModel().window().rows.back().bytes, std::string("k999"));
    bar->setValue(500);
    QCOMPARE(m_view->firstVisibleRow(), 500U);
    bar->setValue(499);
    QCOMPARE(m_view->firstVisibleRow(), 499U);
    bar->setValue(0);
    QCOMPARE(m_view->firstVisibleRow(), 0U);
}

void TestKeyTreeView::goesToKeysRowsAndPercents()
{
    auto keys = numbered("a:b:", 1000);
    keys.push_back("z");
    setKeys(keys);
    QSignalSpy revealed(m_view.get(), &KeyTreeView::revealed);
    QVERIFY(m_view->goToKey("a:b:500"));
    QCOMPARE(revealed.size(), 1);
    QCOMPARE(current(), std::string("a:b:500"));
    QVERIFY(m_view->currentIndex().isValid());
    QVERIFY(!m_view->goToKey("a:b:none"));
    m_view->goToPercent(100);
    QCOMPARE(current(), std::string("z"));
    m_view->goToRow(0);
    QCOMPARE(current(), std::string("a:"));
    m_view->goToPercent(50);
    QCOMPARE(current(), std::string("a:b:499")); // row 501 of 1003
}

void TestKeyTreeView::asksForDetailsOfWhatIsOnScreen()
{
    setKeys(numbered("k", 1000));
    QSignalSpy wanted(m_view.get(), &KeyTreeView::detailsWanted);
    QTRY_COMPARE(wanted.size(), 1);
    auto keys = wanted[0][0].value<std::vector<std::string>>();
    QCOMPARE(keys.front(), std::string("k0"));
    QVERIFY(keys.size() <= static_cast<std::size_t>(m_view->pageRows()) + 1);
    KeyDetails details;
    details.key = "k0";
    details.type = KeyType::Hash;
    details.typeState = DetailState::There;
    m_view->setDetails({details});
    QCOMPARE(m_view->keyModel().index(0, 1).data().toString(), u"HSH"_s);
    press(Qt::Key_End); // what left the screen unanswered is not asked any more
    QTRY_VERIFY(wanted.last()[0].value<std::vector<std::string>>().back() == "k999");
    const auto count = wanted.size();
    press(Qt::Key_Home);
    QTRY_VERIFY(wanted.size() > count);
    QCOMPARE(wanted.last()[0].value<std::vector<std::string>>().front(), std::string("k1")); // k0 is known
}

void TestKeyTreeView::aSnapshotMovesNothingTheUserHolds()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    std::set<std::string> keys;
    const auto some = [&random] {
        return "f" + std::to_string(random.bounded(20)) + ":" + std::to_string(random.bounded(400));
    };
    while (keys.size() < 2000) {
        keys.insert(some());
    }
    setKeys({keys.begin(), keys.end()});
    for (int i = 0; i < 20; i += 3) {
        m_view->expandFolder("f" + std::to_string(i) + ":");
    }
    for (int round = 0; round < 40; ++round) {
        m_view->goToRow(static_cast<quint64>(random.bounded(static_cast<int>(m_view->rows()->rowCount()))));
        const RowId held = *m_view->currentRow();
        const int line = m_view->currentIndex().row();
        const auto expanded = m_view->expandedFolders();
        const auto chosen = m_view->selectedKeys();
        for (int i = 0; i < 50; ++i) {
            keys.insert(some());
            const auto gone = keys.lower_bound(some());
            if (gone != keys.end() && !(held.isFolder ? gone->starts_with(held.bytes) : *gone == held.bytes)) {
                keys.erase(gone);
            }
        }
        setKeys({keys.begin(), keys.end()});
        QCOMPARE(*m_view->currentRow(), held);
        QVERIFY(m_view->expandedFolders() == expanded);
        QVERIFY(m_view->selectedKeys() == chosen);
        const auto number = *m_view->rows()->rowOf(held);
        const bool isNearAnEnd = number < static_cast<quint64>(line)
            || number + static_cast<quint64>(m_view->pageRows() - line) > m_view->rows()->rowCount();
        QVERIFY(isNearAnEnd || m_view->currentIndex().row() == line);
        QCOMPARE(m_view->keyModel().row(m_view->currentIndex().row()).id(), held);
    }
}

void TestKeyTreeView::vanishedRowsLeaveTheirPlaceToNeighbours()
{
    setKeys({"a", "b", "c"});
    m_view->setCurrentRow(key("b"));
    QSignalSpy moved(m_view.get(), &KeyTreeView::currentRowChanged);
    setKeys({"a", "c"});
    QCOMPARE(current(), std::string("c"));
    QCOMPARE(moved.size(), 1);
    setKeys({});
    QVERIFY(!m_view->currentRow().has_value());
}

void TestKeyTreeView::rowsAtTheTopStayWhenKeysArriveAbove()
{
    setKeys(numbered("k", 1000));
    m_view->verticalScrollBar()->setValue(300);
    const auto top = m_view->keyModel().row(0).bytes;
    auto keys = numbered("k", 1000);
    for (std::string& key : numbered("a", 100)) {
        keys.push_back(std::move(key));
    }
    setKeys(keys);
    QCOMPARE(m_view->keyModel().row(0).bytes, top);
    QCOMPARE(m_view->firstVisibleRow(), 400U);
    m_view->verticalScrollBar()->setValue(0);
    keys.push_back("0");
    setKeys(keys);
    QCOMPARE(m_view->keyModel().row(0).bytes, std::string("0")); // at the start, the start stays in view
}

void TestKeyTreeView::columnsFitWhatTheyShow()
{
    m_view->resize(500, 400);
    const auto width = [this](KeyColumn column) {
        return m_view->visualRect(m_view->keyModel().index(0, static_cast<int>(column))).width();
    };
    setKeys({"a"});
    const QFontMetrics metrics(m_view->font());
    const int margins = 12; // of a cell, in pixels
    QVERIFY(width(KeyColumn::Ttl) >= metrics.horizontalAdvance(QStringLiteral("14 min 55 s")) + margins);
    QVERIFY(width(KeyColumn::Memory) >= metrics.horizontalAdvance(QStringLiteral("888.8 KB")) + margins);
}

void TestKeyTreeView::columnsAreRemembered()
{
    QSignalSpy changed(m_view.get(), &KeyTreeView::shownColumnsChanged);
    setKeys({"a"});
    m_view->setColumnShown(KeyColumn::Memory, false);
    QCOMPARE(changed.size(), 1);
    QVERIFY(!m_view->shownColumns().memory);
    KeyTreeView other;
    QVERIFY(other.restoreColumns(m_view->saveColumns()));
    QVERIFY(!other.shownColumns().memory);
    QVERIFY(other.shownColumns().ttl);
    QVERIFY(!other.restoreColumns("nonsense"));
    m_view->resize(200, 400); // no room for all: out of sight, but still wanted
    QVERIFY(m_view->visualRect(m_view->keyModel().index(0, 2)).width() == 0);
    QVERIFY(m_view->shownColumns().ttl);
}

void TestKeyTreeView::scrollsRowByRowWhereNumbersAreEstimates()
{
    std::vector<std::string> keys;
    for (int i = 0; i < 60'000; ++i) {
        const std::string name = "f:" + std::to_string(100'000 + i);
        keys.insert(keys.end(), {name + ":a", name + ":b", name + ":c"});
    }
    for (int i = 0; i < 60'000; ++i) {
        keys.push_back("f:x" + std::to_string(100'000 + i));
    }
    setKeys(keys);
    m_view->expandFolder("f:");
    QTRY_VERIFY(m_view->rows()->rowCount() > 1);
    m_view->goToPercent(30);
    for (int i = 0; i < 50; ++i) { // whatever the numbers do meanwhile, each step is the next row
        const auto window = m_view->keyModel().window().rows;
        m_view->verticalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepAdd);
        QCOMPARE(m_view->keyModel().row(0).bytes, window[1].bytes);
        QCoreApplication::processEvents();
    }
    QTRY_VERIFY_WITH_TIMEOUT(m_view->isSettled(), 10'000);
    QCOMPARE(m_view->rows()->rowCount(), 120'001U);
}

QTEST_MAIN(TestKeyTreeView)
#include "tst_keytreeview.moc"
