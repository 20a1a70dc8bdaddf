// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/source/redis/slots.h"

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

class Lane;

/// What one node says of itself in the `myself` line of CLUSTER NODES, the only place where a migration's marks stand
/// (https://redis.io/commands/cluster-nodes).
struct NodeView {
    std::string id;
    bool isMaster = false;
    std::uint64_t configEpoch = 0;
    SlotSet slots;     ///< What it owns.
    SlotSet migrating; ///< Owned slots whose keys are on their way to another node.
    SlotSet importing; ///< Slots of another node whose keys are on their way to this one.

    [[nodiscard]] SlotSet marked() const { return migrating | importing; }

    friend bool operator==(const NodeView&, const NodeView&) = default;
};

/// The `myself` line of the text. Nothing where there is none or it makes no sense.
[[nodiscard]] std::optional<NodeView> parseNodeView(std::string_view clusterNodes);

/// Asks a node for its view of itself. Permission where CLUSTER NODES is forbidden, Protocol where the text makes no
/// sense, else what the line fails with.
[[nodiscard]] Result<NodeView> fetchNodeView(Lane& lane, std::stop_token stop);

} // namespace keyglass
