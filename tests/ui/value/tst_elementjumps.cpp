// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/value/valuepanefixture.h"
#include "ui/value/elementsview.h"
#include "ui/value/jumpfield.h"
#include "ui/value/rangebutton.h"

#include <QApplication>
#include <QByteArrayList>
#include <QComboBox>
#include <QDateTime>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QToolButton>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace std::string_literals;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(keyglass::KeyType)

class TestElementJumps : public ValuePaneFixture {
    Q_OBJECT

private Q_SLOTS:
    void jumpsWithoutReadingWhatIsBefore_data();
    void jumpsWithoutReadingWhatIsBefore();
    void numbersAreReadWhereverOneGoes_data();
    void numbersAreReadWhereverOneGoes();
    void rowsBeforeComeWhileScrollingUp();
    void theEndIsOneKeyAway_data();
    void theEndIsOneKeyAway();
    void aPlaceThatIsNoneIsTold_data();
    void aPlaceThatIsNoneIsTold();
    void pastTheEndShowsTheEnd();
    void aTimeIsAPlaceInAStream();
    void headersTurnTheServersOrder();
    void aWholeHashIsSortedByItsHeader_data();
    void aWholeHashIsSortedByItsHeader();
    void whatIsNotWholeSaysWhy();
    void aSortedListKnowsItsNeighbours();
    void scoresAreARange();
    void ranksUpToTheGreatestNumber();
    void listsAreSearchedOnRequest();
    void aSearchCanBeStopped();
    void reloadStaysWhereTheUserWentTo();
    void scoresAreShownAsPlaces();
    void oneKeyLeadsToThePlaceFromAnywhere();

protected:
    [[nodiscard]] bool testsModel() const override
    {
        static const QByteArrayList tested{"rowsBeforeComeWhileScrollingUp", "pastTheEndShowsTheEnd",
            "aSortedListKnowsItsNeighbours", "scoresAreARange", "scoresAreShownAsPlaces"};
        return tested.contains(QTest::currentTestFunction());
    }

private:
    [[nodiscard]] QLineEdit* line(const QString& accessibleName) const;
    [[nodiscard]] QPushButton* button(const QString& text) const;
    void jumpTo(const QString& text);
    [[nodiscard]] QString currentText() const;
    void clickHeader(int column);
    void fill(KeyType type, std::size_t elements);
};

QLineEdit* TestElementJumps::line(const QString& accessibleName) const
{
    for (QLineEdit* each : m_pane->findChildren<QLineEdit*>()) {
        if (each->accessibleName() == accessibleName) {
            return each;
        }
    }
    return nullptr;
}

QPushButton* TestElementJumps::button(const QString& text) const
{
    for (QPushButton* each : m_pane->findChildren<QPushButton*>()) {
        if (each->text() == text && each->isVisible()) {
            return each;
        }
    }
    return nullptr;
}

void TestElementJumps::jumpTo(const QString& text)
{
    QLineEdit* field = line(u"Go to element"_s);
    field->setText(text);
    QTest::keyClick(field, Qt::Key_Return);
}

/// The first cells of the current row.
QString TestElementJumps::currentText() const
{
    const QModelIndex current = table()->currentIndex();
    return current.isValid() ? current.siblingAtColumn(0).data().toString() : QString();
}

void TestElementJumps::clickHeader(int column)
{
    QHeaderView* header = table()->horizontalHeader();
    const QPoint at(header->sectionViewportPosition(column) + 10, header->height() / 2);
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, at);
}

void TestElementJumps::fill(KeyType type, std::size_t elements)
{
    m_server->fill(elements, [&](std::size_t n) -> Args {
        const std::string number = std::to_string(n);
        switch (type) {
        case KeyType::List:
            return {"RPUSH", "k", "e" + number};
        case KeyType::SortedSet:
            return {"ZADD", "k", number, "m" + number};
        case KeyType::Hash:
            return {"HSET", "k", "f" + number, std::to_string((n * 7919) % elements)};
        default:
            return {"XADD", "k", number + "-1", "f", number};
        }
    });
}

void TestElementJumps::jumpsWithoutReadingWhatIsBefore_data()
{
    QTest::addColumn<KeyType>("type");
    QTest::addColumn<QString>("by");
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("there");
    QTest::addRow("list") << KeyType::List << QString() << u"9000"_s << u"9,000"_s;
    QTest::addRow("list, from the end") << KeyType::List << QString() << u"-1000"_s << u"9,000"_s;
    QTest::addRow("sorted set, rank") << KeyType::SortedSet << u"Rank"_s << u"9,000"_s << u"9,000"_s;
    QTest::addRow("sorted set, score") << KeyType::SortedSet << u"Score"_s << u"8999.5"_s << u"9,000"_s;
    QTest::addRow("stream") << KeyType::Stream << QString() << u"9000-1"_s << u"9000-1"_s;
}

void TestElementJumps::jumpsWithoutReadingWhatIsBefore()
{
    QFETCH(KeyType, type);
    QFETCH(QString, by);
    QFETCH(QString, place);
    QFETCH(QString, there);
    fill(type, 10'000);
    open("k");
    const int pages = m_source->pages();
    if (!by.isEmpty()) {
        auto* box = m_pane->findChild<JumpField*>()->findChild<QComboBox*>();
        box->setCurrentText(by);
    }
    jumpTo(place);
    QTRY_COMPARE_WITH_TIMEOUT(currentText(), there, 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(!model()->isLoading() && table()->verticalScrollBar()->value() >= 20, 20'000);
    QVERIFY(m_source->pages() - pages <= 3); // there, one before, perhaps one after
    QVERIFY(model()->rowCount() <= 1500);
    QVERIFY(model()->hasBefore());
    QCOMPARE(table()->rowAt(5), table()->currentIndex().row()); // it stays on top while what is before comes
}

void TestElementJumps::numbersAreReadWhereverOneGoes_data()
{
    QTest::addColumn<KeyType>("type");
    QTest::addColumn<QString>("place");
    QTest::addRow("list") << KeyType::List << u"110000"_s;
    QTest::addRow("sorted set") << KeyType::SortedSet << u"110000"_s;
    QTest::addRow("stream") << KeyType::Stream << u"1700000000000-123456"_s;
}

/// The columns fit what came first, which has fewer digits.
void TestElementJumps::numbersAreReadWhereverOneGoes()
{
    QFETCH(KeyType, type);
    QFETCH(QString, place);
    fill(type, type == KeyType::Stream ? 2'000 : 120'000);
    if (type == KeyType::Stream) {
        m_server->command({"XADD", "k", "1700000000000-123456", "f", "v"});
    }
    open("k");
    QTRY_VERIFY_WITH_TIMEOUT(model()->rowCount() > 0, 20'000);
    jumpTo(place);
    QTRY_VERIFY_WITH_TIMEOUT(currentText().size() >= 7, 20'000); // "110,000"
    const QFontMetrics metrics(qvariant_cast<QFont>(table()->currentIndex().data(Qt::FontRole)));
    QTRY_VERIFY2(table()->columnWidth(0) >= metrics.horizontalAdvance(currentText()) + 14,
        qPrintable(QString::number(table()->columnWidth(0))));
}

void TestElementJumps::rowsBeforeComeWhileScrollingUp()
{
    fill(KeyType::List, 3000);
    open("k");
    jumpTo(u"2000"_s);
    QTRY_COMPARE_WITH_TIMEOUT(currentText(), u"2,000"_s, 20'000);
    const auto isThere = [&] {
        table()->verticalScrollBar()->setValue(0);
        return !model()->hasBefore() && !model()->isLoading();
    };
    QTRY_VERIFY_WITH_TIMEOUT(isThere(), 20'000);
    QCOMPARE(model()->number(0), std::uint64_t{0});
    for (int row = 0; row < model()->rowCount(); ++row) {
        QCOMPARE(model()->number(row), static_cast<std::uint64_t>(row));
        QCOMPARE(model()->cells(row)[0].bytes, "e" + std::to_string(row));
    }
    QCOMPARE(model()->rowOf({}, 1234), 1234);
    QCOMPARE(currentText(), u"2,000"_s);
}

void TestElementJumps::theEndIsOneKeyAway_data()
{
    QTest::addColumn<KeyType>("type");
    QTest::addColumn<QString>("last");
    QTest::addColumn<QString>("first");
    QTest::addRow("list") << KeyType::List << u"9,999"_s << u"0"_s;
    QTest::addRow("sorted set") << KeyType::SortedSet << u"9,999"_s << u"0"_s;
    QTest::addRow("stream") << KeyType::Stream << u"9999-1"_s << u"0-1"_s;
}

void TestElementJumps::theEndIsOneKeyAway()
{
    QFETCH(KeyType, type);
    QFETCH(QString, last);
    QFETCH(QString, first);
    fill(type, 10'000);
    open("k");
    QTest::keyClick(table(), Qt::Key_End, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(currentText(), last, 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(!model()->isLoading(), 20'000);
    QVERIFY(model()->isComplete());
    QVERIFY(model()->rowCount() < 1500);
    QCOMPARE(table()->currentIndex().row(), model()->rowCount() - 1);
    QTest::keyClick(table(), Qt::Key_Home, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(currentText(), first, 20'000);
    QVERIFY(!model()->hasBefore());
}

void TestElementJumps::aPlaceThatIsNoneIsTold_data()
{
    QTest::addColumn<KeyType>("type");
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("said");
    QTest::addRow("past the end") << KeyType::List << u"10"_s << u"There is no number 10: it has 10, from 0 on"_s;
    QTest::addRow("before the start") << KeyType::List << u"-11"_s << u"There is no number -11: it has 10, from 0 on"_s;
    QTest::addRow("the least number there is") << KeyType::List << u"-9223372036854775808"_s
                                               << u"There is no number -9223372036854775808: it has 10, from 0 on"_s;
    QTest::addRow("a word") << KeyType::SortedSet << u"ten"_s << u"ten is no whole number"_s;
    QTest::addRow("no ID") << KeyType::Stream << u"soon"_s
                           << u"soon is neither an ID nor a time like 2026-05-01 14:00"_s;
}

void TestElementJumps::aPlaceThatIsNoneIsTold()
{
    QFETCH(KeyType, type);
    QFETCH(QString, place);
    QFETCH(QString, said);
    fill(type, 10);
    open("k");
    const int pages = m_source->pages();
    jumpTo(place);
    QCOMPARE(labelText(u"Loaded fields"_s), said);
    QCOMPARE(m_source->pages(), pages);
}

void TestElementJumps::pastTheEndShowsTheEnd()
{
    fill(KeyType::Stream, 3000);
    open("k");
    jumpTo(u"5000"_s);
    QTRY_COMPARE_WITH_TIMEOUT(model()->rowOf("2999-1", 0), model()->rowCount() - 1, 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(!model()->isLoading(), 20'000);
    QVERIFY(model()->isComplete());
    QVERIFY(model()->hasBefore());
}

void TestElementJumps::aTimeIsAPlaceInAStream()
{
    const QDateTime time = QDateTime::fromString(u"2024-05-01T14:00:00"_s, Qt::ISODate);
    for (const qint64 away : {-5000, -1, 0, 5000}) {
        m_server->command({"XADD", "k", std::to_string(time.toMSecsSinceEpoch() + away) + "-3", "f", "v"});
    }
    open("k");
    jumpTo(u"2024-05-01 14:00"_s);
    QTRY_COMPARE_WITH_TIMEOUT(currentText(), QString::number(time.toMSecsSinceEpoch()) + u"-3"_s, 20'000);
}

void TestElementJumps::headersTurnTheServersOrder()
{
    fill(KeyType::SortedSet, 5000);
    open("k");
    clickHeader(1);
    QTRY_COMPARE_WITH_TIMEOUT(currentText(), u"4,999"_s, 20'000);
    QCOMPARE(model()->number(1), std::uint64_t{4998});
    QVERIFY(table()->horizontalHeader()->isSortIndicatorShown());
    jumpTo(u"2500"_s);
    QTRY_COMPARE_WITH_TIMEOUT(currentText(), u"2,500"_s, 20'000);
    clickHeader(1);
    QTRY_COMPARE_WITH_TIMEOUT(currentText(), u"0"_s, 20'000);
    QVERIFY(!table()->horizontalHeader()->isSortIndicatorShown());
}

void TestElementJumps::aWholeHashIsSortedByItsHeader_data()
{
    QTest::addColumn<int>("fields");
    QTest::addRow("one page") << 300;
    QTest::addRow("pages that are loaded for it") << 4000;
}

void TestElementJumps::aWholeHashIsSortedByItsHeader()
{
    QFETCH(int, fields);
    fill(KeyType::Hash, static_cast<std::size_t>(fields));
    open("k");
    const int row = model()->rowOf("f1", 0);
    if (row >= 0) {
        table()->setCurrentIndex(model()->index(row, 1));
    }
    clickHeader(1);
    if (QPushButton* rest = button(u"Load the rest"_s)) {
        QVERIFY(fields > 500);
        QVERIFY(labelText(u"Loaded fields"_s).contains(u"Sorting by Value needs 4,000 fields"_s));
        rest->click();
    }
    const auto isSorted = [&] {
        for (int at = 0; at < model()->rowCount(); ++at) {
            if (model()->cells(at)[1].bytes != std::to_string(at)) {
                return false;
            }
        }
        return model()->rowCount() == fields;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isSorted(), 20'000);
    if (row >= 0) {
        QCOMPARE(currentText(), u"f1"_s);
    }
    QCOMPARE(model()->rowOf("f1", 0), 7919 % fields);
    clickHeader(1);
    QTRY_COMPARE_WITH_TIMEOUT(model()->cells(0)[1].bytes, std::to_string(fields - 1), 20'000);
    m_pane->reload();
    QTRY_COMPARE_WITH_TIMEOUT(m_source->heads(), 2, 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(
        model()->isWhole() && model()->cells(0)[1].bytes == std::to_string(fields - 1), 20'000); // and stays so
}

void TestElementJumps::whatIsNotWholeSaysWhy()
{
    m_server->fill(200'001, [](std::size_t n) -> Args { return {"HSET", "k", std::to_string(n), "v"}; });
    open("k");
    clickHeader(0);
    QCOMPARE(
        labelText(u"Loaded fields"_s), u"Sorting by Field needs 200,001 fields; at most 200,000 are loaded for it"_s);
    QVERIFY(!button(u"Load the rest"_s));
    QCOMPARE(model()->sortedColumn(), -1);
}

void TestElementJumps::aSortedListKnowsItsNeighbours()
{
    m_server->command({"RPUSH", "k", "30", "10", "20"});
    open("k");
    clickHeader(1);
    QTRY_COMPARE_WITH_TIMEOUT(drawn(), QStringList({u"1 | 10"_s, u"2 | 20"_s, u"0 | 30"_s}), 20'000);
    table()->setCurrentIndex(model()->index(0, 1));
    const auto selected = m_pane->selected();
    QVERIFY(selected);
    QCOMPARE(selected->number, std::uint64_t{1});
    QVERIFY(selected->before == SeenBytes::like("30") && selected->after == SeenBytes::like("20"));
}

void TestElementJumps::scoresAreARange()
{
    fill(KeyType::SortedSet, 5000);
    open("k");
    auto* range = m_pane->findChild<RangeButton*>();
    QVERIFY(range->isVisible());
    line(u"Range from"_s)->setText(u"(1000"_s);
    line(u"Range to"_s)->setText(u"1004"_s);
    QTest::keyClick(line(u"Range to"_s), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(model()->rowCount(), 4, 20'000);
    QCOMPARE(drawn().first(), u"1,001 | 1001 | m1001"_s);
    QCOMPARE(range->text(), u"Scores (1000 to 1004"_s);
    clickHeader(0);
    QTRY_COMPARE_WITH_TIMEOUT(drawn().first(), u"1,004 | 1004 | m1004"_s, 20'000);
    QCOMPARE(model()->rowCount(), 4);
    line(u"Range from"_s)->setText(u"low"_s);
    QVERIFY(!range->typed());
    line(u"Filter fields"_s)->setText(u"m4999"_s);
    QTRY_COMPARE_WITH_TIMEOUT(model()->rowCount(), 1, 20'000);
    QVERIFY(!range->isEnabled());
}

void TestElementJumps::ranksUpToTheGreatestNumber()
{
    fill(KeyType::SortedSet, 10);
    open("k");
    auto* range = m_pane->findChild<RangeButton*>();
    auto* by = m_pane->findChild<QWidget*>();
    for (auto* each : m_pane->findChildren<QComboBox*>()) {
        by = each->accessibleName() == u"Range by"_s ? each : by;
    }
    static_cast<QComboBox*>(by)->setCurrentIndex(1);
    line(u"Range from"_s)->setText(u"6"_s);
    line(u"Range to"_s)->setText(u"18446744073709551615"_s);
    QTest::keyClick(line(u"Range to"_s), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(model()->rowCount(), 4, 20'000);
    QCOMPARE(range->text(), u"Ranks from 6"_s);
}

void TestElementJumps::listsAreSearchedOnRequest()
{
    fill(KeyType::List, 20'000);
    open("k");
    const int pages = m_source->pages();
    QLineEdit* filter = line(u"Filter fields"_s);
    filter->setText(u"e1999"_s);
    QTest::qWait(400);
    QCOMPARE(m_source->pages(), pages); // reading all of it is worth a key
    QTest::keyClick(filter, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(model()->rowCount(), 11, 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(model()->isComplete(), 20'000);
    QCOMPARE(drawn().first(), u"1,999 | e1999"_s);
    QCOMPARE(drawn().last(), u"19,999 | e19999"_s);
    QCOMPARE(labelText(u"Loaded fields"_s), u"11 elements found"_s);
}

void TestElementJumps::aSearchCanBeStopped()
{
    m_server->fill(300'000, [](std::size_t n) -> Args { return {"SADD", "k", std::to_string(n) + "x"}; });
    open("k");
    line(u"Filter fields"_s)->setText(u"nothing"_s);
    QTRY_VERIFY_WITH_TIMEOUT(model()->match() == "*nothing*" && model()->lookedThrough() > 0, 20'000);
    if (!model()->isComplete()) { // else it was faster than a hand could be
        QTest::keyClick(table(), Qt::Key_Escape);
        QVERIFY(model()->isStopped());
        QVERIFY(labelText(u"Loaded fields"_s).endsWith(u"stopped"_s));
        QVERIFY(labelText(u"Loaded fields"_s).contains(u" of 300,000 looked through"_s));
        QVERIFY(button(u"Go on"_s));
        button(u"Go on"_s)->click();
    }
    QTRY_COMPARE_WITH_TIMEOUT(labelText(u"Loaded fields"_s), u"0 members found"_s, 20'000);
}

void TestElementJumps::reloadStaysWhereTheUserWentTo()
{
    fill(KeyType::List, 5000);
    open("k");
    jumpTo(u"4000"_s);
    QTRY_COMPARE_WITH_TIMEOUT(currentText(), u"4,000"_s, 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(!model()->isLoading(), 20'000);
    m_server->command({"LSET", "k", "4000", "changed"});
    m_pane->reload();
    QTRY_COMPARE_WITH_TIMEOUT(editorText(), u"changed"_s, 20'000);
    QCOMPARE(currentText(), u"4,000"_s);
    QVERIFY(model()->rowCount() < 2000);
}

/// A key that is opened from the tree leaves the focus there.
void TestElementJumps::oneKeyLeadsToThePlaceFromAnywhere()
{
    fill(KeyType::List, 10);
    open("k");
    QTRY_COMPARE_WITH_TIMEOUT(model()->rowCount(), 10, 20'000);
    QLineEdit elsewhere(m_pane.get());
    elsewhere.show();
    m_pane->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_pane.get(), 20'000));
    elsewhere.setFocus();
    QTRY_VERIFY(elsewhere.hasFocus());
    QTest::keyClick(&elsewhere, Qt::Key_J, Qt::ControlModifier);
    QTRY_VERIFY(line(u"Go to element"_s)->hasFocus());
}

void TestElementJumps::scoresAreShownAsPlaces()
{
    m_server->command({"GEOADD", "g", "13.405", "52.52", "Berlin", "-68.303", "-54.8019", "Ushuaia"});
    m_server->command({"ZADD", "g", "0.5", "nowhere"});
    open("g");
    QToolButton* places = nullptr;
    for (QToolButton* each : m_pane->findChildren<QToolButton*>()) {
        places = each->accessibleName() == u"Scores as places"_s ? each : places;
    }
    QVERIFY(places->isVisible());
    QCOMPARE(model()->columnCount(), 3);
    places->click();
    QCOMPARE(model()->columnCount(), 5);
    QCOMPARE(model()->headerData(2, Qt::Horizontal, Qt::DisplayRole).toString(), u"Longitude"_s);
    const int row = model()->rowOf("Berlin", 0);
    const auto truth = QByteArray::fromStdString(m_server->command({"GEOPOS", "g", "Berlin"})).split('\n');
    QCOMPARE(model()->index(row, 2).data().toString(), QString::number(truth[0].toDouble(), 'f', 6));
    QCOMPARE(model()->index(row, 3).data().toString(), QString::number(truth[1].toDouble(), 'f', 6));
    QCOMPARE(model()->index(model()->rowOf("nowhere", 0), 2).data().toString(), u"–"_s);
    clickHeader(3);
    QTRY_COMPARE_WITH_TIMEOUT(model()->nameOf(0), "Ushuaia"s, 20'000);
    m_server->command({"ZADD", "z", "1", "one"});
    open("z");
    QTRY_COMPARE_WITH_TIMEOUT(model()->columnCount(), 3, 20'000);
    QVERIFY(!places->isChecked());
}

QTEST_MAIN(TestElementJumps)
#include "tst_elementjumps.moc"
