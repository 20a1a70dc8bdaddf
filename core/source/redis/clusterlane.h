// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/lane.h"
#include "core/source/redis/clustermap.h"

#include <memory>
#include <string>

namespace keyglass {

/// A Lane to a whole cluster, from the side of one of its nodes: a command goes to the owner of its first key's slot,
/// one without a key to `homeId`; MOVED and ASK are followed, TRYAGAIN, CLUSTERDOWN and a master that became a replica
/// (READONLY) waited out for a few seconds, and what is learnt of the topology goes into `map`.
///
/// Connections are opened as they are needed, one per node. A command whose connection broke is not sent again. A
/// pipeline's commands reach each node in their order, different nodes' side by side or one after the other; a command
/// that was redirected comes after the others. send() and receive() are the home node's. Like every Lane it belongs to
/// one thread.
[[nodiscard]] std::unique_ptr<Lane> makeClusterLane(
    std::shared_ptr<ClusterMap> map, std::string homeId, Greeting greeting = {});

} // namespace keyglass
