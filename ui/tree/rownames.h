// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/index/treerows.h"
#include "ui/tree/rowname.h"

#include <QFontMetricsF>

#include <vector>

namespace keyglass::ui {

/// The names of the rows on screen, cut to the room they have so that no two different ones look the same.
///
/// Cut in the middle; where two would be cut to the same text, cut around the place where they differ, and where even
/// that is not enough, with a short hash of the bytes.
[[nodiscard]] std::vector<RowName> fittingNames(
    const std::vector<TreeRow>& rows, const std::vector<double>& widths, const QFontMetricsF& metrics);

/// `name` cut to `width` pixels; as it is if it fits. `focus` >= 0: the character that must stay to be seen.
[[nodiscard]] RowName fitted(const RowName& name, double width, const QFontMetricsF& metrics, qsizetype focus = -1);

} // namespace keyglass::ui
