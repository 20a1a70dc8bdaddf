// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/keyhash.h"

#include "core/index/keybytes.h"

#include <random>

namespace keyglass {

namespace {

constexpr std::uint64_t odd1 = 0x9E37'79B9'7F4A'7C15U;
constexpr std::uint64_t odd2 = 0xC2B2'AE3D'27D4'EB4FU;

/// Both halves of the 128-bit product, folded: every bit of the result depends on every bit of both.
std::uint64_t mix(std::uint64_t a, std::uint64_t b)
{
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

std::uint64_t randomSeed()
{
    std::random_device device;
    return (std::uint64_t{device()} << 32U) ^ device();
}

/// The last 0 to 7 bytes.
std::uint64_t loadTail(const char* from, std::size_t length)
{
    std::uint64_t word = 0;
    std::memcpy(&word, from, length);
    return word;
}

} // namespace

std::uint64_t keyHash(std::string_view key)
{
    static const std::uint64_t seed = randomSeed();
    const char* at = key.data();
    std::size_t left = key.size();
    std::uint64_t hash = seed ^ (left * odd1);
    for (; left >= 16; left -= 16, at += 16) {
        hash = mix(load64(at) ^ odd1, load64(at + 8) ^ hash);
    }
    if (left >= 8) {
        hash = mix(load64(at) ^ odd2, hash ^ odd1);
        at += 8;
        left -= 8;
    }
    if (left > 0) {
        hash = mix(loadTail(at, left) ^ odd1, hash ^ odd2);
    }
    return mix(hash ^ odd1, odd2 ^ seed);
}

} // namespace keyglass
