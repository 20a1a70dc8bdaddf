// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/jobplan.h"
#include "core/session/bulkrun.h"

#include <string>
#include <vector>

namespace keyglass::cli {

/// The preview of a plan as JSON: the plan itself, what it would be done to, and the commands it would send
/// (sentForOneKey()).
[[nodiscard]] std::string previewJson(
    const JobPlan& plan, const BulkRun::Previewed& previewed, const std::vector<std::string>& tables, bool isCluster);

/// The report of a job as JSON.
[[nodiscard]] std::string reportJson(const JobPlan& plan, const BulkReport& report);

} // namespace keyglass::cli
