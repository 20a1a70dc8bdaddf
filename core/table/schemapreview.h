// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/edit/editlanes.h"
#include "core/source/commandgate.h"
#include "core/table/modulefacts.h"
#include "core/table/schemachange.h"
#include "core/table/tablelist.h"

#include <QString>

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace keyglass {

/// How a change is made.
enum class ChangeWay {
    PlainKeys, ///< By plain commands in guarded transactions: nobody waits, replicas and the append-only file get it.
    Module,    ///< By TABLE.SCHEMA.ALTER in a guarded transaction: everybody waits, and no replica gets it.
};

/// What a change would do, before it does it.
struct SchemaPreview {
    SchemaPlan plan;                  ///< With the schema as it is now.
    std::optional<TableSchema> after; ///< Nothing: there is no table afterwards.
    std::vector<std::string> diff;    ///< schemaDiff()
    ChangeWay way = ChangeWay::PlainKeys;
    std::vector<std::string> lines; ///< What is sent, as command lines; of what is sent often, one with "…".
    std::uint64_t rows = 0;
    Milliseconds standstill{0}; ///< Of everybody, in one go; rough.
    std::uint64_t memory = 0;   ///< More of the server, about, while it runs or for good; bytes.
    std::vector<QString> notes; ///< What other programs will feel, what reaches no replica, what to do after.
    QString refusal;            ///< Why it can't be run now; empty: it can.
    TableModule module;
    TableSurroundings around;
};

/// What a change is made on.
struct SchemaPlace {
    EditLanes& lanes;
    std::vector<TableNode> nodes; ///< All masters, for what has to be looked for everywhere.
    Confirmation confirmation{};
};

/// Most rows of which an index is built by plain commands, in one transaction.
inline constexpr std::uint64_t mostRowsByPlainKeys = 2000;

/// Looks at everything and changes nothing. Fails as the line does, with Input, Gone and Conflict where the change
/// can't be made to this schema.
[[nodiscard]] Result<SchemaPreview> previewChange(SchemaPlace& place, const SchemaChange& change, std::stop_token stop);

} // namespace keyglass
