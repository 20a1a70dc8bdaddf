// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/rowcopies.h"

#include <QCoreApplication>

namespace keyglass::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("keyglass::ui::TableWords", text);
}

} // namespace

std::string plainRows(const std::vector<TableRow>& rows)
{
    std::string text;
    for (const TableRow& row : rows) {
        text += text.empty() ? "" : "\n";
        text += row.id;
        for (const auto& cell : row.cells) {
            text += '\t' + cell.value_or(std::string());
        }
    }
    return text;
}

std::string formattedRows(RowFormat format, const TableSchema& schema, const std::vector<TableRow>& rows)
{
    RowText text(format, schema);
    std::string all = format == RowFormat::Sql ? std::string() : text.head();
    for (const TableRow& row : rows) {
        all += text.line(row);
    }
    return all + text.tail();
}

std::vector<RowFileFormat> rowFileFormats()
{
    return {{RowFormat::Csv, tr("CSV (*.csv)"), QStringLiteral("csv")},
        {RowFormat::JsonLines, tr("JSON lines (*.jsonl)"), QStringLiteral("jsonl")},
        {RowFormat::Sql, tr("SQL (*.sql)"), QStringLiteral("sql")}};
}

} // namespace keyglass::ui
