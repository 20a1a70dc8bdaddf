// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/scanpace.h"

#include <chrono>
#include <cstddef>

namespace keyglass {

/// What a pace means for a job on one node.
struct PaceLimits {
    std::size_t batchKeys = 500;               ///< Given to the node at once, at most.
    double busyShare = 1;                      ///< How much of the time the node may be busy with the job.
    std::chrono::microseconds callBudget{400}; ///< Of the server's time, for one call on average.
};

/// Of calls, one in a hundred takes two to three times the average.
[[nodiscard]] inline PaceLimits paceLimits(ScanPace pace)
{
    using namespace std::chrono_literals;
    switch (pace) {
    case ScanPace::Gentle:
        return {100, 0.25, 100us};
    case ScanPace::Balanced:
        return {250, 1, 200us};
    case ScanPace::Full:
        break;
    }
    return {};
}

} // namespace keyglass
