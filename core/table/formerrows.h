// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/schemapreview.h"
#include "core/table/tableremains.h"

#include <stop_token>

namespace keyglass {

class Lane;

/// Looks at the rows that a former table has left, by the columns of the one that is to take them over
/// (`preview.after`) and of which there is `left` in all: tells in the preview's notes what becomes of them, and
/// refuses what would make a table of rows that do not fit. As the line does.
[[nodiscard]] Status lookAtFormerRows(Lane& lane, const TableRemains& left, SchemaPreview& preview,
    const std::stop_token& stop, const SchemaProgress& progress);

} // namespace keyglass
