// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/columns/columnorder.h"
#include "tests/core/columns/columnkeys.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <random>

using namespace keyglass;
using namespace keyglass::test;

class TestColumnOrder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tiesKeepByteOrderBothWays();
    void wordsStandByTheAlphabet();
    void aFolderHasOnlyItsOwn();
    void sortsAsTheStandardDoes_data();
    void sortsAsTheStandardDoes();
    void aStopEndsASort();
    void anEmptyScopeIsSorted();
};

namespace {

std::string drawn(const ColumnOrder& order, SortDirection direction)
{
    std::vector<std::string> keys;
    for (std::uint64_t row = 0; row < order.count(); ++row) {
        const std::uint64_t rank = order.rankAt(row, direction);
        keys.push_back(order.scope().keys->select(rank));
        [&] { QCOMPARE(order.rowOf(rank, direction).value_or(UINT64_MAX), row); }();
    }
    return joined(keys);
}

} // namespace

void TestColumnOrder::tiesKeepByteOrderBothWays()
{
    // a to h; b and g are gone, d has no value
    ColumnOrderBuilder builder({keysOf({"a", "b", "c", "d", "e", "f", "g", "h"})}, SortColumn::Memory);
    builder.setValue(0, 7);
    builder.setGone(1);
    builder.setValue(2, 5);
    builder.setValue(4, 7);
    builder.setValue(5, 5);
    builder.setGone(6);
    builder.setValue(7, UINT64_MAX);
    const auto order = builder.sorted({});
    QVERIFY(order);
    QCOMPARE(drawn(*order, SortDirection::Ascending), std::string("c f a e h d b g"));
    QCOMPARE(drawn(*order, SortDirection::Descending), std::string("h a e c f d b g"));
    QCOMPARE(order->gone(), std::uint64_t{2});
    QCOMPARE(order->withoutValue(), std::uint64_t{1});
    QVERIFY(!order->rowOf(8, SortDirection::Ascending));
}

void TestColumnOrder::wordsStandByTheAlphabet()
{
    ColumnOrderBuilder builder({keysOf({"a", "b", "c", "d"})}, SortColumn::Type);
    builder.setWord(0, "zset");
    builder.setWord(1, "hash");
    builder.setWord(2, "string");
    builder.setWord(3, "hash");
    const auto order = builder.sorted({});
    QCOMPARE(drawn(*order, SortDirection::Ascending), std::string("b d c a"));
    QCOMPARE(drawn(*order, SortDirection::Descending), std::string("a c b d"));
}

void TestColumnOrder::aFolderHasOnlyItsOwn()
{
    const ColumnScope scope{keysOf({"a", "u:1", "u:2", "u:3", "z"}), prefixRange("u:")};
    QCOMPARE(scope.count(), std::uint64_t{3});
    ColumnOrderBuilder builder(scope, SortColumn::Memory);
    builder.setValue(1, 3);
    builder.setValue(2, 1);
    builder.setValue(3, 2);
    const auto order = builder.sorted({});
    QCOMPARE(drawn(*order, SortDirection::Ascending), std::string("u:2 u:3 u:1"));
    QVERIFY(!order->rowOf(0, SortDirection::Ascending));
    QVERIFY(!order->rowOf(4, SortDirection::Ascending));
}

void TestColumnOrder::sortsAsTheStandardDoes_data()
{
    QTest::addColumn<std::size_t>("entries");
    QTest::addColumn<quint64>("values");
    QTest::addRow("all the same") << std::size_t{300'000} << quint64{1};
    QTest::addRow("a few values") << std::size_t{300'000} << quint64{300};
    QTest::addRow("all different") << std::size_t{300'000} << quint64{UINT64_MAX};
    QTest::addRow("few entries") << std::size_t{100} << quint64{10};
}

void TestColumnOrder::sortsAsTheStandardDoes()
{
    QFETCH(std::size_t, entries);
    QFETCH(quint64, values);
    std::mt19937_64 random(7);
    std::vector<ColumnOrder::Entry> sorted(entries);
    for (std::size_t at = 0; at < entries; ++at) {
        const std::uint64_t value = random() % values;
        sorted[at] = {static_cast<std::uint32_t>(value >> 32U), static_cast<std::uint32_t>(value),
            static_cast<std::uint32_t>(at)};
    }
    std::vector<ColumnOrder::Entry> twin = sorted;
    QVERIFY(sortEntries(sorted, {}));
    std::ranges::sort(twin);
    QVERIFY(sorted == twin);
}

void TestColumnOrder::aStopEndsASort()
{
    std::vector<ColumnOrder::Entry> entries(300'000);
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(!sortEntries(entries, stop.get_token()));
    ColumnOrderBuilder builder({keysOf({"a"})}, SortColumn::Memory);
    QVERIFY(!builder.sorted(stop.get_token()));
}

void TestColumnOrder::anEmptyScopeIsSorted()
{
    ColumnOrderBuilder builder({keysOf({"a"}), prefixRange("b")}, SortColumn::Memory);
    const auto order = builder.sorted({});
    QVERIFY(order);
    QCOMPARE(order->count(), std::uint64_t{0});
}

QTEST_GUILESS_MAIN(TestColumnOrder)
#include "tst_columnorder.moc"
