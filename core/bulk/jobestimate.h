// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/bulk/jobplan.h"
#include "core/bulk/jobpreview.h"

#include <chrono>
#include <cstdint>
#include <optional>

namespace keyglass {

/// What a job is going to take, about: an estimate, by what was measured while its keys were looked at.
struct JobEstimate {
    /// What bounds it.
    enum class Bound {
        Commands,   ///< One after the other, as fast as the slowest node takes them.
        GentlePace, ///< The share of the time that a gentle pace has.
        RateLimit,  ///< The plan's keys per second.
    };
    std::optional<std::chrono::milliseconds> duration; ///< Nothing: nothing was measured.
    Bound bound = Bound::Commands;
    std::optional<std::chrono::milliseconds> serverTime; ///< Of all nodes' own; nothing where they do not tell.
    std::optional<double> busyShare;                     ///< Of the slowest node's time, while the job runs.
    std::optional<ByteCount> readBytes;                  ///< Of values that go over the line; where they do.
    std::chrono::microseconds callBudget{0};             ///< Of the server's time for one call, on average.
    std::size_t batchKeys = 0;                           ///< Done to a node at a time, at most.
    std::uint64_t lookedAt = 0;                          ///< Keys that it is by.
    std::uint64_t sampled = 0;                           ///< Of them, whose values were read.
};

/// Whether the operation reads the values of its keys (to archive, copy or export them).
[[nodiscard]] bool readsValues(const JobPlan& plan);

/// By JobPreview::nodes: what a command took on the way to the slowest node, what the operation's commands take that
/// server on average since it began, and what reading some of the values took. The way to a copy's target is not
/// measured, nor how many keys are skipped. Within a factor of two or so where the keys are alike.
[[nodiscard]] JobEstimate estimateJob(const JobPlan& plan, const JobPreview& preview);

} // namespace keyglass
