// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace keyglass {

/// CRC-32C (Castagnoli, RFC 3720 appendix B.4) of `bytes`; `before` is the sum of what stood before them.
[[nodiscard]] std::uint32_t crc32c(std::string_view bytes, std::uint32_t before = 0);

} // namespace keyglass
