// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/tableoutput.h"

#include "app/cli/output.h"
#include "core/base/errortext.h"
#include "core/table/tablesql.h"
#include "core/value/csvtext.h"

#include <utility>

namespace keyglass::cli {

namespace {

/// "whole", or what is wrong with the row.
std::string_view stateName(TableRow::State state)
{
    constexpr std::string_view names[] = {"whole", "gone", "wrong type", "unread"};
    return names[static_cast<std::size_t>(state)];
}

std::string csvHead(const TableSchema& schema)
{
    std::string line = "id";
    for (const TableColumn& column : schema.columns) {
        line += ',' + csvCell(column.name);
    }
    return line + "\r\n";
}

/// A missing cell is empty, an empty one is in quotes.
std::string csvLine(const TableRow& row)
{
    std::string line = csvCell(row.id);
    for (const auto& cell : row.cells) {
        line += ',' + (cell ? csvCell(*cell) : std::string());
    }
    return line + "\r\n";
}

std::string columnJson(const TableColumn& column)
{
    return "{\"name\": " + jsonOf(column.name) + ", \"type\": " + jsonOf(column.typeName)
        + ", \"known_type\": " + (isKnownType(column.typeName) ? "true" : "false")
        + ", \"indexed\": " + (column.isIndexed ? "true" : "false") + "}";
}

} // namespace

Result<RowFormat> rowFormatOf(const Options& options)
{
    const auto choice = options.choice("--format", {"json", "jsonl", "csv", "sql"}, 0);
    if (!choice) {
        return choice.error();
    }
    return static_cast<RowFormat>(*choice);
}

RowWriter::RowWriter(RowFormat format, const TableSchema& schema)
    : m_format(format)
    , m_schema(schema)
{
}

bool RowWriter::begin()
{
    switch (m_format) {
    case RowFormat::Csv:
        return writeOut(csvHead(m_schema));
    case RowFormat::Sql:
        return writeOut(sqlFor(m_schema));
    case RowFormat::Json:
        return writeOut("[");
    case RowFormat::JsonLines:
        break;
    }
    return true;
}

std::string RowWriter::lineFor(const TableRow& row)
{
    switch (m_format) {
    case RowFormat::Csv:
        return csvLine(row);
    case RowFormat::Sql:
        return sqlFor(m_schema, row);
    case RowFormat::JsonLines:
        return rowJson(m_schema, row) + '\n';
    case RowFormat::Json:
        break;
    }
    return (std::exchange(m_isFirst, false) ? "\n  " : ",\n  ") + rowJson(m_schema, row);
}

bool RowWriter::rows(const std::vector<TableRow>& rows)
{
    std::string out;
    for (const TableRow& row : rows) {
        out += lineFor(row);
    }
    return writeOut(out);
}

bool RowWriter::end()
{
    return m_format != RowFormat::Json || writeOut(m_isFirst ? "]\n" : "\n]\n");
}

std::string rowJson(const TableSchema& schema, const TableRow& row)
{
    std::string cells;
    for (std::size_t n = 0; n < row.cells.size(); ++n) {
        if (row.cells[n]) {
            cells += (cells.empty() ? "" : ", ") + jsonOf(schema.columns[n].name) + ": " + jsonOf(*row.cells[n]);
        }
    }
    std::string strays;
    for (const auto& [name, value] : row.strays) {
        strays += (strays.empty() ? "" : ", ") + jsonOf(name) + ": " + jsonOf(value);
    }
    return "{\"id\": " + (row.id.empty() ? "null" : jsonOf(row.id)) + ", \"cells\": {" + cells + "}"
        + (strays.empty() ? "" : ", \"no_columns\": {" + strays + "}")
        + (row.isDamaged() ? ", \"state\": \"" + std::string(stateName(row.state)) + "\"" : std::string()) + "}";
}

std::string entryJson(const TableEntry& entry)
{
    std::string columns;
    for (const TableColumn& column : entry.schema.columns) {
        columns += (columns.empty() ? "" : ", ") + columnJson(column);
    }
    return "{\"table\": " + jsonOf(entry.schema.table)
        + ", \"layout\": " + (entry.schema.layout == TableLayout::Braced ? "\"1.1\"" : "\"1.0\"")
        + ", \"rows\": " + std::to_string(entry.rows)
        + ", \"bytes_estimated\": " + (entry.bytes ? std::to_string(entry.bytes->value) : "null") + ", \"node\": "
        + jsonOf(entry.node.toStdString()) + ", \"slot\": " + std::to_string(entry.slot) + ", \"columns\": [" + columns
        + "], \"error\": " + (entry.trouble ? jsonOf(errorText(*entry.trouble).toStdString()) : "null") + "}";
}

} // namespace keyglass::cli
