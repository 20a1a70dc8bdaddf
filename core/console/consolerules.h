// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/net/command.h"

namespace keyglass {

/// Whether a command line can be answered by one reply within the time that a reply is waited for. Input for what turns
/// the connection into a stream (SUBSCRIBE, MONITOR, SYNC), takes its replies away (CLIENT REPLY), or makes it another
/// one than it was opened as (SELECT, AUTH, HELLO 3, RESET, QUIT); and for a blocking command that may wait for longer
/// than `longestWait`, as its answer would get lost.
[[nodiscard]] Status checkForConsole(const Command& command, Milliseconds longestWait);

/// The same of a command that is done to each of many elements, over connections that others use too: neither may it
/// begin or end a transaction.
[[nodiscard]] Status checkForOperation(const Command& command, Milliseconds longestWait);

} // namespace keyglass
