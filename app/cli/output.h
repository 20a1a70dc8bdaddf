// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/jsontext.h"

#include <string_view>

namespace keyglass::cli {

using keyglass::jsonOf;

/// Exit statuses of the command line.
enum ExitStatus { Done = 0, DoneInPart = 1, BadUsage = 2, Failed = 3 };

/// Writes to stdout. False once that fails (a closed pipe): there is no use in going on.
bool writeOut(std::string_view text);

/// One line on stderr, in the words of errorText(), and the exit status that goes with it.
ExitStatus tell(const Error& error);

} // namespace keyglass::cli
