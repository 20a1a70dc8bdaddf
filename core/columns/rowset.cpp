// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/columns/rowset.h"

#include <algorithm>
#include <iterator>

namespace keyglass {

void RowSet::clear()
{
    m_ends.clear();
    m_count = 0;
}

void RowSet::splitAt(std::uint64_t row)
{
    auto next = m_ends.lower_bound(row);
    if (next == m_ends.begin()) {
        return;
    }
    const auto before = std::prev(next);
    if (before->second > row) {
        m_ends.emplace_hint(next, row, before->second);
        before->second = row;
    }
}

void RowSet::remove(const Stretch& rows)
{
    if (rows.first >= rows.end) {
        return;
    }
    splitAt(rows.first);
    splitAt(rows.end);
    for (auto at = m_ends.lower_bound(rows.first); at != m_ends.end() && at->first < rows.end;) {
        m_count -= at->second - at->first;
        at = m_ends.erase(at);
    }
}

void RowSet::add(const Stretch& rows)
{
    if (rows.first >= rows.end) {
        return;
    }
    remove(rows);
    m_count += rows.end - rows.first;
    Stretch joined = rows;
    auto after = m_ends.lower_bound(rows.first);
    if (after != m_ends.end() && after->first == rows.end) {
        joined.end = after->second;
        after = m_ends.erase(after);
    }
    if (after != m_ends.begin() && std::prev(after)->second == rows.first) {
        std::prev(after)->second = joined.end;
    } else {
        m_ends.emplace_hint(after, joined.first, joined.end);
    }
}

bool RowSet::contains(std::uint64_t row) const
{
    const auto after = m_ends.upper_bound(row);
    return after != m_ends.begin() && std::prev(after)->second > row;
}

std::vector<RowSet::Stretch> RowSet::stretches() const
{
    std::vector<Stretch> all;
    all.reserve(m_ends.size());
    std::ranges::transform(
        m_ends, std::back_inserter(all), [](const auto& each) { return Stretch{each.first, each.second}; });
    return all;
}

} // namespace keyglass
