// SPDX-License-Identifier: GPL-3.0-or-later
// What a scan of a cluster makes of the looks at it: which slots are settled, and what is read again. The why stands in
// clusterscan.cpp.
#include "core/scan/clusterscan.h"

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
/// Looks that the view after a read is waited for, of a node that does not answer.
constexpr int looksForView = 15;

} // namespace

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

} // namespace keyglass
