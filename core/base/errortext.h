// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

namespace keyglass {

/// One or two sentences for people: what happened, to what, and what they can do. Used by the window and by the command
/// line alike, so that the same failure reads the same everywhere. Translated; holds no secret.
[[nodiscard]] QString errorText(const Error& error);

/// The kind alone in a few words ("timed out"), for badges, columns and reports.
[[nodiscard]] QString errorKindText(ErrorKind kind);

} // namespace keyglass
