// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/jobplan.h"
#include "core/bulk/jobpreview.h"
#include "core/scan/scanreport.h"
#include "core/session/bulkrun.h"

#include <optional>
#include <string>
#include <vector>

namespace keyglass {

/// What a job does in one of its databases.
struct JobPart {
    JobPlan plan; ///< `databases` is empty.
    BulkSetting setting;
};

/// A job's parts, one for each database in the plan's order; the only one where it names none. Of a choice whose keys
/// stand behind their databases' roots (keyroot.h) each part has its own, and databases without one are left out.
[[nodiscard]] std::vector<JobPart> partsOf(const JobPlan& plan, const BulkSetting& setting);

/// Those of a choice that stand behind `root`.
[[nodiscard]] KeyChoice choiceBehind(const KeyChoice& choice, const std::string& root);

/// Where the keys of a list with roots are, of which `all` are open: sets the plan's databases, and takes the root off
/// its prefix. `choiceRoot` is set where the choice is all of one database. Unsupported as checkPlan(), for an
/// import, whose file tells no database, and for a copy, which the user has given one target; Input where keys are of a
/// database that is not among `all`.
[[nodiscard]] Status placeInDatabases(
    JobPlan& plan, const std::optional<KeyChoice>& choice, const std::vector<int>& all, std::string& choiceRoot);

/// Puts what one database's scan came to with that of those before it.
void addScan(std::optional<ScanReport>& to, std::optional<ScanReport>&& scan);

/// The databases of one server are worked through one after the other: as one node.
void joinNodes(JobPreview& preview);

} // namespace keyglass
