// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/formatters/geopoint.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace keyglass {

namespace {

constexpr unsigned bitsOfEach = 26;
constexpr double greatestLongitude = 180;
constexpr double greatestLatitude = 85.05112878;

/// Every second bit, from `first` on.
std::uint64_t everySecondBit(std::uint64_t bits, unsigned first)
{
    std::uint64_t taken = 0;
    for (unsigned bit = 0; bit <= bitsOfEach; ++bit) { // one more: the greatest degrees are a cell past the last
        taken |= (bits >> (2 * bit + first) & 1U) << bit;
    }
    return taken;
}

double middleOf(std::uint64_t cell, double greatest)
{
    const double cells = static_cast<double>(1ULL << bitsOfEach);
    const double width = 2 * greatest;
    const double from = -greatest + static_cast<double>(cell) / cells * width;
    const double to = -greatest + static_cast<double>(cell + 1) / cells * width;
    return std::clamp((from + to) / 2, -greatest, greatest);
}

} // namespace

std::optional<GeoPoint> geoPointOf(std::string_view score)
{
    double number = 0;
    const char* const end = score.data() + score.size();
    const auto [at, failed] = std::from_chars(score.data(), end, number);
    const double tooLarge = static_cast<double>(1ULL << (2 * bitsOfEach + 2));
    if (failed != std::errc() || at != end || !(number >= 0) || number >= tooLarge || number != std::floor(number)) {
        return std::nullopt;
    }
    const auto bits = static_cast<std::uint64_t>(number);
    return GeoPoint{
        middleOf(everySecondBit(bits, 1), greatestLongitude), middleOf(everySecondBit(bits, 0), greatestLatitude)};
}

} // namespace keyglass
