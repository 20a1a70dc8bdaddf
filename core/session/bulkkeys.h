// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/jobplan.h"
#include "core/scan/scanreport.h"
#include "core/session/bulkrun.h"

#include <functional>
#include <optional>
#include <stop_token>

namespace keyglass {

/// Whether the plan and its file of keys can be used, before anything is done. Input, File.
[[nodiscard]] Status checkKeys(const JobPlan& plan);

/// Whether the plan's keys come from a scan of the server.
[[nodiscard]] bool scansForKeys(const JobPlan& plan, const BulkSetting& setting);

/// Whether doing it twice to a key is more than doing it once. A scan may give a key twice, as one of a cluster does
/// while a slot is on its way, and so may a file: of a rename it may come upon new names, and rename them again; what
/// is archived of a key for the second time is what we made of it.
[[nodiscard]] bool wantsEachKeyOnce(const JobPlan& plan);

/// Scans for the plan's keys, or reads them from its file; they are the setting's choice from then on, each once.
/// Nothing is scanned where they come from elsewhere. Fails where the file does: Input, File.
[[nodiscard]] Result<std::optional<ScanReport>> collectKeys(
    const JobPlan& plan, BulkSetting& setting, const std::stop_token& stop);

/// Gives the plan's keys to `take`, until that is false. `scan` is set where they were scanned for.
[[nodiscard]] Status feedKeys(const JobPlan& plan, const BulkSetting& setting,
    const std::function<bool(KeyBatch&&)>& take, std::optional<ScanReport>& scan, const std::stop_token& stop);

} // namespace keyglass
