// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/index/chunkpool.h"

#include <cstddef>

namespace keyglass {

/// Seven bits a byte, lowest first, the top bit set on all but the last.
[[nodiscard]] inline std::size_t readVarint(const Byte*& from)
{
    std::size_t value = *from++;
    if (value < 128) {
        return value;
    }
    value &= 127U;
    for (unsigned shift = 7;; shift += 7) {
        const std::size_t byte = *from++;
        value |= (byte & 127U) << shift;
        if (byte < 128) {
            return value;
        }
    }
}

[[nodiscard]] inline std::size_t varintSize(std::size_t value)
{
    std::size_t bytes = 1;
    for (; value >= 128; value >>= 7U) {
        ++bytes;
    }
    return bytes;
}

/// Writes `value` and returns where the next byte goes.
inline Byte* writeVarint(Byte* to, std::size_t value)
{
    for (; value >= 128; value >>= 7U) {
        *to++ = static_cast<Byte>(value | 128U);
    }
    *to++ = static_cast<Byte>(value);
    return to;
}

} // namespace keyglass
