// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/schemareport.h"
#include "core/table/tablelist.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <stop_token>
#include <vector>

namespace keyglass {

/// A change that was made.
struct MadeChange {
    const SchemaChange& change;
    const std::optional<TableSchema>& before;
    const std::optional<TableSchema>& after;
    std::uint64_t keptRows = 0; ///< That have nothing but the dropped column.
};

/// Looks at what a change was to bring about, on the node that has the table: each row is found by the new index and
/// nothing else is, cells fit the new type, nothing is left of what was dropped, nothing of a former table is in a new
/// one. Gives what is not so; empty: all is. As the line fails.
[[nodiscard]] Result<std::vector<QString>> verifyChange(
    Lane& node, const MadeChange& made, std::stop_token stop, const SchemaProgress& progress);

/// A namespace that is dropped has no tables: Refused where it has. ok() for every other change. As the lines fail.
[[nodiscard]] Status checkEmpty(
    const std::vector<TableNode>& nodes, const SchemaChange& change, const std::stop_token& stop);

} // namespace keyglass
