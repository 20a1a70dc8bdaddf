// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/columns/tablerows.h"

#include "core/index/sortedwriter.h"

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {

constexpr std::uint64_t keysTurned = 4096; // held at once while they are given downwards
constexpr std::uint64_t rowsBetweenStops = 1024;

bool isIn(const std::vector<RowSet::Stretch>& ranks, std::uint64_t rank)
{
    const auto after = std::ranges::upper_bound(ranks, rank, {}, &RowSet::Stretch::first);
    return after != ranks.begin() && std::prev(after)->end > rank;
}

/// Reads keys by rank, the next one without a search.
class RankReader {
public:
    explicit RankReader(std::shared_ptr<const Snapshot> keys)
        : m_cursor(std::move(keys))
    {
    }
    [[nodiscard]] std::string_view key(std::uint64_t rank)
    {
        if (m_cursor.isValid() && rank == m_rank + 1) {
            m_cursor.next();
        } else if (!m_cursor.isValid() || rank != m_rank) {
            m_cursor.seekRank(rank);
        }
        m_rank = rank;
        return m_cursor.isValid() ? m_cursor.key() : std::string_view();
    }

private:
    SnapshotCursor m_cursor;
    std::uint64_t m_rank = 0;
};

} // namespace

TableRows::TableRows(ColumnScope scope, SortDirection direction)
    : m_scope(std::move(scope))
    , m_direction(direction)
    , m_firstRank(m_scope.firstRank())
    , m_count(m_scope.count())
{
}

TableRows::TableRows(std::shared_ptr<const ColumnOrder> order, SortDirection direction)
    : m_scope(order->scope())
    , m_direction(direction)
    , m_order(std::move(order))
    , m_firstRank(m_scope.firstRank())
    , m_count(m_order->count())
{
}

std::uint64_t TableRows::rankAt(std::uint64_t row) const
{
    if (m_order) {
        return m_order->rankAt(row, m_direction);
    }
    return m_firstRank + (m_direction == SortDirection::Ascending ? row : m_count - 1 - row);
}

std::string TableRows::key(std::uint64_t row) const
{
    return m_scope.keys->select(rankAt(row));
}

std::vector<std::string> TableRows::keys(std::uint64_t first, std::size_t most) const
{
    std::vector<std::string> window;
    static_cast<void>(giveStretch({first, std::min(m_count, first + most)}, {}, [&window](auto, std::string_view key) {
        window.emplace_back(key);
        return true;
    }));
    return window;
}

std::optional<std::uint64_t> TableRows::rowOf(std::string_view key) const
{
    if (m_count == 0) {
        return std::nullopt;
    }
    const std::uint64_t rank = m_scope.keys->rank(key);
    if (m_order) {
        return m_scope.keys->contains(key) ? m_order->rowOf(rank, m_direction) : std::nullopt;
    }
    const std::uint64_t at = std::min(m_count - 1, rank - std::min(rank, m_firstRank));
    return m_direction == SortDirection::Ascending ? at : m_count - 1 - at;
}

/// The selected ranks within the scope, in order.
std::vector<RowSet::Stretch> TableRows::ranksOf(const KeySelection& selection) const
{
    const std::uint64_t end = m_firstRank + m_count;
    std::vector<RowSet::Stretch> ranks;
    for (const KeySelection::Part& part : selection.parts()) {
        const std::uint64_t from = std::max(m_firstRank, m_scope.keys->rank(part.range.first));
        const std::uint64_t to = part.range.end ? std::min(end, m_scope.keys->rank(*part.range.end)) : end;
        if (from < to) {
            ranks.push_back({from, to});
        }
    }
    return ranks;
}

std::uint64_t TableRows::selectedCount(const TableSelection& selection) const
{
    std::uint64_t count = selection.rows.count();
    for (const RowSet::Stretch& ranks : ranksOf(selection.keys)) {
        count += ranks.end - ranks.first;
    }
    return count;
}

bool TableRows::giveStretch(const RowSet::Stretch& rows, const std::stop_token& stop, const Use& use) const
{
    RankReader reader(m_scope.keys);
    const bool isDownwards = !m_order && m_direction == SortDirection::Descending;
    if (!isDownwards) {
        for (std::uint64_t row = rows.first; row < rows.end; ++row) {
            if ((row % rowsBetweenStops == 0 && stop.stop_requested()) || !use(row, reader.key(rankAt(row)))) {
                return false;
            }
        }
        return true;
    }
    for (std::uint64_t row = rows.first; row < rows.end;) { // cursors go upwards: a piece is read, then turned
        const std::uint64_t end = std::min(rows.end, row + keysTurned);
        std::vector<std::string> piece;
        for (std::uint64_t at = end; at > row; --at) {
            piece.emplace_back(reader.key(rankAt(at - 1)));
        }
        for (; row < end; ++row) {
            if (stop.stop_requested() || !use(row, piece[static_cast<std::size_t>(end - 1 - row)])) {
                return false;
            }
        }
    }
    return true;
}

bool TableRows::forEachRow(const std::stop_token& stop, const Use& use) const
{
    return giveStretch({0, m_count}, stop, use);
}

bool TableRows::forEachSelected(const TableSelection& selection, const std::stop_token& stop, const Use& use) const
{
    const std::vector<RowSet::Stretch> ranks = ranksOf(selection.keys);
    if (m_order && !ranks.empty()) {
        RankReader reader(m_scope.keys);
        for (std::uint64_t row = 0; row < m_count; ++row) {
            if (row % rowsBetweenStops == 0 && stop.stop_requested()) {
                return false;
            }
            const std::uint64_t rank = rankAt(row);
            if ((selection.rows.contains(row) || isIn(ranks, rank)) && !use(row, reader.key(rank))) {
                return false;
            }
        }
        return true;
    }
    std::vector<RowSet::Stretch> rows = selection.rows.stretches();
    for (const RowSet::Stretch& each : ranks) { // by name
        const RowSet::Stretch upwards{each.first - m_firstRank, each.end - m_firstRank};
        rows.push_back(m_direction == SortDirection::Ascending
                ? upwards
                : RowSet::Stretch{m_count - upwards.end, m_count - upwards.first});
    }
    std::ranges::sort(rows, {}, &RowSet::Stretch::first);
    return std::ranges::all_of(rows, [&](const RowSet::Stretch& stretch) { return giveStretch(stretch, stop, use); });
}

std::optional<KeyChoice> TableRows::choiceOf(const TableSelection& selection, const std::stop_token& stop) const
{
    if (selection.rows.isEmpty()) {
        KeySelection own = selection.keys; // without what is selected outside of the scope
        own.remove(KeyRange{{}, m_scope.range.first});
        if (m_scope.range.end) {
            own.remove(KeyRange{*m_scope.range.end, std::nullopt});
        }
        return KeyChoice{m_scope.keys, std::move(own)};
    }
    std::vector<std::uint64_t> ranks;
    for (const RowSet::Stretch& stretch : selection.rows.stretches()) {
        for (std::uint64_t row = stretch.first; row < stretch.end; ++row) {
            ranks.push_back(rankAt(row));
            if (row % rowsBetweenStops == 0 && stop.stop_requested()) {
                return std::nullopt;
            }
        }
    }
    for (const RowSet::Stretch& stretch : ranksOf(selection.keys)) {
        for (std::uint64_t rank = stretch.first; rank < stretch.end; ++rank) {
            ranks.push_back(rank);
        }
    }
    std::ranges::sort(ranks);
    SortedSnapshotWriter writer;
    RankReader reader(m_scope.keys);
    for (const std::uint64_t rank : ranks) {
        if (stop.stop_requested()) {
            return std::nullopt;
        }
        writer.append(reader.key(rank));
    }
    return KeyChoice{writer.publish()};
}

std::optional<KeyChanges> changesBetween(const ColumnScope& before, const ColumnScope& now, const std::stop_token& stop)
{
    KeyChanges changes;
    SnapshotCursor old(before.keys);
    SnapshotCursor fresh(now.keys);
    const auto begin = [](SnapshotCursor& cursor, const KeyRange& range) { cursor.seek(range.first); };
    const auto isIn = [](const SnapshotCursor& cursor, const KeyRange& range) {
        return cursor.isValid() && (!range.end || cursor.key() < *range.end);
    };
    begin(old, before.range);
    begin(fresh, now.range);
    for (std::uint64_t step = 0;; ++step) {
        if (step % rowsBetweenStops == 0 && stop.stop_requested()) {
            return std::nullopt;
        }
        const bool hasOld = isIn(old, before.range);
        const bool hasFresh = isIn(fresh, now.range);
        if (!hasOld && !hasFresh) {
            return changes;
        }
        const int which = !hasOld ? 1 : !hasFresh ? -1 : old.key().compare(fresh.key());
        changes.removed += which < 0 ? 1 : 0;
        changes.added += which > 0 ? 1 : 0;
        if (which <= 0) {
            old.next();
        }
        if (which >= 0) {
            fresh.next();
        }
    }
}

} // namespace keyglass
