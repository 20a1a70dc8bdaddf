// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <algorithm>
#include <chrono>
#include <stop_token>
#include <thread>

namespace keyglass {

/// Waits `time`, or less where `stop` comes, which is looked at every 20 ms: a wait on a condition variable with a stop
/// token takes its callback back while the other thread stops, a race within libstdc++ 12 by ThreadSanitizer.
inline void waitOrStop(std::chrono::milliseconds time, const std::stop_token& stop)
{
    constexpr Clock::duration look = std::chrono::milliseconds(20);
    const auto end = Clock::now() + time;
    for (auto left = end - Clock::now(); left > Clock::duration::zero() && !stop.stop_requested();
        left = end - Clock::now()) {
        std::this_thread::sleep_for(std::min(look, left));
    }
}

/// A stop that comes by itself after `time`: for a last word that nobody waits long for.
class StopAfter {
public:
    explicit StopAfter(std::chrono::milliseconds time)
        : m_timer([time, stop = m_stop](const std::stop_token& over) mutable {
            waitOrStop(time, over);
            stop.request_stop();
        })
    {
    }

    [[nodiscard]] std::stop_token token() const { return m_stop.get_token(); }

private:
    std::stop_source m_stop;
    std::jthread m_timer; // last: ended first
};

} // namespace keyglass
