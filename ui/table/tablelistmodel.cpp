// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/tablelistmodel.h"

#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "ui/common/texts.h"
#include "ui/table/tablewords.h"

#include <algorithm>

namespace keyglass::ui {

namespace {

bool isNumber(int column)
{
    using C = TableListModel;
    return column == C::Rows || column == C::ColumnsOf || column == C::Indexes || column == C::Size
        || column == C::Slot;
}

std::uint64_t indexesOf(const TableEntry& entry)
{
    return static_cast<std::uint64_t>(std::ranges::count_if(entry.schema.columns, &TableColumn::isIndexed));
}

QString notesOf(const TableEntry& entry)
{
    QStringList notes;
    if (entry.trouble) {
        notes << errorText(*entry.trouble);
    }
    if (entry.schema.layout == TableLayout::Plain) {
        notes << TableListModel::tr("made by RedisTABLE 1.0: only to be looked at");
    }
    if (!entry.hasNamespace) {
        notes << TableListModel::tr("its namespace has no marker");
    }
    if (!entry.schema.strayIndexes.empty()) {
        notes << TableListModel::tr("an index of no column");
    }
    return notes.join(QStringLiteral(", "));
}

/// Figures of a table that could not be read are not known, not 0.
QString numberOrNothing(const TableEntry& entry, std::uint64_t number)
{
    return entry.trouble ? QString() : numberText(number);
}

QString textOf(const TableEntry& entry, int column)
{
    const auto name = TableName::parse(entry.schema.table);
    switch (column) {
    case TableListModel::Namespace:
        return name ? displayText(name->space) : QString();
    case TableListModel::Table:
        return displayText(name ? name->table : entry.schema.table);
    case TableListModel::Rows:
        return numberOrNothing(entry, entry.rows);
    case TableListModel::ColumnsOf:
        return numberOrNothing(entry, entry.schema.columns.size());
    case TableListModel::Indexes:
        return numberOrNothing(entry, indexesOf(entry));
    case TableListModel::Size:
        return entry.bytes ? sizeText(*entry.bytes) : QString();
    case TableListModel::Node:
        return entry.node;
    case TableListModel::Slot:
        return QString::number(entry.slot);
    case TableListModel::Notes:
        return notesOf(entry);
    default:
        return {};
    }
}

QVariant sortValue(const TableEntry& entry, int column)
{
    switch (column) {
    case TableListModel::Rows:
        return QVariant::fromValue(entry.rows);
    case TableListModel::ColumnsOf:
        return QVariant::fromValue(static_cast<quint64>(entry.schema.columns.size()));
    case TableListModel::Indexes:
        return QVariant::fromValue(indexesOf(entry));
    case TableListModel::Size:
        return QVariant::fromValue(entry.bytes ? entry.bytes->value : 0);
    case TableListModel::Slot:
        return entry.slot;
    default:
        return textOf(entry, column);
    }
}

QString toolTipOf(const TableEntry& entry, int column)
{
    if (column == TableListModel::Size && entry.bytes) {
        return TableListModel::tr("Estimated from some of its rows");
    }
    if (column == TableListModel::ColumnsOf || column == TableListModel::Table) {
        QStringList lines;
        for (const TableColumn& of : entry.schema.columns) {
            lines << TableListModel::tr("%1: %2").arg(displayText(of.name), typeText(of));
        }
        return lines.join(u'\n');
    }
    return textOf(entry, column);
}

} // namespace

TableListModel::TableListModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

void TableListModel::setTables(std::vector<TableEntry> tables)
{
    beginResetModel();
    m_tables = std::move(tables);
    endResetModel();
}

const TableEntry* TableListModel::table(int row) const
{
    return row >= 0 && row < rowCount() ? &m_tables[static_cast<std::size_t>(row)] : nullptr;
}

int TableListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_tables.size());
}

int TableListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant TableListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const TableEntry& entry = m_tables[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return textOf(entry, index.column());
    case sortRole:
        return sortValue(entry, index.column());
    case Qt::ToolTipRole:
        return toolTipOf(entry, index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment(Qt::AlignVCenter | (isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft)));
    default:
        return {};
    }
}

QVariant TableListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= Columns) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(
            Qt::Alignment(Qt::AlignVCenter | (isNumber(section) ? Qt::AlignRight : Qt::AlignLeft)));
    }
    const QString titles[Columns]{tr("Namespace"), tr("Table"), tr("Rows"), tr("Columns"), tr("Indexes"), tr("Size"),
        tr("Node"), tr("Slot"), tr("Notes")};
    return role == Qt::DisplayRole ? QVariant(titles[section]) : QVariant();
}

} // namespace keyglass::ui
