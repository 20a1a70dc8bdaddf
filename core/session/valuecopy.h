// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/valuepage.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace keyglass {

/// The ways in which a value, or part of it, is copied.
enum class CopyForm {
    Text,    ///< The bytes themselves; cells of a row divided by tabs, rows by line ends.
    Hex,     ///< Two digits a byte.
    Escaped, ///< As escapeLine() writes it, exactly readable again.
    Command, ///< Lines for redis-cli that make it again, byte by byte.
    Json,    ///< As `keyglass value` writes it.
    Csv,     ///< RFC 4180; a header only with a whole key.
};

/// Views and copies of a value as one text are made up to this size; above, its pages are looked at.
inline constexpr ByteCount largestCopy{16ULL * 1024 * 1024};

/// What of a key is to be copied. A plain value.
struct CopiedValue {
    std::string key; ///< The server's name for it.
    KeyType type = KeyType::None;
    std::vector<ValueRow> rows;                     ///< A string's is its one cell; none: it is empty.
    std::vector<std::uint64_t> numbers;             ///< Index or rank of each row, where rows have one; else empty.
    std::vector<std::optional<FieldEnd>> fieldEnds; ///< Of a hash's rows, where they are known; else empty.
    bool isWholeKey = false;
    std::optional<std::chrono::system_clock::time_point> expiresAt; ///< Of a whole key that ends by itself.
};

/// The rows as they are to be copied. The command for a part of a key adds to what is there; that for a whole key with
/// a time to live sets it, too; so it is with fields of a hash that end by themselves.
///
/// Limit where a cell is not loaded, or above largestCopy; Unsupported for types of modules as commands. Pure; for any
/// thread. Cost: O(size).
[[nodiscard]] Result<std::string> copyText(const CopiedValue& value, CopyForm form);

/// The same for one cell by itself: JSON that it holds stays JSON. Not for Command, which needs the row.
[[nodiscard]] Result<std::string> copyCellText(const ValueCell& cell, CopyForm form);

} // namespace keyglass
