// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/formatters/editortext.h"
#include "core/value/formatters/jsontext.h"
#include "core/value/formatters/valueformat.h"
#include "core/value/valuepage.h"

#include <QString>

#include <string>
#include <string_view>

namespace keyglass::ui {

/// A value made ready for the editor: everything that takes time, done before the GUI thread gets it.
struct RenderedText {
    EditorText text;
    ValueFormat format = ValueFormat::Text;            ///< What it is shown as.
    ValueFormat guessed = ValueFormat::Text;           ///< What it looks like.
    JsonText::Outcome json = JsonText::Outcome::Whole; ///< How far it was JSON, where JSON was tried.
    std::size_t jsonAt = 0;                            ///< Byte at which it stopped being that.
};

/// How a value is to be shown: a format, or whatever it looks like.
enum class FormatChoice {
    Automatic,
    Text,
    Json,
    Hex,
    Bits ///< As Hex here: the bytes as they are stored, in a grid.
};

/// Lays `bytes` out as chosen. What is not JSON is shown as text, with `json` telling why. Pure; for any thread.
[[nodiscard]] RenderedText renderText(std::string_view bytes, FormatChoice choice, TextEnd end);

/// One line of a table for a cell's content: its beginning, line ends and tabs as signs, spaces at either end as dots;
/// bytes that are no text in hex. Placeholders say how long they are.
[[nodiscard]] QString cellLine(const ValueCell& cell);

/// One line for what names a row (a field, a member, an ID): unmistakable, see displayText(). Long ones are cut.
[[nodiscard]] QString nameLine(std::string_view bytes);

} // namespace keyglass::ui
