// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/dumpdigest.h"
#include "core/bulk/guardedremoval.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <numeric>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace keyglass {

enum class FlightStage {
    New,     ///< Their sizes are asked for next.
    Unsized, ///< They are told by their lengths next: MEMORY USAGE is not allowed, or not known.
    Sized,   ///< They are read next.
    Stored,  ///< Archived: they go once that is on the disk.
};

/// A batch on its way from being given to being deleted.
struct GuardedRemoval::Flight {
    Flight(KeyBatch&& batch, FlightStage first)
        : keys(std::move(batch))
        , stage(first)
        , open(allPlaces(keys))
        , sizes(keys.size())
        , digests(keys.size())
        , ends(keys.size(), Milliseconds{-1})
    {
    }

    /// Of the values that are still to be dealt with, as far as they are known.
    [[nodiscard]] std::uint64_t openBytes() const
    {
        return std::transform_reduce(open.begin(), open.end(), std::uint64_t{0}, std::plus<>(),
            [this](std::uint32_t place) { return sizes[place]; });
    }

    void remember(std::uint32_t place, const SeenKey& seen)
    {
        sizes[place] = seen.dump.size();
        digests[place] = dumpDigest(seen.dump);
        ends[place] = seen.expireAt.value_or(Milliseconds{-1});
    }
    /// Without PEXPIRETIME the end is known to some milliseconds only.
    [[nodiscard]] bool isAsSeen(std::uint32_t place, const SeenKey& seen, bool isEndExact) const
    {
        const Milliseconds end = seen.expireAt.value_or(Milliseconds{-1});
        const bool isSameEnd = isEndExact
            ? end == ends[place]
            : (end.count() < 0) == (ends[place].count() < 0) && std::chrono::abs(end - ends[place]) <= inexactEnd;
        return isSameEnd && dumpDigest(seen.dump) == digests[place];
    }

    /// addLooks() for a group, by the commands that it was read by where they are still there; they are moved from.
    void takeLooks(const KeyGroup& group, const ArchivingWays& ways, std::vector<Command>& commands)
    {
        if (looks.empty() || !ways.hasExpireTime) {
            addLooks(keys, group, ways, commands);
            return;
        }
        for (const std::uint32_t place : group) {
            commands.push_back(std::move(looks[std::size_t{place} * 2]));
            commands.push_back(std::move(looks[std::size_t{place} * 2 + 1]));
        }
    }

    /// The places in `group` whose keys stand in it before: a file may name a key twice.
    [[nodiscard]] std::set<std::uint32_t> secondsIn(const KeyGroup& group) const
    {
        std::set<std::string_view> firsts;
        std::set<std::uint32_t> seconds;
        for (const std::uint32_t place : group) {
            if (!firsts.insert(keys[place]).second) {
                seconds.insert(place);
            }
        }
        return seconds;
    }

    static constexpr Milliseconds inexactEnd{20};

    KeyBatch keys;
    FlightStage stage;
    KeyGroup open;                    ///< The places of keys that have no outcome yet.
    std::vector<std::uint64_t> sizes; ///< In memory, then as archived; by place, as those that follow.
    std::vector<Command> looks;       ///< DUMP and PEXPIRETIME of each key, by place; empty: they are to be made.
    std::vector<std::uint64_t> digests;
    std::vector<Milliseconds> ends; ///< -1: never.
    UndoArchiveWriter::Ticket ticket = 0;
    bool isSingly = false;   ///< One transaction a key: a refusal has to be told apart.
    bool isBusy = false;     ///< It has a part in a turn that was prepared, sent or answered.
    bool isUnderWay = false; ///< Its removal was sent and not answered.
};

/// What one turn asks for a flight, and where its answers stand.
struct GuardedRemoval::Section {
    Flight* flight = nullptr;
    std::size_t begin = 0;
    std::size_t count = 0;
    std::vector<KeyGroup> groups;
    ArchivingWays ways; ///< As they were known when it was prepared.
};

} // namespace keyglass
