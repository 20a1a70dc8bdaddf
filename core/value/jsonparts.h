// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

/// Where one value of a JSON text stands in it.
struct JsonSpan {
    enum class Kind : std::uint8_t { Object, Array, String, Scalar };
    Kind kind = Kind::Scalar;
    std::size_t at = 0; ///< Byte of the text.
    std::size_t size = 0;
    std::size_t nameAt = 0;   ///< A member's name, with its quotes.
    std::size_t nameSize = 0; ///< 0: it is no member of an object.

    [[nodiscard]] std::string_view in(std::string_view text) const { return text.substr(at, size); }
    [[nodiscard]] std::string_view nameIn(std::string_view text) const { return text.substr(nameAt, nameSize); }
    [[nodiscard]] bool isContainer() const { return kind == Kind::Object || kind == Kind::Array; }
};

/// The value that a JSON text is, without the spaces around it; nothing for an empty text. It is not looked into: a
/// text that is no JSON has a span as well.
[[nodiscard]] std::optional<JsonSpan> jsonSpan(std::string_view text);

/// Walks the members of an object, or the elements of an array, one after the other.
///
/// For texts that servers write, which are JSON; where one is not, the walk ends there, and never leaves the text. Cost
/// of a step: O(length of what it walks over); no recursion.
class JsonParts {
public:
    explicit JsonParts(const JsonSpan& container);

    /// The next one of `text`; nothing behind the last.
    [[nodiscard]] std::optional<JsonSpan> next(std::string_view text);

private:
    std::size_t m_at;
    std::size_t m_end;
    bool m_hasNames;
};

/// All elements of a text that is an array; nothing where it is none.
[[nodiscard]] std::optional<std::vector<std::string_view>> jsonElements(std::string_view text);

// --- paths, in the form that begins with `$` and that RedisJSON 2 and Valkey's module both take

/// What was typed as such a path: "", ".", ".a", "a", "[0]" and "$.a" become "$", "$", "$.a", "$.a", "$[0]" and "$.a".
[[nodiscard]] std::string fullJsonPath(std::string_view typed);
/// Where an element of an array stands.
struct JsonPlaceInArray {
    std::string array; ///< The path to it.
    std::uint64_t index = 0;
};
/// Of `$["a"][3]`; nothing where a path does not end with a number.
[[nodiscard]] std::optional<JsonPlaceInArray> jsonPlaceInArray(const std::string& path);
/// `quotedName`: as it stands in the text, with its quotes and escapes.
[[nodiscard]] std::string jsonMemberPath(std::string_view parent, std::string_view quotedName);
[[nodiscard]] std::string jsonElementPath(std::string_view parent, std::size_t index);

} // namespace keyglass
