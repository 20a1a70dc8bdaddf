// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/keybatch.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace keyglass {

/// A key of a batch while it is sorted: its place in the block, and eight of its bytes as a number that sorts like
/// them.
struct SortEntry {
    std::uint64_t cache = 0;
    std::uint32_t offset = 0;
    std::uint32_t length = 0;
};

/// How far ahead of its use a key's place in the block is asked for: keys in order lie all over it.
inline constexpr std::size_t keysAhead = 8;

/// The keys of a batch in byte order, equal ones after each other. Offsets count from the first key's first byte.
[[nodiscard]] std::vector<SortEntry> sortedEntries(const KeyBatch& keys);

} // namespace keyglass
