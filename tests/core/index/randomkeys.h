// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/index/run.h"

#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace keyglass::test {

/// How the keys of a test look.
enum class KeyShape {
    Short,     ///< 0 to 6 bytes of a few: many repeats, many prefixes of each other, 0x00 and 0xFF.
    Realistic, ///< Three kinds of about 33 bytes, as applications name keys.
    Lengths,   ///< Up to 700 bytes, with long parts in common: the limits of the short encodings.
};

inline std::string shortKey(std::mt19937_64& random)
{
    static constexpr char bytes[] = {'a', 'b', ':', '\0', '\xFF', 'a', ':'};
    std::string key(random() % 7, ' ');
    for (char& byte : key) {
        byte = bytes[random() % sizeof bytes];
    }
    return key;
}

inline std::string realisticKey(std::mt19937_64& random, std::uint64_t numbers)
{
    const std::string number = std::to_string(random() % numbers);
    switch (random() % 3) {
    case 0:
        return "user:" + number + ":profile";
    case 1:
        return "session:" + std::to_string(std::hash<std::string>{}(number)) + std::string(12, 'f');
    default:
        return "cache:page:/products/" + number + "/items/" + std::to_string(random() % 3);
    }
}

inline std::string longKey(std::mt19937_64& random)
{
    std::string key(random() % 350, 'p');
    key += static_cast<char>('a' + random() % 3);
    key.append(random() % 350, static_cast<char>('x' + random() % 2));
    return key;
}

inline std::string randomKey(KeyShape shape, std::mt19937_64& random)
{
    switch (shape) {
    case KeyShape::Short:
        return shortKey(random);
    case KeyShape::Realistic:
        return realisticKey(random, 20'000);
    default:
        return longKey(random);
    }
}

inline std::vector<std::string> randomKeys(KeyShape shape, std::size_t count, std::mt19937_64& random)
{
    std::vector<std::string> keys(count);
    for (std::string& key : keys) {
        key = randomKey(shape, random);
    }
    return keys;
}

template <typename Keys> SmallRun sortedRun(const Keys& keys)
{
    KeyBatch batch;
    for (const auto& key : keys) {
        batch.append(key);
    }
    return SmallRun::sorted(std::move(batch));
}

} // namespace keyglass::test
