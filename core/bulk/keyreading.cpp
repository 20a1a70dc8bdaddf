// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/keyreading.h"

#include "core/bulk/stepreplies.h"
#include "core/source/redis/slots.h"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <utility>

namespace keyglass {

namespace {

SeenKey refused(const Reply& reply)
{
    return {isElsewhere(reply) ? SeenKey::Kind::Elsewhere : SeenKey::Kind::Refused, {}, {},
        reply.isError() ? reply.text : std::string("an unexpected reply")};
}

/// `now`: null where `expiry` is a point in time and not what is left until then.
SeenKey seenKey(Reply& dump, const Reply& expiry, const Reply* now)
{
    if (dump.isNil() || (expiry.isInteger() && expiry.integer == -2)) {
        return {};
    }
    if (!dump.isText() || !expiry.isInteger()) {
        return refused(dump.isText() ? expiry : dump);
    }
    SeenKey seen{SeenKey::Kind::There, std::move(dump.text), {}, {}};
    if (expiry.integer >= 0) {
        const auto from = now ? serverTimeIn(*now) : Milliseconds{0};
        if (!from) {
            return refused(*now);
        }
        seen.expireAt = *from + Milliseconds{expiry.integer};
    }
    return seen;
}

} // namespace

std::vector<KeyGroup> groupsOf(const KeyBatch& keys, const KeyGroup& places, std::span<const std::uint64_t> sizes,
    std::size_t mostKeys, std::uint64_t mostBytes, bool bySlot)
{
    std::vector<std::pair<std::uint16_t, std::uint32_t>> ordered;
    ordered.reserve(places.size());
    for (const std::uint32_t place : places) {
        ordered.emplace_back(bySlot ? slotOf(keys[place]) : std::uint16_t{0}, place);
    }
    if (bySlot) {
        std::ranges::sort(ordered);
    }
    std::vector<KeyGroup> groups;
    std::uint64_t bytes = 0;
    std::uint16_t slot = 0;
    for (const auto& [ofSlot, place] : ordered) {
        const std::uint64_t size = keys[place].size() + (place < sizes.size() ? sizes[place] : 0);
        if (groups.empty() || ofSlot != slot || groups.back().size() >= mostKeys || bytes + size > mostBytes) {
            groups.emplace_back();
            bytes = 0;
        }
        groups.back().push_back(place);
        bytes += size;
        slot = ofSlot;
    }
    return groups;
}

void addLooks(const KeyBatch& keys, const KeyGroup& group, const ArchivingWays& ways, std::vector<Command>& commands)
{
    for (const std::uint32_t place : group) {
        commands.push_back(Command{"DUMP", keys[place]});
        commands.push_back(Command{ways.hasExpireTime ? "PEXPIRETIME" : "PTTL", keys[place]});
    }
    if (!ways.hasExpireTime) {
        commands.push_back(Command{"TIME"});
    }
}

std::size_t looksOf(const KeyGroup& group, const ArchivingWays& ways)
{
    return group.size() * 2 + (ways.hasExpireTime ? 0 : 1);
}

std::vector<SeenKey> seenIn(std::span<Reply> replies, const KeyGroup& group, const ArchivingWays& ways)
{
    const Reply* const now = ways.hasExpireTime ? nullptr : &replies[group.size() * 2];
    std::vector<SeenKey> seen;
    seen.reserve(group.size());
    for (std::size_t at = 0; at < group.size(); ++at) {
        seen.push_back(seenKey(replies[at * 2], replies[at * 2 + 1], now));
    }
    return seen;
}

KeyGroup allPlaces(const KeyBatch& keys)
{
    KeyGroup places(keys.size());
    std::iota(places.begin(), places.end(), 0U);
    return places;
}

/// It answers seconds and microseconds, as texts.
std::optional<Milliseconds> serverTimeIn(const Reply& reply)
{
    if (!reply.isArray() || reply.elements.size() != 2) {
        return std::nullopt;
    }
    std::int64_t parts[2] = {0, 0};
    for (std::size_t at = 0; at < 2; ++at) {
        const std::string& text = reply.elements[at].text;
        if (std::from_chars(text.data(), text.data() + text.size(), parts[at]).ec != std::errc()) {
            return std::nullopt;
        }
    }
    return Milliseconds{parts[0] * 1000 + parts[1] / 1000};
}

const Reply* firstError(std::span<const Reply> replies)
{
    const auto found = std::ranges::find_if(replies, &Reply::isError);
    return found == replies.end() ? nullptr : &*found;
}

bool isUnknownCommand(const Reply& reply)
{
    return reply.isError() && reply.text.starts_with("ERR unknown");
}

} // namespace keyglass
