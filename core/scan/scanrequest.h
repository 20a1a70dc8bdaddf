// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/scanpace.h"
#include "core/scan/keypattern.h"
#include "core/scan/keypredicate.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace keyglass {

using Pace = ScanPace;

/// Whether a node's table may be walked by several cursors at once, so that calls overlap.
enum class SeveralCursors {
    WhereProven, ///< On server versions for which a test proves that no key is lost.
    Never,
    Always, ///< Also elsewhere, at the caller's risk: keys may be lost.
};

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
    std::string type;       ///< "string", "hash" …; empty: every type. SCAN TYPE, or TYPE pipelines before Redis 6.0.
    KeyPredicate predicate; ///< Asked of each key that pattern and type let through.
    ScanPace pace = ScanPace::Full;
    std::optional<int> count; ///< A fixed COUNT, one call at a time and no pauses, whatever the pace.
    SeveralCursors severalCursors = SeveralCursors::WhereProven; ///< Never with limits, where each call counts.
    ScanLimits limits;
    bool useKeysCommand = false; ///< KEYS instead of SCAN: one call that blocks the server. The user's explicit choice.
};

} // namespace keyglass
