// SPDX-License-Identifier: GPL-3.0-or-later
// An element of a list is known again by its neighbours, also where these are on no page that is loaded.
#include "core/value/pagereading.h"

#include <algorithm>

namespace keyglass {

namespace {

constexpr std::size_t mostBorders = 16; ///< A search reads window by window, and may find something at many edges.

/// Beside the first and the last row, as far as that was asked for.
std::vector<std::uint64_t> bordersOf(const PageReading& reading)
{
    const ValuePage& page = reading.page;
    if (page.rows.empty()) {
        return {};
    }
    const std::uint64_t began = page.numberOf(0);
    const std::uint64_t ended = page.numberOf(page.rows.size() - 1);
    const bool isBoth = reading.request.beside == ValuePageRequest::Beside::Both;
    std::vector<std::uint64_t> borders;
    if (std::min(began, ended) > 0 && (isBoth || page.descending)) {
        borders.push_back(std::min(began, ended) - 1);
    }
    if (isBoth || !page.descending) {
        borders.push_back(std::max(began, ended) + 1);
    }
    return borders;
}

bool isRow(const ValuePage& page, std::uint64_t index)
{
    return std::ranges::find(page.numbers, index) != page.numbers.end();
}

} // namespace

Status readBeside(PageReading& reading, std::vector<std::uint64_t> borders)
{
    const bool areLarge = reading.page.next.rowBytes > largestCellInPage.value; // another of them might be as large
    if (reading.request.beside == ValuePageRequest::Beside::None || areLarge) {
        return ok();
    }
    if (reading.request.match.empty()) {
        borders = bordersOf(reading);
    }
    std::erase_if(borders,
        [&](std::uint64_t index) { return reading.page.beside.contains(index) || isRow(reading.page, index); });
    borders.resize(std::min(borders.size(), mostBorders));
    for (const std::uint64_t index : borders) {
        std::vector<ValueRow> rows;
        PageBudget budget{largestCellInPage.value, 0};
        RowSink sink({RowShape::Kind::Flat, 1, false}, budget, rows);
        Command window{"LRANGE", reading.request.key};
        window.add(static_cast<std::int64_t>(index)).add(static_cast<std::int64_t>(index));
        Status read = streamInto(reading, window, sink);
        reading.budget.received += budget.received;
        if (!read && read.error().kind != ErrorKind::Limit) {
            return read;
        }
        const bool isNone = read && rows.empty();
        const bool isWhole = !rows.empty() && rows.front().front().isWhole();
        if (isNone || isWhole) {
            reading.page.beside.emplace(index, isNone ? ValueRow() : std::move(rows.front()));
        }
    }
    return ok();
}

} // namespace keyglass
