// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/redis/clusteraddress.h"

#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <string_view>

namespace keyglass {

class ClusterMap;
class Lane;

/// Where a transaction on a key runs.
struct EditPlace {
    Lane* lane = nullptr;
    bool asking = false; ///< Each command has to be announced by ASKING: the slot is on its way to this node.
};

/// The transaction lanes of a session: a connection to one server, or one to each master in use of a cluster. What
/// belongs together in a transaction goes over one of them, so nobody else may use them.
///
/// Belongs to one thread at a time.
class EditLanes {
public:
    using MakeLane = std::function<std::unique_ptr<Lane>(ConnectionOptions)>;

    /// `lane` must outlive it.
    explicit EditLanes(Lane& lane);
    explicit EditLanes(std::unique_ptr<Lane> lane);
    explicit EditLanes(const std::shared_ptr<ClusterMap>& cluster);
    /// The same with lanes made by `make`: where something has to stand between us and the nodes.
    EditLanes(std::shared_ptr<ClusterMap> cluster, MakeLane make);
    EditLanes(const EditLanes&) = delete;
    EditLanes& operator=(const EditLanes&) = delete;
    ~EditLanes();

    /// The owner of the key's slot as far as it is known.
    [[nodiscard]] EditPlace placeOf(std::string_view key);
    /// Whether one transaction can take both keys.
    [[nodiscard]] bool areTogether(std::string_view key, std::string_view other) const;
    /// Where a redirect points to; of a MOVED, the cluster's new topology is asked for there. Blocks for a round trip.
    [[nodiscard]] EditPlace redirected(const Redirect& redirect, std::stop_token stop);
    /// After a lost line: the owner may be another by now. Blocks for some round trips.
    void lookAround(std::stop_token stop);

private:
    [[nodiscard]] Lane& laneTo(ConnectionOptions options);

    std::unique_ptr<Lane> m_owned;
    Lane* m_single = nullptr; ///< Null in a cluster.
    std::shared_ptr<ClusterMap> m_cluster;
    MakeLane m_make;
    std::map<QString, std::unique_ptr<Lane>> m_lanes; ///< Of a cluster, by endpoint.
};

} // namespace keyglass
