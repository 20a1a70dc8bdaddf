// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/keylook.h"

#include "core/base/valuedigest.h"
#include "core/bulk/keyreading.h"
#include "core/bulk/keysizes.h"
#include "core/source/lane.h"

#include <algorithm>
#include <span>
#include <utility>

namespace keyglass {

namespace {

constexpr std::int64_t isMissing = -2;
/// Values held at once.
constexpr std::uint64_t mostBytes = 4U * 1024 * 1024;

KeyLook refused(const Reply& reply)
{
    KeyLook look;
    look.kind = KeyLook::Kind::Refused;
    look.text = reply.isError() ? reply.text : std::string("an unexpected reply");
    return look;
}

/// `replies`: TYPE, then PTTL and MEMORY USAGE as they were asked.
KeyLook lookOf(std::span<const Reply> replies, const LookWays& ways)
{
    const Reply& type = replies.front();
    if (!type.isText()) {
        return refused(type);
    }
    KeyLook look;
    look.type = type.text;
    look.kind = type.text == "none" ? KeyLook::Kind::Missing : KeyLook::Kind::There;
    replies = replies.subspan(1);
    if (ways.asksTtl) {
        if (!replies.front().isInteger()) {
            return refused(replies.front());
        }
        look.ttl = Milliseconds{replies.front().integer};
        look.kind = look.ttl.count() == isMissing ? KeyLook::Kind::Missing : look.kind;
        replies = replies.subspan(1);
    }
    if (!replies.empty() && replies.front().isInteger()) {
        look.memory = ByteCount{static_cast<std::uint64_t>(std::max<std::int64_t>(replies.front().integer, 0))};
    }
    return look;
}

/// Of keys that are there and whose size the server did not tell.
Status knowSizes(Lane& lane, const KeyBatch& keys, std::vector<KeyLook>& looks, const std::stop_token& stop)
{
    std::vector<std::string_view> names;
    std::vector<std::size_t> places;
    for (std::size_t at = 0; at < looks.size(); ++at) {
        if (looks[at].kind == KeyLook::Kind::There && !looks[at].memory) {
            names.push_back(keys[at]);
            places.push_back(at);
        }
    }
    if (names.empty()) {
        return ok();
    }
    const auto sizes = sizesByLength(lane, names, stop);
    if (!sizes) {
        return sizes.error();
    }
    for (std::size_t n = 0; n < places.size(); ++n) {
        if (const Reply& size = (*sizes)[n]; size.isInteger()) {
            looks[places[n]].memory = ByteCount{static_cast<std::uint64_t>(std::max<std::int64_t>(size.integer, 0))};
        }
    }
    return ok();
}

Status readValues(
    Lane& lane, const KeyBatch& keys, const LookWays& ways, std::vector<KeyLook>& looks, const std::stop_token& stop)
{
    KeyGroup wanted;
    std::vector<std::uint64_t> sizes(looks.size());
    for (std::uint32_t place = 0; place < looks.size(); ++place) {
        sizes[place] = looks[place].memory.value_or(ByteCount{}).value;
        if (looks[place].kind == KeyLook::Kind::There && sizes[place] <= ways.largest.value) {
            wanted.push_back(place);
        }
    }
    for (const KeyGroup& group : groupsOf(keys, wanted, sizes, keys.size(), mostBytes, false)) {
        std::vector<Command> commands;
        for (const std::uint32_t place : group) {
            commands.push_back(Command{"DUMP", keys[place]});
        }
        const auto replies = lane.pipeline(commands, stop);
        if (!replies) {
            return replies.error();
        }
        for (std::size_t at = 0; at < group.size(); ++at) {
            const Reply& dump = (*replies)[at];
            KeyLook& look = looks[group[at]];
            if (dump.isText()) {
                look.value = valueDigest(dump.text);
            } else {
                look = dump.isNil() ? KeyLook() : refused(dump);
            }
        }
    }
    return ok();
}

} // namespace

Result<std::vector<KeyLook>> lookAtKeys(
    Lane& lane, const KeyBatch& keys, const LookWays& ways, const std::stop_token& stop)
{
    const bool asksMemory = ways.asksMemory || ways.asksValues;
    const std::size_t each = 1U + (ways.asksTtl ? 1U : 0U) + (asksMemory ? 1U : 0U);
    std::vector<Command> commands;
    commands.reserve(keys.size() * each);
    for (std::size_t at = 0; at < keys.size(); ++at) {
        commands.push_back(Command{"TYPE", keys[at]});
        if (ways.asksTtl) {
            commands.push_back(Command{"PTTL", keys[at]});
        }
        if (asksMemory) {
            commands.push_back(Command{"MEMORY", "USAGE", keys[at]});
        }
    }
    const auto replies = lane.pipeline(commands, stop);
    if (!replies) {
        return replies.error();
    }
    std::vector<KeyLook> looks;
    looks.reserve(keys.size());
    for (std::size_t at = 0; at < keys.size(); ++at) {
        looks.push_back(lookOf(std::span(*replies).subspan(at * each, each), ways));
    }
    if (asksMemory) {
        if (Status known = knowSizes(lane, keys, looks, stop); !known) {
            return std::move(known).error();
        }
    }
    if (ways.asksValues) {
        if (Status read = readValues(lane, keys, ways, looks, stop); !read) {
            return std::move(read).error();
        }
    }
    return looks;
}

} // namespace keyglass
