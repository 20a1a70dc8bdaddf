// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/listedits.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace keyglass {

namespace {

using namespace std::chrono_literals;

// The slowest that was measured, with Redis 7.0 on a busy machine, of elements from 10 bytes to 9 KB.
constexpr ListWork::Time perSetting = 5us;
constexpr ListWork::Time perNodePassed = 5ns;
constexpr ListWork::Time perElementSearched = 20ns;
constexpr ListWork::Time perNodeSearched = 500ns;
/// Nodes are filled up to 8 KB, by default: on average they have half of that at least, or one element that is longer.
constexpr std::uint64_t leastNodeBytes = 4096;

ListWork::Time times(ListWork::Time each, std::uint64_t count)
{
    return each * static_cast<std::int64_t>(count);
}

} // namespace

ListWork::ListWork(const ListSize& size)
    : m_length(size.length)
    , m_mostNodes(size.memory ? size.memory->value / leastNodeBytes + 1 : std::numeric_limits<std::uint64_t>::max())
{
}

std::uint64_t ListWork::nodesAmong(std::uint64_t elements) const
{
    return std::min(elements, m_mostNodes);
}

ListWork::Time ListWork::setting(std::uint64_t index) const
{
    const std::uint64_t distance = m_length && *m_length > index ? std::min(index, *m_length - index) : index;
    return perSetting + times(perNodePassed, nodesAmong(distance));
}

ListWork::Time ListWork::removing(std::uint64_t first, std::uint64_t last) const
{
    const bool isFromEnd = m_length && *m_length > first && first > *m_length / 2;
    const std::uint64_t elements = isFromEnd ? *m_length - first : last + 1;
    return times(perElementSearched, elements) + times(perNodeSearched, nodesAmong(elements));
}

/// LREM has its own way to go, however few elements go with it: it does not count to the full, else each element in the
/// middle of a long list would go alone, and the server look through half of the list for each.
bool ListEdits::isFullFor(const Change& change) const
{
    if (m_changes.empty()) {
        return false;
    }
    if (m_changes.size() == mostRowsTogether || m_bytes + bytesFor(change) > mostBytesTogether.value) {
        return true;
    }
    const std::uint64_t highest = m_changes.front().seen.index;
    const auto removing = [&](const Change& lowest) {
        return lowest.value ? ListWork::Time(0) : m_work.removing(lowest.seen.index, highest);
    };
    const auto most = std::max(mostTimeTogether, removing(m_changes.back()) + mostTimeTogether / 2);
    return m_setting + m_work.setting(change.seen.index) + removing(change) > most;
}

/// What the edit reads and writes more with this change: its neighbours are read as well, those that stand between two
/// changes once.
std::uint64_t ListEdits::bytesFor(const Change& change) const
{
    const std::uint64_t own = change.seen.element.size() + (change.value ? change.value->size() : 0);
    const std::uint64_t withBefore = own + change.seen.before.sizeSeen();
    if (m_changes.empty()) {
        return withBefore + change.seen.after.sizeSeen();
    }
    const SeenListPlace& above = m_changes.back().seen;
    if (above.index == change.seen.index + 1) {
        const std::uint64_t counted = std::min<std::uint64_t>(above.before.sizeSeen(), change.seen.element.size());
        return withBefore - counted; // as its neighbour
    }
    return above.index == change.seen.index + 2 ? withBefore : withBefore + change.seen.after.sizeSeen();
}

void ListEdits::add(Change change)
{
    const bool isBelowLast = m_lastIndex && *m_lastIndex == change.seen.index + 1;
    const SeenBytes behind = isBelowLast ? m_madeAtLast : change.seen.after;
    if (isFullFor(change)) {
        finish();
        if (isBelowLast) {
            change.seen.after = behind; // it is another by then, and known
        }
    }
    m_lastIndex = change.seen.index;
    m_madeAtLast = change.value ? SeenBytes::like(*change.value) : behind;
    m_bytes += bytesFor(change);
    m_setting += m_work.setting(change.seen.index);
    m_changes.push_back(std::move(change));
}

void ListEdits::finish()
{
    if (m_changes.empty()) {
        return;
    }
    std::ranges::reverse(m_changes);
    m_edits.push_back(ChangeListElements{std::exchange(m_changes, {})});
    m_bytes = 0;
    m_setting = {};
}

std::vector<ChangeListElements> ListEdits::take()
{
    finish();
    return std::exchange(m_edits, {});
}

} // namespace keyglass
