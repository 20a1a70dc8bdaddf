// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>

namespace keyglass {

/// Which of several jobs may work on a node: one at a time, and of those that have something to do there, the one that
/// began first. A later job gets the node while the earlier ones have nothing for it (they wait for keys, are paused,
/// or wait for a lost line), a batch at a time. Whoever has a turn gives it up while it has nothing to do, so that jobs
/// over several nodes never wait for each other. All members may be called from any thread.
class NodeTurns {
public:
    using Job = std::uint64_t;

    /// The number of a job that begins now.
    [[nodiscard]] Job begin();

    /// Waits for the node; at once where the job has it already. False once `stop` is requested.
    [[nodiscard]] bool take(const std::string& node, Job job, std::stop_token stop);
    /// The same without waiting.
    [[nodiscard]] bool tryTake(const std::string& node, Job job);
    /// Gives it up, where the job has it.
    void release(const std::string& node, Job job);
    /// Whether a job that began earlier waits for it: then it is given up at the end of the batch.
    [[nodiscard]] bool isWantedEarlier(const std::string& node, Job job) const;

private:
    struct Node {
        std::optional<Job> holder;
        std::multiset<Job> waiting;
    };
    [[nodiscard]] static bool isFree(const Node& node, Job job);

    mutable std::mutex m_mutex; ///< Guards all below: the workers of all jobs ask.
    std::condition_variable_any m_changed;
    std::map<std::string, Node> m_nodes;
    Job m_last = 0;
};

} // namespace keyglass
