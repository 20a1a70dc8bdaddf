// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace keyglass {

/// A 64-bit hash of a key, seeded anew in every process: nobody can prepare keys that collide.
[[nodiscard]] std::uint64_t keyHash(std::string_view key);

} // namespace keyglass
