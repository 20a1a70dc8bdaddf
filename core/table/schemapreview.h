// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/editlanes.h"
#include "core/source/commandgate.h"
#include "core/table/schemareport.h"
#include "core/table/tablelist.h"

#include <cstdint>
#include <stop_token>
#include <vector>

namespace keyglass {

class KnownRights;
class TableArchive;

/// What a change is made on.
struct SchemaPlace {
    EditLanes& lanes;
    std::vector<TableNode> nodes; ///< All masters, for what has to be looked for everywhere.
    Confirmation confirmation{};
    TableArchive* archive = nullptr; ///< What is dropped is kept in it first; null: it is not kept.
    KnownRights* rights = nullptr;   ///< Of this connection, where there are more previews to come.
};

/// Most rows of which an index is built by plain commands, in one transaction.
inline constexpr std::uint64_t mostRowsByPlainKeys = 2000;
/// Most entries of an index that are replaced by plain commands, in one transaction.
inline constexpr std::uint64_t mostEntriesInOneGo = 5000;

/// Looks at everything and changes nothing. Fails as the line does, with Input, Gone and Refused where the change
/// can't be made to this schema.
[[nodiscard]] Result<SchemaPreview> previewChange(
    SchemaPlace& place, const SchemaChange& change, std::stop_token stop, const SchemaProgress& progress = {});

} // namespace keyglass
