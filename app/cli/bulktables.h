// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/target.h"
#include "core/bulk/jobplan.h"
#include "core/bulk/jobpreview.h"

#include <stop_token>
#include <string>
#include <vector>

namespace keyglass::cli {

/// The tables of RedisTABLE among whose keys those of a job are, in any of its databases, in order; at most a hundred.
/// As the line fails.
[[nodiscard]] Result<std::vector<std::string>> touchedTables(
    const Target& target, const JobPlan& plan, const JobPreview& preview, const std::stop_token& stop);

/// Says so on stderr, where there are any.
void warnOfTables(const std::vector<std::string>& tables);

} // namespace keyglass::cli
