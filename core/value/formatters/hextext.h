// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace keyglass {

/// A hex view has this many bytes in a row.
inline constexpr std::uint64_t hexRowBytes = 16;

/// The offset as hex digits, as many as the last byte of `total` bytes needs, at least eight: "0000A0F0".
[[nodiscard]] std::string hexOffset(std::uint64_t offset, std::uint64_t total);

/// One row's bytes in two groups of eight: "89 50 4E 47 0D 0A 1A 0A  00 00 …". At most hexRowBytes are taken.
[[nodiscard]] std::string hexBytes(std::string_view bytes);

/// One row's bytes as ASCII, all else as a dot.
[[nodiscard]] std::string hexAscii(std::string_view bytes);

/// All of `bytes` as hex digits without spaces, for the clipboard.
[[nodiscard]] std::string hexDigits(std::string_view bytes);

} // namespace keyglass
