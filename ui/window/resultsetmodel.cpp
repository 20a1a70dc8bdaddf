// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/resultsetmodel.h"

#include "core/base/errortext.h"
#include "ui/common/texts.h"
#include "ui/window/resultwording.h"
#include "ui/window/wording.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace keyglass::ui {

namespace {

bool isNumber(int column)
{
    return column == ResultSetModel::Keys || column == ResultSetModel::Size;
}

QString textOf(const ResultSetInfo& info, int column)
{
    switch (column) {
    case ResultSetModel::Name:
        return info.name;
    case ResultSetModel::Keys:
        return numberText(info.keys);
    case ResultSetModel::Taken:
        return timeText(info.taken.toLocalTime());
    case ResultSetModel::Databases:
        return databasesText(info.databases);
    case ResultSetModel::Origin:
        return originText(info);
    case ResultSetModel::Size:
        return sizeText(info.size);
    case ResultSetModel::Connection:
        return info.profileName;
    default:
        return {};
    }
}

QString toolTipOf(const ResultSetInfo& info)
{
    QStringList lines{info.name, originText(info), keysText(info.keys), isoTimeText(info.taken.toLocalTime())};
    if (const QString gaps = gapsText(info); !gaps.isEmpty()) {
        lines << ResultSetModel::tr("Keys may be missing: %1").arg(gaps);
    }
    lines << info.file;
    return lines.join(u'\n');
}

QString textOfUnusable(const ResultSetEntry& entry, int column)
{
    if (column == ResultSetModel::Name) {
        return entry.file;
    }
    return column == ResultSetModel::Origin ? errorText(entry.info.error()) : QString();
}

} // namespace

ResultSetModel::ResultSetModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

void ResultSetModel::setEntries(std::vector<ResultSetEntry> entries)
{
    beginResetModel();
    m_entries = std::move(entries);
    endResetModel();
}

const ResultSetEntry* ResultSetModel::entry(int row) const
{
    return row >= 0 && row < rowCount() ? &m_entries[static_cast<std::size_t>(row)] : nullptr;
}

int ResultSetModel::rowOf(const QString& file) const
{
    const auto found = std::ranges::find(m_entries, file, &ResultSetEntry::file);
    return found == m_entries.end() ? -1 : static_cast<int>(found - m_entries.begin());
}

int ResultSetModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int ResultSetModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant ResultSetModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const ResultSetEntry& entry = m_entries[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return entry.info ? textOf(*entry.info, index.column()) : textOfUnusable(entry, index.column());
    case Qt::ToolTipRole:
        return entry.info ? toolTipOf(*entry.info) : errorText(entry.info.error());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment(Qt::AlignVCenter | (isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft)));
    default:
        return {};
    }
}

QVariant ResultSetModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= Columns) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(
            Qt::Alignment(Qt::AlignVCenter | (isNumber(section) ? Qt::AlignRight : Qt::AlignLeft)));
    }
    const QString titles[Columns]{
        tr("Name"), tr("Keys"), tr("Taken"), tr("Database"), tr("Holds"), tr("Size"), tr("Connection")};
    return role == Qt::DisplayRole ? QVariant(titles[section]) : QVariant();
}

} // namespace keyglass::ui
