// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scan/nodescanner.h"
#include "core/scan/scansupervisor.h"

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace keyglass {

/// Scans all nodes of a source at once, one scanner and one thread per node, and tells how each of them ended.
///
/// Made for one run. run() blocks; progress(), pause() and resume() may be called from any thread meanwhile.
class ScanEngine {
public:
    /// Called on the nodes' own threads, several at once; false ends that node's run.
    using Sink = std::function<bool(KeyBatch&&)>;

    /// A fixed set of nodes.
    ScanEngine(ScanRequest request, std::vector<ScanNode> nodes, RetryPolicy retry = {});
    /// The nodes that `supervisor` names as it goes on.
    ScanEngine(ScanRequest request, std::unique_ptr<ScanSupervisor> supervisor, RetryPolicy retry = {});
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
    /// One node being walked, or walked.
    struct Walk {
        ScanNode node;
        NodeProgress progress;
        std::optional<NodeScanEnd> end;
        std::jthread thread; // last: joined first
    };

    void begin(std::vector<ScanNode> nodes, const std::stop_token& stop, const Sink& sink);
    void obey(ScanSupervisor::Orders&& orders, const std::stop_token& stop, const Sink& sink);
    void supervise(const std::stop_token& stop, const Sink& sink);
    bool waitForNews(std::optional<std::chrono::milliseconds> patience);
    [[nodiscard]] std::vector<const NodeScanEnd*> ends() const;
    [[nodiscard]] NodeScanEnd scanNode(Walk& walk, std::stop_token stop, const Sink& wholeSink);
    [[nodiscard]] std::optional<NodeScanEnd> readSlots(Walk& walk, std::stop_token stop, const Sink& sink);

    const ScanRequest m_request;
    std::vector<ScanNode> m_first; ///< The fixed nodes, until run().
    const std::unique_ptr<ScanSupervisor> m_supervisor;
    const RetryPolicy m_retry;
    ScanControl m_control;

    /// Guards the members below: walks are added while others end and progress() is asked for. The walks themselves
    /// never move.
    mutable std::mutex m_mutex;
    std::condition_variable m_news;
    QString m_waitingFor;
    std::uint64_t m_keysToCome = 0;
    std::size_t m_ended = 0;
    std::size_t m_endsSeen = 0;
    std::deque<Walk> m_walks; // last: their threads are joined first
};

} // namespace keyglass
