// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace keyglass {

/// What pretty-printing may cost.
struct JsonLimits {
    std::size_t depth = 512; ///< Nested objects and arrays.
    std::size_t outputBytes = 64ULL * 1024 * 1024;
    std::size_t indent = 2; ///< Spaces per level.
};

/// A JSON text laid out over lines.
struct JsonText {
    enum class Outcome {
        Whole,   ///< All of the input, and it is valid.
        Cut,     ///< The input ended before the value did; `text` is what there is of it.
        Invalid, ///< `at` is where it stops being JSON, `text` what came before.
        Limit,   ///< Nested too deeply or too large; `text` is what came before.
    };
    Outcome outcome = Outcome::Whole;
    std::string text;
    std::size_t at = 0; ///< Byte of the input that was not taken.
};

/// Lays one JSON value (RFC 8259) out over lines without understanding it: numbers, strings, the order of members and
/// repeated names come out exactly as they went in, so that no digit of a 64-bit or longer number is lost.
///
/// Cost: O(length); no recursion, so that no input can exhaust the stack.
[[nodiscard]] JsonText prettyJson(std::string_view json, const JsonLimits& limits = {});

} // namespace keyglass
