// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

namespace keyglass::ui {

/// A worker thread that runs one job at a time and keeps only the newest that waits.
///
/// Destroying it stops the running job and waits for it, so jobs may use what outlives this object.
class LatestJob {
public:
    using Job = std::function<void(const std::stop_token&)>;

    LatestJob();
    LatestJob(const LatestJob&) = delete;
    LatestJob& operator=(const LatestJob&) = delete;
    ~LatestJob();

    /// Runs `job` next, in place of one that still waits. `interrupt` stops the running one.
    void post(Job job, bool interrupt);

private:
    void work(const std::stop_token& end);

    std::mutex m_mutex; // guards m_next and m_running: the newest job replaces the waiting one, so nothing can be moved
    std::condition_variable_any m_posted;
    std::optional<Job> m_next;
    std::stop_source m_running;
    std::jthread m_thread; // last: joined first
};

} // namespace keyglass::ui
