// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/keystable.h"

#include "app/cli/keysoutput.h"
#include "app/cli/output.h"
#include "core/columns/tableexport.h"

#include <QCoreApplication>

#include <algorithm>

namespace keyglass::cli {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("cli", text);
}

QString knownNames()
{
    QStringList names;
    for (const SortColumn column : allTableColumns) {
        if (column != SortColumn::Name) {
            const std::string_view name = columnName(column);
            names << QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
        }
    }
    return names.join(QStringLiteral(", "));
}

} // namespace

Result<std::optional<TableColumns>> columnsFrom(const Options& options)
{
    const auto text = options.value("--columns");
    if (!text) {
        return std::optional<TableColumns>();
    }
    TableColumns columns;
    for (std::string_view rest = *text;;) {
        const std::string_view name = rest.substr(0, rest.find(','));
        const auto found = std::ranges::find(allTableColumns, name, columnName);
        if (found == allTableColumns.end() || *found == SortColumn::Name) {
            return Error{ErrorKind::Input, QStringLiteral("--columns"),
                tr("There is no column \"%1\"; there are: %2").arg(displayText(name), knownNames())};
        }
        columns.insert(*found);
        if (name.size() == rest.size()) {
            return std::optional(columns);
        }
        rest.remove_prefix(name.size() + 1);
    }
}

Status writeKeyTable(
    const Target& target, const KeysResult& result, const TableColumns& columns, const std::stop_token& stop)
{
    TableExport table;
    table.rows = TableRows(ColumnScope{result.keys});
    table.hasRoots = !result.databases.empty();
    table.columns = columns;
    bool isOpen = true;
    const auto lanes = [&](int database) {
        return target.access.lane(table.hasRoots ? database : target.profile.database, target.access.sparing());
    };
    const auto take = [&isOpen](std::string_view text) { return isOpen = writeOut(text); };
    const auto rows = writeTable(table, lanes, take, stop, [](std::uint64_t) { return true; });
    if (!isOpen) {
        return outputFailure();
    }
    return rows ? ok() : Status(rows.error());
}

} // namespace keyglass::cli
