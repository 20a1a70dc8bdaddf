// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/nodeturns.h"

#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <stop_token>
#include <string>

namespace keyglass {

/// One job's turns, for its workers: each has its own node's, and all of them together those of the nodes that the job
/// writes to beside (a copy's target), which are held as long as one worker has its turn.
///
/// Nobody waits for a node while it holds another, so that jobs in opposite directions never wait for each other. All
/// members may be called from any thread.
class JobTurns {
public:
    using Nodes = std::function<std::set<std::string>()>;

    /// The job begins now. `turns` may be null: it waits for nobody. `targets`: which nodes it writes to beside, as
    /// they are named for `turns`; not set: none.
    JobTurns(std::shared_ptr<NodeTurns> turns, Nodes targets);
    JobTurns(const JobTurns&) = delete;
    JobTurns& operator=(const JobTurns&) = delete;
    ~JobTurns(); ///< Gives back what is held.

    /// Without waiting; false where another job works on one of the nodes.
    [[nodiscard]] bool tryEnter(const std::string& node);
    /// Waits. False once `stop` is requested.
    [[nodiscard]] bool enter(const std::string& node, const std::stop_token& stop);
    /// Of who has entered.
    void leave(const std::string& node);
    /// Whether an earlier job waits for one of the nodes: they are to be left at the end of the batch.
    [[nodiscard]] bool isWantedEarlier(const std::string& node) const;

private:
    [[nodiscard]] bool tryTargets(std::string& busy);
    void leaveTargets();
    void releaseHeld();
    [[nodiscard]] bool isTargetWanted() const;

    const std::shared_ptr<NodeTurns> m_turns;
    const Nodes m_targets;
    const NodeTurns::Job m_job;
    mutable std::mutex m_mutex;   ///< Guards the next two: the job has a worker for each node.
    std::set<std::string> m_held; ///< Of the targets.
    int m_users = 0;              ///< Workers that have their turn.
};

} // namespace keyglass
