// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tree/detailscache.h"

#include <algorithm>
#include <utility>

namespace keyglass::ui {

std::optional<Milliseconds> DetailsCache::Entry::ttl(Clock::time_point now) const
{
    if (!details.ttl) {
        return std::nullopt;
    }
    return std::max(Milliseconds(0), *details.ttl - std::chrono::duration_cast<Milliseconds>(now - at));
}

const DetailsCache::Entry* DetailsCache::find(std::string_view key) const
{
    const auto found = m_entries.find(key);
    return found == m_entries.end() ? nullptr : &found->second.entry;
}

RowDetails DetailsCache::state(std::string_view key) const
{
    const Entry* entry = find(key);
    return entry != nullptr ? entry->state : RowDetails::NotAsked;
}

void DetailsCache::ask(const std::vector<std::string>& keys)
{
    for (const std::string& key : std::exchange(m_asked, {})) {
        const auto found = m_entries.find(key);
        const bool waits = found != m_entries.end() && found->second.entry.state == RowDetails::Loading;
        if (waits && std::find(keys.begin(), keys.end(), key) == keys.end()) {
            forget(key);
        }
    }
    for (const std::string& key : keys) {
        Entry& entry = entryFor(key);
        entry.state = entry.state == RowDetails::NotAsked ? RowDetails::Loading : entry.state;
    }
    m_asked = keys;
}

void DetailsCache::put(const KeyDetails& details, Clock::time_point now)
{
    Entry& entry = entryFor(details.key);
    entry.state = details.gone ? RowDetails::Gone : RowDetails::There;
    entry.details = details;
    entry.details.key.clear();
    entry.at = now;
}

void DetailsCache::outdate(std::string_view key)
{
    const auto found = m_entries.find(key);
    if (found != m_entries.end() && found->second.entry.state != RowDetails::Loading) {
        found->second.entry.state = RowDetails::Outdated;
    }
}

void DetailsCache::outdateAll()
{
    std::erase_if(m_order, [this](const std::string& key) {
        Entry& entry = m_entries.find(key)->second.entry;
        const bool forgotten = entry.state == RowDetails::Gone || entry.state == RowDetails::Loading;
        entry.state = RowDetails::Outdated;
        if (forgotten) {
            m_bytes -= cost(key);
            m_entries.erase(key);
        }
        return forgotten;
    });
}

void DetailsCache::clear()
{
    m_entries.clear();
    m_order.clear();
    m_asked.clear();
    m_bytes = 0;
}

DetailsCache::Entry& DetailsCache::entryFor(const std::string& key)
{
    const auto found = m_entries.find(key);
    if (found != m_entries.end()) {
        m_order.splice(m_order.begin(), m_order, found->second.order);
        return found->second.entry;
    }
    m_bytes += cost(key);
    while (m_bytes > m_mostBytes && !m_order.empty()) {
        forget(std::string(m_order.back()));
    }
    m_order.push_front(key);
    return m_entries.emplace(key, Place{{}, m_order.begin()}).first->second.entry;
}

void DetailsCache::forget(std::string_view key)
{
    const auto found = m_entries.find(key);
    m_bytes -= cost(key);
    m_order.erase(found->second.order);
    m_entries.erase(found);
}

} // namespace keyglass::ui
