// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tree/keytreeview.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QDrag>
#include <QHelpEvent>
#include <QMimeData>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>

namespace keyglass::ui {

int KeyTreeView::rowAtY(int y) const
{
    const int row = y < 0 ? -1 : y / TreeMetrics::rowHeight;
    return row < m_model.rowCount() ? row : -1;
}

bool KeyTreeView::isOnExpander(const QPoint& at) const
{
    const int row = rowAtY(at.y());
    if (row < 0 || !m_model.row(row).isFolder || m_model.tableOf(m_model.row(row))) {
        return false;
    }
    const QRect line(0, row * TreeMetrics::rowHeight, viewport()->width(), TreeMetrics::rowHeight);
    return TreeMetrics::expanderRect(line, m_model.row(row).depth).contains(at);
}

void KeyTreeView::mousePressEvent(QMouseEvent* event)
{
    const int at = rowAtY(event->position().toPoint().y());
    m_chooseOnRelease.reset();
    m_mayDrag = false;
    if (at < 0) {
        if (event->button() == Qt::LeftButton && event->modifiers() == Qt::NoModifier) {
            m_selection.clear();
            selectionEdited();
        }
        return;
    }
    const TreeRow row = m_model.row(at); // a copy: what follows may lay out anew
    const RowId id = row.id();
    if (event->button() == Qt::LeftButton && isOnExpander(event->position().toPoint())) {
        row.isExpanded ? collapseFolder(row.bytes) : expandFolder(row.bytes);
        return;
    }
    const bool isSelected = m_selection.share(keysOf(id), *rows()->snapshot()) == SelectedShare::All;
    if (event->button() == Qt::RightButton) {
        moveTo(id, isSelected ? Choice::Keep : Choice::Replace);
        return;
    }
    if (event->button() != Qt::LeftButton) {
        return;
    }
    m_pressedAt = event->position().toPoint();
    m_mayDrag = true;
    Choice choice = choiceOf(event->modifiers());
    choice = choice == Choice::Keep ? Choice::Toggle : choice;
    if (choice == Choice::Replace && isSelected) {
        m_chooseOnRelease = id; // it may become a drag of what is selected
        choice = Choice::Keep;
    }
    moveTo(id, choice);
}

void KeyTreeView::mouseMoveEvent(QMouseEvent* event)
{
    setHovered(rowAtY(event->position().toPoint().y()));
    const auto moved = (event->position().toPoint() - m_pressedAt).manhattanLength();
    if (m_mayDrag && event->buttons().testFlag(Qt::LeftButton) && moved >= QApplication::startDragDistance()) {
        m_mayDrag = false;
        m_chooseOnRelease.reset();
        startDrag(Qt::CopyAction);
    }
}

void KeyTreeView::mouseReleaseEvent(QMouseEvent* event)
{
    const bool wasClick = m_mayDrag && event->button() == Qt::LeftButton;
    m_mayDrag = false;
    if (m_chooseOnRelease) {
        choose(*m_chooseOnRelease, Choice::Replace);
        m_chooseOnRelease.reset();
    }
    if (wasClick && event->modifiers() == Qt::NoModifier && m_current && !m_current->isFolder) {
        Q_EMIT keyPreviewed(m_current->bytes);
    }
}

void KeyTreeView::mouseDoubleClickEvent(QMouseEvent* event)
{
    const int at = rowAtY(event->position().toPoint().y());
    if (event->button() != Qt::LeftButton || at < 0) {
        return;
    }
    if (isOnExpander(event->position().toPoint())) {
        mousePressEvent(event); // the second of two quick clicks
        return;
    }
    m_mayDrag = false;
    moveTo(m_model.row(at).id(), Choice::Replace);
    activateCurrent();
}

void KeyTreeView::wheelEvent(QWheelEvent* event)
{
    constexpr int eighthsPerNotch = 120;
    const int pixels = event->pixelDelta().y();
    m_wheelRest += pixels != 0 ? pixels * eighthsPerNotch / (TreeMetrics::rowHeight * QApplication::wheelScrollLines())
                               : event->angleDelta().y();
    const int rowsBy = m_wheelRest * QApplication::wheelScrollLines() / eighthsPerNotch;
    if (rowsBy != 0) {
        m_wheelRest -= rowsBy * eighthsPerNotch / QApplication::wheelScrollLines();
        scrollBy(-rowsBy);
        setHovered(rowAtY(event->position().toPoint().y()));
    }
    event->accept();
}

void KeyTreeView::contextMenuEvent(QContextMenuEvent* event)
{
    if (!m_current) {
        return;
    }
    QPoint at = event->globalPos();
    if (event->reason() == QContextMenuEvent::Keyboard) {
        ensureVisible(*m_current);
        at = viewport()->mapToGlobal(visualRect(m_model.indexOf(*m_current)).center());
    }
    Q_EMIT contextMenuWanted(*m_current, at);
}

void KeyTreeView::startDrag(Qt::DropActions /*actions*/)
{
    const QModelIndex index = m_current ? m_model.indexOf(*m_current) : QModelIndex();
    if (QMimeData* mime = index.isValid() ? m_model.mimeData({index}) : nullptr) {
        auto* drag = new QDrag(this); // NOLINT(cppcoreguidelines-owning-memory): Qt deletes it after the drop
        drag->setMimeData(mime);
        drag->exec(Qt::CopyAction);
    }
}

void KeyTreeView::setHovered(int row)
{
    if (row != m_hovered) {
        m_hovered = row;
        viewport()->update();
    }
}

bool KeyTreeView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Leave) {
        setHovered(-1);
    }
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int row = rowAtY(help->pos().y());
        const QString text = row < 0 ? QString() : m_model.toolTip(m_model.row(row)).toHtmlEscaped();
        const QString shown = QStringLiteral("<p style='white-space:pre-wrap'>%1</p>").arg(text);
        text.isEmpty() ? QToolTip::hideText() : QToolTip::showText(help->globalPos(), shown, viewport());
        return true;
    }
    return QAbstractItemView::viewportEvent(event);
}

} // namespace keyglass::ui
