// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scan/nodescanner.h"

#include <deque>
#include <memory>
#include <vector>

namespace keyglass {

/// One node of a scan: the lane to walk it on and where to begin.
struct ScanNode {
    std::unique_ptr<Lane> lane; ///< A bulk lane of its own.
    Cursor from;                ///< 0, or where an earlier scan of the same process ended.
    std::string runId;          ///< The process that `from` belongs to.
    QString role{};             ///< "master", "replica": for the ledger. Empty for a server that is alone.
    QString slotRanges{};       ///< "0-5460": for the ledger.
};

/// Scans all nodes of a source at once, one scanner and one thread per node, and tells how each of them ended.
///
/// Made for one run. run() blocks; progress(), pause() and resume() may be called from any thread meanwhile.
class ScanEngine {
public:
    /// Called on the nodes' own threads, several at once; false ends that node's run.
    using Sink = std::function<bool(KeyBatch&&)>;

    ScanEngine(ScanRequest request, std::vector<ScanNode> nodes, RetryPolicy retry = {});
    ScanEngine(const ScanEngine&) = delete;
    ScanEngine& operator=(const ScanEngine&) = delete;
    ~ScanEngine();

    /// Scans until every node has ended, on its own account or by `stop` (within 100 ms).
    [[nodiscard]] ScanReport run(std::stop_token stop, const Sink& sink);

    void pause() { m_control.pause(); }
    void resume() { m_control.resume(); }
    [[nodiscard]] bool isPaused() const { return m_control.isPaused(); }
    [[nodiscard]] ScanProgress progress() const;

private:
    NodeScanEnd scanNode(std::size_t at, std::stop_token stop, const Sink& sink);

    const ScanRequest m_request;
    std::vector<ScanNode> m_nodes;
    const RetryPolicy m_retry;
    ScanControl m_control;
    std::deque<NodeProgress> m_progress; ///< One per node; a deque because it can't move.
};

} // namespace keyglass
