// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
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

/// Which row comes where, both ways.
struct RowOrder {
    std::vector<std::uint32_t> sources; ///< By row: which of the rows as they came it is.
    std::vector<std::uint32_t> rows;    ///< By source: the row it is shown in.

    RowOrder() = default;
    explicit RowOrder(std::vector<std::uint32_t> bySource);
};

/// What is to be sorted, and how. `keyOf` is asked once for each of the sources, on the thread that sorts.
struct SortWork {
    std::size_t count = 0;
    std::function<SortKey(std::size_t source)> keyOf;
    std::shared_ptr<const RowOrder> before; ///< What is equal stays in this order; null: in that of the sources.
    bool isDescending = false;
};

/// The order of the sources by their keys. O(n log n): not for the GUI thread. Nothing once `stop` is requested;
/// `progressed` hears of 100 percent at the most some hundred times.
[[nodiscard]] std::optional<RowOrder> sortedOrder(
    const SortWork& work, const std::stop_token& stop, const std::function<void(int percent)>& progressed);

} // namespace keyglass::ui
