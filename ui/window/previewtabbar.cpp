// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/previewtabbar.h"

#include <QMouseEvent>
#include <QStyleOptionTab>
#include <QStylePainter>

namespace keyglass::ui {

PreviewTabBar::PreviewTabBar(QWidget* parent)
    : QTabBar(parent)
{
    setDrawBase(false);
    setExpanding(false);
    setTabsClosable(true);
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
