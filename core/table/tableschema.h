// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/net/reply.h"
#include "core/table/columntype.h"
#include "core/table/tablename.h"

#include <QString>

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

class Lane;

/// One column of a table.
struct TableColumn {
    std::string name;
    std::string typeName; ///< As it is stored: what is none of the four types behaves as a string.
    bool isIndexed = false;

    [[nodiscard]] ColumnType type() const { return columnTypeOf(typeName); }
    friend bool operator==(const TableColumn&, const TableColumn&) = default;
};

/// A table's columns, as they are stored. Their order is the server's and means nothing.
struct TableSchema {
    std::string table;
    TableLayout layout = TableLayout::Braced;
    std::vector<TableColumn> columns;
    std::vector<std::string> strayIndexes{}; ///< Said to be indexed, and no column.
    bool hasIndexList = true;                ///< False: something else is in its place, and no column is indexed.

    [[nodiscard]] TableKeys keys() const { return TableKeys(table, layout); }
    [[nodiscard]] const TableColumn* find(std::string_view column) const;
    [[nodiscard]] std::optional<std::size_t> place(std::string_view column) const;
    /// The same columns, types and indexes, in whatever order.
    [[nodiscard]] bool isSameAs(const TableSchema& other) const;
};

/// Reads the replies to HGETALL of the schema and SMEMBERS of the indexed columns. Protocol where they are none.
[[nodiscard]] Result<TableSchema> schemaFrom(const TableKeys& keys, const Reply& columns, const Reply& indexed);

/// The same of a table whose list of indexed columns may be damaged: then it has none.
[[nodiscard]] Result<TableSchema> schemaDespiteDamage(
    const TableKeys& keys, const Reply& columns, const Reply& indexed);

/// Reads a table's schema from its keys, as schemaDespiteDamage(), in the layout that it has; works without the module.
/// Gone where there is no such table, WrongType where the schema's key is something else; Permission with the pattern
/// that would be needed.
[[nodiscard]] Result<TableSchema> fetchTableSchema(Lane& lane, std::string_view table, std::stop_token stop);

/// A schema as text, a line a column in the order of names: what two schemas are compared by.
[[nodiscard]] std::vector<std::string> schemaLines(const TableSchema& schema);
/// What of the one is not in the other, as lines "-old" and "+new" beside "  same", in the order of names.
[[nodiscard]] std::vector<std::string> schemaDiff(const TableSchema& before, const TableSchema& after);

/// `error` of a plain command on a table's keys: a Permission says which key pattern is missing.
[[nodiscard]] Error aboutTable(Error error, const TableKeys& keys);

} // namespace keyglass
