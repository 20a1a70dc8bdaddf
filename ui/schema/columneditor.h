// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/schemachange.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QTableWidget;

namespace keyglass::ui {

/// A choice of the four column types.
[[nodiscard]] QComboBox* makeTypeBox(QWidget* parent);

/// The columns of a table that is to be made: name, type, index; at least one row.
class ColumnEditor : public QWidget {
    Q_OBJECT

public:
    explicit ColumnEditor(QWidget* parent = nullptr);

    /// Rows without a name are left out.
    [[nodiscard]] std::vector<TableColumn> columns() const;
    void setColumns(const std::vector<TableColumn>& columns);

Q_SIGNALS:
    void changed();

private:
    void addRow(const TableColumn& column);
    void removeRow();

    QTableWidget* m_rows;
};

} // namespace keyglass::ui
