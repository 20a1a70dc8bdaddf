// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string_view>
#include <vector>

namespace keyglass::ui {

/// A key's or folder's name as it is painted: text, and which parts of it are not the name's own characters.
struct RowName {
    enum class Part {
        Escape,    ///< Stands for bytes that are no text, or for spaces at an end: dimmed.
        Marker,    ///< Ours: "…", the size of a cut name, "(empty name)": dimmed and slanted.
        LookAlike, ///< Could be taken for another character: underlined.
    };
    struct Span {
        qsizetype start = 0;
        qsizetype length = 0;
        Part part = Part::Escape;
        friend bool operator==(const Span&, const Span&) = default;
    };
    QString text;
    std::vector<Span> spans; ///< In order, disjoint; what is in none is plain.

    friend bool operator==(const RowName&, const RowName&) = default;
};

/// Names longer than this are cut before anything else is done with them.
inline constexpr std::size_t longestPaintedName = 400; // bytes

/// The name of a row from its bytes. Two different names never give the same text and spans: displayText() sees to the
/// bytes, spaces at the ends are painted as dots, and a name that had to be cut carries its size and a hash of all its
/// bytes.
[[nodiscard]] RowName rowName(std::string_view label);

/// `name` without what does not fit between: `head` characters, "…", `tail` characters. Never cuts an escape or a
/// character in two.
[[nodiscard]] RowName cutInTheMiddle(const RowName& name, qsizetype head, qsizetype tail);

/// `name` with a short hash of its bytes behind it.
[[nodiscard]] RowName withHash(RowName name, std::string_view label);

/// The text to lay out: runs of right-to-left letters are isolated, so that they never pull digits and punctuation of
/// the name around. Characters are only added, and `spans` moved along.
[[nodiscard]] RowName isolatedRuns(const RowName& name);

} // namespace keyglass::ui
