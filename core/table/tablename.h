// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace keyglass {

/// How a table's keys are called: 1.1 of RedisTABLE binds them to one slot, 1.0 does not.
enum class TableLayout { Braced, Plain };

/// "shop.items": a namespace and a table in it. The namespace ends at the first dot.
struct TableName {
    std::string space;
    std::string table;

    /// Nothing where there is no dot. Names that the module takes and that we would not create come as they are.
    [[nodiscard]] static std::optional<TableName> parse(std::string_view text);
    [[nodiscard]] std::string text() const { return space + '.' + table; }

    friend bool operator==(const TableName&, const TableName&) = default;
};

/// The most bytes that the module takes for a namespace or for a table in it; beyond them it answers twice.
inline constexpr std::size_t longestTableName = 64;

/// Whether a new namespace, table or column may be called so: 1 to 64 of A-Z a-z 0-9 _ -. Input with the reason.
///
/// The module takes more, and then matches patterns, cuts at NUL, or puts keys into a slot where it does not find them.
[[nodiscard]] Status checkNewName(std::string_view name);
/// The same for both halves of a new table's name.
[[nodiscard]] Status checkNewTable(const TableName& name);

/// True if the name says its own slot: with a brace in it, keys go where the module does not look.
[[nodiscard]] bool hasBraces(std::string_view name);
/// True if DROP INDEX would take the name for a pattern.
[[nodiscard]] bool isPattern(std::string_view name);

/// True for what the module gives rows as their names: a whole number from 1 on, without leading zeros. Anything else
/// may be another key of the table ("rows", "id", "idx:meta").
[[nodiscard]] bool isRowId(std::string_view id);

/// The keys of one table.
class TableKeys {
public:
    explicit TableKeys(std::string_view table, TableLayout layout = TableLayout::Braced);

    [[nodiscard]] const std::string& table() const { return m_table; }
    [[nodiscard]] TableLayout layout() const { return m_layout; }
    [[nodiscard]] std::string schema() const; ///< Hash: column to type.
    [[nodiscard]] std::string lastId() const; ///< String: the id given last.
    [[nodiscard]] std::string rows() const;   ///< Set: the ids of all rows.
    [[nodiscard]] std::string row(std::string_view id) const;
    [[nodiscard]] std::string indexed() const; ///< Set: the indexed columns.
    /// Set: the ids of the rows with this value. The module cuts values at NUL there, and so does this.
    [[nodiscard]] std::string index(std::string_view column, std::string_view value) const;
    /// What the index keys of a column begin with.
    [[nodiscard]] std::string indexPrefix(std::string_view column) const;
    /// What all keys but the schema begin with.
    [[nodiscard]] std::string prefix() const;

private:
    std::string m_table;
    TableLayout m_layout;
};

/// The key that says that a namespace is there.
[[nodiscard]] std::string namespaceKey(std::string_view space);

/// What a key is to a table.
struct TableKey {
    enum class Part {
        Namespace, ///< `table` is the namespace.
        Schema,
        LastId,
        Rows,
        Row,     ///< `id`
        Indexed, ///< The list of indexed columns.
        Index,   ///< `column`, `value`
    };
    Part part = Part::Schema;
    std::string table;
    std::string id{};
    std::string column{};
    std::string value{};

    friend bool operator==(const TableKey&, const TableKey&) = default;
};

/// What `key` would be to a table of the braced layout, by its name alone; nothing where it is none. A table called
/// `meta` of a column called `idx` is not mistaken: after `{T}:` stands `id`, `rows`, a number or `idx:`.
[[nodiscard]] std::optional<TableKey> parseTableKey(std::string_view key);

/// The table or namespace that a schema key is of, in either layout; nothing where it is no schema key. Whether it is
/// one or the other says its type: a table's is a hash.
struct SchemaKey {
    std::string name;
    TableLayout layout = TableLayout::Braced;
};
[[nodiscard]] std::optional<SchemaKey> parseSchemaKey(std::string_view key);

} // namespace keyglass
