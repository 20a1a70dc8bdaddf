// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/redis/topology.h"

#include "core/source/lane.h"

#include <QCoreApplication>

#include <algorithm>

namespace keyglass {

namespace {

/// More than any cluster has (the specification says 1000); a reply that names more is not read further.
constexpr std::size_t mostNodes = 20000;

/// A reply that names more ranges of slots than there could be, twice told, is not read: setting them would take
/// minutes.
constexpr std::size_t mostRanges = 2 * slotCount;

Error malformed()
{
    return {ErrorKind::Protocol, {},
        QCoreApplication::translate("Topology", "The reply to CLUSTER SHARDS or SLOTS is not what it should be.")};
}

/// A map in RESP2 is an array of names and values in turn. Null where `name` is not in it.
const Reply* valueOf(const Reply& map, std::string_view name)
{
    for (std::size_t at = 0; at + 1 < map.elements.size(); at += 2) {
        if (map.elements[at].text == name) {
            return &map.elements[at + 1];
        }
    }
    return nullptr;
}

std::string textOf(const Reply* reply)
{
    constexpr std::size_t longest = 512; // no address or id is longer
    return reply && reply->isText() && reply->text.size() <= longest ? reply->text : std::string();
}

std::uint16_t portOf(const Reply* reply)
{
    constexpr std::int64_t largest = 65535;
    const bool isPort = reply && reply->isInteger() && reply->integer > 0 && reply->integer <= largest;
    return isPort ? static_cast<std::uint16_t>(reply->integer) : 0;
}

/// `?` and nothing mean the same: the host we came by.
std::string hostOf(const Reply* reply)
{
    std::string host = textOf(reply);
    return host == "?" ? std::string() : host;
}

ClusterNode nodeFromShard(const Reply& map)
{
    ClusterNode node;
    node.id = textOf(valueOf(map, "id"));
    const Reply* endpoint = valueOf(map, "endpoint");
    node.host = hostOf(endpoint ? endpoint : valueOf(map, "ip"));
    node.hostname = textOf(valueOf(map, "hostname"));
    node.port = portOf(valueOf(map, "port"));
    node.tlsPort = portOf(valueOf(map, "tls-port"));
    const std::string role = textOf(valueOf(map, "role"));
    node.role = role == "master" ? ServerRole::Master : role.empty() ? ServerRole::Unknown : ServerRole::Replica;
    const std::string health = textOf(valueOf(map, "health"));
    node.health = health == "online"             ? NodeHealth::Online
        : health == "fail" || health == "failed" ? NodeHealth::Failed
        : health == "loading"                    ? NodeHealth::Loading
                                                 : NodeHealth::Unknown;
    return node;
}

Result<SlotSet> slotsFromShard(const Reply* list)
{
    SlotSet slots;
    if (!list || !list->isArray()) {
        return malformed();
    }
    for (std::size_t at = 0; at + 1 < list->elements.size(); at += 2) {
        const Reply& first = list->elements[at];
        const Reply& last = list->elements[at + 1];
        const bool isRange = first.isInteger() && last.isInteger() && first.integer >= 0 && last.integer >= 0
            && addSlots(slots, static_cast<std::uint64_t>(first.integer), static_cast<std::uint64_t>(last.integer));
        if (!isRange) {
            return malformed();
        }
    }
    return slots;
}

/// The master of a shard that has the slots: one that is up, before one that failed and was not replaced.
ClusterNode* masterOf(std::span<ClusterNode> shard)
{
    ClusterNode* found = nullptr;
    for (ClusterNode& node : shard) {
        if (node.isMaster() && (!found || found->health == NodeHealth::Failed)) {
            found = &node;
        }
    }
    return found;
}

/// One node of CLUSTER SLOTS: host, port, id, and in 7.0 a list of more names for it.
ClusterNode nodeFromSlots(const Reply& entry, bool overTls)
{
    const auto part = [&](std::size_t at) { return at < entry.elements.size() ? &entry.elements[at] : nullptr; };
    ClusterNode node;
    node.host = hostOf(part(0));
    (overTls ? node.tlsPort : node.port) = portOf(part(1));
    node.id = textOf(part(2));
    if (const Reply* more = part(3)) {
        node.hostname = textOf(valueOf(*more, "hostname"));
    }
    return node;
}

bool isSame(const ClusterNode& one, const ClusterNode& other)
{
    return one.id == other.id && one.host == other.host && one.port == other.port && one.tlsPort == other.tlsPort;
}

bool addFromSlots(std::vector<ClusterNode>& nodes, const Reply& range, bool overTls)
{
    const auto isNumber = [&](std::size_t at) {
        return at < range.elements.size() && range.elements[at].isInteger() && range.elements[at].integer >= 0;
    };
    SlotSet slots;
    if (!isNumber(0) || !isNumber(1) || range.elements.size() < 3
        || !addSlots(slots, static_cast<std::uint64_t>(range.elements[0].integer),
            static_cast<std::uint64_t>(range.elements[1].integer))) {
        return false;
    }
    std::string masterId;
    for (std::size_t at = 2; at < range.elements.size() && nodes.size() < mostNodes; ++at) {
        ClusterNode node = nodeFromSlots(range.elements[at], overTls);
        const bool isMaster = at == 2;
        node.role = isMaster ? ServerRole::Master : ServerRole::Replica;
        masterId = isMaster ? node.id : masterId;
        node.masterId = isMaster ? std::string() : masterId;
        auto known = std::ranges::find_if(nodes, [&](const ClusterNode& each) { return isSame(each, node); });
        if (known == nodes.end()) {
            known = nodes.insert(nodes.end(), std::move(node));
        }
        if (isMaster) {
            known->slots |= slots;
        }
    }
    return true;
}

} // namespace

ClusterTopology::ClusterTopology(std::vector<ClusterNode> nodes)
    : m_nodes(std::move(nodes))
{
    m_owners.fill(-1);
    for (std::size_t at = 0; at < m_nodes.size(); ++at) {
        for (auto slot = nextSlot(m_nodes[at].slots, 0); slot; slot = nextSlot(m_nodes[at].slots, *slot + 1)) {
            m_owners[*slot] = static_cast<std::int32_t>(at);
        }
    }
}

const ClusterNode* ClusterTopology::owner(std::uint16_t slot) const
{
    const std::int32_t at = slot < m_owners.size() ? m_owners[slot] : -1;
    return at < 0 || m_nodes.empty() ? nullptr : &m_nodes[static_cast<std::size_t>(at)];
}

const ClusterNode* ClusterTopology::find(std::string_view id) const
{
    const auto found = std::ranges::find(m_nodes, id, &ClusterNode::id);
    return found == m_nodes.end() ? nullptr : &*found;
}

std::vector<const ClusterNode*> ClusterTopology::masters() const
{
    std::vector<const ClusterNode*> found;
    for (const ClusterNode& node : m_nodes) {
        if (node.isMaster() && node.slots.any()) {
            found.push_back(&node);
        }
    }
    std::ranges::sort(found, {}, [](const ClusterNode* node) { return *nextSlot(node->slots, 0); });
    return found;
}

std::vector<const ClusterNode*> ClusterTopology::replicasOf(std::string_view masterId) const
{
    std::vector<const ClusterNode*> found;
    for (const ClusterNode& node : m_nodes) {
        if (node.role == ServerRole::Replica && node.masterId == masterId) {
            found.push_back(&node);
        }
    }
    return found;
}

SlotSet ClusterTopology::orphans() const
{
    SlotSet owned;
    for (const ClusterNode& node : m_nodes) {
        owned |= node.slots;
    }
    return ~owned;
}

Result<ClusterTopology> topologyFromShards(const Reply& reply)
{
    if (!reply.isArray()) {
        return malformed();
    }
    std::vector<ClusterNode> nodes;
    std::size_t ranges = 0;
    for (const Reply& shard : reply.elements) {
        const Reply* list = valueOf(shard, "slots");
        ranges += list ? list->elements.size() / 2 : 0;
        if (ranges > mostRanges) {
            return malformed();
        }
        const auto slots = slotsFromShard(list);
        const Reply* members = valueOf(shard, "nodes");
        if (!slots || !members || !members->isArray() || members->elements.size() > mostNodes - nodes.size()) {
            return malformed();
        }
        const std::size_t begin = nodes.size();
        for (const Reply& member : members->elements) {
            nodes.push_back(nodeFromShard(member));
        }
        const auto ofShard = std::span(nodes).subspan(begin);
        if (ClusterNode* master = masterOf(ofShard)) {
            master->slots = *slots;
            for (ClusterNode& node : ofShard) {
                node.masterId = node.role == ServerRole::Replica ? master->id : std::string();
            }
        }
    }
    return ClusterTopology(std::move(nodes));
}

Result<ClusterTopology> topologyFromSlots(const Reply& reply, bool overTls)
{
    if (!reply.isArray() || reply.elements.size() > mostRanges) {
        return malformed();
    }
    std::vector<ClusterNode> nodes;
    for (const Reply& range : reply.elements) {
        if (!addFromSlots(nodes, range, overTls)) {
            return malformed();
        }
    }
    return ClusterTopology(std::move(nodes));
}

/// The owners that SLOTS tells, with what only SHARDS tells of them, and the nodes that only SHARDS knows: a failed
/// master without a replica (8.0) has no slots there.
ClusterTopology withFactsOf(const ClusterTopology& bySlots, const ClusterTopology& shards)
{
    std::vector<ClusterNode> nodes = bySlots.nodes();
    for (ClusterNode& node : nodes) {
        const ClusterNode* same = node.id.empty() ? nullptr : shards.find(node.id);
        if (same) {
            node.health = same->health;
            node.hostname = node.hostname.empty() ? same->hostname : node.hostname;
            node.port = node.port == 0 ? same->port : node.port;
            node.tlsPort = node.tlsPort == 0 ? same->tlsPort : node.tlsPort;
        }
    }
    for (ClusterNode node : shards.nodes()) {
        if (!node.id.empty() && !bySlots.find(node.id)) {
            node.slots.reset();
            nodes.push_back(std::move(node));
        }
    }
    return ClusterTopology(std::move(nodes));
}

/// Replicas whose shard has no master in it: nodes that know nothing of each other's shards (7.2 beside 7.0) name each
/// of them as one of its own.
ClusterTopology withMastersOf(const ClusterTopology& shards, const ClusterTopology& bySlots)
{
    std::vector<ClusterNode> nodes = shards.nodes();
    for (ClusterNode& node : nodes) {
        const ClusterNode* same = node.role == ServerRole::Replica && node.masterId.empty() && !node.id.empty()
            ? bySlots.find(node.id)
            : nullptr;
        node.masterId = same ? same->masterId : node.masterId;
    }
    return ClusterTopology(std::move(nodes));
}

Result<ClusterTopology> topologyFrom(const Reply& shards, const Reply& slots, bool overTls)
{
    auto byShards = shards.isError() ? Result<ClusterTopology>(malformed()) : topologyFromShards(shards);
    auto bySlots = slots.isError() ? Result<ClusterTopology>(malformed()) : topologyFromSlots(slots, overTls);
    if (!byShards || !bySlots) {
        const bool hasShards = byShards && (slots.isError() || !byShards->masters().empty());
        return hasShards ? std::move(byShards) : std::move(bySlots);
    }
    // A node that is just joining knows the slots' owners from SLOTS only, and some versions leave owners out of SHARDS
    // after a failover.
    const bool shardsLackSome = (byShards->orphans() & ~bySlots->orphans()).any();
    return shardsLackSome ? withFactsOf(*bySlots, *byShards) : withMastersOf(*byShards, *bySlots);
}

Result<ClusterTopology> fetchTopology(Lane& lane, bool overTls, std::stop_token stop)
{
    const std::vector<Command> asks{Command{"CLUSTER", "SHARDS"}, Command{"CLUSTER", "SLOTS"}};
    auto replies = lane.pipeline(asks, std::move(stop));
    if (!replies) {
        return std::move(replies).error();
    }
    const Reply& shards = replies->front();
    const Reply& slots = replies->back();
    if (!shards.isError() || !slots.isError()) {
        auto topology = topologyFrom(shards, slots, overTls);
        return topology ? std::move(topology)
                        : Result<ClusterTopology>(std::move(topology).error().about(lane.nodeText()));
    }
    if (slots.text.find("cluster support disabled") != std::string::npos) {
        return Error{ErrorKind::Unsupported, lane.nodeText(),
            QCoreApplication::translate("Topology", "This server is not part of a cluster.")};
    }
    return replyError(slots.text).about(lane.nodeText());
}

} // namespace keyglass
