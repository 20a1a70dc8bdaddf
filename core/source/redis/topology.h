// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/net/reply.h"
#include "core/source/redis/serverfacts.h"
#include "core/source/redis/slots.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

class Lane;

/// What a cluster says of one node's health.
enum class NodeHealth { Unknown, Online, Failed, Loading };

/// One node as the cluster announces it; not yet where it can be reached from here (AddressRules).
struct ClusterNode {
    std::string id;            ///< 40 hexadecimal digits; empty where the server does not tell (CLUSTER SLOTS of 3.x).
    std::string host;          ///< The endpoint it prefers: address or name. Empty: the host we came by.
    std::string hostname;      ///< Its announced name, for the check of a TLS certificate; may be empty.
    std::uint16_t port = 0;    ///< 0: it does not listen without TLS.
    std::uint16_t tlsPort = 0; ///< 0: none, or not told.
    ServerRole role = ServerRole::Unknown;
    NodeHealth health = NodeHealth::Unknown;
    SlotSet slots;        ///< Of a master: what it owns. Of a replica: nothing.
    std::string masterId; ///< Of a replica, where it is known.

    [[nodiscard]] bool isMaster() const { return role == ServerRole::Master; }
};

/// Who owns which slot, as one node saw it. Immutable once made: shared by all threads.
class ClusterTopology {
public:
    ClusterTopology() = default;
    /// `nodes` in the server's order; where two claim a slot, the later one has it.
    explicit ClusterTopology(std::vector<ClusterNode> nodes);

    [[nodiscard]] const std::vector<ClusterNode>& nodes() const { return m_nodes; }
    /// The master of a slot; null where it has none.
    [[nodiscard]] const ClusterNode* owner(std::uint16_t slot) const;
    [[nodiscard]] const ClusterNode* find(std::string_view id) const;
    /// Masters that own slots, in order of their first slot.
    [[nodiscard]] std::vector<const ClusterNode*> masters() const;
    [[nodiscard]] std::vector<const ClusterNode*> replicasOf(std::string_view masterId) const;
    /// Slots that nobody owns.
    [[nodiscard]] SlotSet orphans() const;

private:
    std::vector<ClusterNode> m_nodes;
    std::array<std::int32_t, slotCount> m_owners{}; ///< Place in m_nodes, or -1.
};

/// Reads the reply to CLUSTER SHARDS (7.0, https://redis.io/commands/cluster-shards). Protocol where it is no such
/// list.
[[nodiscard]] Result<ClusterTopology> topologyFromShards(const Reply& reply);
/// Reads the reply to CLUSTER SLOTS (https://redis.io/commands/cluster-slots), whose ports are of the kind of the
/// connection it was asked on: `overTls` tells which.
[[nodiscard]] Result<ClusterTopology> topologyFromSlots(const Reply& reply, bool overTls);

/// What both say together: SHARDS, which tells more of each node, unless SLOTS knows owners that it lacks. One of them
/// may be an error.
[[nodiscard]] Result<ClusterTopology> topologyFrom(const Reply& shards, const Reply& slots, bool overTls);

/// Asks a node for CLUSTER SHARDS and SLOTS. Unsupported where the server is no cluster, Permission where both are
/// forbidden; else what the line fails with.
[[nodiscard]] Result<ClusterTopology> fetchTopology(Lane& lane, bool overTls, std::stop_token stop);

} // namespace keyglass
