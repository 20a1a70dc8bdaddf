// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/keybatch.h"
#include "core/bulk/undorecord.h"
#include "core/net/command.h"
#include "core/net/reply.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace keyglass {

/// Values up to this, by MEMORY USAGE, are read by one DUMP; larger ones are read in parts. DUMP tries to compress all
/// that it gives, and nobody else is answered meanwhile: on redis-server 7.0.15, of what can't be compressed, it takes
/// 2 to 6 ms a megabyte (strings 4, lists 3 to 4, hashes and sets 6, sorted sets 2), twice that on a machine that is
/// busy; 4 MB took 8 to 24 ms, 8 MB 17 to 85 and 32 MB 110 to 440. RESTORE takes a quarter of it.
inline constexpr ByteCount largestDump{4U * 1024 * 1024};

/// What a server has of what archiving likes to use; what turns out to be missing is given up by itself.
struct ArchivingWays {
    bool hasExpireTime = true; ///< PEXPIRETIME (7.0): else PTTL with the server's TIME, in one transaction.
    bool hasUnlink = true;     ///< UNLINK (4.0), else DEL.
    bool asksSizes = true;     ///< MEMORY USAGE (4.0): else keys are sized by the lengths of their values.
    bool bySlot = false;       ///< A cluster: one transaction takes keys of one slot.
};

/// One key as DUMP and PEXPIRETIME (or PTTL and TIME) showed it.
struct SeenKey {
    enum class Kind {
        There,
        Missing,
        Elsewhere, ///< Another node's; `text` is the redirect.
        Refused,   ///< `text` is the server's.
    };
    Kind kind = Kind::Missing;
    std::string dump;
    std::optional<Milliseconds> expireAt; ///< Unix time.
    std::string text;
};

/// The places of keys in a batch that go into one transaction.
using KeyGroup = std::vector<std::uint32_t>;

/// The keys at `places` in groups of at most `mostKeys` and about `mostBytes` (of `sizes`, by place in the batch);
/// by slot where `bySlot`.
[[nodiscard]] std::vector<KeyGroup> groupsOf(const KeyBatch& keys, const KeyGroup& places,
    std::span<const std::uint64_t> sizes, std::size_t mostKeys, std::uint64_t mostBytes, bool bySlot);

/// Adds what one transaction asks of its keys: two commands a key, and one more without PEXPIRETIME.
void addLooks(const KeyBatch& keys, const KeyGroup& group, const ArchivingWays& ways, std::vector<Command>& commands);
[[nodiscard]] std::size_t looksOf(const KeyGroup& group, const ArchivingWays& ways);
/// What the answers to addLooks() say; the replies are moved from.
[[nodiscard]] std::vector<SeenKey> seenIn(std::span<Reply> replies, const KeyGroup& group, const ArchivingWays& ways);

/// The places of all keys of a batch.
[[nodiscard]] KeyGroup allPlaces(const KeyBatch& keys);

/// What TIME answers, as Unix time; nothing where that is no time.
[[nodiscard]] std::optional<Milliseconds> serverTimeIn(const Reply& reply);

/// The first reply that is an error; null where none is.
[[nodiscard]] const Reply* firstError(std::span<const Reply> replies);
/// Whether an error reply says that the server does not know the command.
[[nodiscard]] bool isUnknownCommand(const Reply& reply);

} // namespace keyglass
