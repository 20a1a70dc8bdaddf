// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/selectedrows.h"

#include <QItemSelection>

#include <algorithm>
#include <iterator>
#include <utility>

namespace keyglass::ui {

SelectedRows::SelectedRows(const QItemSelection& selection, const ValueTableModel& model)
    : m_isList(model.type() == KeyType::List)
    , m_lent(model.lend())
{
    std::vector<Stretch> stretches;
    m_size = stretchesOf(selection, stretches);
    m_stretches = std::make_shared<const std::vector<Stretch>>(std::move(stretches));
}

std::size_t SelectedRows::count(const QItemSelection& selection)
{
    std::vector<Stretch> stretches;
    return stretchesOf(selection, stretches);
}

/// Without what is selected twice.
std::size_t SelectedRows::stretchesOf(const QItemSelection& selection, std::vector<Stretch>& stretches)
{
    std::vector<std::pair<int, int>> ranges;
    for (const QItemSelectionRange& range : selection) {
        ranges.emplace_back(range.top(), range.bottom() + 1);
    }
    std::ranges::sort(ranges);
    std::size_t count = 0;
    int last = 0;
    for (const auto& [top, bottom] : ranges) {
        if (const int first = std::max(top, last); first < bottom) {
            stretches.push_back({count, static_cast<std::size_t>(first)});
            count += static_cast<std::size_t>(bottom - first);
            last = bottom;
        }
    }
    return count;
}

const ElementRow& SelectedRows::element(std::size_t at) const
{
    const auto stretch = std::prev(std::ranges::upper_bound(*m_stretches, at, {}, &Stretch::place));
    return m_lent.row(stretch->first + at - stretch->place);
}

std::optional<SeenExpiry> SelectedRows::fieldEnd(std::size_t at) const
{
    return m_lent.ends.seen(element(at).end);
}

SelectedRows::Row SelectedRows::operator[](std::size_t at) const
{
    const ElementRow& row = element(at);
    return {row.cells, row.number, m_lent.ends.seen(row.end)};
}

SeenBytes SelectedRows::neighbour(std::size_t at, int away) const
{
    const std::uint64_t of = element(at).number;
    if (!m_isList || (away < 0 && of == 0)) {
        return SeenBytes::notLooked();
    }
    const std::uint64_t number = away < 0 ? of - 1 : of + 1;
    if (const auto source = ElementRows::sourceOfNumber(*m_lent.rows, number)) {
        return seenIn((*m_lent.rows)[*source].cells);
    }
    const auto beside = m_lent.beside->find(number);
    return beside == m_lent.beside->end() ? SeenBytes::notLooked() : beside->second;
}

} // namespace keyglass::ui
