// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/scrollpane.h"

#include <QEvent>
#include <QScreen>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace keyglass::ui {

namespace {

constexpr QSize frameOfWindow{16, 48}; ///< About what a window manager and a panel put around it.
constexpr int leastShown = 96;

} // namespace

QSize roomOnScreen(const QWidget& window)
{
    return window.screen()->availableSize() - frameOfWindow;
}

ScrollPane::ScrollPane(QWidget* parent)
    : QScrollArea(parent)
{
    auto* content = new QWidget(this);
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins({});
    setWidget(content);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    content->installEventFilter(this);
}

QSize ScrollPane::sizeHint() const
{
    return widget()->sizeHint();
}

QSize ScrollPane::minimumSizeHint() const
{
    const int width = widget()->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width();
    return {width, std::min(leastShown, m_column->minimumSize().height())};
}

void ScrollPane::resizeEvent(QResizeEvent* event)
{
    QScrollArea::resizeEvent(event);
    fit();
}

bool ScrollPane::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == widget() && event->type() == QEvent::LayoutRequest) {
        fit();
        updateGeometry();
    }
    return QScrollArea::eventFilter(watched, event);
}

/// QScrollArea's own way gives its widget the height that it would like best, and scrolls before it has to.
void ScrollPane::fit()
{
    const QSize room = maximumViewportSize();
    int width = room.width();
    int height = leastHeight(width);
    if (height > room.height()) {
        width -= verticalScrollBar()->sizeHint().width();
        height = leastHeight(width);
    }
    widget()->resize(width, std::max(height, room.height()));
}

int ScrollPane::leastHeight(int width) const
{
    return m_column->hasHeightForWidth() ? m_column->minimumHeightForWidth(width) : m_column->minimumSize().height();
}

} // namespace keyglass::ui
