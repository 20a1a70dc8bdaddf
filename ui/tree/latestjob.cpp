// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tree/latestjob.h"

#include <utility>

namespace keyglass::ui {

LatestJob::LatestJob()
    : m_thread([this](const std::stop_token& end) { work(end); })
{
}

LatestJob::~LatestJob()
{
    m_thread.request_stop();
    const std::lock_guard lock(m_mutex);
    m_running.request_stop();
}

void LatestJob::post(Job job, bool interrupt)
{
    const std::lock_guard lock(m_mutex);
    m_next = std::move(job);
    if (interrupt) {
        m_running.request_stop();
    }
    m_posted.notify_one();
}

void LatestJob::work(const std::stop_token& end)
{
    for (;;) {
        Job job;
        std::stop_token stop;
        {
            std::unique_lock lock(m_mutex);
            if (!m_posted.wait(lock, end, [this] { return m_next.has_value(); }) || end.stop_requested()) {
                return;
            }
            job = std::move(*m_next);
            m_next.reset();
            m_running = std::stop_source();
            stop = m_running.get_token();
        }
        job(stop);
    }
}

} // namespace keyglass::ui
