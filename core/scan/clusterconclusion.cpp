// SPDX-License-Identifier: GPL-3.0-or-later
// What a scan of a cluster tells in the end, and leaves to one that goes on from it.
#include "core/scan/clusterscan.h"

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {

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
