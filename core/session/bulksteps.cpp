// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/bulksteps.h"

#include "core/bulk/archivedstep.h"
#include "core/bulk/setfieldstep.h"
#include "core/bulk/templatestep.h"

#include <utility>

namespace keyglass {

namespace {

Result<OperationTemplate> templateOf(const RunTemplate& run, const CommandGate& gate)
{
    return OperationTemplate::parse(run.operation, OperationTemplate::Mode::ForEach, std::nullopt, gate.table());
}

/// A command that would be sent, as far as the gate looks at it.
Command probeOf(std::string_view name)
{
    const std::size_t space = name.find(' ');
    Command probe{name.substr(0, space)};
    if (space != std::string_view::npos) {
        probe.add(name.substr(space + 1));
    }
    probe.add("key").add("0").add("0");
    return probe;
}

} // namespace

Result<JobExecutor::MakeStep> commandSteps(
    const JobPlan& plan, const CommandGate& gate, UndoArchiveWriter* archive, const ArchivingWays& ways)
{
    std::function<std::unique_ptr<BatchStep>()> make;
    if (const auto* change = std::get_if<SetField>(&plan.operation)) {
        make = [change = *change] { return std::make_unique<SetFieldStep>(change); };
    } else {
        auto operation = templateOf(std::get<RunTemplate>(plan.operation), gate);
        if (!operation) {
            return std::move(operation).error();
        }
        make = [operation = *std::move(operation)] { return std::make_unique<TemplateStep>(operation); };
    }
    if (archive == nullptr) {
        return JobExecutor::MakeStep(std::move(make));
    }
    const ArchivingOptions archiving{plan.database, UndoReason::Overwritten, ways};
    return JobExecutor::MakeStep([make = std::move(make), archive, archiving, even = plan.deletesUnarchived] {
        return std::make_unique<ArchivedStep>(make(), *archive, archiving, even);
    });
}

Status checkCommands(const JobPlan& plan, const CommandGate& gate, const Confirmation& confirmation)
{
    if (const auto* run = std::get_if<RunTemplate>(&plan.operation)) {
        const auto operation = templateOf(*run, gate);
        return operation ? gate.check(operation->sample(), confirmation) : Status(operation.error());
    }
    for (const std::string& name : commandsOf(plan.operation)) {
        if (Status allowed = gate.check(probeOf(name), confirmation); !allowed) {
            return allowed;
        }
    }
    return ok();
}

} // namespace keyglass
