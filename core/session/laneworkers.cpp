// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/laneworkers.h"

#include "core/index/keyroot.h"

namespace keyglass {

LaneWorkers::LaneWorkers(const SourceAccess& source, std::vector<int> databases, Listener listener)
    : m_places(source, std::move(databases))
    , m_listener(std::move(listener))
{
    static_cast<void>(any()); // its first PING tells that the line stands
}

/// Called on a worker's thread.
void LaneWorkers::tellDetails(int database, DetailsFor whom, const LaneWorker::Details& details) const
{
    if (!m_places.hasRoots()) {
        m_listener.details(whom, details);
        return;
    }
    auto rooted = std::make_shared<std::vector<KeyDetails>>(*details);
    for (KeyDetails& each : *rooted) {
        each.key.insert(0, rootOf(database));
    }
    m_listener.details(whom, std::move(rooted));
}

LaneWorker& LaneWorkers::worker(const Place& place)
{
    auto& found = m_workers[place];
    if (!found) {
        LaneWorker::Listener listener;
        listener.lineLost = [this, id = place.nodeId](const Error& error) { m_listener.lineLost(id, error); };
        listener.answered = [this, id = place.nodeId](auto time) { m_listener.answered(id, time); };
        listener.details = [this, database = place.database](
                               DetailsFor whom, const auto& details) { tellDetails(database, whom, details); };
        found = std::make_unique<LaneWorker>(
            [this, place, greeting = m_places.source().sparing()] {
                return m_places.source().lane(place.database, greeting, place.nodeId);
            },
            std::move(listener));
    }
    return *found;
}

LaneWorker& LaneWorkers::forKey(std::string_view key)
{
    return worker(m_places.placeOf(key));
}

LaneWorker& LaneWorkers::any()
{
    return worker(m_places.any());
}

void LaneWorkers::wishDetails(DetailsFor whom, const std::vector<std::string>& keys, DetailColumns columns)
{
    std::map<Place, std::vector<std::string>> wishes;
    for (const auto& [place, each] : m_workers) {
        wishes[place]; // an empty wish replaces what was wished before
    }
    for (const std::string& key : keys) {
        wishes[m_places.placeOf(key)].push_back(m_places.plain(key));
    }
    for (auto& [place, wish] : wishes) {
        worker(place).wishDetails(whom, std::move(wish), columns);
    }
}

void LaneWorkers::dropVanished()
{
    const auto& cluster = m_places.source().cluster;
    if (!cluster) {
        return;
    }
    const auto topology = cluster->topology();
    std::erase_if(m_workers, [&](const auto& each) {
        const ClusterNode* node = topology->find(each.first.nodeId);
        return !node || !node->isMaster();
    });
}

} // namespace keyglass
