// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace keyglass {

/// `bytes` as a zlib stream (RFC 1950).
[[nodiscard]] std::string zlibOf(std::string_view bytes);

/// `bytes` as a gzip file (RFC 1952).
[[nodiscard]] std::string gzipOf(std::string_view bytes);

/// A small picture as a PNG file: a square of `side` pixels in shades that depend on `hue` (0 to 255).
[[nodiscard]] std::string pngOf(int side, int hue);

} // namespace keyglass
