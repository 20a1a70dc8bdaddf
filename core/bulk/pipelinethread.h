// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/net/command.h"
#include "core/net/reply.h"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <thread>
#include <vector>

namespace keyglass {

class Lane;

/// Sends pipelines on a thread of its own, one behind the other, while its owner does something else: the next one goes
/// out as soon as the last reply of the one before is there. Its functions are its owner's thread's.
class PipelineThread {
public:
    PipelineThread() = default;
    PipelineThread(const PipelineThread&) = delete;
    PipelineThread& operator=(const PipelineThread&) = delete;
    ~PipelineThread();

    /// Behind what is under way. `lane` and `commands` are the other thread's until answers() of it are back, or
    /// drop().
    void send(Lane& lane, std::span<const Command> commands, std::stop_token stop);
    /// Sent, and answers() not asked for yet.
    [[nodiscard]] std::size_t owed() const { return m_owed; }
    /// Waits for those to what was sent first. As Lane::pipeline(), and Limit where there is not enough memory. After a
    /// failure nothing of what was to be sent behind is sent, and nothing is owed any more.
    [[nodiscard]] Result<std::vector<Reply>> answers();
    /// What is under way ends with its last reply, and nobody wants it; what is behind it is not sent.
    void drop();

private:
    struct Pipeline {
        Lane* lane = nullptr;
        std::span<const Command> commands;
        std::stop_token stop;
    };
    void run(const std::stop_token& end);

    std::size_t m_owed = 0; ///< The owner's thread only.
    std::mutex m_mutex;     ///< Guards what follows: two threads hand them over.
    std::condition_variable_any m_changed;
    std::deque<Pipeline> m_unsent;
    bool m_isSending = false;
    std::deque<Result<std::vector<Reply>>> m_answers;
    std::jthread m_thread; // last: joined first
};

} // namespace keyglass
