// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/keydetails.h"

#include <QColor>
#include <QRect>
#include <QSize>
#include <QString>

class QFont;
class QPainter;
class QPalette;

namespace keyglass::ui {

/// A badge's two colours; the ground is opaque, so that the text stands out from it by 4.5:1 on any row.
struct TypeBadgeColors {
    QColor text;
    QColor ground;
};

/// One calm colour per type, for light and for dark palettes.
[[nodiscard]] TypeBadgeColors typeBadgeColors(KeyType type, const QPalette& palette);

/// The size of a badge beside text of this font; the same for every type.
[[nodiscard]] QSize badgeSize(const QFont& font);

/// Paints `letters` (keyTypeBadge() of the type) as a badge at the left of `cell`, centred in its height.
void paintBadge(QPainter* painter, const QRect& cell, KeyType type, const QString& letters, const QPalette& palette);

} // namespace keyglass::ui
