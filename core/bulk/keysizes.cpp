// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/keysizes.h"

#include "core/bulk/keyreading.h"
#include "core/net/command.h"
#include "core/source/lane.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace keyglass {

namespace {

constexpr std::int64_t bytesOfElement = 100;

struct LengthCommand {
    std::string_view type;
    const char* name;
    std::int64_t each; ///< Bytes of what it counts.
};
constexpr std::array lengthCommands{LengthCommand{"string", "STRLEN", 1}, LengthCommand{"list", "LLEN", bytesOfElement},
    LengthCommand{"set", "SCARD", bytesOfElement}, LengthCommand{"hash", "HLEN", bytesOfElement},
    LengthCommand{"zset", "ZCARD", bytesOfElement}, LengthCommand{"stream", "XLEN", bytesOfElement}};

/// How an error begins that is no server's.
constexpr std::string_view untold = "the size of a ";

} // namespace

bool isUntoldSize(std::string_view error)
{
    return error.starts_with(untold);
}

bool isWithoutSize(const Reply& reply)
{
    return reply.isError() && (reply.text.starts_with("NOPERM") || isUnknownCommand(reply));
}

Result<std::vector<Reply>> keySizes(Lane& lane, std::span<const std::string_view> keys, const std::stop_token& stop)
{
    std::vector<Command> commands;
    commands.reserve(keys.size());
    for (const std::string_view key : keys) {
        commands.push_back(Command{"MEMORY", "USAGE", key});
    }
    auto replies = lane.pipeline(commands, stop);
    if (!replies) {
        return replies;
    }
    std::vector<std::string_view> untold;
    for (std::size_t at = 0; at < keys.size(); ++at) {
        if (isWithoutSize((*replies)[at])) {
            untold.push_back(keys[at]);
        }
    }
    if (untold.empty()) {
        return replies;
    }
    auto lengths = sizesByLength(lane, untold, stop);
    if (!lengths) {
        return lengths;
    }
    auto next = lengths->begin();
    for (Reply& reply : *replies) {
        if (isWithoutSize(reply)) {
            reply = std::move(*next++);
        }
    }
    return replies;
}

Result<std::vector<Reply>> sizesByLength(
    Lane& lane, std::span<const std::string_view> keys, const std::stop_token& stop)
{
    std::vector<Command> commands;
    for (const std::string_view key : keys) {
        commands.push_back(Command{"TYPE", key});
    }
    auto types = lane.pipeline(commands, stop);
    if (!types) {
        return types;
    }
    commands.clear();
    std::vector<std::pair<std::size_t, std::int64_t>> asked; // the key's place, and what of it is counted
    for (std::size_t at = 0; at < keys.size(); ++at) {
        Reply& type = (*types)[at];
        const auto command = std::ranges::find(lengthCommands, std::string_view(type.text), &LengthCommand::type);
        if (type.isText() && command != lengthCommands.end()) {
            commands.push_back(Command{command->name, keys[at]});
            asked.emplace_back(at, command->each);
        } else if (type.isText() && type.text == "none") {
            type = {}; // nil
        } else if (type.isText()) {
            type.type = Reply::Type::Error;
            type.text = std::string(untold) + type.text + " is not told";
        }
    }
    if (commands.empty()) {
        return types;
    }
    auto lengths = lane.pipeline(commands, stop);
    if (!lengths) {
        return lengths;
    }
    for (std::size_t n = 0; n < asked.size(); ++n) {
        Reply& length = (*lengths)[n];
        if (length.isInteger()) { // whatever a server says
            const std::int64_t each = asked[n].second;
            length.integer = std::clamp<std::int64_t>(length.integer, 0, INT64_MAX / each) * each;
        }
        (*types)[asked[n].first] = std::move(length);
    }
    return types;
}

} // namespace keyglass
