// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace keyglass {

/// How many hash slots a cluster has (https://redis.io/docs/reference/cluster-spec).
inline constexpr std::size_t slotCount = 16384;

/// The hash slot of a key: CRC16 (XMODEM) of its hash tag, which is what stands between the first `{` and the next `}`
/// if that is anything, else of the whole key; modulo 16384.
[[nodiscard]] std::uint16_t slotOf(std::string_view key);

/// A set of hash slots. A plain value of 2 KB.
using SlotSet = std::bitset<slotCount>;

/// Adds `first` to `last`, both included. False, and nothing is added, where that is no range of slots.
bool addSlots(SlotSet& slots, std::uint64_t first, std::uint64_t last);
/// Adds what the text says: "7" or "0-5460". False, and nothing is added, where it says neither.
bool addSlots(SlotSet& slots, std::string_view text);

/// "0-5460, 7000": as ranges, in order; at most `most` of them, then "…". Empty for none.
[[nodiscard]] QString slotText(const SlotSet& slots, std::size_t most = 8);

/// The lowest slot of the set at or above `from`.
[[nodiscard]] std::optional<std::size_t> nextSlot(const SlotSet& slots, std::size_t from);

} // namespace keyglass
