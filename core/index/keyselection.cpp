// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/keyselection.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace keyglass {

namespace {

KeyRange rangeOfKey(std::string_view key)
{
    return {std::string(key), std::string(key) + '\0'};
}

/// True if `bytes` lies before `end`; no end is behind everything.
bool isBefore(std::string_view bytes, const std::optional<std::string>& end)
{
    return !end || bytes < *end;
}

bool isLess(const std::optional<std::string>& a, const std::optional<std::string>& b)
{
    return a && (!b || *a < *b);
}

bool isEmptyRange(const KeyRange& range)
{
    return range.end && *range.end <= range.first;
}

KeyRange overlap(const KeyRange& a, const KeyRange& b)
{
    return {std::max(a.first, b.first), isLess(a.end, b.end) ? a.end : b.end};
}

} // namespace

void KeySelection::clear()
{
    m_parts.clear();
    m_rules.clear();
}

void KeySelection::add(const KeyRange& range, Kind kind)
{
    if (isEmptyRange(range)) {
        return;
    }
    splitAt(range.first);
    if (range.end) {
        splitAt(*range.end);
    }
    std::string from = range.first; // what is not covered yet starts here
    bool open = true;
    for (auto part = m_parts.lower_bound(range.first); part != m_parts.end() && isBefore(part->first, range.end);
        ++part) {
        if (from < part->first) {
            m_parts.emplace(from, Tail{part->first, kind});
        }
        part->second.kind = kind == Kind::Rule ? kind : part->second.kind; // a rule stays a rule
        open = part->second.end.has_value();
        from = part->second.end.value_or(std::string());
    }
    if (open && isBefore(from, range.end)) {
        m_parts.emplace(from, Tail{range.end, kind});
    }
    joinAround(range);
}

void KeySelection::remove(const KeyRange& range)
{
    if (isEmptyRange(range)) {
        return;
    }
    splitAt(range.first);
    if (range.end) {
        splitAt(*range.end);
    }
    const auto end = range.end ? m_parts.lower_bound(*range.end) : m_parts.end();
    m_parts.erase(m_parts.lower_bound(range.first), end);
    std::erase_if(m_rules, [this](const std::string& prefix) {
        const KeyRange rule = prefixRange(prefix);
        const auto part = firstTouching(rule.first);
        return part == m_parts.end() || !isBefore(part->first, rule.end);
    });
}

void KeySelection::toggle(const KeyRange& range, Kind kind, const Snapshot& snapshot)
{
    share(range, snapshot) == SelectedShare::All ? remove(range) : add(range, kind);
}

void KeySelection::addKey(std::string_view key)
{
    add(rangeOfKey(key), Kind::Keys);
}

void KeySelection::removeKey(std::string_view key)
{
    remove(rangeOfKey(key));
}

void KeySelection::toggleKey(std::string_view key)
{
    contains(key) ? removeKey(key) : addKey(key);
}

void KeySelection::addRule(std::string_view prefix)
{
    add(prefixRange(prefix), Kind::Rule);
    m_rules.emplace(prefix);
}

bool KeySelection::contains(std::string_view key) const
{
    auto part = m_parts.upper_bound(key);
    return part != m_parts.begin() && isBefore(key, (--part)->second.end);
}

SelectedShare KeySelection::share(const KeyRange& range, const Snapshot& snapshot) const
{
    bool hasSelected = false;
    bool hasOthers = false;
    std::optional<std::string> from = range.first; // the gap before the next part starts here
    for (auto part = firstTouching(range.first); part != m_parts.end() && isBefore(part->first, range.end); ++part) {
        const KeyRange gap{*from, part->first};
        hasOthers = hasOthers || (!isEmptyRange(gap) && snapshot.count(gap) > 0);
        const bool coversAll = part->first <= range.first && !isLess(part->second.end, range.end);
        const KeyRange chosen = overlap({part->first, part->second.end}, range);
        hasSelected = hasSelected || coversAll || snapshot.count(chosen) > 0;
        if (hasSelected && hasOthers) {
            return SelectedShare::Some;
        }
        from = part->second.end;
        if (!from || !isBefore(*from, range.end)) {
            return hasSelected ? SelectedShare::All : SelectedShare::None;
        }
    }
    hasOthers = hasOthers || (hasSelected && snapshot.count({*from, range.end}) > 0);
    return !hasSelected ? SelectedShare::None : hasOthers ? SelectedShare::Some : SelectedShare::All;
}

std::uint64_t KeySelection::count(const Snapshot& snapshot) const
{
    std::uint64_t keys = 0;
    for (const auto& [first, tail] : m_parts) {
        keys += snapshot.count({first, tail.end});
    }
    return keys;
}

std::vector<KeySelection::Part> KeySelection::parts() const
{
    std::vector<Part> all;
    all.reserve(m_parts.size());
    for (const auto& [first, tail] : m_parts) {
        all.push_back({{first, tail.end}, tail.kind});
    }
    return all;
}

std::vector<std::string> KeySelection::rules() const
{
    std::vector<std::string> outer;
    for (const std::string& prefix : m_rules) { // a prefix comes before all that starts with it
        if (outer.empty() || !prefix.starts_with(outer.back())) {
            outer.push_back(prefix);
        }
    }
    return outer;
}

std::vector<KeyRange> KeySelection::exceptionsOf(std::string_view prefix) const
{
    const KeyRange all = prefixRange(prefix);
    std::vector<KeyRange> gaps;
    std::optional<std::string> from = all.first;
    for (auto part = firstTouching(all.first); part != m_parts.end() && isBefore(part->first, all.end); ++part) {
        if (*from < part->first) {
            gaps.push_back({*from, part->first});
        }
        from = part->second.end;
        if (!from) {
            return gaps;
        }
    }
    if (isBefore(*from, all.end)) {
        gaps.push_back({*from, all.end});
    }
    return gaps;
}

bool KeySelection::forEachKey(const std::shared_ptr<const Snapshot>& snapshot, const std::stop_token& stop,
    const std::function<bool(std::string_view)>& use) const
{
    SnapshotCursor cursor(snapshot);
    for (const auto& [first, tail] : m_parts) {
        for (bool more = cursor.seek(first); more && isBefore(cursor.key(), tail.end); more = cursor.next()) {
            if (stop.stop_requested() || !use(cursor.key())) {
                return false;
            }
        }
    }
    return true;
}

bool KeySelection::isConsistent() const
{
    for (auto part = m_parts.begin(); part != m_parts.end(); ++part) {
        if (isEmptyRange({part->first, part->second.end})) {
            return false;
        }
        const auto next = std::next(part);
        if (next == m_parts.end()) {
            continue;
        }
        const bool apart = part->second.end && *part->second.end <= next->first;
        const bool joinable = part->second.end == next->first && part->second.kind == next->second.kind;
        if (!apart || joinable) {
            return false;
        }
    }
    return true;
}

/// Cuts the part that reaches over `bytes` in two.
void KeySelection::splitAt(std::string_view bytes)
{
    auto after = m_parts.lower_bound(bytes);
    if (after == m_parts.begin()) {
        return;
    }
    Tail& tail = std::prev(after)->second;
    if (isBefore(bytes, tail.end)) {
        m_parts.emplace_hint(after, std::string(bytes), tail);
        tail.end = std::string(bytes);
    }
}

/// Joins parts of one kind that touch, within `range` and at its ends.
void KeySelection::joinAround(const KeyRange& range)
{
    auto part = m_parts.lower_bound(range.first);
    part = part == m_parts.begin() ? part : std::prev(part);
    while (part != m_parts.end()) {
        const auto next = std::next(part);
        if (next == m_parts.end() || (range.end && *range.end < next->first)) {
            return;
        }
        if (part->second.end == next->first && part->second.kind == next->second.kind) {
            part->second.end = next->second.end;
            m_parts.erase(next);
        } else {
            part = next;
        }
    }
}

/// The first part that ends behind `first`.
KeySelection::Parts::const_iterator KeySelection::firstTouching(std::string_view first) const
{
    const auto after = m_parts.upper_bound(first);
    const bool reaches = after != m_parts.begin() && isBefore(first, std::prev(after)->second.end);
    return reaches ? std::prev(after) : after;
}

} // namespace keyglass
