// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace keyglass {

/// XXH3 (64 bits): the same number in every run, by every build and on every kind of machine
/// (https://github.com/Cyan4973/xxHash: its results are fixed since 0.8.0), so it may be written to files. Against
/// chance, not against somebody who looks for two texts of one number.
[[nodiscard]] std::uint64_t stableHash(std::string_view bytes, std::uint64_t seed = 0);

/// Spreads a number over all of its bits; no two numbers give the same one (splitmix64's finalizer). Makes sums of
/// hashes, and chains of them, depend on each of their parts.
[[nodiscard]] constexpr std::uint64_t mixed(std::uint64_t value)
{
    value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    value = (value ^ (value >> 27U)) * 0x94D049BB133111EBULL;
    return value ^ (value >> 31U);
}

} // namespace keyglass
