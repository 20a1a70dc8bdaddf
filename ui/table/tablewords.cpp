// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/tablewords.h"

#include "core/base/bytes.h"
#include "ui/common/texts.h"

#include <QCoreApplication>
#include <QStringList>

#include <set>

namespace keyglass::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("keyglass::ui::TableWords", text);
}

QString secondsText(Milliseconds time)
{
    const double seconds = static_cast<double>(time.count()) / 1000;
    if (time.count() < 1) {
        return tr("less than 1 ms");
    }
    return time.count() < 1000 ? tr("%1 ms").arg(time.count()) : tr("%1 s").arg(seconds, 0, 'f', 1);
}

QString staleEntryText(const TableRow& row)
{
    if (!row.staleEntry) {
        return {};
    }
    const auto& [column, value] = *row.staleEntry;
    return tr("Stale index entry: it stands under %1 = %2, which is not its value. Check the table to repair it")
        .arg(displayText(column), cellText(value));
}

} // namespace

QString rowCountText(std::uint64_t rows)
{
    return rows == 1 ? tr("1 row") : tr("%1 rows").arg(numberText(rows));
}

QString cellText(const std::string& bytes)
{
    constexpr std::size_t longest = 300;
    const QString text = displayText(std::string_view(bytes).substr(0, longest));
    return bytes.size() > longest ? text + u'…' : text;
}

QString typeText(const TableColumn& column)
{
    QString text = isKnownType(column.typeName)
        ? displayText(nameOf(column.type()))
        : tr("“%1”, which behaves as a string").arg(displayText(column.typeName));
    return column.isIndexed ? tr("%1, indexed").arg(text) : text;
}

QString troubleText(const TableRow& row)
{
    QStringList sentences;
    if (const QString stale = staleEntryText(row); !stale.isEmpty()) {
        sentences << stale;
    }
    switch (row.state) {
    case TableRow::State::Gone:
        sentences << (row.staleEntry ? tr("Its key is not there") : tr("Listed, but its key is not there"));
        break;
    case TableRow::State::WrongType:
        sentences << tr("Listed, but its key is no hash");
        break;
    case TableRow::State::Unread:
        sentences << tr("Not read: %1").arg(displayText(row.trouble));
        break;
    case TableRow::State::Whole:
        break;
    }
    QStringList strays;
    for (const auto& [name, value] : row.strays) {
        strays << tr("%1 = %2").arg(displayText(name), cellText(value));
    }
    if (!strays.isEmpty()) {
        sentences << tr("Fields that are no column: %1").arg(strays.join(QStringLiteral(", ")));
    }
    return sentences.join(QStringLiteral("; "));
}

QString moduleText(const TableModule& module)
{
    switch (module.state) {
    case TableModule::State::Missing:
        return tr("The RedisTABLE module is not loaded. Tables are read and edited by their keys alone.");
    case TableModule::State::Unknown:
        return tr("Whether the RedisTABLE module is loaded may not be asked here (MODULE LIST, COMMAND INFO).");
    case TableModule::State::Loaded:
        break;
    }
    if (!module.ignoredLimit.empty()) {
        return tr("The module's scan limit is %1: what it was started with (%2) is not followed.")
            .arg(numberText(module.scanLimit.value_or(defaultScanLimit)), displayText(module.ignoredLimit));
    }
    return {};
}

QString scanLimitText(std::uint64_t limit)
{
    return tr("The scan limit is %1 rows: TABLE commands refuse conditions that test more of them one by one, as any "
              "without an index does here. Queries here don't.")
        .arg(numberText(limit));
}

QString warningText(const TableSurroundings& around)
{
    const QString warning = around.warning();
    return warning.isEmpty() || !around.isMaster
        ? warning
        : warning + u' ' + tr("Rows edited here do, as they are written by plain commands.");
}

QString planText(const QueryPlan& plan, std::uint64_t rows)
{
    if (plan.indexEntries.empty()) {
        return tr("No index serves: all %1 are looked at, page by page.").arg(rowCountText(rows));
    }
    std::set<QString> columns;
    for (const Condition& entry : plan.indexEntries) {
        columns.insert(displayText(entry.column));
    }
    const QStringList names(columns.begin(), columns.end());
    return names.size() == 1 ? tr("By the index of %1.").arg(names.front())
                             : tr("By the indexes of %1.").arg(names.join(QStringLiteral(", ")));
}

QString forecastText(const SelectForecast& forecast)
{
    if (!forecast.refusal.isEmpty()) {
        return tr("TABLE.SELECT is not offered: %1").arg(forecast.refusal);
    }
    return tr("TABLE.SELECT would stop the server for about %1 and take up to %2 there.")
        .arg(secondsText(forecast.standstill), sizeText(ByteCount{forecast.memory}));
}

QString tallyText(const QueryTally& tally)
{
    QString text = tr("%1 found among %2").arg(rowCountText(tally.matched), numberText(tally.looked));
    if (tally.stale > 0) {
        text += tally.stale == 1 ? tr(", 1 stale index entry")
                                 : tr(", %1 stale index entries").arg(numberText(tally.stale));
    }
    if (tally.damaged > 0) {
        text += tally.damaged == 1 ? tr(", 1 damaged row") : tr(", %1 damaged rows").arg(numberText(tally.damaged));
    }
    return text;
}

} // namespace keyglass::ui
