// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/options.h"
#include "core/table/tablelist.h"
#include "core/table/tablerow.h"

#include <string>
#include <vector>

namespace keyglass::cli {

/// How rows are written.
enum class RowFormat { Json, JsonLines, Csv, Sql };

/// --format json|jsonl|csv|sql. Input.
[[nodiscard]] Result<RowFormat> rowFormatOf(const Options& options);

/// Writes rows to stdout. Every function is false once that takes no more.
class RowWriter {
public:
    RowWriter(RowFormat format, const TableSchema& schema);

    bool begin();
    bool rows(const std::vector<TableRow>& rows);
    bool end();

private:
    [[nodiscard]] std::string lineFor(const TableRow& row);

    RowFormat m_format;
    const TableSchema& m_schema;
    bool m_isFirst = true;
};

/// A row as a JSON object: id, cells (missing ones left out), what is no column, and its damage.
[[nodiscard]] std::string rowJson(const TableSchema& schema, const TableRow& row);
[[nodiscard]] std::string entryJson(const TableEntry& entry);

} // namespace keyglass::cli
