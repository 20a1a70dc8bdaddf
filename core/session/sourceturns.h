// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/nodeturns.h"
#include "core/session/sourceaccess.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <set>
#include <stop_token>
#include <string>

namespace keyglass {

/// What jobs call the nodes of a source that they wait for, which is what NodeWorker calls them. One server goes by two
/// names: where it was reached, which outlives a restart, and the id of its process, which is the same by any address.
[[nodiscard]] std::set<std::string> turnNamesOf(const SourceAccess& source);

/// One job's turns on all nodes that its keys may go to, taken and given up together, a batch at a time: for jobs that
/// do not know a key's node before they send it (imports, undos).
///
/// Nodes are taken in one order, and whoever else holds one gives it up without waiting for another, so that nobody
/// waits for ever. All members may be called from any thread.
class SourceTurns {
public:
    /// The job begins now. `turns` may be null: it waits for nobody. `source` must outlive it.
    SourceTurns(std::shared_ptr<NodeTurns> turns, const SourceAccess& source);
    SourceTurns(const SourceTurns&) = delete;
    SourceTurns& operator=(const SourceTurns&) = delete;
    ~SourceTurns() = default;

    /// Waits until no other job works on the nodes; they are held until all that it gave has gone. It must outlive
    /// that. Null once `stop` is requested.
    [[nodiscard]] std::shared_ptr<void> enter(const std::stop_token& stop);
    /// Whether somebody is in enter() and waits for another job.
    [[nodiscard]] bool isWaiting() const { return m_isWaiting; }

private:
    [[nodiscard]] bool take(const std::stop_token& stop);
    void release();
    void leave();

    const std::shared_ptr<NodeTurns> m_turns;
    const SourceAccess& m_source;
    const NodeTurns::Job m_job;
    std::mutex m_mutex; ///< Guards the next two: an undo has two workers.
    std::set<std::string> m_held;
    int m_users = 0;
    std::atomic<bool> m_isWaiting{false};
};

} // namespace keyglass
