// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QTableView;
class QWidget;

namespace keyglass::ui {

class TextTable;

/// A table of lines of one height, one of which can be selected.
[[nodiscard]] QTableView* makePlainTable(TextTable* model, const QString& name, QWidget* parent);

} // namespace keyglass::ui
