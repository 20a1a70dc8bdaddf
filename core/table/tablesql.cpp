// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/tablesql.h"

#include "core/base/bytes.h"

#include <algorithm>
#include <array>

namespace keyglass {

namespace {

std::string quoted(std::string_view text, char quote)
{
    std::string out(1, quote);
    for (const char c : text) {
        out += c;
        if (c == quote) {
            out += c;
        }
    }
    return out + quote;
}

std::string hexLiteral(std::string_view bytes)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out = "X'";
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out += digits[byte >> 4U];
        out += digits[byte & 15U];
    }
    return out + "'";
}

/// "." is a float to the module and to nobody else.
bool isSqlNumber(ColumnType type, std::string_view value)
{
    return (type == ColumnType::Integer || type == ColumnType::Float) && accepts(type, value)
        && value.find_first_of("0123456789") != std::string_view::npos;
}

std::string literal(ColumnType type, std::string_view value)
{
    if (isSqlNumber(type, value)) {
        return std::string(value);
    }
    const bool isText = isUtf8(value) && value.find('\0') == std::string_view::npos;
    return isText ? quoted(value, '\'') : hexLiteral(value);
}

std::string nameIn(const TableSchema& schema)
{
    const auto name = TableName::parse(schema.table);
    return name ? quoted(name->space, '"') + '.' + quoted(name->table, '"') : quoted(schema.table, '"');
}

/// A column may be called "id" itself.
std::string idColumn(const TableSchema& schema)
{
    std::string name = "id";
    while (schema.find(name)) {
        name = "row_" + name;
    }
    return quoted(name, '"');
}

} // namespace

std::string sqlFor(const TableSchema& schema)
{
    constexpr std::array<std::string_view, 4> types{"TEXT", "NUMERIC", "DOUBLE PRECISION", "DATE"};
    const std::string table = nameIn(schema);
    std::string sql = "CREATE TABLE " + table + " (\n  " + idColumn(schema) + " NUMERIC PRIMARY KEY";
    for (const TableColumn& column : schema.columns) {
        sql += ",\n  " + quoted(column.name, '"') + ' ' + std::string(types[static_cast<std::size_t>(column.type())]);
    }
    sql += "\n);\n";
    for (const TableColumn& column : schema.columns) {
        if (column.isIndexed) {
            sql += "CREATE INDEX " + quoted(schema.table + "_" + column.name, '"') + " ON " + table + " ("
                + quoted(column.name, '"') + ");\n";
        }
    }
    return sql;
}

std::string sqlFor(const TableSchema& schema, const TableRow& row)
{
    if (row.isDamaged()) {
        return {};
    }
    std::string names = idColumn(schema);
    std::string values = literal(ColumnType::Integer, row.id);
    for (std::size_t n = 0; n < schema.columns.size(); ++n) {
        names += ", " + quoted(schema.columns[n].name, '"');
        values += ", " + (row.cells[n] ? literal(schema.columns[n].type(), *row.cells[n]) : std::string("NULL"));
    }
    return "INSERT INTO " + nameIn(schema) + " (" + names + ") VALUES (" + values + ");\n";
}

} // namespace keyglass
