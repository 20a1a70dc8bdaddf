// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/keybatch.h"
#include "core/base/result.h"
#include "core/scan/keypattern.h"
#include "core/source/redis/slots.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stop_token>

namespace keyglass {

class Lane;

/// The keys of a few slots of one node.
struct SlotKeys {
    KeyBatch keys;
    std::uint64_t calls = 0;
};

/// Reads all keys of `slots` that the node holds, its own or on their way to it, where that is less work than a SCAN of
/// the whole node: COUNTKEYSINSLOT first, then GETKEYSINSLOT. Nothing where there are more than some ten thousand,
/// where only the server can judge the pattern (a glob), or where the commands are refused: then a SCAN has to do.
/// Errors are the line's. Blocks.
[[nodiscard]] Result<std::optional<SlotKeys>> fetchKeysOfSlots(
    Lane& lane, const SlotSet& slots, const KeyPattern& pattern, std::stop_token stop);

} // namespace keyglass
