// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/formatters/decoder.h"

namespace keyglass {

/// Grows `out` by what a decompressor may write next behind `written` bytes: never by a length that came with the
/// bytes. False once more than `limits.output` are written.
[[nodiscard]] bool growForMore(std::string& out, std::size_t written, const DecodeLimits& limits);

/// Of compressed bytes; `why` in the library's words, may be empty.
[[nodiscard]] Error damagedBytes(const QString& why);
[[nodiscard]] Error brokenOffBytes();
[[nodiscard]] Error bytesBehindTheEnd();
[[nodiscard]] Error noMemory();

} // namespace keyglass
