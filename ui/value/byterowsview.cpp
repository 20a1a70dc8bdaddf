// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/byterowsview.h"

#include "ui/value/bytecontent.h"

#include <QEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <limits>

namespace keyglass::ui {

namespace {

int rowNumber(std::uint64_t row)
{
    return static_cast<int>(std::min<std::uint64_t>(row, std::numeric_limits<int>::max()));
}

} // namespace

ByteRowsView::ByteRowsView(const QString& name, QWidget* parent)
    : QAbstractScrollArea(parent)
{
    setAccessibleName(name);
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    viewport()->setBackgroundRole(QPalette::Base);
    viewport()->setAutoFillBackground(true);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &ByteRowsView::scrolled);
}

std::pair<std::uint64_t, std::uint64_t> ByteRowsView::shownBytes() const
{
    const auto rows = static_cast<std::uint64_t>(std::max(visibleRows(), 0)) + 1; // the last of them in part
    return {rowAt({}) * rowBytes(), rows * rowBytes()};
}

void ByteRowsView::setContent(ByteContent* content)
{
    if (m_content) {
        m_content->disconnect(this);
    }
    m_content = content;
    contentChanged();
    verticalScrollBar()->setValue(0);
    if (content) {
        connect(content, &ByteContent::pieceLoaded, this, [this] {
            viewport()->update();
            Q_EMIT cursorMoved(); // what is under it may be known only now
        });
        connect(content, &ByteContent::grew, this, [this] {
            updateScrollBars();
            viewport()->update();
        });
    }
    updateScrollBars();
    viewport()->update();
}

std::uint64_t ByteRowsView::byteCount() const
{
    return m_content ? m_content->size().value_or(m_content->beginning()->size()) : 0;
}

int ByteRowsView::visibleRows() const
{
    return viewport()->height() / rowHeight();
}

std::uint64_t ByteRowsView::rowAt(const QPoint& point) const
{
    return static_cast<std::uint64_t>(std::max(verticalScrollBar()->value() + point.y() / rowHeight(), 0));
}

void ByteRowsView::showRow(std::uint64_t row)
{
    const int at = rowNumber(row);
    const int visible = std::max(visibleRows(), 1); // none yet, before the view was laid out
    QScrollBar* bar = verticalScrollBar();
    if (at < bar->value()) {
        bar->setValue(at);
    } else if (at >= bar->value() + visible) {
        bar->setValue(at - visible + 1);
    }
}

void ByteRowsView::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(viewport());
    painter.setFont(font());
    painter.translate(-horizontalScrollBar()->value(), 0);
    const auto first = static_cast<std::uint64_t>(verticalScrollBar()->value());
    const std::uint64_t end = std::min(rowCount(), first + static_cast<std::uint64_t>(visibleRows()) + 1);
    for (std::uint64_t row = first; row < end; ++row) {
        paintRow(painter, row, static_cast<int>(row - first) * rowHeight());
    }
}

void ByteRowsView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateScrollBars();
}

void ByteRowsView::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        updateScrollBars();
    }
}

void ByteRowsView::updateScrollBars()
{
    verticalScrollBar()->setRange(0, std::max(rowNumber(rowCount()) - visibleRows(), 0));
    verticalScrollBar()->setPageStep(std::max(visibleRows(), 1));
    horizontalScrollBar()->setRange(0, std::max(rowWidth() - viewport()->width(), 0));
    horizontalScrollBar()->setPageStep(viewport()->width());
}

} // namespace keyglass::ui
