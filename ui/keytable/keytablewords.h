// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/columns/columnorder.h"
#include "core/columns/tablerows.h"

#include <QString>

namespace keyglass::ui {

class KeyTableSorter;

/// "1,204 keys", "1 key".
[[nodiscard]] QString keyCountText(std::uint64_t keys);
/// What a sort takes, before it is begun.
[[nodiscard]] QString costText(const KeyTableSorter& sorter);
/// How far a sort is.
[[nodiscard]] QString sortingText(const KeyTableSorter& sorter);
/// "Sorted by memory as of 12:03:05; 3 keys were gone": of rows that are sorted by a column, else by name.
[[nodiscard]] QString orderText(const TableRows& rows);
/// "412 new keys are not sorted in."; empty where nothing has changed.
[[nodiscard]] QString changesText(const KeyChanges& changes);

} // namespace keyglass::ui
