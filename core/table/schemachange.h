// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/table/tableschema.h"

#include <QString>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

/// One change of a schema.
struct SchemaChange {
    enum class Kind {
        CreateNamespace, ///< `table` is the namespace.
        CreateTable,     ///< `columns`
        AddColumn,       ///< `column`, `typeName`
        AddIndex,
        DropIndex,
        RepairIndex,
        ChangeType, ///< `column`, `typeName`
        DropColumn,
        DropTable,
        DropNamespace, ///< `table` is the namespace.
    };
    Kind kind = Kind::AddColumn;
    std::string table;
    std::string column{};
    std::string typeName{};
    std::vector<TableColumn> columns{};
    /// Of CreateTable: the rows that a former table has left are the new one's, where they fit its columns. It gets its
    /// indexes after that.
    bool keepsRows = false;

    friend bool operator==(const SchemaChange&, const SchemaChange&) = default;
};
inline constexpr std::size_t schemaChangeKinds = 10;

/// "add-column", as on a command line and in a plan.
[[nodiscard]] std::string_view nameOf(SchemaChange::Kind kind);
[[nodiscard]] std::optional<SchemaChange::Kind> changeKindOf(std::string_view name);
/// True if data or a whole table goes with it.
[[nodiscard]] bool isDestructive(SchemaChange::Kind kind);
[[nodiscard]] bool isOfNamespace(SchemaChange::Kind kind);
/// "Add an index on column sku of table shop.items", for people.
[[nodiscard]] QString textOf(const SchemaChange& change);

/// A change that is to be made, and the schema that it was thought out on.
struct SchemaPlan {
    SchemaChange change;
    std::optional<TableSchema> madeOn; ///< Nothing: the table was not there.
};

/// A plan as a file: JSON. planFromJson() is its inverse; Input where it is none of a version known here.
[[nodiscard]] std::string planToJson(const SchemaPlan& plan);
[[nodiscard]] Result<SchemaPlan> planFromJson(std::string_view json);

/// What undoes the change of `plan` by another one; nothing where only an archive does (a dropped column or table), or
/// where there is nothing to undo. Indexes are built anew from the rows as they are then.
[[nodiscard]] std::optional<SchemaChange> inverseOf(const SchemaPlan& plan);

/// What has changed between the schema that a plan was made on and the one that is there, as schemaDiff(); empty: it
/// is the same, or the plan was made on none.
[[nodiscard]] std::vector<std::string> driftOf(const SchemaPlan& plan, const std::optional<TableSchema>& now);

/// The schema after the change, where it may be made to `before` (nothing: no such table): Input or Refused with the
/// reason where not. Nothing: there is no table afterwards.
[[nodiscard]] Result<std::optional<TableSchema>> schemaAfter(
    const SchemaChange& change, const std::optional<TableSchema>& before);

} // namespace keyglass
