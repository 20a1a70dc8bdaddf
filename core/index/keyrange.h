// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace keyglass {

/// All keys k with first <= k < end in byte order; without an end, all from first on.
struct KeyRange {
    std::string first;
    std::optional<std::string> end;

    friend bool operator==(const KeyRange&, const KeyRange&) = default;
};

/// The smallest byte string above every key that starts with `prefix`: its last byte plus one, with carry over 0xFF.
/// Nothing where there is none (an empty prefix, or one of 0xFF only).
[[nodiscard]] std::optional<std::string> upperBound(std::string_view prefix);

/// The range of all keys that start with `prefix` (the prefix itself included).
[[nodiscard]] KeyRange prefixRange(std::string_view prefix);

} // namespace keyglass
