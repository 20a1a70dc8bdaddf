// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/elementrows.h"

#include <QTest>

#include <deque>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

using namespace keyglass;
using namespace keyglass::ui;

namespace {

ElementRow rowOf(std::uint64_t number)
{
    return {{ValueCell(std::to_string(number))}, number, FieldEndClock::never};
}

std::vector<ElementRow> rowsOf(std::uint64_t from, std::uint64_t end)
{
    std::vector<ElementRow> rows;
    for (std::uint64_t number = from; number < end; ++number) {
        rows.push_back(rowOf(number));
    }
    return rows;
}

/// Rows at the same places, of those `lent`, that are not in the same place in memory any more.
template <typename Rows> std::size_t copied(const RowChunks& lent, const Rows& rows, std::size_t shift = 0)
{
    std::size_t count = 0;
    for (std::size_t row = 0; row < lent.size(); ++row) {
        count += &lent[row] != &rows[row + shift] ? 1U : 0U;
    }
    return count;
}

} // namespace

class TestRowChunks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void changesCopyOneChunk();
    void whatCameAfterItWasLentIsNotCopied();
    void growsAsATwin_data();
    void growsAsATwin();
};

/// A copy of many rows may run for long, and its notice stands longer: pages come and fields change meanwhile.
void TestRowChunks::changesCopyOneChunk()
{
    constexpr std::size_t count = 100'000;
    ElementRows rows;
    rows.reset(true);
    rows.append(rowsOf(0, count));
    const auto lent = rows.lend();
    QCOMPARE(copied(*lent, rows), std::size_t{0}); // nobody has changed anything
    rows.replace(50'000, rowOf(7));
    QVERIFY(copied(*lent, rows) <= RowChunks::chunkRows);
    QCOMPARE((*lent)[50'000].cells.front().bytes, std::string("50000"));
    QCOMPARE(rows[50'000].cells.front().bytes, std::string("7"));
    rows.append(rowsOf(count, count + 500));
    QVERIFY(copied(*lent, rows) <= 2 * RowChunks::chunkRows);
    rows.prepend(rowsOf(count + 500, count + 3000));
    QVERIFY(copied(*lent, rows, 2500) <= 2 * RowChunks::chunkRows);
    QCOMPARE(lent->size(), count);
    QCOMPARE(rows.size(), count + 3000);
}

void TestRowChunks::whatCameAfterItWasLentIsNotCopied()
{
    RowChunks rows;
    rows.append(rowOf(0));
    const auto lent = rows.lend();
    rows.append(rowOf(1)); // in a copy of the first chunk
    const ElementRow* first = &rows[0];
    QVERIFY(first != &(*lent)[0]);
    rows.append(rowOf(2));
    rows.change(0).number = 9;
    QCOMPARE(&rows[0], first);
    static_cast<void>(rows.lend()); // given back at once, while the other is not
    rows.change(0).number = 10;
    QCOMPARE((*lent)[0].number, std::uint64_t{0});
    QCOMPARE(lent->size(), std::size_t{1});
}

void TestRowChunks::growsAsATwin_data()
{
    QTest::addColumn<unsigned>("seed");
    QTest::addRow("1") << 1U;
    QTest::addRow("2") << 2U;
    QTest::addRow("3") << 3U;
}

/// What is lent in between stays as it was, whatever comes after it.
void TestRowChunks::growsAsATwin()
{
    QFETCH(const unsigned, seed);
    std::mt19937 random(seed);
    RowChunks rows;
    std::deque<std::uint64_t> twin;
    std::vector<std::pair<std::shared_ptr<const RowChunks>, std::deque<std::uint64_t>>> lent;
    const auto isSame = [](const RowChunks& one, const std::deque<std::uint64_t>& other) {
        bool same = one.size() == other.size();
        for (std::size_t row = 0; same && row < one.size(); ++row) {
            same = one[row].number == other[row] && one[row].cells.front().bytes == std::to_string(other[row]);
        }
        return same;
    };
    std::uint64_t next = 0;
    for (int step = 0; step < 200; ++step) {
        const std::uint64_t count = random() % 700;
        switch (random() % 5) {
        case 0:
            for (ElementRow& row : rowsOf(next, next + count)) {
                rows.append(std::move(row));
                twin.push_back(next++);
            }
            break;
        case 1:
            rows.prepend(rowsOf(next, next + count));
            for (std::uint64_t row = count; row > 0; --row) {
                twin.push_front(next + row - 1);
            }
            next += count;
            break;
        case 2:
            if (!twin.empty()) {
                const std::size_t at = random() % twin.size();
                rows.change(at) = rowOf(next);
                twin[at] = next++;
            }
            break;
        case 3:
            lent.emplace_back(rows.lend(), twin);
            break;
        default:
            if (!lent.empty()) {
                lent.erase(lent.begin());
            }
            break;
        }
        QCOMPARE(rows.size(), twin.size());
    }
    QVERIFY(isSame(rows, twin));
    for (const auto& [was, wasTwin] : lent) {
        QVERIFY(isSame(*was, wasTwin));
    }
}

QTEST_GUILESS_MAIN(TestRowChunks)
#include "tst_rowchunks.moc"
