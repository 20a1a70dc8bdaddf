// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/indexadvice.h"

#include "core/base/bytes.h"

#include <QCoreApplication>

#include <algorithm>

namespace keyglass {

namespace {

/// The columns whose entries answer the filter; empty: every row has to be looked at.
std::set<std::string> columnsUsed(const RowFilter& filter, const TableSchema& schema)
{
    std::set<std::string> columns;
    for (const Condition& entry : planQuery(filter, schema).indexEntries) {
        columns.insert(entry.column);
    }
    return columns;
}

/// Whether an index on the column alone would answer it.
bool wouldAnswer(const std::string& column, const RowFilter& filter, TableSchema schema)
{
    schema.columns[*schema.place(column)].isIndexed = true;
    return columnsUsed(filter, schema).contains(column);
}

} // namespace

QString IndexAdvice::text() const
{
    const QString name = displayText(column);
    if (kind == Kind::Add) {
        return QCoreApplication::translate("IndexAdvice",
            "%1 queries asked for a value of %2 and looked at %3 rows for it; an index would find them at once.")
            .arg(queries)
            .arg(name)
            .arg(rows);
    }
    return QCoreApplication::translate(
        "IndexAdvice", "The index on %1 has answered none of %2 queries; it costs memory and every write.")
        .arg(name)
        .arg(queries);
}

void IndexHistory::record(const RowFilter& filter, const TableSchema& schema, std::uint64_t rowsLookedAt)
{
    if (filter.isEmpty()) {
        return; // all rows are wanted: no index has anything to do with that
    }
    ++m_queries;
    const auto used = columnsUsed(filter, schema);
    for (const TableColumn& column : schema.columns) {
        Column& seen = m_columns[column.name];
        if (column.isIndexed) {
            ++(used.contains(column.name) ? seen.used : seen.passed);
        } else if (used.empty() && wouldAnswer(column.name, filter, schema)) {
            ++seen.wanted;
            seen.rows += rowsLookedAt;
        }
    }
}

std::vector<IndexAdvice> IndexHistory::advice(const TableSchema& now) const
{
    std::vector<IndexAdvice> all;
    for (const auto& [name, seen] : m_columns) {
        const TableColumn* column = now.find(name);
        if (column && !column->isIndexed && seen.wanted >= enoughToAdd) {
            all.push_back({IndexAdvice::Kind::Add, name, seen.wanted, seen.rows});
        } else if (column && column->isIndexed && seen.used == 0 && seen.passed >= enoughToDrop) {
            all.push_back({IndexAdvice::Kind::Drop, name, seen.passed, 0});
        }
    }
    std::ranges::stable_sort(all, [](const IndexAdvice& one, const IndexAdvice& other) {
        const bool isDrop = one.kind == IndexAdvice::Kind::Drop;
        const bool isOtherDrop = other.kind == IndexAdvice::Kind::Drop;
        return isDrop != isOtherDrop ? isOtherDrop : one.rows > other.rows;
    });
    return all;
}

} // namespace keyglass
