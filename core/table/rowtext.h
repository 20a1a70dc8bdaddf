// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/tablerow.h"
#include "core/table/tableschema.h"

#include <string>

namespace keyglass {

/// How rows are written for others to read.
enum class RowFormat { Json, JsonLines, Csv, Sql };

/// Rows as a text: head(), a line() for each, tail(). One per text; `schema` must outlive it.
///
/// CSV: a missing cell is empty, an empty one is in quotes. JSON: missing cells are left out, what is no column and
/// damage are named. SQL: damaged rows are left out.
class RowText {
public:
    RowText(RowFormat format, const TableSchema& schema);

    [[nodiscard]] std::string head() const;
    [[nodiscard]] std::string line(const TableRow& row);
    [[nodiscard]] std::string tail() const;

private:
    RowFormat m_format;
    const TableSchema& m_schema;
    bool m_isFirst = true;
};

/// A row as a JSON object: id, cells (missing ones left out), what is no column, and its damage.
[[nodiscard]] std::string rowJson(const TableSchema& schema, const TableRow& row);

} // namespace keyglass
