// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/previewtabbar.h"

#include "ui/common/icons.h"

#include <QMouseEvent>
#include <QStyleOptionTab>
#include <QStylePainter>
#include <QToolButton>

#include <algorithm>

namespace keyglass::ui {

namespace {

constexpr int namedCharacters = 24; ///< Of a tab at its narrowest, with its button.

} // namespace

PreviewTabBar::PreviewTabBar(QWidget* parent)
    : QTabBar(parent)
{
    setDrawBase(false);
    setExpanding(false);
    setMovable(true);
    setElideMode(Qt::ElideMiddle);
    setUsesScrollButtons(true);
    setAccessibleName(tr("Open keys"));
}

void PreviewTabBar::setPreview(int index)
{
    for (int at = 0; at < count(); ++at) {
        setTabData(at, at == index);
    }
    update();
}

int PreviewTabBar::preview() const
{
    for (int at = 0; at < count(); ++at) {
        if (tabData(at).toBool()) {
            return at;
        }
    }
    return -1;
}

/// Qt's own is an ellipsis.
QSize PreviewTabBar::minimumTabSizeHint(int index) const
{
    const QSize whole = tabSizeHint(index);
    return {std::min(whole.width(), namedCharacters * fontMetrics().averageCharWidth()), whole.height()};
}

void PreviewTabBar::paintEvent(QPaintEvent*)
{
    QStylePainter painter(this);
    QFont italic = font();
    italic.setItalic(true);
    const auto draw = [&](int at) {
        QStyleOptionTab option;
        initStyleOption(&option, at);
        painter.setFont(tabData(at).toBool() ? italic : font());
        painter.drawControl(QStyle::CE_TabBarTab, option);
    };
    for (int at = 0; at < count(); ++at) {
        if (at != currentIndex()) {
            draw(at);
        }
    }
    if (currentIndex() >= 0) {
        draw(currentIndex());
    }
}

void PreviewTabBar::tabInserted(int index)
{
    auto* close = new QToolButton(this);
    setIcon(close, QStringLiteral("close"));
    close->setIconSize({12, 12});
    close->setAutoRaise(true);
    close->setFocusPolicy(Qt::NoFocus);
    close->setAccessibleName(tr("Close tab"));
    close->setToolTip(tr("Close"));
    setTabButton(index, RightSide, close);
    connect(close, &QToolButton::clicked, this, [this, close] {
        for (int at = 0; at < count(); ++at) { // tabs move
            if (tabButton(at, RightSide) == close) {
                Q_EMIT tabCloseRequested(at);
                return;
            }
        }
    });
}

void PreviewTabBar::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::MiddleButton) {
        if (const int at = tabAt(event->position().toPoint()); at >= 0) {
            Q_EMIT tabCloseRequested(at);
        }
        return;
    }
    QTabBar::mouseReleaseEvent(event);
}

} // namespace keyglass::ui
