// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/redis/sentinelview.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace keyglass {

/// A master or a replica that Sentinels watch, as they and it itself tell.
struct WatchedServer {
    WatchedNode known;                   ///< What the Sentinels say.
    bool isMaster = false;               ///< By their word.
    std::optional<std::uint64_t> keys;   ///< DBSIZE; nothing where it is not told.
    std::optional<bool> isLinkUp;        ///< Of a replica: to its master.
    std::optional<std::uint64_t> lag;    ///< Seconds since a replica and its master last spoke.
    std::optional<std::int64_t> offset;  ///< How far the master has written, or the replica has copied, in bytes;
    std::optional<std::uint64_t> behind; ///< of a replica: what it has still to copy.
    std::optional<Error> trouble;        ///< Why it does not answer.
};

/// A whole group, each server asked itself as well.
struct SentinelSurvey {
    std::vector<WatchedServer> servers; ///< The master, then its replicas.
    std::vector<WatchedNode> sentinels;
    std::optional<std::uint64_t> quorum;
};

/// Asks a Sentinel for the group, then all servers at once. Fails as fetchSentinelView(); a server that does not answer
/// is named in the survey. `gate`: that of the servers; `database`: whose keys are counted. Blocks for some round
/// trips, 1.5 s where a server is silent.
[[nodiscard]] Result<SentinelSurvey> surveySentinels(const SentinelGroup& group,
    const std::shared_ptr<const CommandGate>& gate, int database, const std::stop_token& stop);

} // namespace keyglass
