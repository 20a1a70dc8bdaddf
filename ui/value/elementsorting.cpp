// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/elementsorting.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>

namespace keyglass::ui {

namespace {

constexpr std::size_t comparedBytes = 256;

bool isLess(const SortKey& a, const SortKey& b)
{
    if (a.isText != b.isText) {
        return !a.isText;
    }
    if (a.isText) {
        return a.text < b.text;
    }
    if (a.number != b.number || a.number < 0) {
        return a.number < b.number;
    }
    return a.text.size() != b.text.size() ? a.text.size() < b.text.size() : a.text < b.text; // integers above 2^53
}

} // namespace

SortKey sortKeyOf(std::string_view bytes)
{
    SortKey key;
    const char* const end = bytes.data() + bytes.size();
    const auto [at, failed] = std::from_chars(bytes.data(), end, key.number);
    key.isText = failed != std::errc() || at != end || std::isnan(key.number);
    key.text = bytes.substr(0, comparedBytes);
    return key;
}

SortKey sortKeyOf(std::uint64_t number)
{
    return {static_cast<double>(number), false, {}};
}

std::vector<std::uint32_t> sortedOrder(const std::vector<SortKey>& keys, bool descending)
{
    std::vector<std::uint32_t> order(keys.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return descending ? isLess(keys[b], keys[a]) : isLess(keys[a], keys[b]);
    });
    return order;
}

} // namespace keyglass::ui
