// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/index/keyselection.h"
#include "core/index/treerows.h"
#include "ui/tree/detailscache.h"
#include "ui/tree/keytreemodel.h"
#include "ui/tree/rowname.h"

#include <QFont>
#include <QPalette>
#include <QRect>

#include <array>

class QPainter;

namespace keyglass::ui {

/// Sizes of the tree, in pixels.
struct TreeMetrics {
    static constexpr int rowHeight = 22;
    static constexpr int indent = 16;
    static constexpr int margin = 4;
    static constexpr int expander = 16; ///< Width of the triangle's place, before every name.

    /// Where the name of a row starts.
    [[nodiscard]] static int nameLeft(int depth) { return margin + depth * indent + expander; }
    /// The triangle's place in a row of that rectangle.
    [[nodiscard]] static QRect expanderRect(const QRect& row, int depth)
    {
        return {row.left() + margin + depth * indent, row.top(), expander, row.height()};
    }
};

/// How one row stands: everything its picture depends on beside the row itself.
struct RowLook {
    QRect rect;
    std::array<QRect, keyColumnCount> cells; ///< An empty one: the column is hidden.
    SelectedShare selected = SelectedShare::None;
    bool isCurrent = false;
    bool hasFocus = false; ///< The view has.
    bool isHovered = false;
    bool isMarked = false; ///< Just jumped to.
    bool isTable = false;  ///< Stands for a table: it is opened, not expanded.
    QPalette palette;
    QFont font; ///< Of names.
};

/// Paints one row. `details` may be null: nothing known.
void paintRow(QPainter& painter, const TreeRow& row, const RowName& name, const RowLook& look,
    const DetailsCache::Entry* details, const KeyTreeModel& model);

/// The room a row's name has.
[[nodiscard]] double nameWidth(const TreeRow& row, const RowLook& look);

} // namespace keyglass::ui
