// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace keyglass::ui {

class ValueTableModel;

/// The table of a collection's elements: one line a row, of one height, its last column as wide as there is room.
class ElementTable : public QTableView {
    Q_OBJECT

public:
    explicit ElementTable(ValueTableModel* model, QWidget* parent = nullptr);

    /// Widths for what is in the first rows; a user's own widths stay as long as the type does.
    void fitColumns();

Q_SIGNALS:
    void currentCellChanged(const QModelIndex& index);

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void changeEvent(QEvent* event) override;

private:
    void addCopyAction();
    void copyCell() const;
    void applyRowHeight();

    ValueTableModel* m_model;
    int m_fittedType = -1;
};

} // namespace keyglass::ui
