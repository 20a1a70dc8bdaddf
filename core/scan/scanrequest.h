// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scan/keypattern.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace keyglass {

/// How much of the server's time a scan may take. COUNT per call: gentle 100, balanced 300, full 500.
enum class Pace { Gentle, Balanced, Full };

/// The COUNT that a pace begins with.
[[nodiscard]] int countOf(Pace pace);

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
    Pace pace = Pace::Full;
    std::optional<int> count; ///< A fixed COUNT instead of the pace's.
    ScanLimits limits;
    bool useKeysCommand = false; ///< KEYS instead of SCAN: one call that blocks the server. The user's explicit choice.
};

} // namespace keyglass
