// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHeaderView>

namespace keyglass::ui {

enum class KeyColumn;

/// The column heads of the key tree: resizable, and all but the name can be hidden from their context menu.
///
/// Shows a model of its own, so that the tree's many resets never touch it.
class KeyTreeHeader : public QHeaderView {
    Q_OBJECT

public:
    /// `titles`: the header data of this model, taken once.
    KeyTreeHeader(const QAbstractItemModel& titles, QWidget* parent);

    [[nodiscard]] bool isShown(KeyColumn column) const;
    void setShown(KeyColumn column, bool shown);

Q_SIGNALS:
    void shownChanged();

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;
};

} // namespace keyglass::ui
