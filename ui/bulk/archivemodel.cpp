// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bulk/archivemodel.h"

#include "core/base/errortext.h"
#include "ui/common/texts.h"

#include <algorithm>

namespace keyglass::ui {

namespace {

Qt::Alignment alignmentOf(int column)
{
    const bool isNumber = column == ArchiveModel::Keys || column == ArchiveModel::Size;
    return Qt::AlignVCenter | (isNumber ? Qt::AlignRight : Qt::AlignLeft);
}

/// What was done to the keys; archives name the operation as the command line does.
QString jobText(const ArchiveInfo& info)
{
    const std::pair<const char*, QString> names[]{{"delete", ArchiveModel::tr("Delete keys")},
        {"expire", ArchiveModel::tr("Time to live")}, {"persist", ArchiveModel::tr("No time to live")},
        {"rename", ArchiveModel::tr("Rename keys")}, {"import", ArchiveModel::tr("Import keys")},
        {"undo", ArchiveModel::tr("Bring keys back")}, {"edits", ArchiveModel::tr("Single keys")}};
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

QString textOf(const ArchiveEntry& entry, int column)
{
    switch (column) {
    case ArchiveModel::Created:
        return timeText(entry.created.toLocalTime());
    case ArchiveModel::Job:
        return jobText(entry.info);
    case ArchiveModel::Connection:
        return entry.info.connection;
    case ArchiveModel::Keys:
        return entry.records ? numberText(*entry.records) : QString();
    case ArchiveModel::Size:
        return sizeText(entry.size);
    case ArchiveModel::State:
        return stateText(entry);
    default:
        return {};
    }
}

QString toolTipOf(const ArchiveEntry& entry)
{
    QStringList lines{entry.file, isoTimeText(entry.created.toLocalTime())};
    if (!entry.info.server.isEmpty()) {
        lines << entry.info.server;
    }
    if (const QString state = stateText(entry); !state.isEmpty()) {
        lines << state;
    }
    return lines.join(u'\n');
}

} // namespace

ArchiveModel::ArchiveModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

void ArchiveModel::setEntries(std::vector<ArchiveEntry> entries)
{
    beginResetModel();
    m_entries = std::move(entries);
    endResetModel();
}

const ArchiveEntry* ArchiveModel::entry(int row) const
{
    return row >= 0 && row < rowCount() ? &m_entries[static_cast<std::size_t>(row)] : nullptr;
}

int ArchiveModel::rowOf(const QString& file) const
{
    const auto found = std::ranges::find(m_entries, file, &ArchiveEntry::file);
    return found == m_entries.end() ? -1 : static_cast<int>(found - m_entries.begin());
}

int ArchiveModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
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
    const ArchiveEntry& entry = m_entries[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return textOf(entry, index.column());
    case Qt::ToolTipRole:
        return toolTipOf(entry);
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
    const QString titles[Columns]{tr("Archived"), tr("Job"), tr("Connection"), tr("Keys"), tr("Size"), tr("State")};
    return role == Qt::DisplayRole ? QVariant(titles[section]) : QVariant();
}

} // namespace keyglass::ui
