// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/ownerlanes.h"

#include "core/source/lane.h"
#include "core/source/redis/slots.h"

#include <utility>

namespace keyglass {

OwnerLanes::OwnerLanes(SourceAccess source, int database, Confirmation confirmation)
    : m_source(std::move(source))
    , m_database(database)
    , m_confirmation(std::move(confirmation))
{
}

OwnerLanes::~OwnerLanes() = default;

Lane& OwnerLanes::of(const std::string& key)
{
    std::string id;
    if (m_source.cluster) {
        const auto topology = m_source.cluster->topology();
        const ClusterNode* const node = topology->owner(slotOf(key));
        id = node ? node->id : std::string();
    }
    Owner& owner = m_owners[id];
    if (!owner.lane) {
        owner.plain = m_source.nodeLane(m_database, id);
        owner.lane = owner.plain->confirmed(m_confirmation);
    }
    return *owner.lane;
}

} // namespace keyglass
