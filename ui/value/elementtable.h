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
    /// A column's header was clicked, or its menu entry chosen.
    void sortWanted(int column);
    /// Ctrl+Home and Ctrl+End, where not all rows between are loaded.
    void startWanted();
    void endWanted();

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void addCopyAction();
    void addSortAction();
    /// Rows that come before those on screen leave these where they are.
    void keepScrolled(int first, int last);
    void widenNumbers();
    void copyCell() const;
    void applyRowHeight();

    ValueTableModel* m_model;
    int m_fittedType = -1;
};

} // namespace keyglass::ui
