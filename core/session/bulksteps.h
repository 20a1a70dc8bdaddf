// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/archivebefore.h"
#include "core/bulk/jobexecutor.h"
#include "core/bulk/jobplan.h"
#include "core/session/bulkrun.h"
#include "core/source/commandgate.h"

namespace keyglass {

/// What makes the steps of the plan's operation, each node's its own; not of an export or an import. `archive` may be
/// null; it must outlive them. Input where a template can't be used.
[[nodiscard]] Result<JobExecutor::MakeStep> stepsOf(
    const JobPlan& plan, const BulkSetting& setting, UndoArchiveWriter* archive);

/// The same steps, which leave keys alone that are not what the setting's preview saw.
[[nodiscard]] JobExecutor::MakeStep comparedSteps(
    JobExecutor::MakeStep makeStep, const JobPlan& plan, const BulkSetting& setting);

/// Whether the gate lets the plan's commands through: ReadOnly, Confirm; Input where a template can't be used.
[[nodiscard]] Status checkCommands(const JobPlan& plan, const CommandGate& gate, const Confirmation& confirmation);

} // namespace keyglass
