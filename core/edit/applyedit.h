// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/edit/editabilities.h"
#include "core/edit/editlanes.h"
#include "core/edit/keyedit.h"
#include "core/source/commandgate.h"

#include <stop_token>

namespace keyglass {

/// How edits are done on this server, for this user.
struct EditOptions {
    EditAbilities abilities;
    /// The user's yes to commands that the gate asks for: EVAL where others keep changing the key, RENAME and RESTORE
    /// in production.
    Confirmation confirmation;
};

/// Carries out one edit if what is there is what the user saw; else changes nothing and says what is there.
///
/// WATCH, look, compare, MULTI, write, EXEC; again up to five times where others changed the rest of the key in
/// between, then as a script on the server. In a cluster redirects are followed for a few seconds. Every edit keeps the
/// time to live of the key and of its fields. Blocks for two round trips as a rule.
///
/// An Error means that nothing was changed, unless its detail says otherwise: ReadOnly and Confirm from the gate,
/// before anything is sent; Input; Permission, ReadOnly (a replica), Server (out of memory…) from the server; Limit
/// (what is there is too large to be compared); Network, Timeout, Cancelled before anything was written. A line lost
/// later is no Error but an outcome: Done, NotDone or Unknown, after looking again.
[[nodiscard]] Result<EditOutcome> applyEdit(
    EditLanes& lanes, const KeyEdit& edit, const EditOptions& options, std::stop_token stop);
/// The same on a server that is alone. Nobody else may use `lane` meanwhile.
[[nodiscard]] Result<EditOutcome> applyEdit(
    Lane& lane, const KeyEdit& edit, const EditOptions& options, std::stop_token stop);

} // namespace keyglass
