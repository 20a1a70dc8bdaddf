// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/edit/editlanes.h"
#include "core/source/commandgate.h"
#include "core/table/rowpages.h"

#include <QString>

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

class Lane;
class TableArchive;

/// Something about a table that is not as it should be.
struct TableFinding {
    enum class Kind {
        MissingEntry,  ///< A row's value is not in its column's index: by it the row is not found.
        StaleEntry,    ///< An index entry names a row that has another value, has none, or is not listed.
        LeftoverIndex, ///< Index entries of a column that has no index.
        GhostRow,      ///< A row's key whose id is not listed, as failed inserts leave them.
        GoneRow,       ///< A listed id without a row.
        WrongTypeRow,  ///< A listed id whose key is no hash.
        BadValue,      ///< A cell that does not fit its column's type.
        NoColumn,      ///< A field of a row that is no column.
        StrayMark,     ///< Said to be indexed, and no column.
        BadLastId,  ///< The counter of ids is no number, or below an id that is there: the next insert would hit a row.
        StrangeKey, ///< Begins like a key of the table and is none.
        WrongTypeKey, ///< The list of rows, that of indexed columns or an index entry (`column`) is no set.
    };
    Kind kind = Kind::MissingEntry;
    std::string key{}; ///< The key that is wrong.
    std::string id{};  ///< Of BadLastId the highest that is there; empty: not known.
    std::string column{};
    std::string value{};
};
inline constexpr std::size_t findingKinds = 12;

/// "missing entry", as in JSON.
[[nodiscard]] std::string_view nameOf(TableFinding::Kind kind);

/// What a check has found.
struct TableReport {
    std::uint64_t rows = 0;     ///< Looked at.
    std::uint64_t rowsOf = 0;   ///< As many as there were when it began; 0: not known.
    std::uint64_t keys = 0;     ///< Of the table, looked at.
    std::uint64_t passed = 0;   ///< Of the node, gone through for them.
    std::uint64_t passedOf = 0; ///< About; 0: not known.
    bool isOfRowsOnly = false;  ///< The node's keys were not looked through: not asked for, or of the layout of 1.0.
    std::array<std::uint64_t, findingKinds> counts{};
    std::vector<TableFinding> findings; ///< The first of each kind, up to TableCheck::kept.
    /// Columns that have index entries, where the list of indexed columns is none: they were indexed.
    std::set<std::string> lostIndexes{};

    [[nodiscard]] std::uint64_t count(TableFinding::Kind kind) const { return counts[static_cast<std::size_t>(kind)]; }
    [[nodiscard]] std::uint64_t total() const;
};

/// As many findings of each kind as a repair has patience for; more take another one.
inline constexpr std::size_t findingsForRepair = 200'000;

/// What is checked.
struct TableCheck {
    std::size_t kept = 1000; ///< Findings of each kind that are kept; for a repair, more: it mends those.
    bool looksAtKeys = true; ///< Ghosts, leftovers and stale entries: takes a SCAN of the whole node.
    std::string column{};    ///< Only this column's index; empty: all.
};

/// Checks a table by its keys, in small commands, cancellable at any time. `node`: a lane to the node that has the
/// table. What is written meanwhile may be reported and be no fault: a repair looks again. A key of a wrong type is a
/// finding, and all else is looked at. Of the layout of 1.0 only the rows are: its keys' names belong to no one table.
///
/// Fails as the line does (Cancelled too). `progress`: rows and keys looked at.
[[nodiscard]] Result<TableReport> checkTable(Lane& node, const TableSchema& schema, const TableCheck& what,
    std::stop_token stop, const std::function<void(const TableReport&)>& progress = {});

/// What became of a finding.
struct TableRepair {
    std::uint64_t repaired = 0;
    std::uint64_t passedOver = 0; ///< Not so any more, or not for us to decide: values, and what was not asked for.
    std::vector<Error> failures;
    QString archiveFile;    ///< Empty: nothing was archived.
    bool isStopped = false; ///< On the user's word: what was repaired stands, the other findings were not looked at.
};

/// What may be done about findings beside the indexes' entries and the counter of ids, which only follow the rows.
struct RepairWays {
    bool removesGhosts = false;  ///< Deletes keys of rows that are not listed.
    bool removesGoneRows = true; ///< Takes ids without a row from the list.
    /// Deletes index entries of columns that have no index, those that are no sets, and what is in the place of the
    /// list of indexed columns: then there is no index, until they are added again.
    bool removesLeftovers = true;
};

/// Repairs what was found, each in a guarded transaction that looks again first. What is deleted as a whole (ghosts,
/// left-over index entries, what is no set or no number) is kept in `archive` before, where there is one. `progress`:
/// findings done. A stop is no Error: TableRepair::isStopped. Unsupported for the layout of 1.0, which is only read.
[[nodiscard]] Result<TableRepair> repairTable(EditLanes& lanes, const TableSchema& schema, const TableReport& report,
    const RepairWays& ways, std::stop_token stop, Confirmation confirmation = {}, TableArchive* archive = nullptr,
    const std::function<void(std::uint64_t)>& progress = {});

} // namespace keyglass
