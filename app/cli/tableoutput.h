// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/options.h"
#include "core/table/rowtext.h"
#include "core/table/tablelist.h"

#include <string>
#include <vector>

namespace keyglass::cli {

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
    RowText m_text;
};

[[nodiscard]] std::string entryJson(const TableEntry& entry);

} // namespace keyglass::cli
