// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/tablelist.h"

#include <QAbstractTableModel>

#include <vector>

namespace keyglass::ui {

/// The tables of a server, one row each.
class TableListModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Namespace, Table, Rows, ColumnsOf, Indexes, Size, Node, Slot, Notes, Columns };
    static constexpr int sortRole = Qt::UserRole; ///< Numbers as numbers.

    explicit TableListModel(QObject* parent = nullptr);

    void setTables(std::vector<TableEntry> tables);
    /// Null where there is no such row.
    [[nodiscard]] const TableEntry* table(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<TableEntry> m_tables;
};

} // namespace keyglass::ui
