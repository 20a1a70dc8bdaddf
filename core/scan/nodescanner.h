// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/keybatch.h"
#include "core/scan/nodeprogress.h"
#include "core/scan/scancontrol.h"
#include "core/scan/scanreport.h"
#include "core/scan/scanrequest.h"
#include "core/source/lane.h"

#include <functional>
#include <stop_token>
#include <vector>

namespace keyglass {

/// How long a lost or loading node is tried again before it is given up.
struct RetryPolicy {
    std::chrono::milliseconds firstPause{100};
    std::chrono::milliseconds longestPause{2000};
    std::chrono::milliseconds patience{
        20000};            ///< Since it owes an answer; a node whose keys come again gets it whole again.
    int mostRestarts = 20; ///< How often it is begun again at 0, at most.
};

/// Walks all keys of one node with SCAN, in the server's order.
///
/// A key there from start to end comes at least once, maybe again; one added or removed meanwhile may or may not come
/// (SCAN's contract: https://redis.io/commands/scan). After a lost connection it goes on from its cursor while the
/// node's run_id is the one the cursor came from, else begins again at 0: a cursor means nothing to another process.
/// Owns nothing: lane, control and progress must outlive it. Thread: blocks; run it on a worker. One run at a time per
/// object.
class NodeScanner {
public:
    /// Called on the running thread with no lock held; false ends the run.
    using Sink = std::function<bool(KeyBatch&&)>;

    NodeScanner(
        Lane& lane, const ScanRequest& request, ScanControl& control, NodeProgress& progress, RetryPolicy retry = {});
    NodeScanner(const NodeScanner&) = delete;
    NodeScanner& operator=(const NodeScanner&) = delete;
    ~NodeScanner();

    /// `from` and `runId`: where to go on, from an earlier NodeScanEnd; Cursor 0 for the start. Always returns how far
    /// it came: `stoppedBy` is Cancelled after `stop` (within 100 ms), or why the node was given up.
    [[nodiscard]] NodeScanEnd run(Cursor from, std::string runId, std::stop_token stop, const Sink& sink);
    /// The same for several places to go on at: NodeScanEnd's `rest`; empty for the start.
    [[nodiscard]] NodeScanEnd run(
        std::vector<ScanPart> rest, std::string runId, std::stop_token stop, const Sink& sink);

private:
    class Attempts;

    Lane& m_lane;
    const ScanRequest& m_request;
    ScanControl& m_control;
    NodeProgress& m_progress;
    const RetryPolicy m_retry;
};

} // namespace keyglass
