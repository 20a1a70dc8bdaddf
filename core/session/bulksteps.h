// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/archivebefore.h"
#include "core/bulk/jobexecutor.h"
#include "core/bulk/jobplan.h"
#include "core/source/commandgate.h"

namespace keyglass {

/// The steps of SetField and RunTemplate. `archive` may be null; it must outlive them. Input where the template can't
/// be used.
[[nodiscard]] Result<JobExecutor::MakeStep> commandSteps(
    const JobPlan& plan, const CommandGate& gate, UndoArchiveWriter* archive, const ArchivingWays& ways);

/// Whether the gate lets the plan's commands through: ReadOnly, Confirm; Input where a template can't be used.
[[nodiscard]] Status checkCommands(const JobPlan& plan, const CommandGate& gate, const Confirmation& confirmation);

} // namespace keyglass
