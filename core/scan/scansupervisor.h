// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/scan/scanreport.h"
#include "core/source/lane.h"
#include "core/source/redis/slots.h"

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace keyglass {

/// One node of a scan: the lane to walk it on and where to begin.
struct ScanNode {
    std::unique_ptr<Lane> lane; ///< A bulk lane of its own.
    Cursor from;                ///< 0, or where an earlier scan of the same process ended.
    std::string runId;          ///< The process that `from` belongs to.
    QString role{};             ///< "master", "replica": for the ledger. Empty for a server that is alone.
    QString slotRanges{};       ///< "0-5460": for the ledger.
    std::size_t slots = 0; ///< How many slots it has: how much there is on a node that does not tell. 0: no cluster.
    std::optional<SlotSet> onlySlots{}; ///< Only these slots' keys are of interest; more may come. Empty: all keys.
    bool isRepeat = false;              ///< A part read once more: it counts for nothing in the progress.
    std::vector<ScanPart> rest{};       ///< Where to go on, from an earlier NodeScanEnd; not empty: in place of `from`.
    QString label{};                    ///< What it is called, where that is not the address: "10.0.0.7:7001 db 3".
    std::string root{};                 ///< Put before each of its keys.
};

/// Decides what a scan walks, where that is more than a fixed set of nodes at once: a cluster, whose nodes come, go and
/// change hands, or the databases of a server one after the other.
///
/// All functions are called on the thread that runs the engine, and may block for some round trips, a second or two
/// where a node is silent.
class ScanSupervisor {
public:
    /// What the engine is to do next.
    struct Orders {
        std::vector<ScanNode> begin;   ///< Each is walked on a thread of its own, at once.
        std::vector<std::size_t> drop; ///< Walks, numbered as they were begun, that have lost their point.
        bool isFinished = true;        ///< Nothing more will be begun once all walks have ended.
        QString waitingFor{};          ///< What goes on meanwhile, for people.
        std::uint64_t keysToCome = 0;  ///< About how many keys stand where nothing has been begun yet.
    };

    ScanSupervisor() = default;
    ScanSupervisor(const ScanSupervisor&) = delete;
    ScanSupervisor& operator=(const ScanSupervisor&) = delete;
    virtual ~ScanSupervisor() = default;

    /// Before anything is walked. An Error: nothing can be.
    [[nodiscard]] virtual Result<Orders> begin(std::stop_token stop) = 0;
    /// Once a second and whenever a walk has ended. `ends` by the walks' numbers, null for those under way.
    [[nodiscard]] virtual Orders look(const std::vector<const NodeScanEnd*>& ends, std::stop_token stop) = 0;
    /// Once all has ended; `report` holds the walks in order and becomes what the user is told, a line for each node.
    virtual void conclude(ScanReport& report) = 0;
};

} // namespace keyglass
