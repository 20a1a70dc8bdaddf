// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/memory.h"

#include <optional>

namespace keyglass::cli {

/// Whether keys that take `used` are more than they may.
///
/// `cap` is what the user allows. Without one it is half of the machine's memory, or what leaves less than a twentieth
/// of it to spare, as a machine that swaps is worse than half a list; keys that are not much (256 MB) don't end for
/// what other programs take. Where `memory` is not known there is no limit.
[[nodiscard]] bool isTooMuch(
    ByteCount used, const std::optional<ByteCount>& cap, const std::optional<SystemMemory>& memory);

} // namespace keyglass::cli
