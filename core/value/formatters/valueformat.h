// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace keyglass {

/// What follows the bytes that are given.
enum class TextEnd { Whole, MoreFollows };

/// The ways in which the bytes of a value can be read.
enum class ValueFormat { Text, Json, Hex };

/// A guess at how `bytes` are best read: Json for an object or array, Text for UTF-8 (cut at any byte) with hardly a
/// control character in it, else Hex. Looks at the first 64 KB only, so that a value's beginning is enough to go by.
[[nodiscard]] ValueFormat detectFormat(std::string_view bytes, TextEnd end = TextEnd::Whole);

} // namespace keyglass
