// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scan/scancontrol.h"

#include <algorithm>

namespace keyglass {

ScanControl::ScanControl(const ScanLimits& limits)
    : m_limits(limits)
{
}

void ScanControl::pause()
{
    const std::lock_guard lock(m_mutex);
    if (!m_paused) {
        m_paused = true;
        m_pausedSince = Clock::now();
    }
}

void ScanControl::resume()
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_paused) {
            return;
        }
        m_paused = false;
        m_pausedFor += Clock::now() - m_pausedSince;
    }
    m_resumed.notify_all();
}

bool ScanControl::isPaused() const
{
    const std::lock_guard lock(m_mutex);
    return m_paused;
}

bool ScanControl::waitWhilePaused(std::stop_token stop)
{
    std::unique_lock lock(m_mutex);
    m_resumed.wait(lock, stop, [this] { return !m_paused; });
    return !stop.stop_requested();
}

bool ScanControl::takeCall()
{
    if (!m_limits.maxIterations) {
        return true;
    }
    auto used = m_calls.load();
    while (used < *m_limits.maxIterations) {
        if (m_calls.compare_exchange_weak(used, used + 1)) {
            return true;
        }
    }
    return false;
}

std::uint64_t ScanControl::takeKeys(std::uint64_t wanted)
{
    if (!m_limits.maxKeys) {
        return wanted;
    }
    auto used = m_keys.load();
    while (true) {
        const std::uint64_t given = std::min(wanted, *m_limits.maxKeys - std::min(used, *m_limits.maxKeys));
        if (m_keys.compare_exchange_weak(used, used + given)) {
            return given;
        }
    }
}

bool ScanControl::keysAreUsedUp() const
{
    return m_limits.maxKeys && m_keys.load() >= *m_limits.maxKeys;
}

bool ScanControl::timeIsUp() const
{
    return m_limits.maxTime && elapsed() >= *m_limits.maxTime;
}

bool ScanControl::isUsedUp() const
{
    const bool callsAreUsedUp = m_limits.maxIterations && m_calls.load() >= *m_limits.maxIterations;
    return callsAreUsedUp || keysAreUsedUp() || timeIsUp();
}

std::chrono::milliseconds ScanControl::elapsed() const
{
    const std::lock_guard lock(m_mutex);
    const auto paused = m_pausedFor + (m_paused ? Clock::now() - m_pausedSince : Clock::duration{0});
    return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - m_start - paused);
}

} // namespace keyglass
