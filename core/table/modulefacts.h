// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>

namespace keyglass {

class Lane;

/// What a server says of the RedisTABLE module.
struct TableModule {
    enum class State {
        Missing, ///< Tables can still be read by their keys.
        Loaded,
        Unknown, ///< Neither MODULE LIST nor COMMAND INFO may be asked.
    };
    State state = State::Unknown;
    std::optional<std::int64_t> version;    ///< 1 for 1.0 and for 1.1 alike; nothing where MODULE LIST is forbidden.
    std::optional<std::uint64_t> scanLimit; ///< In force; nothing where it can't be known.
    /// What it was started with and does not follow (outside of 1000 to 10000000); empty: none.
    std::string ignoredLimit;

    [[nodiscard]] bool mayBeUsed() const { return state != State::Missing; }
};

/// The module's scan limit where it was not set, and between what it may be set.
inline constexpr std::uint64_t defaultScanLimit = 100'000;
inline constexpr std::uint64_t leastScanLimit = 1'000;
inline constexpr std::uint64_t mostScanLimit = 10'000'000;

/// Asks MODULE LIST, else COMMAND INFO. Fails only where the line does.
[[nodiscard]] Result<TableModule> fetchTableModule(Lane& lane, std::stop_token stop);

/// What keeps a table's server from being as safe as it looks, by INFO and CONFIG GET of its node.
struct TableSurroundings {
    bool hasInfo = false;
    bool isMaster = true;
    bool isCluster = false;
    bool writesAof = false;
    std::uint64_t replicas = 0;
    std::uint64_t keys = 0; ///< Of the lane's database.
    std::uint64_t usedMemory = 0;
    std::uint64_t maxMemory = 0; ///< 0: no bound.
    std::uint64_t opsPerSecond = 0;
    std::optional<Milliseconds> nodeTimeout; ///< cluster-node-timeout; nothing where it is, or seems, no cluster.
    bool isTimeoutAssumed = false;           ///< It may not be asked: what it is where nobody has set it.

    /// What TABLE commands change reaches neither replicas nor the AOF, or has not reached this replica, or that it
    /// may not be asked whether there are any; empty where there is neither.
    [[nodiscard]] QString warning() const;
};

/// In a cluster `lane` has to be one to the table's node. Fails only where the line does.
[[nodiscard]] Result<TableSurroundings> fetchTableSurroundings(Lane& lane, std::stop_token stop);

} // namespace keyglass
