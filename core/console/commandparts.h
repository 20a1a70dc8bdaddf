// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/net/command.h"
#include "core/net/reply.h"
#include "core/source/redis/slots.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace keyglass {

class CommandTable;
class Lane;

/// How much one command may hold before it has to be sent as several.
struct CommandLimits {
    std::size_t words =
        1'000'000; ///< A server takes at most 1,048,576 (https://redis.io/docs/reference/protocol-spec).
    std::size_t bytes = 64U * 1024 * 1024;
};

/// A command as it is sent: as it is, or in parts whose replies become one again.
class CommandParts {
public:
    /// `keySlots`: the slots of the command's keys in their order, in a cluster; empty elsewhere. A command whose keys
    /// are in several slots, or that is over the limits, is taken apart where what its parts answer can be put
    /// together: integers are added (DEL, UNLINK, EXISTS, TOUCH; SADD, SREM, HDEL, ZREM, HSET by length), arrays put
    /// back in the elements' order (MGET; HMGET, SMISMEMBER, ZMSCORE by length), of a list's new length the last one
    /// stands (LPUSH, RPUSH by length). Input for any other: it is refused before anything is sent.
    [[nodiscard]] static Result<CommandParts> of(
        Command command, const std::vector<std::uint16_t>& keySlots, const CommandLimits& limits);

    [[nodiscard]] const std::vector<Command>& commands() const { return m_commands; }
    [[nodiscard]] bool isWhole() const { return m_commands.size() == 1; }
    /// The one reply for the replies to commands(). Where a part failed: of integers and lengths the first error; of
    /// arrays it stands in place of each element of that part.
    [[nodiscard]] Reply combined(std::vector<Reply> replies) const;

private:
    enum class Combine { Add, Concatenate, Last };
    struct Divisible;

    [[nodiscard]] static const Divisible* divisible(const Command& command);
    void divide(const Command& command, const Divisible& how, const std::vector<std::uint16_t>& slots,
        const CommandLimits& limits);

    Combine m_combine = Combine::Last;
    std::vector<Command> m_commands;
    std::vector<std::vector<std::size_t>> m_places; ///< Which of the command's elements each part holds.
};

/// The slots of each command's keys in their order, as the table tells where they stand; where it can't tell, the
/// server is asked (COMMAND GETKEYS), once for all. None for a command without keys. Fails as the server does.
[[nodiscard]] Result<std::vector<std::vector<std::uint16_t>>> fetchKeySlots(
    Lane& lane, const CommandTable& table, std::span<const Command> commands, std::stop_token stop);

} // namespace keyglass
