// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/columns/sortcolumn.h"
#include "core/index/keyrange.h"
#include "core/index/snapshot.h"

#include <QDateTime>
#include <QStringList>

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <vector>

namespace keyglass {

/// Which keys a table has, in byte order.
struct ColumnScope {
    std::shared_ptr<const Snapshot> keys; ///< Never null.
    KeyRange range{};

    [[nodiscard]] std::uint64_t firstRank() const { return keys->rank(range.first); }
    [[nodiscard]] std::uint64_t count() const { return keys->count(range); }
};

/// Upwards or downwards by value; keys of equal value stand in byte order either way.
enum class SortDirection { Ascending, Descending };

/// The keys of a scope sorted by one column, as they were when they were asked: 12 bytes a key, no names. Immutable;
/// any number of threads may read it.
///
/// Keys without a value (the type has none, the server refused, the node was lost) stand behind all others, and those
/// that were gone behind these, in both directions.
class ColumnOrder {
public:
    /// A key of the scope and its value, packed so that twelve bytes are enough.
    using Entry = std::array<std::uint32_t, 3>; // high and low half of the value, place in the scope
    /// What the values of a whole order cost.
    [[nodiscard]] static std::uint64_t bytesFor(std::uint64_t keys) { return keys * sizeof(Entry); }

    [[nodiscard]] const ColumnScope& scope() const { return m_scope; }
    [[nodiscard]] SortColumn column() const { return m_column; }
    [[nodiscard]] const QDateTime& takenAt() const { return m_takenAt; }
    [[nodiscard]] std::uint64_t count() const { return m_entries.size(); }
    [[nodiscard]] std::uint64_t withoutValue() const { return m_withoutValue; }
    [[nodiscard]] std::uint64_t gone() const { return m_gone; }
    /// Why keys have no value: the first reason; empty where there is none but their type.
    [[nodiscard]] const QString& whyWithoutValue() const { return m_why; }

    /// The rank (in the scope's snapshot) of the key on a row. O(1) upwards, O(log n) downwards.
    [[nodiscard]] std::uint64_t rankAt(std::uint64_t row, SortDirection direction) const;
    /// The row of the key with this rank; nothing where it is not in the scope. O(n): some nanoseconds a key.
    [[nodiscard]] std::optional<std::uint64_t> rowOf(std::uint64_t rank, SortDirection direction) const;

private:
    friend class ColumnOrderBuilder;
    ColumnOrder() = default;
    [[nodiscard]] std::size_t placeOf(std::uint64_t row, SortDirection direction) const;

    ColumnScope m_scope;
    std::uint64_t m_firstRank = 0;
    SortColumn m_column = SortColumn::Name;
    QDateTime m_takenAt;
    std::vector<Entry> m_entries;
    std::uint64_t m_valued = 0;
    std::uint64_t m_withoutValue = 0;
    std::uint64_t m_gone = 0;
    QString m_why;
};

/// What sorting by a column takes, before it is begun.
struct SortCost {
    std::uint64_t keys = 0;
    int commandsPerKey = 1;
    Milliseconds expected{0}; ///< By a sample of the keys, at this pace.
    ByteCount memory{};       ///< For the order, as long as the table shows it.
};

/// Takes the values of keys as they come, from any number of threads, and sorts them.
class ColumnOrderBuilder {
public:
    static constexpr std::uint64_t mostKeys = UINT32_MAX;
    static constexpr std::uint64_t forever = std::uint64_t{1} << 61U; ///< Above all other values.

    /// The scope has at most mostKeys keys; takes 12 bytes for each.
    ColumnOrderBuilder(ColumnScope scope, SortColumn column);

    [[nodiscard]] const ColumnScope& scope() const { return m_order->m_scope; }
    [[nodiscard]] SortColumn column() const { return m_order->m_column; }
    [[nodiscard]] std::uint64_t firstRank() const { return m_order->m_firstRank; }

    /// What is known of the key at `rank`; larger values than `forever` count as that. One thread at a time for each
    /// key.
    void setValue(std::uint64_t rank, std::uint64_t value);
    void setWord(std::uint64_t rank, std::string_view word);
    void setGone(std::uint64_t rank);
    /// Remembered once, of keys that get no value.
    void setWhy(const QString& why);

    /// Sorts. Null where it was stopped. The builder is done with after that.
    [[nodiscard]] std::shared_ptr<const ColumnOrder> sorted(const std::stop_token& stop);

private:
    void put(std::uint64_t rank, std::uint64_t packed);
    void replaceWordsByPlaces();

    std::shared_ptr<ColumnOrder> m_order;
    std::mutex m_mutex; ///< Guards the words and the reason, which all nodes' threads add to.
    std::unordered_map<std::string, std::uint64_t> m_words;
};

/// Sorts entries by all their bits, in place. False where it was stopped: then they stand in no order.
[[nodiscard]] bool sortEntries(std::span<ColumnOrder::Entry> entries, const std::stop_token& stop);

} // namespace keyglass
