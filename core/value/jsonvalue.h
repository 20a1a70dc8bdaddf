// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"

#include <stop_token>
#include <string>

namespace keyglass {

class Lane;

/// A JSON document whose memory is above this is only read by a path into it.
inline constexpr ByteCount largestJsonDocument{16ULL * 1024 * 1024};

/// The text of what `path` leads to in a document of RedisJSON or of what is compatible with it; empty: all of it. A
/// path that begins with `$` gives an array of all that it leads to, one that begins with `.` the one value.
///
/// Blocks for two round trips: its memory first (JSON.DEBUG MEMORY; where that is not allowed MEMORY USAGE of all of
/// it), then JSON.GET. Limit with the size where it is above largestJsonDocument; Gone for a vanished key; Server with
/// the module's words for a path that leads nowhere.
[[nodiscard]] Result<std::string> fetchJson(
    Lane& lane, const std::string& key, const std::string& path, const std::stop_token& stop);

} // namespace keyglass
