// SPDX-License-Identifier: GPL-3.0-or-later
// Scanning while slots move.
//
// SCAN walks one node's table, and promises its keys only as long as they stay on that node. A key that is migrated
// from A to B after B's cursor has passed its place, and before A's has reached it, is in neither answer, while CLUSTER
// SHARDS and SLOTS show the same owners throughout. So it is not enough to scan every master: it has to be known that
// the slots stood still.
//
// What tells it is the `myself` line of CLUSTER NODES of the masters: the slots it owns, its config epoch, and the
// marks of slots that migrate from it or are imported by it. That line is asked of every master before its first
// cursor, once a second, and after its last. A slot is settled by a read of master M if M owned it before and after,
// its epoch is the same, and no master showed a mark on it at any look between. Then all its keys were on M all the
// time, and SCAN's promise holds for them. Settled once is settled for good: a key that was there throughout has been
// seen.
//
// When all reads are done, what is not settled is read again from those who own it now, a round at a time, by
// GETKEYSINSLOT where that is less work than SCAN. While a look finds anything else than the one before, a round is put
// off for some seconds, because slots on the move now would only have to be read once more. A migration that was broken
// off leaves its marks for ever; then keys can only have gone from the owner to the importer, so reading the owner
// first and the importer after it sees each of them, and a round in which no look differed from the one before settles
// its slots in spite of the marks.
//
// A master that fails over is another process with another table: its replica, once promoted, owns slots that nobody
// has settled, and is read from the start; the walk of the old one is dropped. A node that was given up keeps its slots
// unsettled and is named. Not seen: slots that go to another node and come back between two looks with the same epoch,
// which no cluster does by itself.
#include "core/scan/clusterscan.h"

#include "core/scan/replicachoice.h"
#include "core/source/redis/clusterlane.h"

#include <QCoreApplication>

#include <utility>

namespace keyglass {

namespace {

/// Further looks for a first answer of any master.
constexpr int moreLooksAtFirst = 2;

QString roleText(const ClusterNode& node)
{
    return node.isMaster() ? QStringLiteral("master") : QStringLiteral("replica");
}

} // namespace

ClusterScan::ClusterScan(std::shared_ptr<ClusterMap> map, const ScanRequest& request, ScanReplicas replicas,
    std::shared_ptr<const ClusterScanMemory> memory, std::string onlyNode)
    : m_watch(std::move(map))
    , m_request(request)
    , m_replicas(replicas)
    , m_memory(std::move(memory))
    , m_onlyNode(std::move(onlyNode))
    , m_settled(m_memory ? m_memory->settled : SlotSet())
    , m_isExact(request.pattern.kind() == KeyPattern::Kind::Exact)
{
}

Result<ScanSupervisor::Orders> ClusterScan::begin(std::stop_token stop)
{
    Status known = refreshTopology(*m_watch.map(), stop);
    if (!known && m_watch.map()->topology()->masters().empty()) {
        return std::move(known).error();
    } // else each of its nodes says for itself what is wrong, and what an earlier scan left is not forgotten
    m_watch.look(stop);
    if (m_isExact) {
        return beginExact();
    }
    // Without a view from before its first cursor a read settles nothing. A cluster that is far away, but there, is
    // given more time.
    for (int more = 0; known && more < moreLooksAtFirst && !m_watch.hasHeard() && !stop.stop_requested(); ++more) {
        m_watch.look(stop);
    }
    m_wanted = wantedSlots();
    Orders orders;
    orders.isFinished = false;
    beginNewMasters(orders, stop);
    return orders;
}

/// All slots, or those of the one node that is to be gone on with: what it owns now (of a replica, its master), else
/// what it owned when it was begun. Whoever owns them now is read.
SlotSet ClusterScan::wantedSlots() const
{
    SlotSet slots;
    if (m_onlyNode.empty()) {
        return slots.set();
    }
    const ClusterNode* node = m_watch.topology()->find(m_onlyNode);
    if (node && !node->isMaster()) {
        node = m_watch.topology()->find(node->masterId);
    }
    if (node) {
        slots = node->slots;
    }
    if (m_memory && m_memory->begun.contains(m_onlyNode)) {
        slots |= m_memory->begun.at(m_onlyNode).slots;
    }
    return slots;
}

/// One key is asked from its owner, and followed where it goes.
Result<ScanSupervisor::Orders> ClusterScan::beginExact()
{
    const std::uint16_t slot = slotOf(m_request.pattern.bytes());
    const ClusterNode* owner = m_watch.topology()->owner(slot);
    if (!owner) {
        return Error{ErrorKind::Server, displayText(m_request.pattern.bytes()),
            QCoreApplication::translate("ClusterScan", "No node of the cluster owns slot %1.").arg(slot)};
    }
    Orders orders;
    Read read;
    read.nodeId = owner->id;
    read.by = owner->id;
    m_reads.push_back(std::move(read));
    ScanNode node;
    node.lane = makeClusterLane(m_watch.map(), owner->id);
    node.role = roleText(*owner);
    node.slotRanges = slotText(owner->slots);
    node.slots = owner->slots.count();
    orders.begin.push_back(std::move(node));
    return orders;
}

/// Every master with slots that are not settled and that this scan has not read yet: all at first, later those that
/// were added or promoted.
void ClusterScan::beginNewMasters(Orders& orders, const std::stop_token& stop)
{
    const Deadline lag(lagTolerated);
    for (const ClusterNode* master : m_watch.topology()->masters()) {
        if (!wasRead(master->id) && (master->slots & m_wanted & ~m_settled).any()) {
            for (ScanNode& node : readWhole(*master, lag, stop)) {
                orders.begin.push_back(std::move(node));
            }
        }
    }
}

std::vector<ScanNode> ClusterScan::readWhole(
    const ClusterNode& master, const Deadline& lag, const std::stop_token& stop)
{
    std::vector<const ClusterNode*> from;
    const ClusterNode* replica = m_replicas == ScanReplicas::Masters
        ? nullptr
        : replicaInStep(*m_watch.map(), *m_watch.topology(), master, lag, stop);
    if (replica) {
        from.push_back(replica);
    }
    if (m_replicas != ScanReplicas::Replicas || !replica) {
        from.push_back(&master);
    }
    std::vector<ScanNode> nodes;
    for (const ClusterNode* node : from) {
        nodes.push_back(readFrom(master, *node, ~m_settled));
        goOn(nodes.back());
        nodes.back().isRepeat = nodes.size() > 1;
    }
    return nodes;
}

/// Notes a read of `master`, by itself or by a replica, and makes the walk for it.
ScanNode ClusterScan::readFrom(const ClusterNode& master, const ClusterNode& from, const SlotSet& wanted)
{
    const ClusterWatch::Master& seen = m_watch.master(master.id);
    Read read;
    read.nodeId = master.id;
    read.by = from.id;
    read.slots = master.slots.count();
    read.owned = master.slots;
    read.before = seen.isFresh ? seen.view : std::nullopt;
    read.wanted = wanted;
    m_reads.push_back(std::move(read));

    const auto& map = m_watch.map();
    // What is asked of single keys may be sent on to where they have gone.
    const bool asksKeys = !m_request.type.empty() || !m_request.predicate.isEmpty();
    const Greeting greeting = from.isMaster() ? Greeting{} : Greeting{Command{"READONLY"}};
    ScanNode node;
    node.lane = asksKeys
        ? makeClusterLane(map, from.id, greeting)
        : makeLane(nodeResolver(map, from), map->optionsFor(from).endpoint.text(), map->gate(), greeting);
    node.role = roleText(from);
    node.slotRanges = slotText(master.slots);
    node.slots = master.slots.count();
    return node;
}

/// Where an earlier scan left this node, if it did not come to its end.
void ClusterScan::goOn(ScanNode& node)
{
    Read& read = m_reads.back();
    if (!m_memory) {
        return;
    }
    if (const auto begun = m_memory->begun.find(read.by); begun != m_memory->begun.end()) {
        node.rest = begun->second.rest;
        node.runId = begun->second.runId;
        read.before = begun->second.before;
    }
}

ScanNode ClusterScan::readAgain(const ClusterNode& master, const SlotSet& wanted)
{
    ScanNode node = readFrom(master, master, wanted);
    node.onlySlots = wanted;
    node.slotRanges = slotText(wanted);
    node.isRepeat = true;
    return node;
}

} // namespace keyglass
