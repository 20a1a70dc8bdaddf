// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/jobplan.h"

#include <chrono>
#include <cstdint>

namespace keyglass {

/// What a job is going to take, about.
struct JobEstimate {
    std::chrono::milliseconds duration{0};
    std::size_t batchKeys = 0; ///< Done to a node at a time, at most; about a microsecond each for small keys.
};

/// By how long the look at the same keys took, which knows the way to this server and the size of its answers, and by
/// what the operation does beside that; never below what the plan's own limit of keys per second allows. Within a
/// factor of two or so for small keys; large values take longer.
[[nodiscard]] JobEstimate estimateJob(const JobPlan& plan, std::uint64_t keys, std::chrono::milliseconds lookTook);

} // namespace keyglass
