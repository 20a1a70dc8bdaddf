// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/keytable/keytablegrid.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QFontDatabase>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>

namespace keyglass::ui {

KeyTableGrid::KeyTableGrid(QWidget* parent)
    : QTableView(parent)
{
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setAutoScroll(false);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerItem);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setFont(QApplication::font());
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsClickable(true);
    horizontalHeader()->setSectionsMovable(true);
    horizontalHeader()->setSortIndicatorShown(true);
    applyRowHeight();
}

int KeyTableGrid::rowHeight() const
{
    return verticalHeader()->defaultSectionSize();
}

int KeyTableGrid::pageRows() const
{
    return std::max(1, viewport()->height() / rowHeight());
}

/// Sideways only.
void KeyTableGrid::scrollTo(const QModelIndex& /*index*/, ScrollHint /*hint*/) { }

void KeyTableGrid::applyRowHeight()
{
    const int height = std::max(leastRowHeight, fontMetrics().height() + 6);
    verticalHeader()->setMinimumSectionSize(height);
    verticalHeader()->setDefaultSectionSize(height);
}

int KeyTableGrid::rowAt(const QPoint& at) const
{
    return at.y() < 0 ? -1 : at.y() / rowHeight();
}

void KeyTableGrid::keyPressEvent(QKeyEvent* event)
{
    event->ignore();
    Q_EMIT keyPressed(event);
    if (event->isAccepted()) {
        return;
    }
    if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) {
        QScrollBar* bar = horizontalScrollBar();
        bar->triggerAction(
            event->key() == Qt::Key_Left ? QScrollBar::SliderSingleStepSub : QScrollBar::SliderSingleStepAdd);
        event->accept();
    }
}

void KeyTableGrid::mousePressEvent(QMouseEvent* event)
{
    Q_EMIT rowPressed(rowAt(event->position().toPoint()), event->button(), event->modifiers());
}

void KeyTableGrid::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons().testFlag(Qt::LeftButton)) {
        const int y = event->position().toPoint().y();
        Q_EMIT rowDragged(y < 0 ? -1 : y / rowHeight());
    }
}

void KeyTableGrid::mouseReleaseEvent(QMouseEvent* /*event*/) { }

void KeyTableGrid::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton) {
        Q_EMIT rowDoubleClicked(rowAt(event->position().toPoint()));
    }
}

void KeyTableGrid::wheelEvent(QWheelEvent* event)
{
    if (event->angleDelta().x() != 0 && event->angleDelta().y() == 0) {
        QTableView::wheelEvent(event);
        return;
    }
    constexpr int eighthsPerNotch = 120;
    const int lines = QApplication::wheelScrollLines();
    const int pixels = event->pixelDelta().y();
    m_wheelRest += pixels != 0 ? pixels * eighthsPerNotch / (rowHeight() * lines) : event->angleDelta().y();
    const int rows = m_wheelRest * lines / eighthsPerNotch;
    if (rows != 0) {
        m_wheelRest -= rows * eighthsPerNotch / lines;
        Q_EMIT turned(-rows);
    }
    event->accept();
}

void KeyTableGrid::contextMenuEvent(QContextMenuEvent* event)
{
    Q_EMIT menuWanted(event->globalPos(), event->reason() == QContextMenuEvent::Keyboard);
}

void KeyTableGrid::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    Q_EMIT resized();
}

void KeyTableGrid::paintEvent(QPaintEvent* event)
{
    QTableView::paintEvent(event);
    Q_EMIT painted();
}

void KeyTableGrid::changeEvent(QEvent* event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        applyRowHeight();
        Q_EMIT resized();
    }
}

void KeyTableGrid::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event); // Qt's own would make a first row current
    viewport()->update();
}

void KeyTableGrid::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

QItemSelectionModel::SelectionFlags KeyTableGrid::selectionCommand(
    const QModelIndex& /*index*/, const QEvent* /*event*/) const
{
    return QItemSelectionModel::NoUpdate;
}

} // namespace keyglass::ui
