// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/rowtext.h"

#include "core/base/jsontext.h"
#include "core/table/tablesql.h"
#include "core/value/csvtext.h"

#include <string_view>
#include <utility>

namespace keyglass {

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

std::string csvLine(const TableRow& row)
{
    std::string line = csvCell(row.id);
    for (const auto& cell : row.cells) {
        line += ',' + (cell ? csvCell(*cell) : std::string());
    }
    return line + "\r\n";
}

} // namespace

RowText::RowText(RowFormat format, const TableSchema& schema)
    : m_format(format)
    , m_schema(schema)
{
}

std::string RowText::head() const
{
    switch (m_format) {
    case RowFormat::Csv:
        return csvHead(m_schema);
    case RowFormat::Sql:
        return sqlFor(m_schema);
    case RowFormat::Json:
        return "[";
    case RowFormat::JsonLines:
        break;
    }
    return {};
}

std::string RowText::line(const TableRow& row)
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

std::string RowText::tail() const
{
    return m_format != RowFormat::Json ? std::string() : m_isFirst ? "]\n" : "\n]\n";
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

} // namespace keyglass
