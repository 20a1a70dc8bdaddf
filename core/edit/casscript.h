// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/editsteps.h"

namespace keyglass {

/// The edit as one script: on the server, what was read is read again, and written only where it still is as in
/// `now`; `more` comes after the writing. For keys that others change faster than a transaction can be had.
///
/// EVAL with exact bytes throughout. Its reply is for takeScriptReply().
[[nodiscard]] Command casScript(const EditSteps& steps, const Observation& now, const std::vector<Command>& more);

/// What the script's commands answered, in order; nothing where what is there was not as in `now`, and nothing was
/// written.
[[nodiscard]] std::optional<std::vector<Reply>> takeScriptReply(Reply reply);

} // namespace keyglass
