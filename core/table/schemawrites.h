// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/command.h"
#include "core/table/schemapreview.h"

#include <vector>

namespace keyglass {

/// What changes the schema itself, in one transaction; what belongs to rows and indexes goes beside it.
[[nodiscard]] std::vector<Command> schemaWrites(const SchemaPlan& plan, ChangeWay way);
/// The same with an example of what is sent for every row or index entry, "…" for what differs.
[[nodiscard]] std::vector<Command> exampleWrites(const SchemaPlan& plan, ChangeWay way);

} // namespace keyglass
