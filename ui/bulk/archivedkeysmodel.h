// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/archiveentry.h"

#include <QAbstractTableModel>

namespace keyglass::ui {

/// Keys of an undo archive, one row each, as they were.
class ArchivedKeysModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Key, Type, Database, Ends, Size, Reason, Columns };

    explicit ArchivedKeysModel(QObject* parent = nullptr);

    void setKeys(ArchivedKeys keys);
    [[nodiscard]] const ArchivedKeys& keys() const { return m_keys; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    ArchivedKeys m_keys;
};

} // namespace keyglass::ui
