// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tree/rowname.h"

#include <QColor>
#include <QList>
#include <QTextLayout>

namespace keyglass::ui {

[[nodiscard]] QColor withAlpha(QColor color, double alpha);
/// Text of less weight: counts, placeholders, escapes.
[[nodiscard]] QColor dimmed(const QColor& text);

/// How a key's name is written on a row whose text has the colour `text`: escapes dimmed, marks in italics, what looks
/// like something else underlined, the whole struck out where the key is gone.
[[nodiscard]] QList<QTextLayout::FormatRange> nameFormats(const RowName& name, const QColor& text, bool isGone);

} // namespace keyglass::ui
