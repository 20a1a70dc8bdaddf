// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace keyglass {

/// Appends bytes to `out` that sort, byte by byte, as `label` does in natural order: runs of digits count by their
/// number
/// ("2" before "10"), everything else by its bytes. Labels that differ only in leading zeros give the same bytes.
void appendNaturalKey(std::string& out, std::string_view label);

/// The 8 first bytes as a number that compares as they do; a shorter text is filled with zeros.
[[nodiscard]] std::uint64_t leadingBytes(std::string_view bytes);

} // namespace keyglass
