// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/valuecopy.h"

#include <cstddef>
#include <functional>
#include <stop_token>
#include <string_view>

namespace keyglass {

/// Rows of a value, many of them, that are to be copied or written as one text.
struct RowsToCopy {
    CopiedValue value; ///< What they are of; without rows.
    std::size_t count = 0;
    /// Adds one row, with its number and its end, to what has those before it. Called on the thread that copies.
    std::function<void(std::size_t row, CopiedValue& to)> add;
};

/// The text that copyText() would make of all of them, in pieces of some megabytes, of which one is held at a time.
///
/// Pure but for `sink`, which ends it by an error. Cancelled once `stop` is requested; else as copyText(), whose limit
/// is that of a piece here. `progressed` hears how many rows are done.
[[nodiscard]] Status copyRows(const RowsToCopy& rows, CopyForm form, const std::stop_token& stop,
    const std::function<Status(std::string_view text)>& sink, const std::function<void(std::size_t rows)>& progressed);

} // namespace keyglass
