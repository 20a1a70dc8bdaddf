// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/redis/sentinel.h"

#include <cstdint>
#include <optional>

namespace keyglass {

/// A server or a Sentinel as a Sentinel describes it. All but the address may be missing.
struct WatchedNode {
    std::string runId;                       ///< Empty: not told.
    ConnectionOptions options;               ///< How it is reached from here.
    QString announced;                       ///< How it is announced, where that differs; else empty.
    QString flags;                           ///< "slave,s_down,disconnected"
    std::optional<std::uint64_t> lastAnswer; ///< Milliseconds since it last answered the Sentinel's PING.
    std::optional<bool> isLinkUp;            ///< Of a replica: to its master.
    std::optional<std::int64_t> offset;      ///< Of a replica: how far it has copied, some seconds ago.

    /// Down in the eyes of that Sentinel, or of enough of them. "disconnected" alone is not down: so is a node that the
    /// Sentinel has just heard of and has not connected to yet.
    [[nodiscard]] bool isDown() const;
};

/// A master with its replicas, and the Sentinels that watch them.
struct SentinelView {
    WatchedNode master;
    std::vector<WatchedNode> replicas;
    std::vector<WatchedNode> sentinels;  ///< The one that was asked first.
    std::optional<std::uint64_t> quorum; ///< How many Sentinels have to agree that the master is down.
};

/// Asks one Sentinel after the other for all that it knows of the group (SENTINEL MASTER, REPLICAS, SENTINELS), until
/// one answers. Input: it does not know the name. Permission and the like: the first one's own words. Blocks for some
/// round trips; a silent Sentinel costs 1.5 s, and its whole time where no other answers.
[[nodiscard]] Result<SentinelView> fetchSentinelView(
    const SentinelGroup& group, const std::shared_ptr<const CommandGate>& gate, const std::stop_token& stop);

} // namespace keyglass
