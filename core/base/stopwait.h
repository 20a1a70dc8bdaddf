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

} // namespace keyglass
