// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/command.h"
#include "core/transfer/keypart.h"

#include <string>
#include <vector>

namespace keyglass {

/// What the server that is written to has.
struct MakingWays {
    bool hasStreamCounters = true; ///< XSETID … ENTRIESADDED, XGROUP CREATE … ENTRIESREAD (7.0).
    bool hasConsumers = true;      ///< XGROUP CREATECONSUMER (6.2).
};

/// The commands that make a part under the name `name`, without its end (endCommand()): SET and APPEND, HSET, RPUSH,
/// SADD, ZADD, XADD, some elements each; RESTORE of a dump. Of a stream's last part also its groups, consumers and what
/// is pending. Together, all parts of a key in their order make it.
[[nodiscard]] std::vector<Command> makingCommands(
    const KeyPart& part, const std::string& name, const MakingWays& ways = {});

/// PEXPIREAT, for the last part of a key that ends.
[[nodiscard]] Command endCommand(const std::string& name, Milliseconds at);

} // namespace keyglass
