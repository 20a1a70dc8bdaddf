// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/bulk/jobplan.h"
#include "core/bulk/previewmarks.h"
#include "core/results/keychoice.h"

#include <QString>

#include <optional>
#include <string>

namespace keyglass {

/// The most keys of a choice that a saved plan lists by name.
inline constexpr std::uint64_t mostKeysOfPlan = 200'000;

/// A job's plan with the databases that its keys are in.
struct PlacedPlan {
    JobPlan plan;
    std::string choiceRoot{}; ///< Stands before chosen keys and is no part of them, where they are of one database.
};

/// Keeps a plan in a file, to be run later, here or by `keyglass bulk run`; keys that were chosen are kept in a file
/// beside it (FILE.keys, as key files are written), which the plan then names. Both have their names only once they are
/// whole. File; Limit for a choice of more than mostKeysOfPlan keys.
/// `choiceRoot`: stands before the choice's keys and is no part of them; Unsupported for a choice of several databases.
/// What a preview saw of the keys is kept in FILE.seen, where there was one: a run compares them with it.
[[nodiscard]] Status savePlan(const QString& path, JobPlan plan, const std::optional<KeyChoice>& choice,
    const PreviewMarks* marks = nullptr, const std::string& choiceRoot = {});
/// File; Input where it is no plan.
[[nodiscard]] Result<JobPlan> loadPlan(const QString& path);

} // namespace keyglass
