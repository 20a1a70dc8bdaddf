// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/formatters/valueformat.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

/// Bytes of a value as an editor shows them: UTF-8 as it is, with line ends and tabs kept, and what would leave no
/// trace or turn the text around replaced by a stand-in that `standIns` tells apart from the same letters in the value.
struct EditorText {
    /// Bytes of `utf8` that stand for something else.
    struct Span {
        std::size_t from = 0;
        std::size_t length = 0;
        friend bool operator==(const Span&, const Span&) = default;
    };

    std::string utf8;
    std::vector<Span> standIns;  ///< In order; neighbours are one span.
    std::size_t brokenLines = 0; ///< Line ends that are not in the value: see `longestLine`.
    std::size_t consumed = 0;    ///< Bytes of the value that are in it: not all where it was cut within a character.
};

/// Bytes that are no UTF-8 and control characters become `\xHH`, bidirectional controls their names in angle quotes
/// (‹RLO›), zero-width and other unseen characters their number (‹U+200B›). A backslash stays one. With MoreFollows, up
/// to three bytes at the end that may be the begin of a character are left for the next piece. A line above
/// `longestLine` bytes is broken, for no editor lays out a line of megabytes in time; 0: never. Cost: O(length), up to
/// four times its size.
[[nodiscard]] EditorText editorText(std::string_view bytes, TextEnd end = TextEnd::Whole, std::size_t longestLine = 0);

} // namespace keyglass
