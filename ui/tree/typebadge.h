// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/keydetails.h"

#include <QColor>
#include <QPalette>
#include <QRectF>

class QPainter;

namespace keyglass::ui {

/// The colours of a type's badge, opaque, so that its contrast is the same on a selected row.
struct BadgeColors {
    QColor text;
    QColor back;
};

/// One calm colour per type; text on back has a contrast of at least 4.5:1 with light and dark palettes.
[[nodiscard]] BadgeColors badgeColors(KeyType type, const QPalette& palette);

/// Contrast of two colours as WCAG 2 has it, 1 to 21.
[[nodiscard]] double contrastRatio(const QColor& a, const QColor& b);

/// Paints the three letters of `type` on their ground, in the middle of `cell`'s height.
void paintTypeBadge(QPainter& painter, const QRectF& cell, KeyType type, const QPalette& palette);

} // namespace keyglass::ui
