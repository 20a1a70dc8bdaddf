// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/seenhistory.h"

#include <algorithm>
#include <utility>

namespace keyglass::ui {

std::size_t SeenValue::cost() const
{
    std::size_t bytes = sizeof *this;
    for (const ValueRow& row : rows) {
        bytes += sizeof row;
        for (const ValueCell& cell : row) {
            bytes += sizeof cell + cell.bytes.capacity();
        }
    }
    return bytes;
}

bool SeenValue::showsTheSameAs(const SeenValue& other) const
{
    return head.typeName == other.head.typeName && head.length == other.head.length
        && head.ttl.has_value() == other.head.ttl.has_value() && firstNumber == other.firstNumber && rows == other.rows;
}

bool SeenHistory::add(const std::string& key, SeenValue value)
{
    auto& entries = m_entries[key];
    if (!entries.empty() && entries.back().value.showsTheSameAs(value)) {
        return false;
    }
    m_bytes += value.cost();
    entries.push_back(Entry{m_nextOrder++, std::move(value)});
    if (entries.size() > mostOfOneKey) {
        dropFirst(entries);
    }
    while (m_bytes > m_mostBytes) {
        dropOldest();
    }
    return true;
}

std::vector<SeenValue> SeenHistory::of(const std::string& key) const
{
    std::vector<SeenValue> values;
    if (const auto at = m_entries.find(key); at != m_entries.end()) {
        std::ranges::transform(at->second, std::back_inserter(values), &Entry::value);
    }
    return values;
}

void SeenHistory::dropFirst(std::deque<Entry>& entries)
{
    m_bytes -= entries.front().value.cost();
    entries.pop_front();
}

void SeenHistory::dropOldest()
{
    const auto oldest = std::ranges::min_element(m_entries, {}, [](const auto& each) {
        return each.second.front().order; // no key is kept without entries
    });
    dropFirst(oldest->second);
    if (oldest->second.empty()) {
        m_entries.erase(oldest);
    }
}

} // namespace keyglass::ui
