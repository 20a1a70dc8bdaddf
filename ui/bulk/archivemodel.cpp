// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bulk/archivemodel.h"

#include "core/base/errortext.h"
#include "ui/common/texts.h"

#include <algorithm>

namespace keyglass::ui {

namespace {

Qt::Alignment alignmentOf(int column)
{
    const bool isNumber = column == ArchiveModel::Keys || column == ArchiveModel::Found || column == ArchiveModel::Size;
    return Qt::AlignVCenter | (isNumber ? Qt::AlignRight : Qt::AlignLeft);
}

/// What was done to the keys; archives name the operation as the command line does.
QString keyJobText(const ArchiveInfo& info)
{
    const std::pair<const char*, QString> names[]{{"delete", ArchiveModel::tr("Delete keys")},
        {"expire", ArchiveModel::tr("Time to live")}, {"persist", ArchiveModel::tr("No time to live")},
        {"rename", ArchiveModel::tr("Rename keys")}, {"copy", ArchiveModel::tr("Copy keys")},
        {"import", ArchiveModel::tr("Import keys")}, {"set-field", ArchiveModel::tr("Set a field")},
        {"template", ArchiveModel::tr("Run a command")}, {"undo", ArchiveModel::tr("Bring keys back")},
        {"edits", ArchiveModel::tr("Single keys")}};
    for (const auto& [name, text] : names) {
        if (info.job == QLatin1StringView(name)) {
            return text;
        }
    }
    return info.job;
}

QString stateText(const ArchiveEntry& entry)
{
    if (entry.trouble) {
        return errorText(*entry.trouble);
    }
    QStringList words;
    if (entry.isSealed) {
        words << ArchiveModel::tr("sealed");
    }
    if (entry.isInUse) {
        words << ArchiveModel::tr("in use");
    } else if (!entry.records) {
        words << ArchiveModel::tr("its job was cut off");
    }
    return words.join(QStringLiteral(", "));
}

} // namespace

ArchiveModel::ArchiveModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

QString ArchiveModel::jobText(const Item& item)
{
    return item.change ? keyglass::textOf(*item.change) : keyJobText(item.entry.info);
}

QString ArchiveModel::textOf(const Item& item, int column)
{
    const ArchiveEntry& entry = item.entry;
    switch (column) {
    case Created:
        return timeText(entry.created.toLocalTime());
    case Job:
        return jobText(item);
    case Connection:
        return entry.info.connection;
    case Keys:
        return entry.records ? numberText(*entry.records) : QString();
    case Found:
        return item.found ? numberText(*item.found) : QString();
    case Size:
        return sizeText(entry.size);
    case State:
        return stateText(entry);
    default:
        return {};
    }
}

QString ArchiveModel::toolTipOf(const Item& item)
{
    const ArchiveEntry& entry = item.entry;
    QStringList lines{entry.file, isoTimeText(entry.created.toLocalTime())};
    if (item.change) {
        lines << jobText(item) << tr("A change of a table's schema: it is undone as a whole");
    }
    if (!entry.info.server.isEmpty()) {
        lines << entry.info.server;
    }
    if (const QString state = stateText(entry); !state.isEmpty()) {
        lines << state;
    }
    return lines.join(u'\n');
}

void ArchiveModel::setEntries(std::vector<ArchiveEntry> entries)
{
    beginResetModel();
    m_items.clear();
    for (ArchiveEntry& entry : entries) {
        const auto plan = planFromJson(entry.info.plan.toStdString());
        m_items.push_back({std::move(entry), plan ? std::optional(plan->change) : std::nullopt, std::nullopt});
    }
    endResetModel();
}

void ArchiveModel::setFound(const QString& file, std::uint64_t keys)
{
    const int row = rowOf(file);
    if (row >= 0) {
        m_items[static_cast<std::size_t>(row)].found = keys;
        Q_EMIT dataChanged(index(row, Found), index(row, Found));
    }
}

void ArchiveModel::clearFound()
{
    for (Item& item : m_items) {
        item.found.reset();
    }
    if (!m_items.empty()) {
        Q_EMIT dataChanged(index(0, Found), index(rowCount() - 1, Found));
    }
}

int ArchiveModel::firstFound() const
{
    const auto found = std::ranges::find_if(m_items, [](const Item& item) { return item.found.value_or(0) > 0; });
    return found == m_items.end() ? -1 : static_cast<int>(found - m_items.begin());
}

int ArchiveModel::foundRows() const
{
    return static_cast<int>(
        std::ranges::count_if(m_items, [](const Item& item) { return item.found.value_or(0) > 0; }));
}

const ArchiveEntry* ArchiveModel::entry(int row) const
{
    return row >= 0 && row < rowCount() ? &m_items[static_cast<std::size_t>(row)].entry : nullptr;
}

const SchemaChange* ArchiveModel::schemaChange(int row) const
{
    const bool isThere = row >= 0 && row < rowCount() && m_items[static_cast<std::size_t>(row)].change;
    return isThere ? &*m_items[static_cast<std::size_t>(row)].change : nullptr;
}

int ArchiveModel::rowOf(const QString& file) const
{
    const auto found =
        std::ranges::find(m_items, file, [](const Item& item) -> const QString& { return item.entry.file; });
    return found == m_items.end() ? -1 : static_cast<int>(found - m_items.begin());
}

int ArchiveModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_items.size());
}

int ArchiveModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant ArchiveModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Item& item = m_items[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return textOf(item, index.column());
    case Qt::ToolTipRole:
        return toolTipOf(item);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(alignmentOf(index.column()));
    default:
        return {};
    }
}

QVariant ArchiveModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= Columns) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(alignmentOf(section));
    }
    const QString titles[Columns]{
        tr("Archived"), tr("Job"), tr("Connection"), tr("Keys"), tr("Found"), tr("Size"), tr("State")};
    return role == Qt::DisplayRole ? QVariant(titles[section]) : QVariant();
}

} // namespace keyglass::ui
