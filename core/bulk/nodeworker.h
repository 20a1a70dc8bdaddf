// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/keybatch.h"
#include "core/bulk/batchstep.h"
#include "core/bulk/callbudget.h"
#include "core/bulk/jobreport.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace keyglass {

class JobExecutor;
class Lane;
struct Redirect;

/// What happened to keys before they came (again) to a worker.
struct KeyHistory {
    int round = 0;                            ///< How often they were sent elsewhere.
    bool mayBeDone = false;                   ///< They were sent once, and the line was lost before the answer.
    std::optional<Clock::time_point> since{}; ///< When they were sent elsewhere for the first time.
};

/// One node's part of a job: a bounded queue of keys, and a thread that gives them to the step over its own lanes.
///
/// `isAsking`: for keys that the owner of their slot has sent on (ASK), as long as the slot itself is not the node's.
class NodeWorker {
public:
    NodeWorker(JobExecutor& job, std::string nodeId, QString name, bool isAsking = false);
    NodeWorker(const NodeWorker&) = delete;
    NodeWorker& operator=(const NodeWorker&) = delete;
    ~NodeWorker();

    /// With `mayWait` waits for room in the queue; false where the job was
    /// cancelled meanwhile, and `keys` is left as it was.
    bool push(KeyBatch&& keys, KeyHistory history, bool mayWait);
    void wake();
    /// Until its thread has ended, which it does once the job is over.
    void join() { m_thread.join(); }

private:
    struct Item {
        KeyBatch keys;
        KeyHistory history;
    };
    class Recorder;

    void run();
    void work();
    [[nodiscard]] std::unique_ptr<Lane> redirected(const Redirect& to);
    [[nodiscard]] std::optional<Item> next();
    void handle(Item&& item);
    void applyPart(KeyBatch&& keys);
    void measure();
    [[nodiscard]] std::string turnName() const;
    [[nodiscard]] bool takeTurn();
    void leaveTurn();
    void settle();
    [[nodiscard]] bool needsSettling() const;
    void judge(const Status& status, bool isSettled);
    void retry(const Error& why);
    void setLost(bool isLost, std::string_view why = {});
    void sendElsewhere();
    [[nodiscard]] CallSize callSize() const;
    void giveUp(const Error& why);
    void giveBack(KeyBatch&& keys, KeyHistory history);
    void drop(const Error& why);
    void leave(const KeyBatch& keys, std::string_view why);
    [[nodiscard]] bool isCancelled() const;

    JobExecutor& m_job;
    const std::string m_id;
    const QString m_name;
    const bool m_isAsking;

    std::mutex m_mutex; ///< Guards m_queue and m_queued: scanners and other workers fill it.
    std::condition_variable_any m_changed;
    std::deque<Item> m_queue;
    std::size_t m_queued = 0; ///< Keys in it.
    bool m_isDropped = false; ///< The thread has ended by an exception: nobody takes what comes.

    // Of the worker's own thread.
    std::unique_ptr<Lane> m_node;
    std::unique_ptr<Lane> m_routed;
    std::map<QString, std::unique_ptr<Lane>> m_redirected; ///< By endpoint.
    std::unique_ptr<Lane> m_stats; ///< What others answer on m_node is not to be waited for. Null before it is needed.
    std::unique_ptr<BatchStep> m_step;
    std::unique_ptr<Recorder> m_recorder;
    std::unique_ptr<StepLanes> m_lanes;
    CallBudget m_budget;
    std::uint64_t m_told = 0; ///< Keys with an outcome by this worker.
    bool m_hasTurn = false;
    bool m_inFlight = false;
    bool m_isLost = false;      ///< Keys wait for the node.
    std::uint64_t m_atHand = 0; ///< Keys taken from the queue that have no outcome yet.
    KeyHistory m_history;       ///< Of the keys at hand.
    std::optional<Error> m_givenUp;
    std::optional<Clock::time_point> m_lostSince;
    /// Of the patience: since then no key got an outcome, and nothing could be settled.
    std::optional<Clock::time_point> m_troubleSince;
    std::uint64_t m_toldAtTrouble = 0;
    std::optional<Clock::time_point> m_refusedSince; ///< It refuses all keys for now.
    Milliseconds m_backoff{0};
    std::jthread m_thread; // last: joined first
};

} // namespace keyglass
