// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scan/clusterwatch.h"

namespace keyglass {

namespace {

constexpr Milliseconds patience{1000};
/// The text of a cluster of a thousand nodes, some times over.
constexpr std::size_t viewCap = 4U * 1024 * 1024;

} // namespace

ClusterWatch::ClusterWatch(std::shared_ptr<ClusterMap> map)
    : m_map(std::move(map))
    , m_topology(m_map->topology())
{
}

bool ClusterWatch::look(std::stop_token stop)
{
    const auto before = m_masters;
    const auto topologyBefore = m_topology;
    learnTopology(stop);
    for (auto& [id, master] : m_masters) {
        master.isFresh = false;
    }
    // Two passes, so that all masters are at their answers at the same time.
    for (const ClusterNode* node : m_topology->masters()) {
        ask(*node, stop);
    }
    for (const ClusterNode* node : m_topology->masters()) {
        take(node->id, stop);
    }
    const bool sameViews = std::ranges::equal(before, m_masters, [](const auto& one, const auto& other) {
        return one.first == other.first && one.second.view == other.second.view;
    });
    return !sameViews || topologyBefore != m_topology;
}

const ClusterWatch::Master& ClusterWatch::master(const std::string& id) const
{
    static const Master unknown;
    const auto found = m_masters.find(id);
    return found == m_masters.end() ? unknown : found->second;
}

/// From the first master that tells it; while none does, the map is asked to find one.
void ClusterWatch::learnTopology(std::stop_token stop)
{
    for (auto& [id, lane] : m_lanes) {
        const ClusterNode* node = m_topology->find(id);
        if (!node || !lane->isOpen()) {
            continue;
        }
        if (const auto topology = fetchTopology(*lane, m_map->addresses().overTls(), stop)) {
            m_map->update(*topology, m_map->optionsFor(*node).endpoint);
            m_topology = m_map->topology();
            return;
        }
    }
    static_cast<void>(refreshTopology(*m_map, stop)); // where none tells it, what is known stands
    m_topology = m_map->topology();
}

void ClusterWatch::ask(const ClusterNode& node, std::stop_token stop)
{
    auto& lane = m_lanes[node.id];
    if (!lane) {
        ConnectionOptions options = m_map->optionsFor(node);
        options.connectTimeout = patience;
        options.callTimeout = patience;
        lane = makeLane(std::move(options), m_map->gate());
    }
    static_cast<void>(lane->send(Command{"CLUSTER", "NODES"}, std::move(stop))); // take() tells that it failed
}

void ClusterWatch::take(const std::string& id, std::stop_token stop)
{
    Master& master = m_masters[id];
    const auto answer = m_lanes[id]->receiveWhole(viewCap, std::move(stop));
    if (!answer) {
        return;
    }
    if (answer->isError()) {
        master.isForbidden = replyError(answer->text).kind == ErrorKind::Permission;
        return;
    }
    if (auto view = parseNodeView(answer->text)) {
        master.view = std::move(view);
        master.isFresh = true;
    }
}

} // namespace keyglass
