// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/laneworkers.h"

namespace keyglass {

LaneWorkers::LaneWorkers(const SourceAccess& source, int database, Listener listener)
    : m_source(source)
    , m_database(database)
    , m_listener(std::move(listener))
{
    static_cast<void>(any()); // its first PING tells that the line stands
}

std::string LaneWorkers::ownerOf(std::string_view key) const
{
    if (!m_source.cluster) {
        return {};
    }
    const auto topology = m_source.cluster->topology();
    const ClusterNode* owner = topology->owner(slotOf(key));
    const auto masters = topology->masters();
    return owner ? owner->id : masters.empty() ? std::string() : masters.front()->id;
}

LaneWorker& LaneWorkers::worker(const std::string& nodeId)
{
    auto& found = m_workers[nodeId];
    if (!found) {
        LaneWorker::Listener listener;
        listener.lineLost = [this, nodeId](const Error& error) { m_listener.lineLost(nodeId, error); };
        listener.answered = [this, nodeId](std::chrono::microseconds time) { m_listener.answered(nodeId, time); };
        listener.details = m_listener.details;
        const bool noTouch = m_source.facts.feature(ServerFeature::ClientNoTouch) == FeatureState::Present;
        Greeting greeting = noTouch ? Greeting{Command{"CLIENT", "NO-TOUCH", "ON"}} : Greeting{};
        found = std::make_unique<LaneWorker>(
            [this, nodeId, greeting = std::move(greeting)] { return m_source.lane(m_database, greeting, nodeId); },
            std::move(listener));
    }
    return *found;
}

LaneWorker& LaneWorkers::forKey(std::string_view key)
{
    return worker(ownerOf(key));
}

LaneWorker& LaneWorkers::any()
{
    if (!m_source.cluster) {
        return worker({});
    }
    const auto topology = m_source.cluster->topology();
    const auto masters = topology->masters();
    return worker(masters.empty() ? std::string() : masters.front()->id);
}

void LaneWorkers::wishDetails(std::vector<std::string> keys, DetailColumns columns)
{
    std::map<std::string, std::vector<std::string>> wishes;
    for (const auto& [nodeId, each] : m_workers) {
        wishes[nodeId]; // an empty wish replaces what was wished before
    }
    for (std::string& key : keys) {
        wishes[ownerOf(key)].push_back(std::move(key));
    }
    for (auto& [nodeId, wish] : wishes) {
        worker(nodeId).wishDetails(std::move(wish), columns);
    }
}

void LaneWorkers::dropVanished()
{
    if (!m_source.cluster) {
        return;
    }
    const auto topology = m_source.cluster->topology();
    std::erase_if(m_workers, [&](const auto& each) {
        const ClusterNode* node = topology->find(each.first);
        return !node || !node->isMaster();
    });
}

} // namespace keyglass
