// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/schemapreview.h"

#include <cstdint>
#include <stop_token>

namespace keyglass {

class Lane;

// What a preview asks the server for beside the table itself. All fail as the line does.

[[nodiscard]] bool buildsIndex(SchemaChange::Kind kind);

/// How many rows have a cell that would not fit the new type.
[[nodiscard]] Result<std::uint64_t> misfits(Lane& lane, const TableSchema& schema, const SchemaChange& change,
    const std::stop_token& stop, const SchemaProgress& progress);
/// What the user may not do is better known before a part of it is done. `known` may be null.
[[nodiscard]] Status lookForRights(Lane& lane, KnownRights* known, SchemaPreview& preview, const std::stop_token& stop);
/// What is left of a former table or index would become part of the new one.
[[nodiscard]] Status lookForRemains(
    Lane& lane, SchemaPreview& preview, const std::stop_token& stop, const SchemaProgress& progress);
/// Whether tables of the namespace are left, and whether a new table's namespace is there.
[[nodiscard]] Status lookAround(SchemaPlace& place, SchemaPreview& preview, const std::stop_token& stop);

} // namespace keyglass
