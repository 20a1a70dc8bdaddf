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

ElementRows::ElementRows()
    : m_rows(std::make_shared<Rows>())
    , m_lent(std::make_shared<std::atomic<int>>(0))
{
}

/// Many rows are given back on another thread: that takes its time.
void ElementRows::reset(bool named)
{
    constexpr std::size_t many = 10'000;
    if (m_rows->size() > many) {
        QThreadPool::globalInstance()->start(
            [rows = std::exchange(m_rows, nullptr), byHash = std::exchange(m_byHash, {})] { });
    }
    m_rows = std::make_shared<Rows>();
    m_lent = std::make_shared<std::atomic<int>>(0);
    m_order.reset();
    m_byHash.clear();
    m_first = 0;
    m_bytes = 0;
    m_named = named;
}

std::shared_ptr<const ElementRows::Rows> ElementRows::lend() const
{
    m_lent->fetch_add(1);
    return {m_rows.get(), [rows = m_rows, lent = m_lent](const Rows*) mutable {
                rows.reset();
                lent->fetch_sub(1); // what was read there was read before what own() lets change
            }};
}

ElementRows::Rows& ElementRows::own()
{
    if (m_lent->load() > 0) {
        m_rows = std::make_shared<Rows>(*m_rows);
        m_lent = std::make_shared<std::atomic<int>>(0);
    }
    return *m_rows;
}

void ElementRows::replace(std::size_t row, const ElementRow& by)
{
    ElementRow& old = own()[sourceOf(row)];
    m_bytes -= keptBytes(old.cells);
    m_bytes += keptBytes(by.cells);
    old.cells = by.cells;
    old.end = by.end;
}

void ElementRows::append(std::vector<ElementRow>&& rows)
{
    Rows& all = own();
    if (m_order) {
        m_order = withMore(*m_order, 0, rows.size());
    }
    for (ElementRow& row : rows) {
        m_bytes += keptBytes(row.cells);
        all.push_back(std::move(row));
        index(all.size() - 1);
    }
}

void ElementRows::prepend(std::vector<ElementRow>&& rows)
{
    Rows& all = own();
    if (m_order) {
        m_order = withMore(*m_order, rows.size(), 0);
    }
    for (const ElementRow& row : rows) {
        m_bytes += keptBytes(row.cells);
    }
    m_first -= static_cast<std::int64_t>(rows.size());
    all.insert(all.begin(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
    for (std::size_t source = 0; source < rows.size(); ++source) {
        index(source);
    }
}

void ElementRows::index(std::size_t source)
{
    const ValueRow& cells = (*m_rows)[source].cells;
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
        if ((*m_rows)[source].cells.front().bytes == name) {
            return rowOfSource(source);
        }
    }
    return -1;
}

int ElementRows::rowOfNumber(std::uint64_t number) const
{
    const auto source = sourceOfNumber(*m_rows, number);
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
    const auto found =
        std::lower_bound(rows.begin(), rows.end(), number, [falls](const ElementRow& row, std::uint64_t wanted) {
            return falls ? row.number > wanted : row.number < wanted;
        });
    const bool isThere = found != rows.end() && found->number == number;
    return isThere ? std::optional(static_cast<std::size_t>(found - rows.begin())) : std::nullopt;
}

} // namespace keyglass::ui
