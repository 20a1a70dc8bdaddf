// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/nodesurvey.h"

#include "core/source/lane.h"
#include "core/source/redis/serverfacts.h"

#include <algorithm>
#include <atomic>
#include <thread>

namespace keyglass {

namespace {

constexpr Milliseconds patience{1500};
constexpr std::size_t mostThreads = 16;

NodeSurvey describe(const ClusterMap& map, const ClusterNode& node, const ClusterNode* master)
{
    NodeSurvey survey;
    survey.id = node.id;
    survey.address = map.optionsFor(node).endpoint.text();
    const bool byTls = map.addresses().overTls() && node.tlsPort != 0;
    const Endpoint announced{QString::fromStdString(node.host), byTls ? node.tlsPort : node.port, {}, {}};
    survey.announced = announced.text() == survey.address ? QString() : announced.text();
    survey.isMaster = node.isMaster();
    survey.masterAddress = master ? map.optionsFor(*master).endpoint.text() : QString();
    survey.health = node.health;
    survey.slotRanges = slotText(node.slots);
    survey.slots = node.slots.count();
    return survey;
}

void count(const ClusterMap& map, const ClusterNode& node, NodeSurvey& survey, const std::stop_token& stop)
{
    ConnectionOptions options = map.optionsFor(node);
    options.connectTimeout = std::min(options.connectTimeout, patience);
    options.callTimeout = std::min(options.callTimeout, patience);
    const auto lane = makeLane(std::move(options), map.gate());
    const auto keys = fetchKeyCount(*lane, stop);
    if (keys) {
        survey.keys = *keys;
    } else {
        survey.trouble = keys.error();
    }
}

} // namespace

std::vector<NodeSurvey> surveyNodes(const std::shared_ptr<ClusterMap>& map, const std::stop_token& stop, Surveyed whom)
{
    using Replicas = std::vector<const ClusterNode*>;
    const auto topology = map->topology();
    std::vector<const ClusterNode*> nodes;
    std::vector<NodeSurvey> surveys;
    const auto add = [&](const ClusterNode* node, const ClusterNode* master) {
        nodes.push_back(node);
        surveys.push_back(describe(*map, *node, master));
    };
    for (const ClusterNode* master : topology->masters()) {
        add(master, nullptr);
        for (const ClusterNode* replica : whom == Surveyed::All ? topology->replicasOf(master->id) : Replicas()) {
            add(replica, master);
        }
    }
    for (const ClusterNode& node : topology->nodes()) {
        if (whom == Surveyed::All && std::ranges::find(nodes, &node) == nodes.end()) {
            add(&node, node.masterId.empty() ? nullptr : topology->find(node.masterId));
        }
    }
    std::atomic<std::size_t> next = 0;
    std::vector<std::jthread> threads;
    for (std::size_t each = 0; each < std::min(mostThreads, nodes.size()); ++each) {
        threads.emplace_back([&] {
            for (std::size_t at = next++; at < nodes.size(); at = next++) {
                count(*map, *nodes[at], surveys[at], stop);
            }
        });
    }
    threads.clear(); // joins
    return surveys;
}

std::optional<std::uint64_t> keysOf(const std::vector<NodeSurvey>& nodes)
{
    std::uint64_t sum = 0;
    for (const NodeSurvey& node : nodes) {
        const bool counts = nodes.size() == 1 || (node.isMaster && node.slots > 0); // who is alone has no slots
        if (counts && !node.keys) {
            return std::nullopt;
        }
        sum += counts ? *node.keys : 0;
    }
    return sum;
}

} // namespace keyglass
