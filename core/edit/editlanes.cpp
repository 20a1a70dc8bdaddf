// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/editlanes.h"

#include "core/source/lane.h"
#include "core/source/redis/clustermap.h"
#include "core/source/redis/slots.h"

namespace keyglass {

EditLanes::EditLanes(Lane& lane)
    : m_single(&lane)
{
}

EditLanes::EditLanes(std::unique_ptr<Lane> lane)
    : m_owned(std::move(lane))
    , m_single(m_owned.get())
{
}

EditLanes::EditLanes(const std::shared_ptr<ClusterMap>& cluster)
    : EditLanes(cluster, [gate = cluster->gate()](ConnectionOptions to) { return makeLane(std::move(to), gate); })
{
}

EditLanes::EditLanes(std::shared_ptr<ClusterMap> cluster, MakeLane make)
    : m_cluster(std::move(cluster))
    , m_make(std::move(make))
{
}

EditLanes::~EditLanes() = default;

EditPlace EditLanes::placeOf(std::string_view key)
{
    if (m_single) {
        return {m_single, false};
    }
    const auto topology = m_cluster->topology();
    const ClusterNode* owner = topology->owner(slotOf(key));
    return {&laneTo(owner ? m_cluster->optionsFor(*owner) : m_cluster->addresses().seed()), false};
}

bool EditLanes::areTogether(std::string_view key, std::string_view other) const
{
    return m_single || slotOf(key) == slotOf(other);
}

EditPlace EditLanes::redirected(const Redirect& redirect, std::stop_token stop)
{
    if (m_single) {
        return {m_single, false}; // it does not know of other nodes: what it says is an error like others
    }
    const ClusterAddresses& addresses = m_cluster->addresses();
    const ConnectionOptions to = addresses.optionsFor(redirect.host, redirect.port, addresses.seed().endpoint);
    Lane& lane = laneTo(to);
    if (!redirect.isAsk) {
        if (const auto topology = fetchTopology(lane, addresses.overTls(), std::move(stop))) {
            m_cluster->update(*topology, to.endpoint);
        }
    }
    return {&lane, redirect.isAsk};
}

void EditLanes::lookAround(std::stop_token stop)
{
    if (m_cluster) {
        static_cast<void>(refreshTopology(*m_cluster, std::move(stop))); // else the next try tells
    }
}

Lane& EditLanes::laneTo(ConnectionOptions options)
{
    auto& lane = m_lanes[options.endpoint.text()];
    if (!lane) {
        lane = m_make(std::move(options));
    }
    return *lane;
}

} // namespace keyglass
