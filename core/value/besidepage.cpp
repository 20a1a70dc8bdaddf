// SPDX-License-Identifier: GPL-3.0-or-later
// An element of a list is known again by its neighbours, also where these are on no page that is loaded. Nobody can
// tell how long an element is before it comes, so these are read apart, once the page itself is shown.
#include "core/value/pagereading.h"

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {

constexpr std::size_t longestTaken = std::size_t{1024} * 1024; ///< Dropped cheaper than a connection is opened again.

/// Rows of a reply that is not worth its way once it is long.
class ShortRows final : public RowSink {
public:
    using RowSink::RowSink;
    [[nodiscard]] std::size_t mostBytes() const override { return longestTaken; }
};

/// Beside the first and the last row.
std::vector<std::uint64_t> bordersOf(const ValuePage& page)
{
    if (page.rows.empty()) {
        return {};
    }
    const std::uint64_t began = page.numberOf(0);
    const std::uint64_t ended = page.numberOf(page.rows.size() - 1);
    std::vector<std::uint64_t> borders;
    if (std::min(began, ended) > 0) {
        borders.push_back(std::min(began, ended) - 1);
    }
    borders.push_back(std::max(began, ended) + 1);
    return borders;
}

/// What is beside them might be as long.
bool hasLong(const ValuePage& page)
{
    const auto isLong = [](const ValueRow& row) {
        return row.front().size.value_or(UINT64_MAX) > longestTaken; // nothing: longer than one reply may be
    };
    return page.next.rowBytes > largestCellInPage.value || std::ranges::any_of(page.rows, isLong);
}

bool isRow(const ValuePage& page, std::uint64_t index)
{
    return std::ranges::find(page.numbers, index) != page.numbers.end();
}

} // namespace

void tellBorders(PageReading& reading, std::vector<std::uint64_t> edges)
{
    ValuePage& page = reading.page;
    if (!reading.request.beside) {
        return;
    }
    std::vector<std::uint64_t> borders = reading.request.match.empty() ? bordersOf(page) : std::move(edges);
    std::erase_if(borders, [&](std::uint64_t index) { return page.beside.contains(index) || isRow(page, index); });
    const bool isLengthKnown = page.total && !reading.request.numbers;
    std::erase_if(borders, [&](std::uint64_t index) {
        const bool isBehindAll = isLengthKnown && index >= *page.total;
        if (isBehindAll) {
            page.beside.emplace(index, ValueRow());
        }
        return isBehindAll;
    });
    if (!hasLong(page)) {
        page.borders = std::move(borders);
    }
}

Status readBeside(PageReading& reading)
{
    const auto& wanted = reading.request.at;
    for (std::size_t which = 0; which < std::min(wanted.size(), ValuePageRequest::mostAt); ++which) {
        const auto index = static_cast<std::int64_t>(wanted[which]);
        std::vector<ValueRow> rows;
        PageBudget budget{largestCellInPage.value, 0};
        ShortRows sink({RowShape::Kind::Flat, 1, false}, budget, rows);
        Status read = streamInto(reading, Command{"LRANGE", reading.request.key}.add(index).add(index), sink);
        reading.budget.received += budget.received;
        if (!read) {
            return read.error().kind == ErrorKind::Limit ? ok() : std::move(read);
        }
        if (rows.empty() || rows.front().front().isWhole()) {
            reading.page.beside.emplace(wanted[which], rows.empty() ? ValueRow() : std::move(rows.front()));
        }
    }
    return ok();
}

} // namespace keyglass
