// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/commandgate.h"
#include "core/source/lane.h"
#include "core/source/redis/clustermap.h"

#include <functional>
#include <memory>
#include <string>

namespace keyglass {

/// How a job reaches the nodes of its source.
struct JobNodes {
    /// A new lane to, or from the side of, the node with this id; "" where there is no cluster.
    using MakeLane = std::function<std::unique_ptr<Lane>(const std::string& nodeId)>;

    std::shared_ptr<ClusterMap> cluster; ///< Null: one server.
    MakeLane node;                       ///< To this node alone.
    MakeLane routed;                     ///< To the owners of keys; empty where there is no cluster.
    Confirmation confirmation{};         ///< What the user said yes to.
    QString name{};                      ///< Of the one server.
    std::string turn{};                  ///< What it is called where jobs wait for it (NodeTurns); empty: as its name.
};

/// Those of a cluster.
[[nodiscard]] JobNodes clusterNodes(std::shared_ptr<ClusterMap> cluster, Confirmation confirmation = {});
/// One server, of the name `name`, to which `make` makes lanes.
[[nodiscard]] JobNodes serverNode(
    std::function<std::unique_ptr<Lane>()> make, QString name, Confirmation confirmation = {});

} // namespace keyglass
