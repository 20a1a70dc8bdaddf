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

PipelineThread::~PipelineThread()
{
    drop();
}

void PipelineThread::send(Lane& lane, std::span<const Command> commands, std::stop_token stop)
{
    if (!m_thread.joinable()) {
        m_thread = std::jthread([this](const std::stop_token& end) { run(end); });
    }
    ++m_owed;
    {
        const std::lock_guard lock(m_mutex);
        if (!m_answers.empty() && !m_answers.back()) {
            return; // what it counts on has failed meanwhile
        }
        m_unsent.push_back({&lane, commands, std::move(stop)});
    }
    m_changed.notify_all();
}

Result<std::vector<Reply>> PipelineThread::answers()
{
    Q_ASSERT(m_owed > 0);
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return !m_answers.empty(); });
    auto answers = std::move(m_answers.front());
    m_answers.pop_front();
    m_owed = answers ? m_owed - 1 : 0;
    return answers;
}

void PipelineThread::drop()
{
    std::unique_lock lock(m_mutex);
    m_unsent.clear();
    m_changed.wait(lock, [this] { return !m_isSending; });
    m_answers.clear();
    m_owed = 0;
}

void PipelineThread::run(const std::stop_token& end)
{
    std::unique_lock lock(m_mutex);
    while (m_changed.wait(lock, end, [this] { return !m_unsent.empty(); })) {
        const Pipeline next = std::move(m_unsent.front());
        m_unsent.pop_front();
        m_isSending = true;
        lock.unlock();
        auto answers = answersTo(next.commands, *next.lane, next.stop);
        lock.lock();
        m_isSending = false;
        if (!answers) {
            m_unsent.clear(); // it counts on what was to come before it
        }
        m_answers.push_back(std::move(answers));
        m_changed.notify_all();
    }
}

} // namespace keyglass
