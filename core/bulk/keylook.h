// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/keybatch.h"
#include "core/base/result.h"
#include "core/bulk/keyreading.h"

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace keyglass {

class Lane;

/// What is asked of each key beside its type.
struct LookWays {
    bool asksTtl = false;
    bool asksMemory = false; ///< Costs the server several times as much.
    bool asksValues = false; ///< Reads each value, of keys up to `largest` by MEMORY USAGE.
    ByteCount largest = largestDump;
};

/// One key, as it is looked at without touching it.
struct KeyLook {
    enum class Kind {
        There,
        Missing,
        Refused, ///< `text` is the server's; a redirect, too.
    };
    Kind kind = Kind::Missing;
    std::string type;                   ///< As TYPE answers.
    Milliseconds ttl{-1};               ///< Negative: none, or not asked.
    std::optional<ByteCount> memory;    ///< Nothing: not asked, or the server does not tell.
    std::optional<std::uint64_t> value; ///< valueDigest(); nothing: not asked, or too large to be read.
    std::string text;
};

/// Looks at each key; one KeyLook for each, in order. One round trip, with values two, a few megabytes at a time.
/// Network, Timeout, Cancelled.
[[nodiscard]] Result<std::vector<KeyLook>> lookAtKeys(
    Lane& lane, const KeyBatch& keys, const LookWays& ways, const std::stop_token& stop);

} // namespace keyglass
