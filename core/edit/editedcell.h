// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/keyedit.h"

#include <cstdint>
#include <optional>
#include <string>

namespace keyglass {

/// The cells of a value whose content can be replaced. Stored by number (drafts): new ones go to the end.
///
/// The last three are of drafts alone, whose text says all: bytes typed over in a string, what was typed for a new key,
/// and for a new element.
enum class CellKind {
    String,
    HashValue,
    ListElement,
    SetMember,
    SortedMember,
    Score,
    JsonPart,
    StringBytes,
    NewKey,
    NewElement
};
/// For whoever reads such numbers.
inline constexpr CellKind lastCellKind = CellKind::NewElement;

/// One cell of a value as it was seen: what an edit of it starts from. A plain value.
struct EditedCell {
    CellKind kind = CellKind::String;
    std::string seen;        ///< Its content; of a score, as the server wrote it.
    std::string name;        ///< HashValue: the field. Score: the member. JsonPart: its path.
    double score = 0;        ///< SortedMember: the one it keeps.
    std::uint64_t index = 0; ///< ListElement.
    SeenBytes before = SeenBytes::notLooked();
    SeenBytes after = SeenBytes::notLooked();
    std::optional<ExpiryTime> end{}; ///< HashValue: when the field is to end by itself, by the server's clock.
    bool isEndKnown = false;         ///< That it was asked for: nothing in `end` means that it does not end.

    friend bool operator==(const EditedCell&, const EditedCell&) = default;
};

[[nodiscard]] KeyType typeOf(CellKind kind);
/// What tells a cell from the others of its key, whatever its content is by now where that is possible.
[[nodiscard]] std::string cellId(const EditedCell& cell);
/// Puts `content` in place of what was seen. Input for a score that is no number; Unsupported for what is of drafts
/// alone.
[[nodiscard]] Result<EditAction> replacing(const EditedCell& cell, std::string content);
/// The content that stands there now; nothing where the cell is gone, or can only be there or not (a set's member).
[[nodiscard]] std::optional<std::string> contentNow(const EditedCell& cell, const KeyNow& now);
/// The same cell for one who has seen `content` in it: its neighbours are as they were, see asOf().
[[nodiscard]] EditedCell reseen(EditedCell cell, std::string content);
/// The same cell beside what `now` shows: the neighbours of a list's element and when a field ends, where they were
/// looked at.
[[nodiscard]] EditedCell asOf(EditedCell cell, const KeyNow& now);
/// Makes the key anew with this cell in it, for one that is gone; nothing where there was more to it than that.
[[nodiscard]] std::optional<EditAction> makingAnew(const EditedCell& cell, std::string content);

} // namespace keyglass
