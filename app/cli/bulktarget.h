// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/options.h"
#include "app/cli/target.h"
#include "core/base/result.h"
#include "core/profile/profile.h"
#include "core/session/bulkrun.h"

#include <stop_token>

namespace keyglass::cli {

/// Production wants the name typed, not a habit; that of each production server a job writes to. Input where
/// --confirm does not give it.
[[nodiscard]] Status checkConfirmed(const Profile& profile, const Options& options);

/// Whether a copy may write to where --to-uri or --to-profile says: by the profile alone, before anything is asked or
/// connected to. ReadOnly, also of a dry run; Input where its name is not confirmed.
[[nodiscard]] Status checkOther(const Options& options);

/// Where a copy goes to, by --to-db, --to-uri and --to-profile; connects to another server. Input; else as
/// openSource().
[[nodiscard]] Status findTarget(const Options& options, BulkSetting& setting, std::stop_token stop);

/// Which databases the plan is for: those that --databases names (it may name all that have keys), else its own where
/// it was kept, else the connection's. Input; Unsupported as checkPlan().
[[nodiscard]] Status placePlan(const Target& target, const Options& options, bool isKept, JobPlan& plan);

} // namespace keyglass::cli
