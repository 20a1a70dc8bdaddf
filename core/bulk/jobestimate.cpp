// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/jobestimate.h"

#include <algorithm>

namespace keyglass {

namespace {

/// Of the time of a look (TYPE and PTTL of each key): a rough guess from the commands that each takes, for small
/// strings.
double factorOf(const JobPlan& plan)
{
    struct Factor {
        double operator()(const DeleteKeys&) const { return 0.5; }
        double operator()(const ExpireKeys&) const { return 0.7; }
        double operator()(const PersistKeys&) const { return 0.7; }
        double operator()(const RenameKeys&) const { return 0.7; }
        double operator()(const CopyKeys&) const { return 3; }
        double operator()(const ExportKeys&) const { return 2; }
        double operator()(const ImportKeys&) const { return 4; }
        double operator()(const SetField&) const { return 1.5; }
        double operator()(const RunTemplate&) const { return 0.7; }
    };
    const double archiving = plan.archives && destroys(plan.operation) ? 1.5 : 0;
    return std::visit(Factor{}, plan.operation) + archiving;
}

} // namespace

JobEstimate estimateJob(const JobPlan& plan, std::uint64_t keys, std::chrono::milliseconds lookTook)
{
    JobEstimate estimate;
    estimate.batchKeys = plan.pace == ScanPace::Gentle ? 100 : plan.pace == ScanPace::Balanced ? 250 : 500;
    const double ms = static_cast<double>(lookTook.count()) * factorOf(plan);
    const double limited =
        plan.keysPerSecond ? 1000.0 * static_cast<double>(keys) / static_cast<double>(*plan.keysPerSecond) : 0;
    estimate.duration = std::chrono::milliseconds(static_cast<std::int64_t>(std::max(ms, limited)));
    return estimate;
}

} // namespace keyglass
