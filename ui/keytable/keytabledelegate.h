// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace keyglass::ui {

class KeyTableModel;

/// Paints the cells of the key table: names as the tree has them, badges, numbers at the right, a bar in the place of
/// what is not known yet, gone keys struck out.
class KeyTableDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit KeyTableDelegate(const KeyTableModel& model, QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintName(QPainter& painter, const QStyleOptionViewItem& option, int row, bool isGone) const;

    const KeyTableModel& m_model;
};

} // namespace keyglass::ui
