// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/lane.h"
#include "core/source/redis/clusteraddress.h"
#include "core/source/redis/topology.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>

namespace keyglass {

class CommandGate;

/// What all lanes of a cluster's session share: who owns which slot, as far as known, and how each node is reached.
///
/// Never asks anybody itself: who meets a redirect or asks for the topology brings it here. All members may be called
/// from any thread.
class ClusterMap {
public:
    ClusterMap(ClusterAddresses addresses, std::shared_ptr<const CommandGate> gate);

    /// The newest topology; never null, empty before the first. The same object as long as nothing in it changes.
    [[nodiscard]] std::shared_ptr<const ClusterTopology> topology() const;
    /// Takes over what a node at `cameBy` said; hosts it left out are that node's. False where it is not believed: a
    /// node that was taken out of the cluster knows nobody, or others, and what was known stands.
    bool update(const ClusterTopology& topology, const Endpoint& cameBy);
    /// The same, whatever is known.
    void replace(const ClusterTopology& topology, const Endpoint& cameBy);
    /// Called on the updating thread, with no lock held, when nodes, roles, slots or addresses have changed. Set it
    /// before other threads use the map.
    void onChange(std::function<void()> listener) { m_changed = std::move(listener); }

    [[nodiscard]] ConnectionOptions optionsFor(const ClusterNode& node) const;
    /// Where a redirect sends us: as to the node that is known there, which may announce another name for its
    /// certificate.
    [[nodiscard]] ConnectionOptions optionsFor(const Redirect& redirect) const;
    [[nodiscard]] const ClusterAddresses& addresses() const { return m_addresses; }
    [[nodiscard]] const std::shared_ptr<const CommandGate>& gate() const { return m_gate; }

private:
    void takeOver(ClusterTopology&& topology);

    const ClusterAddresses m_addresses;
    const std::shared_ptr<const CommandGate> m_gate;
    std::function<void()> m_changed;
    mutable std::mutex m_mutex; ///< Guards m_topology, which every thread reads and any may replace.
    std::shared_ptr<const ClusterTopology> m_topology;
};

/// How a node is reached by what is known when a connection is opened: it may have got another address. Once it is no
/// node of the cluster any more, as it was reached last.
[[nodiscard]] ResolveNode nodeResolver(std::shared_ptr<const ClusterMap> map, const ClusterNode& node);

/// Asks the nodes the map knows, then the seed, one after the other until one is believed, and updates the map; where
/// none is, what the last one said, if that is the seed or no node was silent. The last one's error where none answers.
/// Blocks for a few round trips.
[[nodiscard]] Status refreshTopology(ClusterMap& map, std::stop_token stop);

} // namespace keyglass
