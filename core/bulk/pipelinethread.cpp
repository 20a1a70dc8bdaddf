// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/pipelinethread.h"

#include "core/source/lane.h"

#include <QtGlobal>

#include <exception>
#include <utility>

namespace keyglass {

namespace {

/// Nothing may be thrown out of a thread.
Result<std::vector<Reply>> answersTo(std::span<const Command> commands, Lane& lane, const std::stop_token& stop)
{
    try {
        return lane.pipeline(commands, stop);
    } catch (const std::exception& problem) {
        return Error{ErrorKind::Limit, lane.nodeText(), QString::fromUtf8(problem.what())};
    }
}

} // namespace

PipelineThread::~PipelineThread() = default;

PipelineThread::Sending::Sending(
    PipelineThread& thread, Lane& lane, std::span<const Command> commands, std::stop_token stop)
    : m_thread(thread)
{
    m_thread.begin(lane, commands, std::move(stop));
}

PipelineThread::Sending::~Sending()
{
    if (m_isAwaited) {
        static_cast<void>(m_thread.answers());
    }
}

Result<std::vector<Reply>> PipelineThread::Sending::answers()
{
    m_isAwaited = false;
    return m_thread.answers();
}

void PipelineThread::begin(Lane& lane, std::span<const Command> commands, std::stop_token stop)
{
    if (!m_thread.joinable()) {
        m_thread = std::jthread([this](const std::stop_token& end) { run(end); });
    }
    {
        const std::lock_guard lock(m_mutex);
        Q_ASSERT(m_lane == nullptr && !m_answers);
        m_lane = &lane;
        m_commands = commands;
        m_stop = std::move(stop);
    }
    m_changed.notify_all();
}

Result<std::vector<Reply>> PipelineThread::answers()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_answers.has_value(); });
    auto answers = *std::exchange(m_answers, std::nullopt);
    return answers;
}

void PipelineThread::run(const std::stop_token& end)
{
    std::unique_lock lock(m_mutex);
    while (m_changed.wait(lock, end, [this] { return m_lane != nullptr; })) {
        Lane& lane = *m_lane;
        const auto commands = m_commands;
        const std::stop_token stop = std::exchange(m_stop, {});
        lock.unlock();
        auto answers = answersTo(commands, lane, stop);
        lock.lock();
        m_answers = std::move(answers);
        m_lane = nullptr;
        m_changed.notify_all();
    }
}

} // namespace keyglass
