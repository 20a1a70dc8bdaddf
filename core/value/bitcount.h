// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <stop_token>
#include <string>

namespace keyglass {

class Lane;

/// How many bits of a string are set, counted by the server (BITCOUNT): none of it comes over the wire.
///
/// In stretches of 4 MB, about a millisecond of the server's time each, so that others are served in between; what is
/// changed meanwhile may be counted as it was or as it is. Blocks for a round trip a stretch. Gone, WrongType,
/// Permission; else as Lane::call.
[[nodiscard]] Result<std::uint64_t> fetchBitCount(Lane& lane, const std::string& key, const std::stop_token& stop);

} // namespace keyglass
