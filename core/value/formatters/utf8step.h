// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace keyglass {

/// One step through bytes that may be UTF-8.
struct Utf8Step {
    enum class Kind {
        Character, ///< A well-formed sequence (RFC 3629).
        Cut,       ///< The bytes end in the middle of what could still become one.
        Invalid,   ///< A byte that is none.
    };
    Kind kind = Kind::Invalid;
    char32_t codePoint = 0;
    std::size_t length = 1; ///< Bytes the step takes.
};

/// The step that begins at `bytes[at]`; `at` must be inside.
[[nodiscard]] Utf8Step utf8StepAt(std::string_view bytes, std::size_t at);

} // namespace keyglass
