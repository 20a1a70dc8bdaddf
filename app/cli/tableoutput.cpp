// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/tableoutput.h"

#include "app/cli/output.h"
#include "core/base/errortext.h"

namespace keyglass::cli {

namespace {

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
    : m_text(format, schema)
{
}

bool RowWriter::begin()
{
    return writeOut(m_text.head());
}

bool RowWriter::rows(const std::vector<TableRow>& rows)
{
    std::string out;
    for (const TableRow& row : rows) {
        out += m_text.line(row);
    }
    return writeOut(out);
}

bool RowWriter::end()
{
    return writeOut(m_text.tail());
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
