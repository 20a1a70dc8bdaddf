// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/stablehash.h"

#include <xxhash.h>

namespace keyglass {

std::uint64_t stableHash(std::string_view bytes, std::uint64_t seed)
{
    return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

} // namespace keyglass
