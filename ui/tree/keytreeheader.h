// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHeaderView>

#include <vector>

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

    /// As the user wants it; a column may be out of sight all the same, while names would have no room beside it.
    [[nodiscard]] bool isShown(KeyColumn column) const { return m_shown[static_cast<std::size_t>(column)]; }
    void setShown(KeyColumn column, bool shown);
    /// Puts columns out of sight, the last ones first, until names have some room in `width` pixels.
    void fitTo(int width);
    /// Widths and which columns are shown.
    [[nodiscard]] QByteArray saveColumns() const;
    bool restoreColumns(const QByteArray& state);

Q_SIGNALS:
    void shownChanged();

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    std::vector<bool> m_shown; // what the user wants
    std::vector<int> m_widths; // of each column when it was last in sight
    int m_width = 0;
};

} // namespace keyglass::ui
