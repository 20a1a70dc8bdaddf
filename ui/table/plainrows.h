// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QAbstractItemModel;
class QLabel;
class QPushButton;
class QTableView;
class QWidget;

namespace keyglass::ui {

/// A table of lines of one height, of which several can be selected; sorted by a click on a head.
[[nodiscard]] QTableView* makeRowGrid(QAbstractItemModel* model, const QString& name, QWidget* parent);
/// A label for a sentence that changes, as wide as there is room.
[[nodiscard]] QLabel* makeStateLabel(const QString& name, QWidget* parent);
[[nodiscard]] QPushButton* makeBarButton(const QString& text, QWidget* parent);

} // namespace keyglass::ui
