// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/rowcopies.h"
#include "ui/table/rowmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace keyglass;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

namespace {

TableSchema shop()
{
    return {"shop.items", TableLayout::Braced,
        {{"sku", "string", true}, {"qty", "integer", false}, {"made", "datum", false}}};
}

TableRow row(const std::string& id, std::vector<std::optional<std::string>> cells)
{
    return {id, TableRow::State::Whole, std::move(cells)};
}

std::vector<TableRow> someRows()
{
    return {row("2", {"B2", "12", std::nullopt}), row("10", {"A1", "5", ""}), row("1", {"a3", "-7", "x"})};
}

/// One line a row: its cells, as they are drawn.
QStringList drawn(const RowModel& model)
{
    QStringList lines;
    for (int row = 0; row < model.rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(); ++column) {
            cells << model.index(row, column).data().toString();
        }
        lines << cells.join(u'|');
    }
    return lines;
}

} // namespace

class TestRowModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_model = std::make_unique<RowModel>();
        new QAbstractItemModelTester(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest, m_model.get());
        m_model->setSchema(shop());
        m_model->append(someRows());
    }
    void tellsMissingCellsFromEmptyOnes();
    void saysWhatIsWrongWithARow_data();
    void saysWhatIsWrongWithARow();
    void aMarkGoesOnceItIsNotTrue();
    void namesTypesInItsHeads();
    void sortsByType_data();
    void sortsByType();
    void findsAmongWhatIsLoaded();
    void selectionsStayWithTheirRows();
    void rowsAreReplacedAndRemoved();
    void moreIsAskedForOnceAndNotWhileLooking();
    void copiesRows_data();
    void copiesRows();

private:
    std::unique_ptr<RowModel> m_model;
};

void TestRowModel::tellsMissingCellsFromEmptyOnes()
{
    QCOMPARE(drawn(*m_model), QStringList({u"2|B2|12|–|"_s, u"10|A1|5|(empty)|"_s, u"1|a3|-7|x|"_s}));
    QCOMPARE(m_model->index(0, 3).data(Qt::AccessibleTextRole).toString(), u"no cell"_s);
    QCOMPARE(m_model->index(1, 3).data(Qt::AccessibleTextRole).toString(), u"empty"_s);
    QVERIFY(!m_model->hasTroubles());
}

void TestRowModel::saysWhatIsWrongWithARow_data()
{
    QTest::addColumn<TableRow>("damaged");
    QTest::addColumn<QString>("words");
    TableRow gone = row("7", {{}, {}, {}});
    gone.state = TableRow::State::Gone;
    QTest::addRow("gone") << gone << u"its key is not there"_s;
    TableRow other = row("7", {{}, {}, {}});
    other.state = TableRow::State::WrongType;
    QTest::addRow("another type") << other << u"no hash"_s;
    TableRow unread = row("7", {{}, {}, {}});
    unread.state = TableRow::State::Unread;
    unread.trouble = "NOPERM x";
    QTest::addRow("unread") << unread << u"NOPERM x"_s;
    TableRow stray = row("7", {"A", "1", "x"});
    stray.strays = {{"colour", "red"}};
    QTest::addRow("stray field") << stray << u"colour = red"_s;
    TableRow stale = row("7", {"A", "1", "x"});
    stale.staleEntry.emplace("sku", "B");
    QTest::addRow("stale index entry") << stale << u"under sku = B"_s;
}

void TestRowModel::saysWhatIsWrongWithARow()
{
    QFETCH(const TableRow, damaged);
    QFETCH(const QString, words);
    m_model->append({damaged});
    QVERIFY(m_model->hasTroubles());
    const QString said = m_model->index(3, m_model->troubleColumn()).data(Qt::AccessibleTextRole).toString();
    QVERIFY2(said.contains(words), qPrintable(said));
    QVERIFY(m_model->index(3, 0).data(Qt::AccessibleTextRole).toString().contains(words));
    QVERIFY(m_model->index(0, m_model->troubleColumn()).data().toString().isEmpty());
}

void TestRowModel::aMarkGoesOnceItIsNotTrue()
{
    TableRow stale = row("7", {"A", "1", "x"});
    stale.staleEntry.emplace("sku", "B");
    m_model->append({stale});
    m_model->replace({row("7", {"C", "1", "x"})});
    QVERIFY(m_model->hasTroubles());
    m_model->replace({row("7", {"B", "1", "x"})});
    QVERIFY(!m_model->hasTroubles());
}

void TestRowModel::namesTypesInItsHeads()
{
    const auto head = [this](int column) { return m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole); };
    QCOMPARE(head(0).toString(), u"id"_s);
    QCOMPARE(head(1).toString(), u"sku · string, indexed"_s);
    QCOMPARE(head(2).toString(), u"qty · integer"_s);
    QVERIFY(head(3).toString().contains(u"behaves as a string"_s));
}

void TestRowModel::sortsByType_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<Qt::SortOrder>("order");
    QTest::addColumn<QStringList>("ids");
    QTest::addRow("ids are numbers") << 0 << Qt::AscendingOrder << QStringList{u"1"_s, u"2"_s, u"10"_s};
    QTest::addRow("text is bytes") << 1 << Qt::AscendingOrder << QStringList{u"10"_s, u"2"_s, u"1"_s};
    QTest::addRow("integers, the largest first") << 2 << Qt::DescendingOrder << QStringList{u"2"_s, u"10"_s, u"1"_s};
    QTest::addRow("missing, empty, text") << 3 << Qt::AscendingOrder << QStringList{u"2"_s, u"10"_s, u"1"_s};
    QTest::addRow("as loaded") << -1 << Qt::AscendingOrder << QStringList{u"2"_s, u"10"_s, u"1"_s};
}

void TestRowModel::sortsByType()
{
    QFETCH(const int, column);
    QFETCH(const Qt::SortOrder, order);
    QFETCH(const QStringList, ids);
    m_model->sort(2, Qt::AscendingOrder);
    m_model->sort(column, order);
    QStringList now;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        now << m_model->index(row, 0).data().toString();
    }
    QCOMPARE(now, ids);
}

void TestRowModel::findsAmongWhatIsLoaded()
{
    m_model->find(u"a"_s);
    QCOMPARE(drawn(*m_model), QStringList({u"10|A1|5|(empty)|"_s, u"1|a3|-7|x|"_s}));
    m_model->append({row("11", {"zz", "1", "x"}), row("12", {"aa", "1", "x"})});
    QCOMPARE(m_model->rowCount(), 3);
    QCOMPARE(m_model->loaded(), std::uint64_t{5});
    m_model->find({});
    QCOMPARE(m_model->rowCount(), 5);
}

void TestRowModel::selectionsStayWithTheirRows()
{
    const QPersistentModelIndex held = m_model->index(2, 1);
    m_model->sort(0, Qt::AscendingOrder);
    QCOMPARE(held.row(), 0);
    m_model->find(u"A1"_s);
    QVERIFY(!held.isValid());
}

void TestRowModel::rowsAreReplacedAndRemoved()
{
    m_model->replace({row("10", {"A9", "6", "y"}), row("99", {"not loaded", {}, {}})});
    QCOMPARE(drawn(*m_model), QStringList({u"2|B2|12|–|"_s, u"10|A9|6|y|"_s, u"1|a3|-7|x|"_s}));
    m_model->sort(0, Qt::AscendingOrder);
    m_model->remove({"2", "99"});
    QCOMPARE(drawn(*m_model), QStringList({u"1|a3|-7|x|"_s, u"10|A9|6|y|"_s}));
    m_model->remove({"1", "10"});
    QCOMPARE(m_model->rowCount(), 0);
}

void TestRowModel::moreIsAskedForOnceAndNotWhileLooking()
{
    QSignalSpy wanted(m_model.get(), &RowModel::moreWanted);
    QVERIFY(!m_model->canFetchMore({}));
    m_model->setHasMore(true);
    m_model->find(u"x"_s);
    QVERIFY(!m_model->canFetchMore({}));
    m_model->find({});
    m_model->fetchMore({});
    m_model->fetchMore({});
    QCOMPARE(wanted.size(), 1);
}

void TestRowModel::copiesRows_data()
{
    QTest::addColumn<int>("format"); // -1: text
    QTest::addColumn<QByteArray>("text");
    QTest::addRow("text") << -1 << QByteArray("10\tA1\t5\t");
    QTest::addRow("json")
        << static_cast<int>(RowFormat::Json)
        << QByteArray("[\n  {\"id\": \"10\", \"cells\": {\"sku\": \"A1\", \"qty\": \"5\", \"made\": \"\"}}\n]\n");
    QTest::addRow("csv") << static_cast<int>(RowFormat::Csv) << QByteArray("id,sku,qty,made\r\n10,A1,5,\"\"\r\n");
}

void TestRowModel::copiesRows()
{
    QFETCH(const int, format);
    QFETCH(const QByteArray, text);
    const std::vector<TableRow> rows{m_model->row(1)};
    QCOMPARE(QByteArray::fromStdString(
                 format < 0 ? plainRows(rows) : formattedRows(static_cast<RowFormat>(format), shop(), rows)),
        text);
}

QTEST_MAIN(TestRowModel)
#include "tst_rowmodel.moc"
