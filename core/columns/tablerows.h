// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/columns/columnorder.h"
#include "core/columns/rowset.h"
#include "core/index/keyselection.h"
#include "core/results/keychoice.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

/// What of a table's rows is selected: keys by their bytes, and stretches of rows of a table that is sorted by a
/// column, which are neighbours there and nowhere else. A key is in one of the two at most.
struct TableSelection {
    KeySelection keys;
    RowSet rows; ///< Only while the table is sorted by a column.

    [[nodiscard]] bool isEmpty() const { return keys.isEmpty() && rows.isEmpty(); }
    void clear()
    {
        keys.clear();
        rows.clear();
    }
};

/// The rows of a key table: which key stands where, by name or by a column. Immutable and cheap to copy; any number of
/// threads may read it.
///
/// By name, a row is a rank and nothing is held; by a column, the order holds twelve bytes a key.
class TableRows {
public:
    using Use = std::function<bool(std::uint64_t row, std::string_view key)>;

    explicit TableRows(ColumnScope scope = {emptySnapshot()}, SortDirection direction = SortDirection::Ascending);
    TableRows(std::shared_ptr<const ColumnOrder> order, SortDirection direction);

    [[nodiscard]] const ColumnScope& scope() const { return m_scope; }
    /// Null: by name.
    [[nodiscard]] const std::shared_ptr<const ColumnOrder>& order() const { return m_order; }
    [[nodiscard]] SortDirection direction() const { return m_direction; }
    [[nodiscard]] std::uint64_t count() const { return m_count; }
    /// The key on a row that is there. O(runs x log^2 keys).
    [[nodiscard]] std::string key(std::uint64_t row) const;
    /// Those from `first` on, at most `most`.
    [[nodiscard]] std::vector<std::string> keys(std::uint64_t first, std::size_t most) const;
    /// By name, the row of the key, or where it would stand: nothing only where there are no rows. By a column, the row
    /// where it is among the keys; O(n).
    [[nodiscard]] std::optional<std::uint64_t> rowOf(std::string_view key) const;

    // --- selections; these take as long as there are keys: on a worker where that may be many
    /// How many rows are selected: two ranks for each part.
    [[nodiscard]] std::uint64_t selectedCount(const TableSelection& selection) const;
    /// Gives the selected rows in the table's order until `use` returns false or `stop`. True if all were given.
    bool forEachSelected(const TableSelection& selection, const std::stop_token& stop, const Use& use) const;
    /// All rows.
    bool forEachRow(const std::stop_token& stop, const Use& use) const;
    /// The selected keys for what is done to many keys. Nothing once it was stopped.
    [[nodiscard]] std::optional<KeyChoice> choiceOf(const TableSelection& selection, const std::stop_token& stop) const;

private:
    [[nodiscard]] std::uint64_t rankAt(std::uint64_t row) const;
    [[nodiscard]] std::vector<RowSet::Stretch> ranksOf(const KeySelection& selection) const;
    bool giveStretch(const RowSet::Stretch& rows, const std::stop_token& stop, const Use& use) const;

    ColumnScope m_scope;
    SortDirection m_direction = SortDirection::Ascending;
    std::shared_ptr<const ColumnOrder> m_order;
    std::uint64_t m_firstRank = 0;
    std::uint64_t m_count = 0;
};

/// What is written of a table.
struct TableExport {
    TableRows rows;
    std::optional<TableSelection> selected{}; ///< Nothing: all rows.
    TableColumns columns{};                   ///< Beside the name, which is always written.
    bool hasRoots = false;                    ///< The database is a first column of its own (keyroot.h).
};

/// What has become of the keys of a scope since: exact, by walking both.
struct KeyChanges {
    std::uint64_t added = 0;
    std::uint64_t removed = 0;
};

/// Nothing once it was stopped.
[[nodiscard]] std::optional<KeyChanges> changesBetween(
    const ColumnScope& before, const ColumnScope& now, const std::stop_token& stop);

} // namespace keyglass
