// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/jsontext.h"

#include <string_view>

namespace keyglass::cli {

using keyglass::jsonOf;

/// Exit statuses of the command line.
enum ExitStatus { Done = 0, DoneInPart = 1, BadUsage = 2, Failed = 3 };

/// Writes to stdout. False once that fails (a closed pipe, a full disk): there is no use in going on.
bool writeOut(std::string_view text);

/// Why writing failed, in the system's words: what a command that gives up because of it ends with.
[[nodiscard]] Error outputFailure();

/// The last thing that a command does: sees to it that everything has left the buffers. `status`, or Failed where
/// stdout did not take all, which is told unless it was.
int finishOutput(int status);

/// One line on stderr, in the words of errorText(), and the exit status that goes with it.
ExitStatus tell(const Error& error);

} // namespace keyglass::cli
