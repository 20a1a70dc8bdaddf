// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace keyglass {

/// The ways in which bytes are written where they are edited. The first four are the bytes themselves. Stored by number
/// (drafts): new ones go to the end.
enum class EditForm { Text, Json, Xml, Lua, Escaped, Hex };

/// What an editor shows of some bytes.
struct EditText {
    EditForm form = EditForm::Text;
    std::string text;
    /// The bytes are JSON without any spaces, which `text` lays out over lines; they are written without them again.
    bool isCompact = false;
};

/// The form that suits `bytes` best: JSON or XML where they are that from beginning to end, Lua where they look like a
/// script, Escaped where they are no UTF-8. Never Hex.
[[nodiscard]] EditForm guessForm(std::string_view bytes);
/// Whether the bytes themselves can be edited as text: they are UTF-8.
[[nodiscard]] bool isEditableText(std::string_view bytes);

/// `bytes` for editing. Nothing is lost: bytesOf() the result gives the same bytes. Text, Json, Xml and Lua become
/// Escaped where the bytes are no UTF-8.
[[nodiscard]] EditText editTextOf(std::string_view bytes, EditForm form);
/// The bytes that are meant. Input with the place where an escape or a hex digit is wrong. Compact text that is no JSON
/// (yet) is taken as it stands.
[[nodiscard]] Result<std::string> bytesOf(const EditText& text);

/// Where a text stops being what it is said to be.
struct TextProblem {
    std::size_t at = 0; ///< Byte of the text.
    std::size_t line = 1;
    std::size_t column = 1; ///< In characters.
    QString what;           ///< In words; translated.
};
/// Nothing where all is well, or the form has no rules. Cost: O(length).
[[nodiscard]] std::optional<TextProblem> problemOf(const EditText& text);

/// The text laid out over lines, or without any spaces that mean nothing. Numbers, strings and attributes come out as
/// they went in. Unsupported for forms other than JSON and XML; Input where problemOf() has something to say.
[[nodiscard]] Result<std::string> laidOut(std::string_view text, EditForm form);
[[nodiscard]] Result<std::string> compacted(std::string_view text, EditForm form);

} // namespace keyglass
