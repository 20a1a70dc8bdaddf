// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/value/valuepanefixture.h"
#include "ui/value/bytecontent.h"

#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSplitter>

#include <algorithm>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace std::string_literals;
using namespace Qt::StringLiterals;

class TestValuePane : public ValuePaneFixture {
    Q_OBJECT

private Q_SLOTS:
    void showsNothingAtFirst();
    void showsAHashAsFieldsAndValues();
    void showsEveryTypesColumns_data();
    void showsEveryTypesColumns();
    void emptyNamesAndValuesSaySo();
    void aLongCellIsReadWhenItIsSelected();
    void aVeryLongCellWaitsForAClick();
    void aStreamsEntryIsShownWholeOrByField();
    void loadsMoreRowsWhileScrolling();
    void filtersFieldsOnTheServer();
    void reloadKeepsThePlace();
    void tabLeavesTheEditor();
    void remembersTheFormat();
    void elementsKeepTheirRoom();
};

void TestValuePane::showsNothingAtFirst()
{
    QVERIFY(state()->isVisible());
    QCOMPARE(state()->title(), u"No key selected"_s);
    QVERIFY(!m_pane->key());
    QCOMPARE(m_source->heads(), 0);
}

void TestValuePane::showsAHashAsFieldsAndValues()
{
    m_server->command(
        {"HSET", "h", "email", "ada@example.org", "prefs", R"({"theme":"dark"})", "raw\xff"s, "\x89PNG\r\n\x1a\n"s});
    open("h");
    QStringList rows = drawn();
    rows.sort();
    QCOMPARE(rows,
        QStringList({u"email | ada@example.org"_s, u"prefs | {\"theme\":\"dark\"}"_s,
            u"raw\\xFF | 89 50 4E 47 0D 0A 1A 0A"_s}));
    QVERIFY(labelText(u"About the value"_s).startsWith(u"hash  ·  3 fields  ·  no expiry  ·  "_s));
    QCOMPARE(labelText(u"Loaded fields"_s), u"3 fields"_s);
    QCOMPARE(table()->accessibleName(), u"Fields"_s);
    table()->setCurrentIndex(model()->index(model()->rowOf("prefs", 0), 1));
    QTRY_COMPARE(cell()->shownFormat(), ValueFormat::Json);
    QCOMPARE(editorText(), u"{\n  \"theme\": \"dark\"\n}"_s);
    table()->setCurrentIndex(model()->index(model()->rowOf("raw\xff", 0), 1));
    QTRY_COMPARE(cell()->shownFormat(), ValueFormat::Hex);
}

void TestValuePane::showsEveryTypesColumns_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QStringList>("columns");
    QTest::addColumn<QStringList>("rows");
    QTest::addColumn<QString>("shown");
    QTest::addRow("list") << u"list"_s << QStringList({u"Index"_s, u"Value"_s})
                          << QStringList({u"0 | first"_s, u"1 | se⏎cond"_s, u"2 | ·third·"_s}) << u"first"_s;
    QTest::addRow("set") << u"set"_s << QStringList({u"Member"_s}) << QStringList({u"only"_s}) << u"only"_s;
    QTest::addRow("sorted set") << u"zset"_s << QStringList({u"Rank"_s, u"Score"_s, u"Member"_s})
                                << QStringList({u"0 | 1.1000000000000001 | low"_s, u"1 | inf | high"_s}) << u"low"_s;
    QTest::addRow("stream") << u"stream"_s << QStringList({u"ID"_s, u"Fields"_s})
                            << QStringList({u"5-1 | sku: a-1   qty: 2"_s, u"5-2 | sku: b-2"_s})
                            << u"sku: a-1\nqty: 2"_s;
}

void TestValuePane::showsEveryTypesColumns()
{
    QFETCH(QString, key);
    QFETCH(QStringList, columns);
    QFETCH(QStringList, rows);
    QFETCH(QString, shown);
    m_server->command({"RPUSH", "list", "first", "se\ncond", " third "});
    m_server->command({"SADD", "set", "only"});
    m_server->command({"ZADD", "zset", "1.1", "low", "inf", "high"});
    m_server->command({"XADD", "stream", "5-1", "sku", "a-1", "qty", "2"});
    m_server->command({"XADD", "stream", "5-2", "sku", "b-2"});
    open(key.toStdString());
    QStringList titles;
    for (int column = 0; column < model()->columnCount(); ++column) {
        titles.append(model()->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
    }
    QCOMPARE(titles, columns);
    QStringList truth = rows;
    if (key == u"zset"_s) {
        truth[0] = u"0 | "_s + QString::fromStdString(m_server->command({"ZSCORE", "zset", "low"})) + u" | low"_s;
    }
    QCOMPARE(drawn(), truth);
    QCOMPARE(editorText(), shown);
}

void TestValuePane::emptyNamesAndValuesSaySo()
{
    m_server->command({"HSET", "h", "", "v", "f", "", "(empty)", "(empty)"});
    open("h");
    QTRY_COMPARE(drawn(), (QStringList{u"(empty) | v"_s, u"f | (empty)"_s, u"(empty) | (empty)"_s}));
    const auto isDimmed = [this](int row, int column) {
        return model()->index(row, column).data(Qt::ForegroundRole).isValid();
    };
    QVERIFY(isDimmed(0, 0) && !isDimmed(0, 1));
    QVERIFY(!isDimmed(1, 0) && isDimmed(1, 1));
    QVERIFY(!isDimmed(2, 0) && !isDimmed(2, 1)); // what is called that
}

void TestValuePane::aLongCellIsReadWhenItIsSelected()
{
    const std::string large = "begin" + std::string(200'000, '\n') + "end";
    m_server->command({"HSET", "h", "large", large});
    open("h");
    QCOMPARE(drawn().first().remove(QChar(0xA0)), u"large | 195.3KB – open"_s);
    QTRY_VERIFY(cell()->content()->isWhole());
    QCOMPARE(*cell()->content()->beginning(), large);
    QTRY_VERIFY(editorText().endsWith(u"end"_s));
}

void TestValuePane::aVeryLongCellWaitsForAClick()
{
    m_server->command({"HSET", "h", "large", std::string(3'000'000, 'x'), "small", "s"});
    open("h");
    table()->setCurrentIndex(model()->index(model()->rowOf("large", 0), 1));
    QVERIFY(cell()->content()->isPlaceholder());
    QCOMPARE(m_source->slices(), 0);
    QPushButton* button = nullptr;
    for (QPushButton* candidate : cell()->findChildren<QPushButton*>()) {
        button = candidate->text() == u"Load whole"_s ? candidate : button;
    }
    QVERIFY(button && button->isVisible());
    button->click();
    QTRY_VERIFY(cell()->content()->isWhole());
    QTRY_VERIFY(editorText().startsWith(u"xxxx"_s));
    m_pane->setAsksBeforeLoading(false); // who does not want to be asked gets it at once
    table()->setCurrentIndex(model()->index(model()->rowOf("small", 0), 1));
    table()->setCurrentIndex(model()->index(model()->rowOf("large", 0), 1));
    QTRY_VERIFY(cell()->content()->isWhole());
    QCOMPARE(m_source->slices(), 2);
}

void TestValuePane::aStreamsEntryIsShownWholeOrByField()
{
    m_server->command({"XADD", "x", "1-1", "sku", "a", "body", R"({"n":1})"});
    m_server->command({"XADD", "x", "1-2", "sku", "b", "body", R"({"n":2})"});
    open("x");
    QCOMPARE(editorText(), u"sku: a\nbody: {\"n\":1}"_s);
    QComboBox* part = nullptr;
    for (QComboBox* box : m_pane->findChildren<QComboBox*>()) {
        part = box->accessibleName() == u"Part"_s ? box : part;
    }
    QVERIFY(part->isVisible());
    part->setCurrentText(u"body"_s);
    QCOMPARE(editorText(), u"{\n  \"n\": 1\n}"_s);
    table()->setCurrentIndex(model()->index(1, 1));
    QCOMPARE(editorText(), u"{\n  \"n\": 2\n}"_s);
}

void TestValuePane::loadsMoreRowsWhileScrolling()
{
    m_server->fill(3000, [](std::size_t n) { return Args{"RPUSH", "l", "element " + std::to_string(n)}; });
    open("l");
    QCOMPARE(model()->rowCount(), 500);
    QCOMPARE(labelText(u"Loaded fields"_s), u"500 of 3,000 elements loaded"_s);
    const auto scrollOn = [&] {
        table()->verticalScrollBar()->setValue(table()->verticalScrollBar()->maximum());
        return model()->rowCount() == 3000;
    };
    QTRY_VERIFY(scrollOn());
    QVERIFY(model()->isComplete());
    QCOMPARE(model()->index(2999, 1).data().toString(), u"element 2999"_s);
    QCOMPARE(labelText(u"Loaded fields"_s), u"3,000 elements"_s);
}

void TestValuePane::filtersFieldsOnTheServer()
{
    m_server->fill(2000,
        [](std::size_t n) { return Args{"HSET", "h", (n == 1234 ? "needle:" : "hay:") + std::to_string(n), "v"}; });
    open("h");
    QVERIFY(model()->rowCount() >= 500);
    const auto lines = m_pane->findChildren<QLineEdit*>();
    const auto found = std::ranges::find(lines, u"Filter fields"_s, &QLineEdit::accessibleName);
    QVERIFY(found != lines.end());
    auto* filter = *found;
    QTest::keyClicks(filter, u"edle"_s);
    QTRY_COMPARE(drawn(), QStringList({u"needle:1234 | v"_s}));
    QTRY_COMPARE(labelText(u"Loaded fields"_s), u"1 field found"_s);
    QCOMPARE(editorText(), u"v"_s);
    filter->clear();
    QTRY_VERIFY(model()->rowCount() >= 500);
}

void TestValuePane::reloadKeepsThePlace()
{
    m_server->fill(1500, [](std::size_t n) { return Args{"HSET", "h", "field:" + std::to_string(n), "v"}; });
    open("h");
    const auto allLoaded = [&] {
        model()->fetchMore({});
        return model()->isComplete();
    };
    QTRY_VERIFY(allLoaded());
    const int row = model()->rowCount() - 10;
    const std::string name = model()->nameOf(row);
    table()->setCurrentIndex(model()->index(row, 0));
    m_server->command({"HSET", "h", "new field", "v"});
    m_server->command({"HDEL", "h", model()->nameOf(3)});
    m_pane->reload();
    QTRY_VERIFY(model()->rowOf("new field", 0) >= 0 || model()->rowCount() >= 1500);
    QTRY_COMPARE(model()->nameOf(table()->currentIndex().row()), name);
    QCOMPARE(table()->currentIndex().column(), 0);
}

void TestValuePane::tabLeavesTheEditor()
{
    m_server->command({"SET", "s", "text"});
    open("s");
    m_pane->activateWindow();
    auto* editor = m_pane->findChild<TextEditor*>();
    editor->setFocus();
    QTRY_VERIFY(editor->isAncestorOf(QApplication::focusWidget()));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QVERIFY(!editor->isAncestorOf(QApplication::focusWidget()));
    QCOMPARE(editorText(), u"text"_s);
}

void TestValuePane::remembersTheFormat()
{
    cell()->setFormat(FormatChoice::Hex);
    ValuePane other(m_source);
    other.restoreState(m_pane->saveState());
    QCOMPARE(other.findChild<CellView*>()->format(), FormatChoice::Hex);
    other.restoreState("nonsense");
    QCOMPARE(other.findChild<CellView*>()->format(), FormatChoice::Hex);
}

/// A string takes all the room; what is saved, or opened, after one must not leave two rows for a list.
void TestValuePane::elementsKeepTheirRoom()
{
    m_server->command({"RPUSH", "list", "a", "b"});
    m_server->command({"SET", "s", "text"});
    const auto share = [](const ValuePane& pane) {
        const QList<int> sizes = pane.findChild<QSplitter*>()->sizes();
        return sizes.at(0) * 100 / std::max(sizes.at(0) + sizes.at(1), 1); // 0 as long as there is nothing
    };
    open("s");
    const QByteArray afterString = m_pane->saveState();
    open("list");
    QTRY_COMPARE_GE(share(*m_pane), 45);

    ValuePane other(m_source);
    other.resize(m_pane->size());
    other.restoreState(afterString);
    other.show();
    other.open("list");
    QTRY_COMPARE_GE(share(other), 45);

    auto* splitter = other.findChild<QSplitter*>();
    QTest::mousePress(splitter->handle(1), Qt::LeftButton, {}, QPoint(2, 2));
    QTest::mouseMove(splitter->handle(1), QPoint(2, -splitter->height() / 4));
    QTest::mouseRelease(splitter->handle(1), Qt::LeftButton, {}, QPoint(2, 2));
    const int moved = share(other);
    QCOMPARE_LT(moved, 45);
    m_pane->restoreState(other.saveState());
    open("s");
    QTRY_COMPARE(share(*m_pane), 0); // the string has all the room
    open("list");
    QTRY_COMPARE_GE(share(*m_pane), 1);
    QTRY_COMPARE_LE(share(*m_pane), moved + 3);
}

QTEST_MAIN(TestValuePane)
#include "tst_valuepane.moc"
