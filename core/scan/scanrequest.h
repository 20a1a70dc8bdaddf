// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/scanpace.h"
#include "core/scan/keypattern.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace keyglass {

using Pace = ScanPace;

/// The COUNT of a pace: gentle 100, balanced 300, full 500. Calls of 300 to 1000 are as fast as larger ones and stall
/// nobody.
[[nodiscard]] int countOf(ScanPace pace);

/// Where a scan ends before the keyspace does. Nothing set: it doesn't.
struct ScanLimits {
    std::optional<std::uint64_t> maxKeys;       ///< Keys handed on, over all nodes.
    std::optional<std::uint64_t> maxIterations; ///< SCAN calls sent, over all nodes; exactly so many are sent.
    std::optional<std::chrono::seconds> maxTime;

    friend bool operator==(const ScanLimits&, const ScanLimits&) = default;
};

/// What to scan and how.
struct ScanRequest {
    KeyPattern pattern;
    std::string type; ///< "string", "hash" …; empty: every type. SCAN TYPE, or TYPE pipelines before Redis 6.0.
    ScanPace pace = ScanPace::Full;
    std::optional<int> count; ///< A fixed COUNT instead of the pace's.
    ScanLimits limits;
    bool useKeysCommand = false; ///< KEYS instead of SCAN: one call that blocks the server. The user's explicit choice.
};

} // namespace keyglass
