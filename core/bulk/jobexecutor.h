// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/keybatch.h"
#include "core/base/result.h"
#include "core/bulk/batchstep.h"
#include "core/bulk/jobnodes.h"
#include "core/bulk/jobpace.h"
#include "core/bulk/jobreport.h"
#include "core/bulk/jobturns.h"
#include "core/bulk/nodeturns.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

namespace keyglass {

class NodeWorker;
struct KeyHistory;

/// How a job is run.
struct JobOptions {
    std::size_t batchKeys = 500; ///< Keys given to a step at once, at most.
    double busyShare = 1;        ///< How much of the time a node may be busy with us: 1/4 at gentle pace.
    std::optional<std::uint64_t> keysPerSecond{}; ///< Over all nodes; nothing: no limit.
    bool deletes = false; ///< A key that was sent on a line now lost and is missing then may be missing by us.
    std::chrono::milliseconds patience{30'000}; ///< How long a lost node, or a slot without an owner, is waited for.
    /// How long the server may be busy with one call of ours, on average: calls that take several keys take fewer.
    std::chrono::microseconds callBudget{400};
    /// Shared with other jobs: one of them at a time works on a node. Null: it waits for nobody.
    std::shared_ptr<NodeTurns> turns{};
    JobTurns::Nodes targets{}; ///< Nodes that keys are written to beside their own, where they are copied elsewhere.
};

/// What keys wait for.
enum class LostNode {
    NoAnswer,
    RunsScript, ///< BUSY: a script or a function; it can be ended by SCRIPT KILL or FUNCTION KILL.
    Loads,      ///< LOADING: its data.
    NoMaster,   ///< MASTERDOWN: a replica without its master.
    ClusterDown,
};

/// How far a job is; of any thread's moment.
struct JobProgress {
    std::uint64_t taken = 0;   ///< Keys given to the job.
    std::uint64_t settled = 0; ///< Keys with an outcome.
    OutcomeCounts counts;
    bool isPaused = false;
    std::uint64_t waitingNodes = 0;     ///< Nodes on which an earlier job works now.
    std::uint64_t lostNodes = 0;        ///< Nodes that keys wait for now: they don't answer, or refuse for now.
    LostNode lost = LostNode::NoAnswer; ///< Where there are some: what the last of them is.
};

/// Does an operation to keys as they come: a worker with its own thread, connections and step for each node.
///
/// Keys go to their slot's owner; where that changes, or a node is lost, they are tried again, by another node where
/// there is one, and listed as not done once the patience is over. Each key given to take() gets one outcome in the
/// report. Made for one run: take() as often as there are keys, then finish().
class JobExecutor {
public:
    using MakeStep = std::function<std::unique_ptr<BatchStep>()>;

    /// `makeStep` is called on the workers' threads. `report` must outlive the executor.
    JobExecutor(JobNodes nodes, MakeStep makeStep, JobOptions options, JobReport& report);
    JobExecutor(const JobExecutor&) = delete;
    JobExecutor& operator=(const JobExecutor&) = delete;
    ~JobExecutor(); ///< Cancels, if finish() was not called.

    /// Hands keys to the workers of their nodes; waits while those are behind. Any thread, several at once. False once
    /// the job can't go on (cancelled, or a failure that ends it): these keys are reported as not done.
    bool take(KeyBatch&& keys);
    /// Reports keys as not done, for `why`, and goes on with the others. Any thread, before finish().
    void leave(const KeyBatch& keys, const Error& why);
    /// No more keys come: waits until all have their outcome. The failure that ended the job before that, Cancelled
    /// where cancel() did; else good, whatever became of single keys.
    [[nodiscard]] Status finish();

    /// Ends the job at a key boundary within 100 ms: what was not sent is not done.
    void cancel();
    void pause() { m_pace.pause(); }
    void resume() { m_pace.resume(); }
    void setRate(std::optional<std::uint64_t> keysPerSecond) { m_pace.setRate(keysPerSecond); }
    [[nodiscard]] JobProgress progress() const;

private:
    friend class NodeWorker; // which is a part of this class in a file of its own

    [[nodiscard]] bool route(KeyBatch&& keys, KeyHistory history, bool mayWait);
    void routeAsked(KeyBatch&& keys, const Redirect& to, KeyHistory history);
    /// `isAsking`: the worker for keys that have come to the node while their slot has not.
    [[nodiscard]] NodeWorker& workerOf(const std::string& nodeId, bool isAsking = false);
    void settled(std::uint64_t keys);
    void fail(const Error& why);
    [[nodiscard]] std::optional<Error> failure() const;
    [[nodiscard]] bool isOver() const { return m_closed && m_open == 0; }
    void wakeAll();
    void refreshNodes(const std::stop_token& stop);
    void leave(const KeyBatch& keys, KeyHistory history, const QString& node, std::string_view why);

    const JobNodes m_nodes;
    const MakeStep m_makeStep;
    const JobOptions m_options;
    JobReport& m_report;
    JobTurns m_turns;
    JobPace m_pace;
    std::atomic<std::uint64_t> m_waiting{0}; ///< Workers that wait for their turn.
    std::atomic<std::uint64_t> m_lost{0};    ///< Workers that wait for their node.
    std::atomic<LostNode> m_lostNode{LostNode::NoAnswer};
    std::atomic<std::uint64_t> m_taken{0};
    std::atomic<std::uint64_t> m_open{0}; ///< Keys taken without an outcome.
    std::atomic<bool> m_closed{false};
    std::stop_source m_cancel; ///< Nothing new is begun.
    std::stop_source m_hard;   ///< What is in flight is not waited for any more.

    mutable std::mutex m_mutex; ///< Guards the members below: workers are added while keys come from several threads.
    std::condition_variable_any m_over;
    std::optional<Error> m_failure;
    std::map<std::pair<std::string, bool>, std::shared_ptr<NodeWorker>> m_workers; ///< By node, and whether it asks.
    std::jthread m_watchdog;                                                       // last: joined first
};

} // namespace keyglass
