// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tree/typebadge.h"

#include <QFont>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace keyglass::ui {

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

QColor mixed(const QColor& a, const QColor& b, double share)
{
    const auto channel = [share](int x, int y) { return static_cast<int>(std::lround(x * share + y * (1 - share))); };
    return {channel(a.red(), b.red()), channel(a.green(), b.green()), channel(a.blue(), b.blue())};
}

double luminance(const QColor& color)
{
    const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

} // namespace

double contrastRatio(const QColor& a, const QColor& b)
{
    const double one = luminance(a);
    const double other = luminance(b);
    return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
}

BadgeColors badgeColors(KeyType type, const QPalette& palette)
{
    const QColor base = palette.color(QPalette::Active, QPalette::Base);
    const bool isDark = base.lightness() < 128;
    const auto* found = std::ranges::find(typeColors, type, &TypeColor::type);
    const TypeColor& entry = found == typeColors.end() ? typeColors.back() : *found;
    const QColor text = QColor::fromRgb(isDark ? entry.onDark : entry.onLight);
    return {text, mixed(text, base, isDark ? 0.16 : 0.11)};
}

void paintTypeBadge(QPainter& painter, const QRectF& cell, KeyType type, const QPalette& palette)
{
    const QString letters = keyTypeBadge(type);
    if (letters.isEmpty()) {
        return;
    }
    const BadgeColors colors = badgeColors(type, palette);
    QRectF ground(cell.left(), 0, 30, 15);
    ground.moveTop(std::floor(cell.center().y() - ground.height() / 2));
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.back);
    painter.drawRoundedRect(ground, 3, 3);
    QFont font = painter.font();
    font.setPixelSize(10);
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(colors.text);
    painter.drawText(ground, Qt::AlignCenter, letters);
    painter.restore();
}

} // namespace keyglass::ui
