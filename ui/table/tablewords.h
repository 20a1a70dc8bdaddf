// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/modulefacts.h"
#include "core/table/rowquery.h"
#include "core/table/tablerow.h"
#include "core/table/tableschema.h"

#include <QString>

#include <cstdint>
#include <string>

namespace keyglass::ui {

/// "1 row", "12,408 rows".
[[nodiscard]] QString rowCountText(std::uint64_t rows);
/// Bytes of a cell on one line; long ones are cut.
[[nodiscard]] QString cellText(const std::string& bytes);
/// "integer", "integer, indexed"; a type that the module does not know is said to behave as a string.
[[nodiscard]] QString typeText(const TableColumn& column);
/// What is wrong with a row; empty where nothing is.
[[nodiscard]] QString troubleText(const TableRow& row);
/// What of the module matters to who looks at tables: that it is missing, or that this is not known; a scan limit that
/// is not followed.
[[nodiscard]] QString moduleText(const TableModule& module);
/// What the scan limit in force refuses, for a table of more rows.
[[nodiscard]] QString scanLimitText(std::uint64_t limit);
/// TableSurroundings::warning(), and what rows edited here do.
[[nodiscard]] QString warningText(const TableSurroundings& around);
/// By which index a filter is answered, or that all rows are looked at.
[[nodiscard]] QString planText(const QueryPlan& plan, std::uint64_t rows);
/// What TABLE.SELECT would do to the server, or why it is not to be run.
[[nodiscard]] QString forecastText(const SelectForecast& forecast);
/// "1,204 rows found among 1,000,000", with stale entries and damaged rows.
[[nodiscard]] QString tallyText(const QueryTally& tally);

} // namespace keyglass::ui
