// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/net/command.h"
#include "core/net/reply.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <thread>
#include <vector>

namespace keyglass {

class Lane;

/// Sends pipelines on a thread of its own, one at a time, while its owner does something else.
class PipelineThread {
public:
    PipelineThread() = default;
    PipelineThread(const PipelineThread&) = delete;
    PipelineThread& operator=(const PipelineThread&) = delete;
    ~PipelineThread();

    /// A pipeline under way; ends with its last reply, whoever wants it or not.
    class Sending {
    public:
        /// `lane` and `commands` are the other thread's until answers() is back, or this object is gone.
        Sending(PipelineThread& thread, Lane& lane, std::span<const Command> commands, std::stop_token stop);
        Sending(const Sending&) = delete;
        Sending& operator=(const Sending&) = delete;
        ~Sending();
        /// Waits; once. As Lane::pipeline(), and Limit where there is not enough memory.
        [[nodiscard]] Result<std::vector<Reply>> answers();

    private:
        PipelineThread& m_thread;
        bool m_isAwaited = true;
    };

private:
    void begin(Lane& lane, std::span<const Command> commands, std::stop_token stop);
    [[nodiscard]] Result<std::vector<Reply>> answers();
    void run(const std::stop_token& end);

    std::mutex m_mutex; ///< Guards what follows: two threads hand them over.
    std::condition_variable_any m_changed;
    Lane* m_lane = nullptr; ///< Not null: a pipeline is to be sent, or is under way.
    std::span<const Command> m_commands;
    std::stop_token m_stop;
    std::optional<Result<std::vector<Reply>>> m_answers;
    std::jthread m_thread; // last: joined first
};

} // namespace keyglass
