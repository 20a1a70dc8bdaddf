// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/jobpace.h"

#include <algorithm>

namespace keyglass {

JobPace::JobPace(std::optional<std::uint64_t> keysPerSecond)
    : m_rate(keysPerSecond)
{
}

void JobPace::pause()
{
    const std::lock_guard lock(m_mutex);
    m_paused = true;
}

void JobPace::resume()
{
    {
        const std::lock_guard lock(m_mutex);
        m_paused = false;
    }
    m_changed.notify_all();
}

bool JobPace::isPaused() const
{
    const std::lock_guard lock(m_mutex);
    return m_paused;
}

void JobPace::setRate(std::optional<std::uint64_t> keysPerSecond)
{
    {
        const std::lock_guard lock(m_mutex);
        m_rate = keysPerSecond;
        m_next = Clock::now();
        ++m_changes;
    }
    m_changed.notify_all();
}

std::size_t JobPace::atOnce(std::size_t wanted) const
{
    const std::lock_guard lock(m_mutex);
    return m_rate ? std::clamp<std::size_t>(*m_rate / 10, 1, wanted) : wanted;
}

bool JobPace::wouldWait() const
{
    const std::lock_guard lock(m_mutex);
    return m_paused || (m_rate && m_next > Clock::now());
}

bool JobPace::take(std::size_t keys, std::stop_token stop)
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        if (!m_changed.wait(lock, stop, [this] { return !m_paused; })) {
            return false;
        }
        const auto now = Clock::now();
        if (!m_rate || m_next <= now) {
            break;
        }
        const std::uint64_t seen = m_changes;
        m_changed.wait_until(lock, stop, m_next, [&] { return m_paused || m_changes != seen; });
        if (stop.stop_requested()) {
            return false;
        }
    }
    if (m_rate) {
        const std::chrono::duration<double> share(static_cast<double>(keys) / static_cast<double>(*m_rate));
        m_next = std::max(m_next, Clock::now()) + std::chrono::duration_cast<Clock::duration>(share);
    }
    return !stop.stop_requested();
}

} // namespace keyglass
