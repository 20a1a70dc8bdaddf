// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/keyplaces.h"

#include "core/index/keyroot.h"

#include <algorithm>
#include <utility>

namespace keyglass {

KeyPlaces::KeyPlaces(const SourceAccess& source, std::vector<int> databases)
    : m_source(source)
    , m_databases(std::move(databases))
{
}

std::string KeyPlaces::ownerOf(std::string_view key) const
{
    if (!m_source.cluster) {
        return {};
    }
    const auto topology = m_source.cluster->topology();
    const ClusterNode* owner = topology->owner(slotOf(key));
    return owner ? owner->id : any().nodeId;
}

KeyPlaces::Place KeyPlaces::placeOf(std::string_view key) const
{
    if (hasRoots()) {
        const auto rooted = splitRoot(key);
        return {{}, rooted ? rooted->database : m_databases.front()};
    }
    return {ownerOf(key), m_databases.front()};
}

KeyPlaces::Place KeyPlaces::any() const
{
    if (!m_source.cluster) {
        return {{}, m_databases.front()};
    }
    const auto topology = m_source.cluster->topology();
    const auto masters = topology->masters();
    return {masters.empty() ? std::string() : masters.front()->id, m_databases.front()};
}

std::string KeyPlaces::plain(std::string_view key) const
{
    return std::string(hasRoots() ? key.substr(std::min(rootLength(key), key.size())) : key);
}

} // namespace keyglass
