// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/live/seenhistory.h"

#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace keyglass::ui {

/// One row of two states of a value beside each other.
struct SeenDifference {
    std::string name;                ///< Field, member, ID, index; empty for a string.
    std::optional<ValueCell> before; ///< Nothing: it was not there, or not read.
    std::optional<ValueCell> after;

    [[nodiscard]] bool isChange() const { return before != after; }
};

/// Whether such a value is one text, and no rows.
[[nodiscard]] inline bool isOneText(KeyType type)
{
    return type == KeyType::String || type == KeyType::Json;
}

/// All rows of both, in the order of `after`, and then those that only `before` has. A set's member stands for itself;
/// a stream's entry shows its fields in one line.
[[nodiscard]] std::vector<SeenDifference> compareSeen(const SeenValue& before, const SeenValue& after);

/// What is other in one line: "3 changed, 1 new, 2 gone"; "type is now hash"; "same content, TTL set".
[[nodiscard]] QString differenceText(const SeenValue& before, const SeenValue& after);

} // namespace keyglass::ui
