// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/badge.h"

#include "ui/common/theme.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace keyglass::ui {

using namespace Qt::StringLiterals;

namespace {

struct TypeColor {
    KeyType type;
    QRgb onLight;
    QRgb onDark;
};

constexpr std::array typeColors{
    TypeColor{KeyType::String, 0xFF1B5E9E, 0xFF8FC1FF},
    TypeColor{KeyType::Hash, 0xFF7A3E9D, 0xFFD5A6FF},
    TypeColor{KeyType::List, 0xFF8A4B00, 0xFFFFC266},
    TypeColor{KeyType::Set, 0xFF1B6537, 0xFF7FD99A},
    TypeColor{KeyType::SortedSet, 0xFF0A6464, 0xFF6FD6D6},
    TypeColor{KeyType::Stream, 0xFFA02C5A, 0xFFFF9CC0},
    TypeColor{KeyType::Json, 0xFF5B5B00, 0xFFD8D86A},
    TypeColor{KeyType::Table, 0xFF3949AB, 0xFFAAB6FF},
    TypeColor{KeyType::Other, 0xFF555555, 0xFFC4C4C4},
};

QColor mixed(const QColor& one, const QColor& other, double share)
{
    const auto part = [share](int a, int b) { return static_cast<int>(std::lround(a * share + b * (1 - share))); };
    return {part(one.red(), other.red()), part(one.green(), other.green()), part(one.blue(), other.blue())};
}

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

TypeBadgeColors typeBadgeColors(KeyType type, const QPalette& palette)
{
    const bool dark = isDark(palette);
    const auto* found = std::ranges::find(typeColors, type, &TypeColor::type);
    const TypeColor& entry = found == typeColors.end() ? typeColors.back() : *found;
    const QColor text = QColor::fromRgb(dark ? entry.onDark : entry.onLight);
    return {text, mixed(text, palette.color(QPalette::Active, QPalette::Base), dark ? 0.16 : 0.11)};
}

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
    const TypeBadgeColors colors = typeBadgeColors(type, palette);
    QRect rect(QPoint(cell.left(), 0), badgeSize(painter->font()));
    rect.moveTop(cell.top() + (cell.height() - rect.height()) / 2);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(colors.ground);
    painter->drawRoundedRect(rect, 3, 3);
    painter->setFont(badgeFont(painter->font()));
    painter->setPen(colors.text);
    painter->drawText(rect, Qt::AlignCenter, letters);
    painter->restore();
}

} // namespace keyglass::ui
