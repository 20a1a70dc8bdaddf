// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/editlanes.h"
#include "core/source/commandgate.h"
#include "core/table/csvreader.h"
#include "core/table/roweditor.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace keyglass {

/// Which column each field of a CSV goes to; nothing: nowhere.
using ColumnMap = std::vector<std::optional<std::string>>;

/// By the names in the CSV's first record: `renamed` says what some are called in the table ("" for nowhere), a field
/// "id" goes nowhere unless there is such a column, all others have to be columns. Input, naming the first that is not,
/// or a column that two fields go to.
[[nodiscard]] Result<ColumnMap> mapColumns(
    const CsvRecord& names, const TableSchema& schema, const std::map<std::string, std::string>& renamed);

/// What became of a CSV.
struct ImportReport {
    struct Fault {
        std::uint64_t line = 0;
        Error error;
    };
    static constexpr std::size_t keptFaults = 100;

    std::uint64_t records = 0;  ///< After the first.
    std::uint64_t inserted = 0; ///< Of a dry run: that would be.
    std::uint64_t faulty = 0;   ///< Left out.
    std::uint64_t halfDone = 0; ///< Of these rows only a part was written, as keys of the table are damaged.
    std::uint64_t unknown = 0;  ///< Were being inserted when the line was lost, and may be there or not.
    std::string unknownFrom{};  ///< The ids that these would have.
    std::string unknownTo{};
    std::vector<Fault> faults; ///< The first of the faulty and the half done.
    std::string firstId{};
    std::string lastId{};
    std::optional<Error> end{}; ///< Why it ended early: what was inserted stands.
};

/// How it is done.
struct ImportWays {
    bool isDry = false;
    std::size_t rowsAtOnce = 200; ///< In one transaction.
    bool leavesOutFaulty = false; ///< Else nothing is inserted from the first faulty record on.
    Confirmation confirmation{};
    std::function<void(const ImportReport&)> progress{};
};

/// Inserts the records of `csv`, whose first was taken for `map`, as new rows, some in one guarded transaction each;
/// all values are checked by type. Errors of the CSV end it (`end`), as do a row that is half done and a line that is
/// lost: what became of the rows that were on their way is looked at once the server answers again, and told.
[[nodiscard]] Result<ImportReport> importRows(EditLanes& lanes, const TableSchema& schema, CsvReader& csv,
    const ColumnMap& map, const ImportWays& ways, std::stop_token stop);

} // namespace keyglass
