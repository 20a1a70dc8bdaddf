// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass::ui {

/// What a cell is sorted by: numbers before texts, numbers by their value, texts by their bytes.
struct SortKey {
    double number = 0;
    bool isText = false;
    std::string text;
};

/// Of a long cell only the first bytes count.
[[nodiscard]] SortKey sortKeyOf(std::string_view bytes);
[[nodiscard]] SortKey sortKeyOf(std::uint64_t number);

/// Which row comes where: the first is the one that sorts first. What is equal stays in its order. O(n log n): not for
/// the GUI thread.
[[nodiscard]] std::vector<std::uint32_t> sortedOrder(const std::vector<SortKey>& keys, bool descending);

} // namespace keyglass::ui
