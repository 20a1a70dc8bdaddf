// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/table/tablefixture.h"

#include <QObject>
#include <QTest>

#include <set>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

class TestRowPages : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        beginShop(m_server, m_lane, {true, Environment::Production}); // nothing here writes
        m_schema = fetchTableSchema(*m_lane, "shop.items", {}).value();
    }
    void readsRowsAsTheyAre();
    void tellsMissingCellsFromEmptyOnes();
    void showsDamagedRows();
    void pagesThroughManyRows();
    void smallSetsComeInPagesToo();
    void boundsAPageInBytes();
    void readsInTheOrderOfInsertion();
    void rowsAboveTheCounterAreReadToo();
    void shuffledFieldsAreMappedByName();
    void aTableOnItsWayIsReadByItsKeys();

private:
    std::unique_ptr<TableServer> m_server;
    std::unique_ptr<Lane> m_lane;
    TableSchema m_schema;
};

void TestRowPages::readsRowsAsTheyAre()
{
    RowReader reader(*m_lane, m_schema);
    const auto page = reader.page({}, {}, {});
    QVERIFY2(page, page ? "" : qPrintable(errorText(page.error())));
    QCOMPARE(shown(m_schema, page->rows),
        (std::vector<std::string>{
            "1{sku=A1 qty=5 price=9.50 made=2024-01-31}", "2{sku=B2 qty=12}", "3{sku=A1 qty=-7 made=2024-02-01}"}));
    QVERIFY(page->next.isAtEnd());
    const auto extent = reader.extent({});
    QVERIFY(extent);
    QCOMPARE(extent->lastId, std::uint64_t{3});
    QCOMPARE(extent->rows, std::uint64_t{3});
}

void TestRowPages::tellsMissingCellsFromEmptyOnes()
{
    m_server->server().command({"HSET", "{shop.items}:2", "sku", ""});
    m_server->server().command({"HSET", "{shop.items}:2", "colour", "red"}); // no column
    RowReader reader(*m_lane, m_schema);
    const auto rows = reader.rows({"2"}, {});
    QVERIFY(rows);
    const TableRow& row = rows->front();
    QCOMPARE(row.cells[*m_schema.place("sku")], std::optional<std::string>(""));
    QVERIFY(!row.cells[*m_schema.place("price")]);
    QCOMPARE(row.strays, (std::vector<std::pair<std::string, std::string>>{{"colour", "red"}}));
    QVERIFY(!row.isDamaged());
}

void TestRowPages::showsDamagedRows()
{
    m_server->server().command({"DEL", "{shop.items}:1", "{shop.items}:2"});
    m_server->server().command({"SET", "{shop.items}:2", "x"});
    RowReader reader(*m_lane, m_schema);
    const auto page = reader.page({}, {}, {});
    QVERIFY(page);
    QCOMPARE(shown(m_schema, page->rows),
        (std::vector<std::string>{"1 gone{}", "2 wrong type{}", "3{sku=A1 qty=-7 made=2024-02-01}"}));
}

void TestRowPages::pagesThroughManyRows()
{
    constexpr std::size_t count = 5000;
    m_server->server().fill(count, [](std::size_t n) {
        return Args{"HSET", "{shop.items}:" + std::to_string(n + 4), "sku", "S" + std::to_string(n)};
    });
    m_server->server().fill(
        count, [](std::size_t n) { return Args{"SADD", "{shop.items}:rows", std::to_string(n + 4)}; });
    RowReader reader(*m_lane, m_schema);
    std::set<std::string> ids;
    RowCursor cursor;
    while (!cursor.isAtEnd()) {
        const auto page = reader.page(cursor, {}, {});
        QVERIFY(page);
        QVERIFY(page->rows.size() <= 200);
        for (const TableRow& row : page->rows) {
            QVERIFY(!row.isDamaged());
            ids.insert(row.id);
        }
        cursor = page->next;
    }
    QCOMPARE(ids.size(), count + 3);
}

void TestRowPages::smallSetsComeInPagesToo()
{
    m_server->server().fill(
        400, [](std::size_t n) { return Args{"SADD", "{shop.items}:rows", std::to_string(n + 4)}; });
    RowReader reader(*m_lane, m_schema); // SSCAN gives a small set whole, whatever COUNT says
    auto page = reader.page({}, RowPageLimits{.rows = 50}, {});
    QVERIFY(page);
    QCOMPARE(page->rows.size(), std::size_t{50});
    std::size_t all = 50;
    while (!page->next.isAtEnd()) {
        page = reader.page(page->next, RowPageLimits{.rows = 50}, {});
        QVERIFY(page && !page->rows.empty());
        all += page->rows.size();
    }
    QCOMPARE(all, std::size_t{403});
}

void TestRowPages::boundsAPageInBytes()
{
    const std::string large(100'000, 'x');
    m_server->server().fill(
        100, [&large](std::size_t n) { return Args{"HSET", "{shop.items}:" + std::to_string(n + 4), "sku", large}; });
    m_server->server().fill(
        100, [](std::size_t n) { return Args{"SADD", "{shop.items}:rows", std::to_string(n + 4)}; });
    RowReader reader(*m_lane, m_schema);
    const auto page = reader.page({}, RowPageLimits{.rows = 200, .bytes = ByteCount{500'000}}, {});
    QVERIFY(page);
    QVERIFY2(page->rows.size() < 25, std::to_string(page->rows.size()).c_str());
    QVERIFY(page->rows.size() > 3);
    QVERIFY(!page->next.isAtEnd());
    const auto rest = reader.page(page->next, {}, {});
    QVERIFY(rest);
    QCOMPARE(rest->rows.size() + page->rows.size(), std::size_t{103} - rest->next.ids.size());
}

void TestRowPages::readsInTheOrderOfInsertion()
{
    m_server->make({"TABLE.DELETE shop.items WHERE sku=B2", "TABLE.INSERT shop.items sku=D4"});
    RowReader reader(*m_lane, m_schema);
    const auto rows = reader.byIds(1, 100, {});
    QVERIFY(rows);
    QCOMPARE(shown(m_schema, *rows),
        (std::vector<std::string>{
            "1{sku=A1 qty=5 price=9.50 made=2024-01-31}", "3{sku=A1 qty=-7 made=2024-02-01}", "4{sku=D4}"}));
    QVERIFY(reader.byIds(5, 4, {})->empty());
}

/// As an append-only file leaves them that has the rows of plain commands, and not what the module has counted.
void TestRowPages::rowsAboveTheCounterAreReadToo()
{
    for (const Args& line : {Args{"SET", "{shop.items}:id", "1"}, Args{"HSET", "{shop.items}:odd", "sku", "odd"},
             Args{"HSET", "{shop.items}:02", "sku", "zero"}, Args{"SADD", "{shop.items}:rows", "odd", "02"}}) {
        m_server->server().command(line);
    }
    RowReader reader(*m_lane, m_schema);
    const auto extent = reader.extent({});
    QVERIFY(extent && extent->lastId == 1 && extent->rows == 5);
    RowPageLimits limits;
    limits.passedOver = extent->lastId;
    std::set<std::string> ids;
    for (RowCursor cursor; !cursor.isAtEnd();) {
        auto page = reader.page(cursor, limits, {});
        QVERIFY(page);
        for (const TableRow& row : page->rows) {
            ids.insert(row.id);
        }
        cursor = page->next;
    }
    QCOMPARE(ids, (std::set<std::string>{"02", "2", "3", "odd"}));
}

void TestRowPages::shuffledFieldsAreMappedByName()
{
    m_server->server().command({"HSET", "{shop.items}:2", "price", "1", "made", "2024-01-01"});
    m_server->server().command({"HDEL", "{shop.items}:2", "sku"});
    m_server->server().command({"HSET", "{shop.items}:2", "sku", std::string(100, 'B')}); // the hash is in no order now
    RowReader reader(*m_lane, m_schema);
    const auto rows = reader.rows({"2"}, {});
    QVERIFY(rows);
    QCOMPARE(shown(m_schema, rows->front()), "2{sku=" + std::string(100, 'B') + " qty=12 price=1 made=2024-01-01}");
}

void TestRowPages::aTableOnItsWayIsReadByItsKeys()
{
    if (!m_server->twin()) {
        QSKIP("a slot is on its way only in a cluster; the double plays it");
    }
    m_server->twin()->set(TableHazards{.isMoving = true}); // TABLE.* is answered with ASK: reading does not use it
    RowReader reader(*m_lane, m_schema);
    QCOMPARE(reader.page({}, {}, {})->rows.size(), std::size_t{3});
}

QTEST_GUILESS_MAIN(TestRowPages)
#include "tst_rowpages.moc"
