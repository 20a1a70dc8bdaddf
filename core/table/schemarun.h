// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/schemapreview.h"
#include "core/table/tablecheck.h"

#include <QString>

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

namespace keyglass {

/// How a change went.
struct SchemaReport {
    enum class Status {
        Done,    ///< And verified.
        Doubted, ///< Done, but what was looked at afterwards is not as it should be: `findings`.
        Changed, ///< Nothing was done: the table is not as the preview saw it. Preview again.
        TooBusy, ///< Nothing was done: others wrote to it all the time.
        Stopped, ///< On the user's word; what was done stands, and the change can be run again.
        Unknown, ///< The line was lost, and what became of it could not be seen.
    };
    Status status = Status::Done;
    std::optional<TableSchema> before;
    std::optional<TableSchema> after; ///< As it was read last.
    std::vector<std::string> diff;    ///< schemaDiff() of the two.
    std::uint64_t rowsBefore = 0;
    std::uint64_t rowsAfter = 0;
    std::uint64_t removed = 0; ///< Keys, entries or cells.
    std::uint64_t memoryBefore = 0;
    std::uint64_t memoryAfter = 0;
    bool lineWasLost = false;
    std::vector<QString> findings;
};

/// Told while it runs: rows or keys done of about how many (0: not known).
using SchemaProgress = std::function<void(std::uint64_t done, std::uint64_t of)>;

/// Makes a previewed change: compares the table with the preview in the same transaction that changes the schema, then
/// does what belongs to rows and indexes in batches, each guarded and cancellable between two, then verifies.
///
/// Each step leaves a table that works: what is not done yet can be run again. Errors: those of the gate, and of the
/// line before anything was done; Conflict where `preview` has a refusal.
[[nodiscard]] Result<SchemaReport> runChange(
    SchemaPlace& place, const SchemaPreview& preview, std::stop_token stop, const SchemaProgress& progress = {});

} // namespace keyglass
