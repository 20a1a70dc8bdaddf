// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/value/valuepanefixture.h"
#include "ui/value/elementsview.h"

#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>

#include <algorithm>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

class TestElementStops : public ValuePaneFixture {
    Q_OBJECT

private Q_SLOTS:
    void aJumpIsTakenBack_data();
    void aJumpIsTakenBack();
    void aJumpThatFailsStaysWhereOneWas();
    void aReloadDoesNotTakeAJumpAway_data();
    void aReloadDoesNotTakeAJumpAway();
    void aListsMiddleSaysWhatItCosts();
    void whatLooksLikeAGlobIsFoundAsText();

protected:
    [[nodiscard]] bool testsModel() const override { return false; } // it reads all rows by itself

private:
    [[nodiscard]] QLineEdit* line(const QString& accessibleName) const;
    [[nodiscard]] QPushButton* button(const QString& text) const;
    [[nodiscard]] QString currentText() const;
};

QLineEdit* TestElementStops::line(const QString& accessibleName) const
{
    const auto lines = m_pane->findChildren<QLineEdit*>();
    const auto found = std::ranges::find(lines, accessibleName, &QLineEdit::accessibleName);
    return found == lines.end() ? nullptr : *found;
}

QPushButton* TestElementStops::button(const QString& text) const
{
    for (QPushButton* each : m_pane->findChildren<QPushButton*>()) {
        if (each->text() == text && each->isVisible()) {
            return each;
        }
    }
    return nullptr;
}

QString TestElementStops::currentText() const
{
    const QModelIndex current = table()->currentIndex();
    return current.isValid() ? current.siblingAtColumn(0).data().toString() : QString();
}

void TestElementStops::aJumpIsTakenBack_data()
{
    QTest::addColumn<bool>("toEnd");
    QTest::addColumn<bool>("byButton");
    QTest::addRow("to an index, Esc") << false << false;
    QTest::addRow("to an index, the button") << false << true;
    QTest::addRow("to the end, Esc") << true << false;
}

void TestElementStops::aJumpIsTakenBack()
{
    QFETCH(bool, toEnd);
    QFETCH(bool, byButton);
    m_server->fill(5000, [](std::size_t n) -> Args { return {"RPUSH", "k", "e" + std::to_string(n)}; });
    open("k");
    line(u"Go to element"_s)->setText(u"2000"_s);
    QTest::keyClick(line(u"Go to element"_s), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(currentText(), u"2,000"_s, 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(!model()->isLoading(), 20'000);
    const QStringList rows = drawn();
    const int scrolled = table()->verticalScrollBar()->value();

    m_source->hold();
    if (toEnd) {
        QTest::keyClick(table(), Qt::Key_End, Qt::ControlModifier);
    } else {
        line(u"Go to element"_s)->setText(u"4000"_s);
        QTest::keyClick(line(u"Go to element"_s), Qt::Key_Return);
    }
    QVERIFY(model()->isJumping());
    QTRY_VERIFY_WITH_TIMEOUT(button(u"Cancel"_s) != nullptr, 20'000);
    QCOMPARE(labelText(u"Loaded fields"_s), u"Going there… Esc stays here."_s);
    if (byButton) {
        button(u"Cancel"_s)->click();
    } else {
        QTest::keyClick(table(), Qt::Key_Escape);
    }
    QVERIFY(!model()->isLoading() && !model()->isStopped() && !model()->isJumping());
    m_source->letGo();

    // The late answer is dropped; what is read from here on follows on the rows that stayed.
    const auto readsOn = [&] {
        table()->verticalScrollBar()->setValue(table()->verticalScrollBar()->maximum());
        return model()->rowCount() > rows.size() && !model()->isLoading();
    };
    QCOMPARE(currentText(), u"2,000"_s);
    QCOMPARE(table()->verticalScrollBar()->value(), scrolled);
    QCOMPARE(drawn(), rows);
    QTRY_VERIFY_WITH_TIMEOUT(readsOn(), 20'000);
    for (int row = 1; row < model()->rowCount(); ++row) {
        QCOMPARE(model()->number(row), model()->number(row - 1) + 1);
        QCOMPARE(model()->cells(row)[0].bytes, "e" + std::to_string(model()->number(row)));
    }
    QCOMPARE(currentText(), u"2,000"_s);
}

void TestElementStops::aJumpThatFailsStaysWhereOneWas()
{
    m_server->fill(5000, [](std::size_t n) -> Args { return {"RPUSH", "k", "e" + std::to_string(n)}; });
    open("k");
    QTRY_COMPARE_WITH_TIMEOUT(currentText(), u"0"_s, 20'000);
    const QStringList rows = drawn();
    m_server->kill();
    line(u"Go to element"_s)->setText(u"4000"_s);
    QTest::keyClick(line(u"Go to element"_s), Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(!model()->isLoading(), 60'000);
    QVERIFY(table()->isVisible());
    QCOMPARE(drawn(), rows);
    QCOMPARE(currentText(), u"0"_s);
    QVERIFY(!labelText(u"Loaded fields"_s).contains(u"loaded"_s)); // but why it can't be gone to
    m_server->restart();
    m_server->fill(5000, [](std::size_t n) -> Args { return {"RPUSH", "k", "e" + std::to_string(n)}; });
    QTest::keyClick(line(u"Go to element"_s), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(currentText(), u"4,000"_s, 60'000);
}

void TestElementStops::aReloadDoesNotTakeAJumpAway_data()
{
    QTest::addColumn<bool>("isTakenBack");
    QTest::addRow("it arrives") << false;
    QTest::addRow("it is taken back, and what is there read again") << true;
}

/// As it comes at an interval: begun before the jump, answered before it.
void TestElementStops::aReloadDoesNotTakeAJumpAway()
{
    QFETCH(bool, isTakenBack);
    m_server->fill(5000, [](std::size_t n) -> Args { return {"RPUSH", "k", "e" + std::to_string(n)}; });
    open("k");
    QTRY_COMPARE_WITH_TIMEOUT(currentText(), u"0"_s, 20'000);
    QSignalSpy read(m_pane.get(), &ValuePane::contentRead);
    m_server->command({"LSET", "k", "0", "changed"});
    QSignalSpy heads(m_pane.get(), &ValuePane::headChanged);
    m_source->hold();
    m_pane->reload();
    m_source->hold();
    line(u"Go to element"_s)->setText(u"4000"_s);
    QTest::keyClick(line(u"Go to element"_s), Qt::Key_Return);
    m_source->letGo();
    QTRY_COMPARE_WITH_TIMEOUT(heads.size(), 1, 20'000);
    QVERIFY(model()->isJumping());
    if (isTakenBack) {
        QTest::keyClick(table(), Qt::Key_Escape);
    }
    m_source->letGo();
    QTRY_COMPARE_WITH_TIMEOUT(read.size(), 1, 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(currentText(), isTakenBack ? u"0"_s : u"4,000"_s, 20'000);
    QVERIFY(!isTakenBack || model()->cells(0)[0].bytes == "changed");
    QVERIFY(!m_pane->isReading());
}

void TestElementStops::aListsMiddleSaysWhatItCosts()
{
    m_server->fill(300'000, [](std::size_t n) -> Args { return {"RPUSH", "k", std::to_string(n)}; });
    open("k");
    QLineEdit* field = line(u"Go to element"_s);
    QTest::keyClicks(field, u"180000"_s);
    QCOMPARE(labelText(u"Loaded fields"_s),
        u"Index 180,000 lies in the middle: the server has to step over 120,000 elements to get there"_s);
    field->clear();
    QTest::keyClicks(field, u"299999"_s); // from the end that is nearer
    QVERIFY(labelText(u"Loaded fields"_s).endsWith(u"of 300,000 elements loaded"_s));
    field->clear();
    QTest::keyClicks(field, u"180000"_s);
    m_source->hold();
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(labelText(u"Loaded fields"_s),
        u"Going to index 180,000: the server has to step over 120,000 elements to get there. Esc stays here."_s);
    m_source->letGo();
    QTRY_COMPARE_WITH_TIMEOUT(currentText(), u"180,000"_s, 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(labelText(u"Loaded fields"_s).endsWith(u"of 300,000 elements loaded"_s), 20'000);
}

void TestElementStops::whatLooksLikeAGlobIsFoundAsText()
{
    m_server->command({"HSET", "k", "item[0]", "a", "item0", "b", "an item[0] too", "c"});
    open("k");
    line(u"Filter fields"_s)->setText(u"item[0]"_s);
    QTRY_COMPARE_WITH_TIMEOUT(model()->rowCount(), 2, 20'000);
    QVERIFY(model()->rowOf("item[0]", 0) >= 0 && model()->rowOf("an item[0] too", 0) >= 0);
    line(u"Filter fields"_s)->setText(u"item[0]*"_s);
    QTRY_COMPARE_WITH_TIMEOUT(model()->rowCount(), 1, 20'000);
    QVERIFY(model()->rowOf("item0", 0) >= 0);
}

QTEST_MAIN(TestElementStops)
#include "tst_elementstops.moc"
