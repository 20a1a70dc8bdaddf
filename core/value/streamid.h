// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace keyglass {

/// The ID of a stream's entry: milliseconds since 1970 as a rule, and a number within them.
struct StreamId {
    static constexpr std::uint64_t largest = std::numeric_limits<std::uint64_t>::max();

    std::uint64_t time = 0;
    std::uint64_t sequence = 0;

    /// "1700000000000-3", or "1700000000000" with `sequence` as the second number; nothing for any other text.
    [[nodiscard]] static std::optional<StreamId> parse(std::string_view text, std::uint64_t sequence = 0);
    [[nodiscard]] std::string text() const;
    /// The next larger one, for ranges that begin behind an entry on every version ("(" came with 6.2). The largest of
    /// all stays what it is.
    [[nodiscard]] StreamId next() const;
    /// The next smaller one; nothing before the first of all.
    [[nodiscard]] std::optional<StreamId> previous() const;

    friend auto operator<=>(const StreamId&, const StreamId&) = default;
};

} // namespace keyglass
