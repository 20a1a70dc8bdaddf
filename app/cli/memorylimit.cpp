// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/memorylimit.h"

namespace keyglass::cli {

bool isTooMuch(ByteCount used, const std::optional<ByteCount>& cap, const std::optional<SystemMemory>& memory)
{
    constexpr std::uint64_t share = 2;
    constexpr std::uint64_t spare = 20;
    constexpr std::uint64_t notMuch = 256U * 1024 * 1024;
    if (cap) {
        return used > *cap;
    }
    return memory
        && (used.value > memory->total.value / share
            || (used.value > notMuch && memory->available.value < memory->total.value / spare));
}

} // namespace keyglass::cli
