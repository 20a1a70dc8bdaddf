// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/redis/clustermap.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace keyglass {

namespace {

bool sameNodes(const ClusterTopology& one, const ClusterTopology& other)
{
    return std::ranges::equal(one.nodes(), other.nodes(), [](const ClusterNode& left, const ClusterNode& right) {
        return left.id == right.id && left.host == right.host && left.port == right.port
            && left.tlsPort == right.tlsPort && left.role == right.role && left.health == right.health
            && left.slots == right.slots && left.masterId == right.masterId;
    });
}

/// With the hosts and the ids that were left out.
ClusterTopology withNames(const ClusterTopology& told, const Endpoint& cameBy)
{
    std::vector<ClusterNode> nodes = told.nodes();
    const QString host = cameBy.isUnixSocket() ? QStringLiteral("127.0.0.1") : cameBy.host;
    for (ClusterNode& node : nodes) {
        node.host = node.host.empty() ? host.toStdString() : node.host;
        if (node.id.empty()) { // servers before 4.0
            node.id = node.host + ':' + std::to_string(node.port);
        }
    }
    return ClusterTopology(std::move(nodes));
}

/// What one node said.
struct Answer {
    ClusterTopology topology;
    Endpoint cameBy;
};

Result<Answer> askOne(const ClusterMap& map, ConnectionOptions options, std::stop_token stop)
{
    Endpoint cameBy = options.endpoint;
    const auto lane = makeLane(std::move(options), map.gate());
    auto topology = fetchTopology(*lane, map.addresses().overTls(), std::move(stop));
    return topology ? Result(Answer{*std::move(topology), std::move(cameBy)}) : std::move(topology).error();
}

/// Whether both are of one cluster. One that was reset knows only itself; one that has joined another knows the others
/// there.
bool areOfOneCluster(const ClusterTopology& known, const ClusterTopology& told)
{
    constexpr std::size_t enough = 2; // it and one more
    const auto common = std::ranges::count_if(
        told.nodes(), [&](const ClusterNode& node) { return !node.id.empty() && known.find(node.id) != nullptr; });
    return !told.masters().empty() && static_cast<std::size_t>(common) >= std::min(enough, known.nodes().size());
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

bool ClusterMap::update(const ClusterTopology& told, const Endpoint& cameBy)
{
    ClusterTopology named = withNames(told, cameBy);
    const auto known = topology();
    const bool isBelieved = known->masters().empty() || areOfOneCluster(*known, named);
    if (isBelieved) {
        takeOver(std::move(named));
    }
    return isBelieved;
}

void ClusterMap::replace(const ClusterTopology& told, const Endpoint& cameBy)
{
    takeOver(withNames(told, cameBy));
}

void ClusterMap::takeOver(ClusterTopology&& topology)
{
    auto newest = std::make_shared<const ClusterTopology>(std::move(topology));
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

ConnectionOptions ClusterMap::optionsFor(const Redirect& redirect) const
{
    ConnectionOptions options = m_addresses.optionsFor(redirect.host, redirect.port, m_addresses.seed().endpoint);
    const auto known = topology();
    for (const ClusterNode& node : known->nodes()) {
        ConnectionOptions there = optionsFor(node);
        if (there.endpoint.text() == options.endpoint.text()) {
            return there;
        }
    }
    return options;
}

ResolveNode nodeResolver(std::shared_ptr<const ClusterMap> map, const ClusterNode& node)
{
    return [map = std::move(map), last = node](const std::stop_token&) mutable -> Result<ConnectionOptions> {
        const auto topology = map->topology();
        if (const ClusterNode* now = topology->find(last.id)) {
            last = *now;
        }
        return map->optionsFor(last);
    };
}

Status refreshTopology(ClusterMap& map, std::stop_token stop)
{
    std::vector<ConnectionOptions> asked;
    for (const ClusterNode& node : map.topology()->nodes()) {
        if (node.health != NodeHealth::Failed) {
            asked.push_back(map.optionsFor(node));
        }
    }
    const std::size_t firstSeed = asked.size();
    const ConnectionOptions& seed = map.addresses().seed();
    asked.push_back(seed);
    for (ConnectionOptions& options : asked) {
        constexpr Milliseconds patience{1500}; // one of them will answer quickly
        options.connectTimeout = std::min(options.connectTimeout, patience);
        options.callTimeout = std::min(options.callTimeout, patience);
    }
    asked.push_back(seed); // on a long line none of them may
    Status status = ok();
    bool wasAnySilent = false; // a known node that may answer again
    bool isSeeds = false;      // who said what is in doubt
    std::optional<Answer> doubtful;
    for (std::size_t at = 0; at < asked.size(); ++at) {
        const bool isLastResort = at + 1 == asked.size();
        if (isLastResort && (doubtful || status || status.error().kind != ErrorKind::Timeout)) {
            break;
        }
        auto answer = askOne(map, std::move(asked[at]), stop);
        if (answer && map.update(answer->topology, answer->cameBy)) {
            return ok();
        }
        if (stop.stop_requested()) {
            return answer ? ok() : Status(std::move(answer).error());
        }
        if (answer) {
            doubtful = *std::move(answer);
            isSeeds = at >= firstSeed;
        } else {
            wasAnySilent = wasAnySilent || (at < firstSeed && answer.error().kind == ErrorKind::Timeout);
            status = std::move(answer).error();
        }
    }
    // A node that was taken out, or has gone to another cluster, does not speak for those that are silent for a moment.
    const bool isForAll = isSeeds || !wasAnySilent;
    if (doubtful && isForAll && !doubtful->topology.masters().empty()) {
        map.replace(doubtful->topology, doubtful->cameBy); // all nodes may have been replaced since
        return ok();
    }
    return status;
}

} // namespace keyglass
