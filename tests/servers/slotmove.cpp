// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/servers/slotmove.h"

#include <algorithm>

namespace keyglass::test {

namespace {

using Args = RedisServer::Args;

/// CLUSTER SETSLOT for all of `slots` on one node. Side by side: Valkey 8 answers when the replicas have acknowledged
/// it.
void setSlots(RedisServer& server, const std::vector<int>& slots, const std::string& to, const std::string& id)
{
    server.fillSideBySide(
        slots.size(), [&](std::size_t i) { return Args{"CLUSTER", "SETSLOT", std::to_string(slots[i]), to, id}; });
}

} // namespace

SlotMove::SlotMove(RedisCluster& cluster, int from, int to, std::vector<int> slots)
    : m_cluster(cluster)
    , m_from(from)
    , m_to(to)
    , m_slots(std::move(slots))
{
    setSlots(m_cluster.server(to), m_slots, "IMPORTING", m_cluster.id(from));
    setSlots(m_cluster.server(from), m_slots, "MIGRATING", m_cluster.id(to));
}

void SlotMove::moveKeysOfSlots(std::size_t count)
{
    const std::size_t upTo = std::min(m_moved + count, m_slots.size());
    for (; m_moved < upTo; ++m_moved) {
        moveKeys(m_slots[m_moved], 0);
    }
}

int SlotMove::moveHalfOfNextSlot()
{
    const int slot = m_slots.at(m_moved);
    const auto keys =
        std::stoul(m_cluster.server(m_from).command({"CLUSTER", "COUNTKEYSINSLOT", std::to_string(slot)}));
    moveKeys(slot, keys / 2);
    return slot;
}

void SlotMove::finish()
{
    moveKeysOfSlots(m_slots.size());
    const std::string& owner = m_cluster.id(m_to);
    setSlots(m_cluster.server(m_to), m_slots, "NODE", owner); // the importing node first: it raises its epoch
    setSlots(m_cluster.server(m_from), m_slots, "NODE", owner);
    for (const int other : m_cluster.masters()) {
        if (other != m_from && other != m_to) {
            setSlots(m_cluster.server(other), m_slots, "NODE", owner);
        }
    }
}

void SlotMove::moveKeys(int slot, std::size_t leave)
{
    constexpr std::size_t most = 1000;
    RedisServer& from = m_cluster.server(m_from);
    const std::string number = std::to_string(slot);
    for (;;) {
        const auto left = std::stoul(from.command({"CLUSTER", "COUNTKEYSINSLOT", number}));
        if (left <= leave) {
            return;
        }
        Args migrate{"MIGRATE", "127.0.0.1", std::to_string(m_cluster.port(m_to)), "", "0", "10000", "AUTH2",
            fixtureUser(), fixtureUser(), "KEYS"};
        const auto keys = from.list({"CLUSTER", "GETKEYSINSLOT", number, std::to_string(std::min(left - leave, most))});
        migrate.insert(migrate.end(), keys.begin(), keys.end());
        if (const std::string reply = from.command(migrate); reply != "OK" && reply != "NOKEY") {
            qFatal("MIGRATE of slot %d: %s", slot, reply.c_str());
        }
    }
}

} // namespace keyglass::test
