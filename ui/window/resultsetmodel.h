// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/results/resultset.h"

#include <QAbstractTableModel>

#include <vector>

namespace keyglass::ui {

/// Saved sets of keys, one row each; files that can't be used say why.
class ResultSetModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, Keys, Taken, Databases, Origin, Size, Connection, Columns };

    explicit ResultSetModel(QObject* parent = nullptr);

    void setEntries(std::vector<ResultSetEntry> entries);
    /// Null where there is no such row.
    [[nodiscard]] const ResultSetEntry* entry(int row) const;
    /// The row of this file; -1 where there is none.
    [[nodiscard]] int rowOf(const QString& file) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<ResultSetEntry> m_entries;
};

} // namespace keyglass::ui
