// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/rowtext.h"

#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace keyglass::ui {

/// Rows for the clipboard: their cells as they are, parted by tabs, a row a line.
[[nodiscard]] std::string plainRows(const std::vector<TableRow>& rows);
/// The same as JSON, CSV with the columns' names, or SQL without the table itself.
[[nodiscard]] std::string formattedRows(RowFormat format, const TableSchema& schema, const std::vector<TableRow>& rows);

/// A format that rows are written to files in.
struct RowFileFormat {
    RowFormat format;
    QString filter; ///< Of a file dialog: "CSV (*.csv)".
    QString suffix; ///< "csv"
};
[[nodiscard]] std::vector<RowFileFormat> rowFileFormats();

} // namespace keyglass::ui
