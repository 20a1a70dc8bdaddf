// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/batchedit.h"
#include "core/edit/editedcell.h"
#include "core/value/valuepage.h"
#include "ui/edit/elementdialogs.h"
#include "ui/value/selectedrows.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace keyglass::ui {

class ValuePane;

/// The longest value that is edited in the window.
inline constexpr ByteCount longestEdited{1024ULL * 1024};

[[nodiscard]] SeenKey seenKey(const ValueHead& head);
/// The key that a pane shows with what was seen of its content; nothing while it is not read.
[[nodiscard]] std::optional<SeenKey> seenWhole(const ValuePane& pane);
/// The key that a pane shows, and what is selected of it; nothing while it is not read.
[[nodiscard]] std::optional<SeenElement> seenElement(const ValuePane& pane);
/// Rows as a batch takes them: their bytes are copied, and those of a list's neighbours digested. For the pool where
/// there are more than areFew().
[[nodiscard]] std::vector<SeenRow> seenRows(const SelectedRows& rows);
/// Whether that takes no time that anybody would notice.
[[nodiscard]] bool areFew(const SelectedRows& rows);
/// Which cell of a row holds its content.
[[nodiscard]] std::size_t contentCell(KeyType type);
/// Whether values of this type are tables of elements.
[[nodiscard]] bool isTable(KeyType type);

/// The cell that a pane shows in full, to be edited in place.
struct ShownCell {
    SeenKey key;
    EditedCell cell;
    QString title;
    bool isWhole = false;              ///< Else its content has to be read first.
    std::optional<std::uint64_t> size; ///< Bytes.
    QString whyNot;                    ///< Why it can't be edited; empty: it can.
};
/// Nothing while nothing is shown.
[[nodiscard]] std::optional<ShownCell> shownCell(const ValuePane& pane);
/// The question for all of a cell's content.
[[nodiscard]] ValueSliceRequest contentRequest(const ShownCell& shown);

} // namespace keyglass::ui
