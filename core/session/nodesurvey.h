// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/source/redis/clustermap.h"

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace keyglass {

/// One node of a cluster as it is right now.
struct NodeSurvey {
    std::string id;
    QString address;   ///< How it is reached from here: "10.0.0.7:7001".
    QString announced; ///< How it announces itself, where that differs; else empty.
    bool isMaster = false;
    QString masterAddress; ///< Of a replica.
    NodeHealth health = NodeHealth::Unknown;
    QString slotRanges; ///< "0-5460"
    std::size_t slots = 0;
    std::optional<std::uint64_t> keys; ///< DBSIZE; nothing where it is refused or the node does not answer.
    std::optional<Error> trouble;      ///< Why it does not answer.
};

enum class Surveyed {
    All,
    Owners, ///< Masters that own slots.
};

/// Asks the nodes of the map's topology for their number of keys, all at once. In the order of their slots, each master
/// followed by its replicas, then those that own nothing. Blocks for a round trip, 1.5 s where a node is silent.
[[nodiscard]] std::vector<NodeSurvey> surveyNodes(
    const std::shared_ptr<ClusterMap>& map, const std::stop_token& stop, Surveyed whom = Surveyed::All);

/// The keys of all masters that own slots; nothing where one of them does not tell.
[[nodiscard]] std::optional<std::uint64_t> keysOf(const std::vector<NodeSurvey>& nodes);

} // namespace keyglass
