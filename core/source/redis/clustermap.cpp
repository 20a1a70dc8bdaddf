// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/redis/clustermap.h"

#include "core/source/lane.h"

#include <algorithm>

namespace keyglass {

namespace {

bool sameNodes(const ClusterTopology& one, const ClusterTopology& other)
{
    return std::ranges::equal(one.nodes(), other.nodes(), [](const ClusterNode& left, const ClusterNode& right) {
        return left.id == right.id && left.host == right.host && left.port == right.port
            && left.tlsPort == right.tlsPort && left.role == right.role && left.health == right.health
            && left.slots == right.slots;
    });
}

Status refreshFrom(ClusterMap& map, ConnectionOptions options, std::stop_token stop)
{
    const Endpoint cameBy = options.endpoint;
    const auto lane = makeLane(std::move(options), map.gate());
    const auto topology = fetchTopology(*lane, map.addresses().overTls(), std::move(stop));
    if (!topology) {
        return topology.error();
    }
    map.update(*topology, cameBy);
    return ok();
}

} // namespace

ClusterMap::ClusterMap(ClusterAddresses addresses, std::shared_ptr<const CommandGate> gate)
    : m_addresses(std::move(addresses))
    , m_gate(std::move(gate))
    , m_topology(std::make_shared<ClusterTopology>())
{
}

std::shared_ptr<const ClusterTopology> ClusterMap::topology() const
{
    const std::lock_guard lock(m_mutex);
    return m_topology;
}

void ClusterMap::update(const ClusterTopology& topology, const Endpoint& cameBy)
{
    std::vector<ClusterNode> nodes = topology.nodes();
    const QString host = cameBy.isUnixSocket() ? QStringLiteral("127.0.0.1") : cameBy.host;
    for (ClusterNode& node : nodes) {
        node.host = node.host.empty() ? host.toStdString() : node.host;
        if (node.id.empty()) { // servers before 4.0
            node.id = node.host + ':' + std::to_string(node.port);
        }
    }
    auto newest = std::make_shared<const ClusterTopology>(std::move(nodes));
    bool isOther = false;
    {
        const std::lock_guard lock(m_mutex);
        isOther = !sameNodes(*m_topology, *newest);
        if (isOther) {
            m_topology = std::move(newest);
        }
    }
    if (isOther && m_changed) {
        m_changed();
    }
}

ConnectionOptions ClusterMap::optionsFor(const ClusterNode& node) const
{
    return m_addresses.optionsFor(node, m_addresses.seed().endpoint);
}

Status refreshTopology(ClusterMap& map, std::stop_token stop)
{
    std::vector<ConnectionOptions> asked;
    for (const ClusterNode& node : map.topology()->nodes()) {
        if (node.health != NodeHealth::Failed) {
            asked.push_back(map.optionsFor(node));
        }
    }
    asked.push_back(map.addresses().seed());
    Status status = ok();
    for (ConnectionOptions& options : asked) {
        constexpr Milliseconds patience{1500}; // one of them will answer quickly
        options.connectTimeout = std::min(options.connectTimeout, patience);
        options.callTimeout = std::min(options.callTimeout, patience);
        status = refreshFrom(map, std::move(options), stop);
        if (status || stop.stop_requested()) {
            break;
        }
    }
    return status;
}

} // namespace keyglass
