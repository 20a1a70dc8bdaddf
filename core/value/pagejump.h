// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/value/valuepage.h"

#include <string>
#include <string_view>

namespace keyglass {

/// Where a value of this type can be read from without reading what stands before: lists by index, sorted sets by rank
/// and score, streams by ID. Hashes and sets have no order that could be gone to.
[[nodiscard]] bool canJump(KeyType type);

/// Where all of a value begins in one order: at its start, or descending at its end.
[[nodiscard]] ValuePosition startOf(bool descending);

/// The position from which the index or rank `number` is the first to be read.
[[nodiscard]] ValuePosition positionAt(std::uint64_t number, bool descending);

/// The position from which the entry `id` ("1700000000000-5", or a time alone) is the first to be read, or the one that
/// follows where it is not there. Input where it is no ID.
[[nodiscard]] Result<ValuePosition> positionAtEntry(std::string_view id, bool descending);

/// The same border, for reading what lies on its other side, in the other order. `descending`: the order it is of.
[[nodiscard]] ValuePosition otherSide(KeyType type, const ValuePosition& position, bool descending);

/// The smallest ID above `id`, and the greatest below it; empty where there is none.
[[nodiscard]] std::string entryAfter(const std::string& id);
[[nodiscard]] std::string entryBefore(const std::string& id);

} // namespace keyglass
