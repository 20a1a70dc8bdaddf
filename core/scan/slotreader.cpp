// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scan/slotreader.h"

#include "core/source/lane.h"

namespace keyglass {

namespace {

/// More keys than this are scanned for. GETKEYSINSLOT blocks the server for about 0.3 µs a key.
constexpr std::int64_t mostKeys = 50'000;
constexpr std::int64_t mostKeysOfSlot = 2'000;
/// A slot may grow between being counted and being read.
constexpr std::int64_t room = 1'000;
/// Replies of so many slots are held at once.
constexpr std::size_t slotsAtOnce = 16;

struct Counted {
    std::size_t slot = 0;
    std::int64_t keys = 0;
};

/// Slots that hold keys. Nothing where they hold too many or may not be counted.
Result<std::optional<std::vector<Counted>>> countKeys(Lane& lane, const SlotSet& slots, std::stop_token stop)
{
    std::vector<Command> asks;
    std::vector<Counted> counted;
    for (auto slot = nextSlot(slots, 0); slot; slot = nextSlot(slots, *slot + 1)) {
        asks.push_back(Command{"CLUSTER", "COUNTKEYSINSLOT", std::to_string(*slot)});
        counted.push_back(Counted{*slot, 0});
    }
    const auto replies = lane.pipeline(asks, std::move(stop));
    if (!replies) {
        return replies.error();
    }
    std::int64_t sum = 0;
    for (std::size_t at = 0; at < counted.size(); ++at) {
        const Reply& reply = (*replies)[at];
        counted[at].keys = reply.integer;
        sum += reply.integer;
        if (!reply.isInteger() || reply.integer < 0 || reply.integer > mostKeysOfSlot || sum > mostKeys) {
            return std::optional<std::vector<Counted>>();
        }
    }
    return std::optional(std::move(counted));
}

} // namespace

Result<std::optional<SlotKeys>> fetchKeysOfSlots(
    Lane& lane, const SlotSet& slots, const KeyPattern& pattern, std::stop_token stop)
{
    if (pattern.kind() == KeyPattern::Kind::Glob) {
        return std::optional<SlotKeys>();
    }
    const auto counted = countKeys(lane, slots, stop);
    if (!counted) {
        return counted.error();
    }
    if (!*counted) {
        return std::optional<SlotKeys>();
    }
    SlotKeys found;
    found.calls = slots.count();
    const std::vector<Counted>& all = **counted;
    for (std::size_t first = 0; first < all.size(); first += slotsAtOnce) {
        std::vector<Command> asks;
        for (std::size_t at = first; at < std::min(first + slotsAtOnce, all.size()); ++at) {
            Command ask{"CLUSTER", "GETKEYSINSLOT", std::to_string(all[at].slot)};
            asks.push_back(ask.add(all[at].keys + room));
        }
        const auto replies = lane.pipeline(asks, stop);
        if (!replies) {
            return replies.error();
        }
        found.calls += asks.size();
        for (std::size_t at = 0; at < replies->size(); ++at) {
            const Reply& reply = (*replies)[at];
            if (!reply.isArray() || static_cast<std::int64_t>(reply.elements.size()) >= all[first + at].keys + room) {
                return std::optional<SlotKeys>(); // it grew by more than the room left for it
            }
            for (const Reply& key : reply.elements) {
                if (pattern.accepts(key.text)) {
                    found.keys.append(key.text);
                }
            }
        }
    }
    return std::optional(std::move(found));
}

} // namespace keyglass
