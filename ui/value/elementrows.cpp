// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/elementrows.h"

#include <QThreadPool>

#include <algorithm>
#include <functional>
#include <iterator>
#include <numeric>
#include <utility>

namespace keyglass::ui {

namespace {

std::uint64_t keptBytes(const ValueRow& row)
{
    std::uint64_t bytes = sizeof(ElementRow);
    for (const ValueCell& cell : row) {
        bytes += sizeof(ValueCell) + cell.bytes.size();
    }
    return bytes;
}

/// The same order with room for rows that come at its end, or at its beginning.
std::shared_ptr<const RowOrder> withMore(const RowOrder& order, std::size_t before, std::size_t after)
{
    std::vector<std::uint32_t> sources(before + order.sources.size() + after);
    std::iota(sources.begin(), sources.end(), 0U);
    for (std::size_t row = 0; row < order.sources.size(); ++row) {
        sources[before + row] = static_cast<std::uint32_t>(before + order.sources[row]);
    }
    return std::make_shared<const RowOrder>(std::move(sources));
}

} // namespace

/// Many rows are given back on another thread: that takes its time.
void ElementRows::reset(bool named)
{
    constexpr std::size_t many = 10'000;
    if (m_rows.size() > many) {
        QThreadPool::globalInstance()->start(
            [rows = std::exchange(m_rows, {}), byHash = std::exchange(m_byHash, {})] { });
    }
    m_rows = {};
    m_order.reset();
    m_byHash.clear();
    m_first = 0;
    m_bytes = 0;
    m_named = named;
}

void ElementRows::replace(std::size_t row, const ElementRow& by)
{
    ElementRow& old = m_rows.change(sourceOf(row));
    m_bytes -= keptBytes(old.cells);
    m_bytes += keptBytes(by.cells);
    old.cells = by.cells;
    old.end = by.end;
}

void ElementRows::append(std::vector<ElementRow>&& rows)
{
    if (m_order) {
        m_order = withMore(*m_order, 0, rows.size());
    }
    for (ElementRow& row : rows) {
        m_bytes += keptBytes(row.cells);
        m_rows.append(std::move(row));
        index(m_rows.size() - 1);
    }
}

void ElementRows::prepend(std::vector<ElementRow>&& rows)
{
    if (m_order) {
        m_order = withMore(*m_order, rows.size(), 0);
    }
    for (const ElementRow& row : rows) {
        m_bytes += keptBytes(row.cells);
    }
    m_first -= static_cast<std::int64_t>(rows.size());
    const std::size_t count = rows.size();
    m_rows.prepend(std::move(rows));
    for (std::size_t source = 0; source < count; ++source) {
        index(source);
    }
}

void ElementRows::index(std::size_t source)
{
    const ValueRow& cells = m_rows[source].cells;
    if (m_named && !cells.empty()) {
        m_byHash.emplace(std::hash<std::string>{}(cells.front().bytes), m_first + static_cast<std::int64_t>(source));
    }
}

int ElementRows::rowOfSource(std::size_t source) const
{
    return static_cast<int>(m_order ? m_order->rows[source] : source);
}

std::string ElementRows::nameOf(std::size_t row) const
{
    const ValueRow& cells = (*this)[row].cells;
    return m_named && !cells.empty() ? cells.front().bytes : std::string();
}

int ElementRows::rowOfName(const std::string& name) const
{
    const auto [from, to] = m_byHash.equal_range(std::hash<std::string>{}(name));
    for (auto at = from; at != to; ++at) {
        const auto source = static_cast<std::size_t>(at->second - m_first);
        if (m_rows[source].cells.front().bytes == name) {
            return rowOfSource(source);
        }
    }
    return -1;
}

int ElementRows::rowOfNumber(std::uint64_t number) const
{
    const auto source = sourceOfNumber(m_rows, number);
    return source ? rowOfSource(*source) : -1;
}

std::optional<std::size_t> ElementRows::sourceOfNumber(const Rows& rows, std::uint64_t number)
{
    if (rows.empty()) {
        return std::nullopt;
    }
    const std::uint64_t first = rows.front().number;
    const std::uint64_t away = number >= first ? number - first : first - number;
    if (away < rows.size() && rows[away].number == number) {
        return away;
    }
    const bool falls = rows.back().number < first;
    std::size_t from = 0;
    for (std::size_t end = rows.size(); from < end;) {
        const std::size_t middle = from + (end - from) / 2;
        const std::uint64_t there = rows[middle].number;
        if (falls ? there > number : there < number) {
            from = middle + 1;
        } else {
            end = middle;
        }
    }
    return from < rows.size() && rows[from].number == number ? std::optional(from) : std::nullopt;
}

} // namespace keyglass::ui
