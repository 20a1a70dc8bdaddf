// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/columns/tablerows.h"
#include "core/index/keystretch.h"
#include "tests/core/columns/columnkeys.h"

#include <QObject>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;

class TestTableRows : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesStandBothWays();
    void aFolderIsARangeOfRows();
    void selectedRowsComeInTheOrderOfTheTable();
    void theChoiceIsOfExactlyTheSelectedKeys();
    void manyRowsBackwards();
    void changesAreCountedByName();
};

namespace {

const std::set<std::string> someKeys{"a", "u:1", "u:2", "u:3", "u:4", "z"};

/// u:3 u:1 u:4 u:2, then a and z without values.
std::shared_ptr<const ColumnOrder> someOrder()
{
    ColumnOrderBuilder builder({keysOf(someKeys)}, SortColumn::Memory);
    builder.setValue(1, 20);
    builder.setValue(2, 40);
    builder.setValue(3, 10);
    builder.setValue(4, 30);
    return builder.sorted({});
}

std::string selectedOf(const TableRows& rows, const TableSelection& selection)
{
    std::vector<std::string> keys;
    rows.forEachSelected(selection, {}, [&](std::uint64_t row, std::string_view key) {
        [&] { QCOMPARE(rows.key(row), std::string(key)); }();
        keys.emplace_back(key);
        return true;
    });
    [&] { QCOMPARE(rows.selectedCount(selection), std::uint64_t{keys.size()}); }();
    return joined(keys);
}

std::string chosenOf(const TableRows& rows, const TableSelection& selection)
{
    std::vector<std::string> keys;
    const auto choice = rows.choiceOf(selection, {});
    choice->forEachKey(KeyOrder::Ascending, {}, [&](std::string_view key) {
        keys.emplace_back(key);
        return true;
    });
    return joined(keys);
}

} // namespace

void TestTableRows::namesStandBothWays()
{
    const TableRows up(ColumnScope{keysOf(someKeys)});
    QCOMPARE(joined(up.keys(0, 100)), std::string("a u:1 u:2 u:3 u:4 z"));
    QCOMPARE(joined(up.keys(4, 100)), std::string("u:4 z"));
    QCOMPARE(joined(up.keys(9, 100)), std::string());
    const TableRows down(ColumnScope{keysOf(someKeys)}, SortDirection::Descending);
    QCOMPARE(joined(down.keys(0, 3)), std::string("z u:4 u:3"));
    QCOMPARE(down.key(5), std::string("a"));
    QCOMPARE(down.rowOf("u:4").value_or(99), std::uint64_t{1});
    QCOMPARE(up.rowOf("u:30").value_or(99), std::uint64_t{4}); // where it would stand
    QVERIFY(!TableRows().rowOf("a"));
}

void TestTableRows::aFolderIsARangeOfRows()
{
    const TableRows rows({keysOf(someKeys), prefixRange("u:")}, SortDirection::Descending);
    QCOMPARE(rows.count(), std::uint64_t{4});
    QCOMPARE(joined(rows.keys(0, 100)), std::string("u:4 u:3 u:2 u:1"));
    TableSelection all;
    all.keys.addRule({});
    QCOMPARE(selectedOf(rows, all), std::string("u:4 u:3 u:2 u:1"));
    QCOMPARE(chosenOf(rows, all), std::string("u:1 u:2 u:3 u:4")); // not those outside of the folder
}

void TestTableRows::selectedRowsComeInTheOrderOfTheTable()
{
    TableSelection selection;
    selection.keys.addKey("u:1");
    selection.keys.addKey("z");
    selection.keys.addKey("u:3");
    QCOMPARE(selectedOf(TableRows(ColumnScope{keysOf(someKeys)}), selection), std::string("u:1 u:3 z"));
    QCOMPARE(selectedOf(TableRows({keysOf(someKeys)}, SortDirection::Descending), selection), std::string("z u:3 u:1"));
    const TableRows sorted(someOrder(), SortDirection::Ascending);
    QCOMPARE(joined(sorted.keys(0, 100)), std::string("u:3 u:1 u:4 u:2 a z"));
    QCOMPARE(selectedOf(sorted, selection), std::string("u:3 u:1 z"));
    selection.rows.add({2, 4});
    QCOMPARE(selectedOf(sorted, selection), std::string("u:3 u:1 u:4 u:2 z"));
}

void TestTableRows::theChoiceIsOfExactlyTheSelectedKeys()
{
    const TableRows sorted(someOrder(), SortDirection::Descending); // u:2 u:4 u:1 u:3 a z
    TableSelection selection;
    selection.rows.add({0, 2});
    QCOMPARE(chosenOf(sorted, selection), std::string("u:2 u:4")); // not u:3, which stands between by name
    selection.keys.addKey("z");
    QCOMPARE(chosenOf(sorted, selection), std::string("u:2 u:4 z"));
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(!sorted.choiceOf(selection, stop.get_token()));
}

void TestTableRows::manyRowsBackwards()
{
    std::set<std::string> keys;
    for (int at = 0; at < 10'000; ++at) {
        keys.insert("k" + std::to_string(at));
    }
    const TableRows rows({keysOf(keys)}, SortDirection::Descending);
    auto twin = keys.rbegin();
    std::uint64_t next = 0;
    QVERIFY(
        rows.forEachRow({}, [&](std::uint64_t row, std::string_view key) { return row == next++ && key == *twin++; }));
    QCOMPARE(next, std::uint64_t{10'000});
}

void TestTableRows::changesAreCountedByName()
{
    const ColumnScope before{keysOf({"a", "u:1", "u:2"}), prefixRange("u:")};
    const ColumnScope now{keysOf({"b", "u:2", "u:3", "u:4", "z"}), prefixRange("u:")};
    const auto changes = changesBetween(before, now, {});
    QVERIFY(changes);
    QCOMPARE(changes->added, std::uint64_t{2});
    QCOMPARE(changes->removed, std::uint64_t{1});
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(!changesBetween(before, now, stop.get_token()));
}

QTEST_GUILESS_MAIN(TestTableRows)
#include "tst_tablerows.moc"
