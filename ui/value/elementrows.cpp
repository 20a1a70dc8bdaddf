// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/elementrows.h"

#include <algorithm>
#include <functional>
#include <iterator>
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

} // namespace

void ElementRows::reset(bool named)
{
    m_rows.clear();
    m_byHash.clear();
    m_first = 0;
    m_bytes = 0;
    m_named = named;
}

void ElementRows::replace(std::size_t row, const ElementRow& by)
{
    m_bytes -= keptBytes(m_rows[row].cells);
    m_bytes += keptBytes(by.cells);
    m_rows[row].cells = by.cells;
    m_rows[row].end = by.end;
}

void ElementRows::append(std::vector<ElementRow>&& rows)
{
    for (ElementRow& row : rows) {
        m_bytes += keptBytes(row.cells);
        m_rows.push_back(std::move(row));
        index(m_rows.size() - 1);
    }
}

void ElementRows::prepend(std::vector<ElementRow>&& rows)
{
    for (const ElementRow& row : rows) {
        m_bytes += keptBytes(row.cells);
    }
    m_first -= static_cast<std::int64_t>(rows.size());
    m_rows.insert(m_rows.begin(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
    for (std::size_t row = 0; row < rows.size(); ++row) {
        index(row);
    }
}

void ElementRows::permute(const std::vector<std::uint32_t>& order)
{
    std::deque<ElementRow> rows;
    for (const std::uint32_t from : order) {
        rows.push_back(std::move(m_rows[from]));
    }
    m_rows = std::move(rows);
    m_byHash.clear();
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        index(row);
    }
}

void ElementRows::index(std::size_t row)
{
    if (m_named && !m_rows[row].cells.empty()) {
        m_byHash.emplace(
            std::hash<std::string>{}(m_rows[row].cells.front().bytes), m_first + static_cast<std::int64_t>(row));
    }
}

std::string ElementRows::nameOf(std::size_t row) const
{
    const ValueRow& cells = m_rows[row].cells;
    return m_named && !cells.empty() ? cells.front().bytes : std::string();
}

int ElementRows::rowOfName(const std::string& name) const
{
    const auto [from, to] = m_byHash.equal_range(std::hash<std::string>{}(name));
    for (auto at = from; at != to; ++at) {
        const std::int64_t row = at->second - m_first;
        if (m_rows[static_cast<std::size_t>(row)].cells.front().bytes == name) {
            return static_cast<int>(row);
        }
    }
    return -1;
}

int ElementRows::rowOfNumber(std::uint64_t number) const
{
    if (m_rows.empty()) {
        return -1;
    }
    const std::uint64_t first = m_rows.front().number;
    const std::uint64_t away = number >= first ? number - first : first - number;
    if (away < m_rows.size() && m_rows[away].number == number) {
        return static_cast<int>(away);
    }
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const ElementRow& row) { return row.number == number; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

} // namespace keyglass::ui
