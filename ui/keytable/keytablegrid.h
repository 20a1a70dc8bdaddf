// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace keyglass::ui {

/// The table view of the key table: paints a window of rows and hands on what the user does. It never scrolls up or
/// down, nor selects by itself: its rows are those on screen.
class KeyTableGrid : public QTableView {
    Q_OBJECT

public:
    static constexpr int leastRowHeight = 22;

    explicit KeyTableGrid(QWidget* parent = nullptr);

    [[nodiscard]] int rowHeight() const;
    /// Rows that fit whole.
    [[nodiscard]] int pageRows() const;
    void scrollTo(const QModelIndex& index, ScrollHint hint = EnsureVisible) override;

Q_SIGNALS:
    /// Accept it where it means something here.
    void keyPressed(QKeyEvent* event);
    /// A row of the window; -1: below the last.
    void rowPressed(int row, Qt::MouseButton button, Qt::KeyboardModifiers modifiers);
    void rowDragged(int row); ///< With the left button held; may be outside of the window.
    void rowDoubleClicked(int row);
    void turned(int rows); ///< By the wheel, down is above 0.
    void menuWanted(const QPoint& globalPosition, bool byKeyboard);
    void resized();
    void painted();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    [[nodiscard]] QItemSelectionModel::SelectionFlags selectionCommand(
        const QModelIndex& index, const QEvent* event) const override;

private:
    void applyRowHeight();
    [[nodiscard]] int rowAt(const QPoint& at) const;

    int m_wheelRest = 0; // eighths of a degree
};

} // namespace keyglass::ui
