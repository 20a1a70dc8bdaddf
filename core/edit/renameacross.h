// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/applyedit.h"

namespace keyglass {

/// A RenameKey to a slot of another node, or to another slot of the same: copied by DUMP and RESTORE with its exact
/// end, looked at again (type, length, end), and only then deleted at the old place, if nobody has changed it since the
/// copying; else the copy is taken back. At no time is the key nowhere. As applyEdit().
[[nodiscard]] Result<EditOutcome> renameAcross(
    EditLanes& lanes, const KeyEdit& edit, const EditOptions& options, std::stop_token stop);

} // namespace keyglass
