// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/tablerow.h"
#include "core/table/tableschema.h"

#include <string>

namespace keyglass {

/// A table as standard SQL, for other databases: CREATE TABLE with a column "id" that none of its own has, and CREATE
/// INDEX for each index.
[[nodiscard]] std::string sqlFor(const TableSchema& schema);
/// One INSERT. A missing cell is NULL; what is no number in a column of numbers stands as a text, bytes that are no
/// UTF-8 or hold a zero byte as a hexadecimal literal. Empty for a damaged row.
[[nodiscard]] std::string sqlFor(const TableSchema& schema, const TableRow& row);

} // namespace keyglass
