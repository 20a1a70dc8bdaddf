// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/scanpace.h"
#include "core/scan/clusterwatch.h"
#include "core/scan/scanrequest.h"
#include "core/scan/scansupervisor.h"
#include "core/source/redis/slots.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace keyglass {

/// What a scan of a cluster leaves to one that goes on from it.
struct ClusterScanMemory {
    /// A node that was not read to its end.
    struct Begun {
        std::vector<ScanPart> rest;
        std::string runId;
        std::optional<NodeView> before; ///< What it said of itself before its first cursor.
        SlotSet slots{};                ///< What it, or the master it is a replica of, owned by the topology.
    };

    SlotSet settled;                    ///< Slots all of whose keys were seen.
    std::map<std::string, Begun> begun; ///< By node id.
    std::vector<NodeScanEnd> lines;     ///< What was told of each node.
};

/// Leads a scan through a cluster whose slots wander and whose masters change.
///
/// A slot is settled once a master has been read from its first cursor to its last while it owned that slot all the
/// time: the same config epoch before and after, and no mark of a migration seen on any master meanwhile (asked once a
/// second). Whatever is not settled when all masters are done is read again from its owner of now, round by round. So
/// every key that is there from start to end is found, and duplicates fall out in the index.
class ClusterScan final : public ScanSupervisor {
public:
    /// `memory`: from an earlier scan of the same request that is to be gone on with, or null. `onlyNode`: of it, go on
    /// with this node alone, by its id; empty: with all.
    ClusterScan(std::shared_ptr<ClusterMap> map, const ScanRequest& request, ScanReplicas replicas,
        std::shared_ptr<const ClusterScanMemory> memory, std::string onlyNode = {});

    [[nodiscard]] Result<Orders> begin(std::stop_token stop) override;
    [[nodiscard]] Orders look(const std::vector<const NodeScanEnd*>& ends, std::stop_token stop) override;
    void conclude(ScanReport& report) override;

private:
    /// One walk of a node, from the view of its slots.
    struct Read {
        std::string nodeId;             ///< Of the master whose keys are read, from itself or from a replica.
        std::string by;                 ///< Who is asked.
        std::size_t slots = 0;          ///< How many the master owned by the topology,
        SlotSet owned;                  ///< and which.
        std::optional<NodeView> before; ///< What the master said of itself before the first cursor.
        SlotSet wanted;                 ///< Slots it may settle.
        SlotSet touched;                ///< Slots that were marked, or changed hands, since.
        bool isDone = false;
        bool isDropped = false;
        bool isComplete = false;
        int looksWaited = 0;
    };

    [[nodiscard]] std::vector<ScanNode> readWhole(
        const ClusterNode& master, const Deadline& lag, const std::stop_token& stop);
    [[nodiscard]] ScanNode readFrom(const ClusterNode& master, const ClusterNode& from, const SlotSet& wanted);
    void goOn(ScanNode& node);
    [[nodiscard]] ScanNode readAgain(const ClusterNode& master, const SlotSet& wanted);
    [[nodiscard]] Result<Orders> beginExact();
    void noteMarks();
    void close(Read& read, const NodeScanEnd& end);
    [[nodiscard]] static bool isReadByMaster(const Read& read, const NodeScanEnd& end);
    void dropReplaced(Orders& orders);
    void beginNewMasters(Orders& orders, const std::stop_token& stop);
    void nextRound(Orders& orders);
    bool beginImporters(Orders& orders);
    void closeRound();
    [[nodiscard]] SlotSet neededSlots() const;
    [[nodiscard]] SlotSet wantedSlots() const;
    void dropReadByOthers(ClusterScanMemory& memory, std::vector<NodeScanEnd>& lines) const;
    [[nodiscard]] QString newOwnerText(const SlotSet& slots) const;
    [[nodiscard]] bool isReading() const;
    [[nodiscard]] bool wasRead(const std::string& nodeId) const;

    ClusterWatch m_watch;
    const ScanRequest m_request;
    const ScanReplicas m_replicas;
    const std::shared_ptr<const ClusterScanMemory> m_memory;
    const std::string m_onlyNode;

    std::vector<Read> m_reads; ///< In the order of the engine's walks.
    SlotSet m_wanted;          ///< What this scan is for: all slots, or those of one node.
    SlotSet m_settled;
    std::set<std::string> m_failed; ///< Nodes given up.
    bool m_isExact = false;

    int m_round = 0;
    int m_calmLooks = 0;     ///< Looks since anything was other than before.
    int m_restlessLooks = 0; ///< Looks that a round was put off for.
    bool m_roundDisturbed = false;
    SlotSet m_roundSlots;         ///< What the current round reads.
    std::size_t m_roundBegin = 0; ///< Its first read.
    bool m_importersBegun = false;
};

} // namespace keyglass
