// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <compare>
#include <string_view>

namespace keyglass {

/// What the module knows of a column's values. Any other word it takes for a type behaves as a string.
enum class ColumnType { String, Integer, Float, Date };

/// By the module's own reading: in any case; what it does not know is a string.
[[nodiscard]] ColumnType columnTypeOf(std::string_view typeName);
/// False for what the module would take and not know.
[[nodiscard]] bool isKnownType(std::string_view typeName);
/// "string", "integer", "float", "date".
[[nodiscard]] std::string_view nameOf(ColumnType type);

/// Whether the module would take a value: integers are a sign and digits, without bounds; floats have at most one dot
/// and no exponent; dates are dddd-dd-dd. It takes no empty value at all.
[[nodiscard]] bool accepts(ColumnType type, std::string_view value);
/// Input, saying what such a column holds, where the module would not take `value`.
[[nodiscard]] Status checkValue(std::string_view column, ColumnType type, std::string_view value);

/// How the module compares: integers as 64 bits, with what is beyond taken for the end; floats as doubles; all else by
/// bytes up to a NUL. What is no number counts by the number it begins with, else as 0.
[[nodiscard]] std::strong_ordering compareCells(ColumnType type, std::string_view left, std::string_view right);

} // namespace keyglass
