// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/badge.h"

#include "ui/common/theme.h"

#include <QFontMetrics>
#include <QPainter>

namespace keyglass::ui {

using namespace Qt::StringLiterals;

namespace {

/// A little smaller than the text beside it, so that the row stays calm.
QFont badgeFont(const QFont& font)
{
    constexpr double share = 0.82;
    QFont small = font;
    if (font.pointSizeF() > 0) {
        small.setPointSizeF(font.pointSizeF() * share);
    } else {
        small.setPixelSize(std::max(1, static_cast<int>(font.pixelSize() * share)));
    }
    small.setWeight(QFont::DemiBold);
    return small;
}

} // namespace

QSize badgeSize(const QFont& font)
{
    const QFontMetrics metrics(badgeFont(font));
    // M is as wide as letters get: every badge has room for its three.
    return {metrics.horizontalAdvance(u"MMM"_s) + 6, metrics.height() + 2};
}

void paintBadge(QPainter* painter, const QRect& cell, KeyType type, const QString& letters, const QPalette& palette)
{
    if (letters.isEmpty()) {
        return;
    }
    const BadgeColors colors = badgeColors(type, palette);
    QRect rect(QPoint(cell.left(), 0), badgeSize(painter->font()));
    rect.moveTop(cell.top() + (cell.height() - rect.height()) / 2);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(colors.background);
    painter->drawRoundedRect(rect, 3, 3);
    painter->setFont(badgeFont(painter->font()));
    painter->setPen(colors.text);
    painter->drawText(rect, Qt::AlignCenter, letters);
    painter->restore();
}

} // namespace keyglass::ui
