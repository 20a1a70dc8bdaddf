// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

class Lane;

/// What a key holds, as far as Keyglass shows it differently.
enum class KeyType {
    None, ///< TYPE answered "none": there is no such key (any more).
    String,
    Hash,
    List,
    Set,
    SortedSet,
    Stream,
    Json,  ///< RedisJSON ("ReJSON-RL") and its kin.
    Table, ///< A table of RedisTABLE; no TYPE answers it, its client tells.
    Other, ///< A type of a module; KeyDetails::typeName has its name.
};

/// The type for the server's word ("hash", "zset", "ReJSON-RL"). A word not known is Other, never None.
[[nodiscard]] KeyType keyTypeFromName(std::string_view typeName);

/// The server's word for it, as SCAN TYPE takes it ("zset"); empty where there is none to ask for (None, Table, Other).
[[nodiscard]] std::string_view keyTypeName(KeyType type);

/// Three letters for a badge: STR, HSH, LST, SET, ZST, STM, JSN, TBL, OTH. Empty for None.
[[nodiscard]] QString keyTypeBadge(KeyType type);

/// How far one detail of a key is known.
enum class DetailState {
    NotAsked, ///< The column was not wanted.
    There,
    Refused, ///< The user's ACL forbids the command (NOPERM).
    Failed,  ///< Any other error: unknown command, MOVED, a module's own. KeyDetails::failure has it.
};

/// What the columns beside a key show. Each detail stands for itself: one refused command hides nothing else.
struct KeyDetails {
    std::string key;

    DetailState typeState = DetailState::NotAsked;
    KeyType type = KeyType::None;
    std::string typeName; ///< The server's word, also of a module's type.

    DetailState ttlState = DetailState::NotAsked;
    std::optional<Milliseconds> ttl; ///< Time left as of the answer; nothing with state There: the key has no expiry.

    DetailState memoryState = DetailState::NotAsked;
    std::optional<ByteCount> memory; ///< By bounded samples, so an estimate for collections.

    DetailState lengthState = DetailState::NotAsked;
    std::optional<std::uint64_t> length; ///< Bytes of a string, elements of a collection; nothing: the type has none.

    DetailState encodingState = DetailState::NotAsked;
    std::string encoding; ///< The server's word ("listpack").

    DetailState idleState = DetailState::NotAsked;
    std::optional<std::chrono::seconds> idle; ///< For how long nobody has used it; not known under an LFU policy.

    DetailState frequencyState = DetailState::NotAsked;
    std::optional<std::uint64_t> frequency; ///< The LFU counter, 0 to 255; known under an LFU policy only.

    bool gone = false;            ///< One of the answers said that there is no such key.
    std::optional<Error> failure; ///< The first error that was not a refusal.

    [[nodiscard]] bool isPersistent() const { return ttlState == DetailState::There && !ttl && !gone; }
    friend bool operator==(const KeyDetails&, const KeyDetails&) = default;
};

/// Which details are wanted, and what they may cost.
struct DetailColumns {
    bool type = true;
    bool ttl = true;
    bool memory = true;
    /// Elements MEMORY USAGE looks at in a collection; kept within 1 to 100, for 0 would mean all of them.
    int memorySamples = 5;
    bool length = false; ///< Takes TYPE as well, and a second round trip. Touches the key unless the lane is NO-TOUCH.
    bool encoding = false;
    bool idle = false;
    bool frequency = false;

    friend bool operator==(const DetailColumns&, const DetailColumns&) = default;
};

/// Reads the details of `keys` in one pipeline of TYPE, PTTL, MEMORY USAGE and OBJECT, which leave a key's idle time
/// and LFU counter alone, and the lengths in a second one. One entry per key, in their order; what is refused or fails
/// is so marked and never fatal.
///
/// Blocks for one round trip, with lengths for two. Fails only as a whole: Network, Timeout, Cancelled, Protocol, or
/// the gate's refusal.
[[nodiscard]] Result<std::vector<KeyDetails>> fetchKeyDetails(
    Lane& lane, std::span<const std::string> keys, const DetailColumns& columns, std::stop_token stop);

} // namespace keyglass
