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

#include <algorithm>
#include <span>
#include <utility>

namespace keyglass {

namespace {

/// Rounds after which slots that are still on the move are reported instead.
constexpr int mostRounds = 10;
/// A round begins when this many looks found nothing new, or that many have been waited for it.
constexpr int looksForCalm = 2;
constexpr int looksForRestless = 15;
/// Further looks for a first answer of any master.
constexpr int moreLooksAtFirst = 2;
/// Looks that the view after a read is waited for, of a node that does not answer.
constexpr int looksForView = 15;

QString roleText(const ClusterNode& node)
{
    return node.isMaster() ? QStringLiteral("master") : QStringLiteral("replica");
}

/// Adds what a further walk of the same node did to its line.
void addTo(NodeScanEnd& line, const NodeScanEnd& more)
{
    line.keys += more.keys;
    line.calls += more.calls;
    line.restarts += more.restarts;
    line.largestCount = std::max(line.largestCount, more.largestCount);
    line.expectedKeys = std::max(line.expectedKeys, more.expectedKeys);
    line.stoppedBy = more.stoppedBy;
    line.limit = more.limit;
    line.resumeFrom = more.resumeFrom;
    line.rest = more.rest;
    line.runId = more.runId.empty() ? line.runId : more.runId;
    line.share = more.share;
    line.ledger.keys += more.ledger.keys;
    line.ledger.calls += more.ledger.calls;
    line.ledger.errors += more.ledger.errors;
    line.ledger.wentOn += more.ledger.wentOn;
    line.ledger.beganAgain += more.ledger.beganAgain;
    line.ledger.lastRestart = more.ledger.lastRestart.isEmpty() ? line.ledger.lastRestart : more.ledger.lastRestart;
    line.ledger.runId = more.ledger.runId.empty() ? line.ledger.runId : more.ledger.runId;
    line.ledger.state = more.ledger.state;
    line.ledger.trouble = more.ledger.trouble;
    line.ledger.lastError = more.ledger.lastError.isEmpty() ? line.ledger.lastError : more.ledger.lastError;
    line.ledger.finished = more.ledger.finished ? more.ledger.finished : line.ledger.finished;
    line.ledger.cursors = more.ledger.cursors;
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

// --- what is begun

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

// --- what is seen meanwhile

ScanSupervisor::Orders ClusterScan::look(const std::vector<const NodeScanEnd*>& ends, std::stop_token stop)
{
    Orders orders;
    if (m_isExact) {
        m_reads.front().isComplete = ends.front() && ends.front()->isComplete();
        return orders;
    }
    const bool isOther = m_watch.look(stop);
    m_calmLooks = isOther ? 0 : m_calmLooks + 1;
    m_roundDisturbed = m_roundDisturbed || isOther;
    noteMarks();
    for (std::size_t at = 0; at < ends.size(); ++at) {
        if (ends[at] && !m_reads[at].isDone) {
            close(m_reads[at], *ends[at]);
        }
    }
    dropReplaced(orders);
    beginNewMasters(orders, stop);
    if (!isReading() && orders.begin.empty()) {
        nextRound(orders);
    } else {
        orders.isFinished = false;
    }
    return orders;
}

/// What the views just seen say against the reads under way.
void ClusterScan::noteMarks()
{
    SlotSet marked;
    for (const auto& [id, master] : m_watch.masters()) {
        if (master.isFresh) {
            marked |= master.view->marked();
        }
    }
    for (Read& read : m_reads) {
        if (read.isDone) {
            continue;
        }
        read.touched |= marked;
        const ClusterWatch::Master& owner = m_watch.master(read.nodeId);
        if (owner.isFresh && read.before) {
            read.touched |= owner.view->slots ^ read.before->slots;
            if (owner.view->configEpoch != read.before->configEpoch) {
                read.touched.set();
            }
        }
    }
}

/// Settles what a read that ended has settled, once its master was seen after it.
void ClusterScan::close(Read& read, const NodeScanEnd& end)
{
    const ClusterWatch::Master& owner = m_watch.master(read.nodeId);
    const bool sawIt = owner.isFresh || owner.isUntold;
    if (end.isComplete() && !sawIt && !read.isDropped && ++read.looksWaited < looksForView) {
        return;
    }
    read.isDone = true;
    read.isComplete = end.isComplete();
    if (read.isComplete && owner.isFresh && read.before) {
        m_settled |= read.wanted & read.before->slots & ~read.touched;
    } else if (read.isComplete && owner.isUntold) {
        const ClusterNode* node = m_watch.topology()->find(read.nodeId);
        m_settled |= node ? read.wanted & node->slots & ~read.touched : SlotSet();
    } else if (!read.isComplete && !read.isDropped && !isReadByMaster(read, end)) {
        m_failed.insert(read.nodeId);
    }
}

/// A replica that was given up leaves its slots to the next round, which asks their masters.
bool ClusterScan::isReadByMaster(const Read& read, const NodeScanEnd& end)
{
    return read.by != read.nodeId && end.stoppedBy && end.stoppedBy->kind != ErrorKind::Cancelled;
}

/// A walk of a node that is no master any more is pointless: who owns its slots now is read instead.
void ClusterScan::dropReplaced(Orders& orders)
{
    for (std::size_t at = 0; at < m_reads.size(); ++at) {
        Read& read = m_reads[at];
        const ClusterNode* node = m_watch.topology()->find(read.nodeId);
        const bool isReplaced = !node || !node->isMaster() || node->slots.none();
        if (!read.isDone && !read.isDropped && isReplaced) {
            read.isDropped = true;
            orders.drop.push_back(at);
        }
    }
}

// --- rounds

void ClusterScan::nextRound(Orders& orders)
{
    if (m_round > 0 && beginImporters(orders)) {
        orders.isFinished = false;
        return;
    }
    closeRound();
    const SlotSet needed = neededSlots();
    if (needed.none() || m_round >= mostRounds) {
        return;
    }
    orders.isFinished = false;
    orders.waitingFor = QCoreApplication::translate(
        "ClusterScan", "%n slot(s) moved meanwhile and are read again", nullptr, int(needed.count()));
    const bool isCalm = m_calmLooks >= looksForCalm || m_restlessLooks >= looksForRestless;
    if (!isCalm) {
        ++m_restlessLooks;
        return;
    }
    ++m_round;
    m_restlessLooks = 0;
    m_roundDisturbed = false;
    m_importersBegun = false;
    m_roundSlots = needed;
    m_roundBegin = m_reads.size();
    for (const ClusterNode* master : m_watch.topology()->masters()) {
        const SlotSet wanted = master->slots & needed;
        if (wanted.any()) {
            orders.begin.push_back(readAgain(*master, wanted));
        }
    }
}

/// The second half of a round: slots with marks are read from those who import them as well, after their owners.
bool ClusterScan::beginImporters(Orders& orders)
{
    if (std::exchange(m_importersBegun, true)) {
        return false;
    }
    for (const auto& [id, master] : m_watch.masters()) {
        const ClusterNode* node = m_watch.topology()->find(id);
        const SlotSet wanted = master.view ? master.view->importing & m_roundSlots : SlotSet();
        if (node && node->isMaster() && wanted.any()) {
            orders.begin.push_back(readAgain(*node, wanted));
        }
    }
    return !orders.begin.empty();
}

/// A round that nothing disturbed settles all that it read, marks or not.
void ClusterScan::closeRound()
{
    const auto ofRound = std::span(m_reads).subspan(std::min(m_roundBegin, m_reads.size()));
    const bool allRead = std::ranges::all_of(ofRound, &Read::isComplete);
    if (m_round > 0 && !m_roundDisturbed && allRead) {
        m_settled |= m_roundSlots;
    }
}

/// Slots that somebody owns who can be read, and that are not settled.
SlotSet ClusterScan::neededSlots() const
{
    SlotSet owned;
    for (const ClusterNode* master : m_watch.topology()->masters()) {
        if (!m_failed.contains(master->id)) {
            owned |= master->slots;
        }
    }
    return owned & m_wanted & ~m_settled;
}

bool ClusterScan::isReading() const
{
    return std::ranges::any_of(m_reads, [](const Read& read) { return !read.isDone; });
}

bool ClusterScan::wasRead(const std::string& nodeId) const
{
    return std::ranges::any_of(m_reads, [&](const Read& read) { return read.nodeId == nodeId && !read.isDropped; });
}

// --- the end

void ClusterScan::conclude(ScanReport& report)
{
    m_wanted.set(); // what is told concerns the whole cluster
    auto memory = std::make_shared<ClusterScanMemory>();
    memory->settled = m_settled;
    memory->begun = m_memory ? m_memory->begun : decltype(memory->begun)();
    for (const Read& read : m_reads) {
        memory->begun.erase(read.by); // what became of these is told now
    }
    std::vector<NodeScanEnd> lines = m_memory ? m_memory->lines : std::vector<NodeScanEnd>();
    for (std::size_t at = 0; at < report.nodes.size() && at < m_reads.size(); ++at) {
        const Read& read = m_reads[at];
        NodeScanEnd& end = report.nodes[at];
        if (read.isDropped) {
            end.stoppedBy.reset();
            end.replacedBy = newOwnerText(read.before ? read.before->slots : read.owned);
        } else if (!end.isComplete()) {
            memory->begun[read.by] = ClusterScanMemory::Begun{end.rest, end.runId, read.before, read.owned};
        }
        end.nodeId = read.by;
        end.slots = read.slots;
        const auto known = std::ranges::find(lines, read.by, &NodeScanEnd::nodeId);
        if (known == lines.end()) {
            lines.push_back(std::move(end));
        } else {
            addTo(*known, end);
        }
    }
    dropReadByOthers(*memory, lines);
    report.nodes = lines;
    memory->lines = std::move(lines);

    ClusterFindings findings;
    findings.roundsAgain = m_round;
    findings.hasReadBoth = m_replicas == ScanReplicas::Both;
    if (!m_isExact) {
        findings.orphanSlots = slotText(m_watch.topology()->orphans());
        const bool wasStopped =
            std::ranges::any_of(report.nodes, [](const NodeScanEnd& end) { return !end.isComplete(); });
        findings.unsettledSlots = wasStopped ? QString() : slotText(neededSlots());
        for (const auto& [id, master] : m_watch.masters()) {
            const ClusterNode* node = m_watch.topology()->find(id);
            if (master.isUntold && node) {
                findings.unwatched << m_watch.map()->optionsFor(*node).endpoint.text();
            }
        }
    }
    findings.memory = std::move(memory);
    report.cluster = std::move(findings);
}

/// A node given up earlier misses nothing once others have taken its slots over and were read.
void ClusterScan::dropReadByOthers(ClusterScanMemory& memory, std::vector<NodeScanEnd>& lines) const
{
    for (NodeScanEnd& line : lines) {
        const auto begun = memory.begun.find(line.nodeId);
        const ClusterNode* node = m_watch.topology()->find(line.nodeId);
        const bool isOwner = node && node->isMaster() && node->slots.any();
        if (begun == memory.begun.end() || isOwner || (begun->second.slots & ~m_settled).any()) {
            continue;
        }
        line.stoppedBy.reset();
        line.limit.reset();
        line.replacedBy = newOwnerText(begun->second.slots);
        memory.begun.erase(begun);
    }
}

/// Who owns the slots of a node that is not read any more; empty where that is nobody.
QString ClusterScan::newOwnerText(const SlotSet& slots) const
{
    const auto first = nextSlot(slots, 0);
    const ClusterNode* owner = first ? m_watch.topology()->owner(static_cast<std::uint16_t>(*first)) : nullptr;
    return owner ? m_watch.map()->optionsFor(*owner).endpoint.text() : QString();
}

} // namespace keyglass
