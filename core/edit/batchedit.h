// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/keyedit.h"
#include "core/value/valuepage.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace keyglass {

// --- what is done to each of several rows of one value

struct DeleteRows { };
/// The same content for all: values of a hash, elements of a list; scores of a sorted set, as text.
struct SetRows {
    std::string content;
};
/// In what SetRows sets, and in the members of a set. Bytes, or a regular expression (with \1 … in `by`) that looks at
/// UTF-8 texts only.
struct ReplaceInRows {
    std::string find;
    std::string by;
    bool isRegex = false;
};
/// To whole numbers of 64 bits exactly, to others and to scores as doubles.
struct AddToRows {
    std::string number;
};
using BatchAction = std::variant<DeleteRows, SetRows, ReplaceInRows, AddToRows>;

/// A row as it was seen, see ValueRow.
struct SeenRow {
    ValueRow cells;
    std::uint64_t number = 0; ///< Of a list's element, its index.
    /// Of a list's element: its neighbours, where they were looked at.
    SeenBytes before = SeenBytes::notLooked();
    SeenBytes after = SeenBytes::notLooked();
    std::optional<SeenExpiry> fieldEnd{}; ///< When a hash's field is to end, by the server's clock; nothing: not known.
};

/// What comes of an action on rows: one guarded edit for each row that it changes. Of a list, one for all of them
/// (ChangeListElements), up to mostRowsTogether and mostBytesTogether: all that was seen is compared before the first
/// of them is changed. Where there are more, what one edit has made is what the next one compares its neighbour with.
struct BatchPlan {
    struct Left {
        std::string name; ///< Field, member, ID; of a list, the index.
        QString why;
    };
    std::vector<KeyEdit> edits; ///< In the order in which they have to be done: of lists, the last indexes first.
    std::size_t unchanged = 0;  ///< Rows that the action leaves as they are.
    std::vector<Left> left;     ///< Rows that it can't be done to.

    [[nodiscard]] std::size_t rows() const; ///< That its edits change.
};
inline constexpr std::size_t mostRowsTogether = 10'000;
inline constexpr ByteCount mostBytesTogether{16ULL * 1024 * 1024}; ///< Of what was seen, and of what is written.

/// How many rows an edit of a plan changes.
[[nodiscard]] std::size_t rowsOf(const KeyEdit& edit);

/// Whether an action of this kind can be done to rows of such a value at all.
[[nodiscard]] bool isMeantFor(const BatchAction& action, KeyType type);

/// Plans `action` for rows of the key's value. Rows whose content was not read are left. Input for a bad regular
/// expression or number, and for what isMeantFor() denies; nothing is sent.
[[nodiscard]] Result<BatchPlan> planBatch(const std::string& key, KeyType type,
    const std::optional<SeenExpiry>& seenExpiry, const std::vector<SeenRow>& rows, const BatchAction& action);

} // namespace keyglass
