// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bulk/archivedkeysmodel.h"

#include "ui/common/fonts.h"
#include "ui/common/texts.h"

#include <QDateTime>

namespace keyglass::ui {

namespace {

Qt::Alignment alignmentOf(int column)
{
    const bool isNumber = column == ArchivedKeysModel::Size || column == ArchivedKeysModel::Database;
    return Qt::AlignVCenter | (isNumber ? Qt::AlignRight : Qt::AlignLeft);
}

QString reasonText(UndoReason reason)
{
    switch (reason) {
    case UndoReason::Deleted:
        return ArchivedKeysModel::tr("deleted");
    case UndoReason::Overwritten:
        return ArchivedKeysModel::tr("overwritten");
    case UndoReason::ExpiryChanged:
        return ArchivedKeysModel::tr("time to live changed");
    }
    return {};
}

QString endText(const ArchivedRow& row, const QDateTime& now)
{
    if (!row.expireAt) {
        return {};
    }
    const QDateTime end = QDateTime::fromMSecsSinceEpoch(row.expireAt->count());
    return end > now ? timeText(end) : ArchivedKeysModel::tr("%1, over").arg(timeText(end));
}

QString textOf(const ArchivedRow& row, int column)
{
    switch (column) {
    case ArchivedKeysModel::Key:
        return displayText(row.key);
    case ArchivedKeysModel::Type:
        return displayText(row.type);
    case ArchivedKeysModel::Database:
        return QString::number(row.database);
    case ArchivedKeysModel::Ends:
        return endText(row, QDateTime::currentDateTime());
    case ArchivedKeysModel::Size:
        return sizeText(row.size);
    case ArchivedKeysModel::Reason:
        return reasonText(row.reason);
    default:
        return {};
    }
}

} // namespace

ArchivedKeysModel::ArchivedKeysModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

void ArchivedKeysModel::setKeys(ArchivedKeys keys)
{
    beginResetModel();
    m_keys = std::move(keys);
    endResetModel();
}

int ArchivedKeysModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_keys.rows.size());
}

int ArchivedKeysModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant ArchivedKeysModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const ArchivedRow& row = m_keys.rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return textOf(row, index.column());
    case Qt::FontRole:
        return index.column() == Key ? QVariant(keyFont()) : QVariant();
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(alignmentOf(index.column()));
    default:
        return {};
    }
}

QVariant ArchivedKeysModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= Columns) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(alignmentOf(section));
    }
    const QString titles[Columns]{tr("Key"), tr("Type"), tr("Database"), tr("Ends"), tr("Value"), tr("Was")};
    return role == Qt::DisplayRole ? QVariant(titles[section]) : QVariant();
}

} // namespace keyglass::ui
