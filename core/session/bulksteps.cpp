// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/bulksteps.h"

#include "core/base/bytes.h"
#include "core/bulk/archivedstep.h"
#include "core/bulk/deletestep.h"
#include "core/bulk/expirystep.h"
#include "core/bulk/guardedremoval.h"
#include "core/bulk/renamestep.h"
#include "core/bulk/setfieldstep.h"
#include "core/bulk/templatestep.h"
#include "core/bulk/unchangedstep.h"
#include "core/session/jobarchiving.h"
#include "core/session/largekeys.h"
#include "core/session/ownerlanes.h"
#include "core/transfer/typedcopystep.h"

#include <QCoreApplication>

#include <memory>
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

/// What is written to is compared with what is archived.
ArchivingOptions archivingOf(const JobPlan& plan, UndoReason reason, const SourceAccess& source)
{
    ArchivingOptions archiving{plan.database, reason, waysOf(source)};
    archiving.largeReader = largeReadersOf(source);
    archiving.showsWrites = true;
    archiving.refusesChanged = plan.refusesChanged;
    return archiving;
}

/// Of SetField and RunTemplate.
Result<JobExecutor::MakeStep> commandSteps(const JobPlan& plan, const SourceAccess& source, UndoArchiveWriter* archive)
{
    std::function<std::unique_ptr<BatchStep>()> make;
    if (const auto* change = std::get_if<SetField>(&plan.operation)) {
        make = [change = *change] { return std::make_unique<SetFieldStep>(change); };
    } else {
        auto operation = templateOf(std::get<RunTemplate>(plan.operation), *source.gate);
        if (!operation) {
            return std::move(operation).error();
        }
        make = [operation = *std::move(operation)] { return std::make_unique<TemplateStep>(operation); };
    }
    if (archive == nullptr) {
        return JobExecutor::MakeStep(std::move(make));
    }
    const ArchivingOptions archiving = archivingOf(plan, UndoReason::Overwritten, source);
    return JobExecutor::MakeStep([make = std::move(make), archive, archiving, even = plan.deletesUnarchived] {
        return std::make_unique<ArchivedStep>(make(), *archive, archiving, even);
    });
}

/// Keys that the preview saw are compared with what it saw, where it pays: reading does no harm, and a scan for one
/// type gives no other.
bool comparesKeys(const JobPlan& plan, const BulkSetting& setting)
{
    const bool isWorthIt = plan.keys.type.empty() && !commandsOf(plan.operation).empty();
    return setting.marks && (plan.onlyUnchanged || isWorthIt);
}

JobExecutor::MakeStep deleteSteps(const JobPlan& plan, const BulkSetting& setting, UndoArchiveWriter* archive)
{
    const ArchivingWays ways = waysOf(setting.source);
    if (archive == nullptr) {
        const DeleteWays how{!setting.source.cluster && plan.keys.kind != KeyQuery::Kind::File, ways.hasUnlink};
        return [how] { return std::make_unique<DeleteStep>(how); };
    }
    RemovalOptions options;
    options.database = plan.database;
    options.ways = ways;
    options.refuseChanged = plan.refusesChanged;
    options.largeReader = largeReadersOf(setting.source);
    options.deletesUnarchived = plan.deletesUnarchived;
    options.marks = comparesKeys(plan, setting) ? setting.marks : nullptr;
    options.marksRoot = setting.marksRoot;
    return [archive, options] { return std::make_unique<GuardedRemoval>(*archive, options); };
}

/// What a copy writes over is archived there, where it is.
OverwriteWays overwriteWays(
    const SourceAccess& target, int database, bool evenUnarchived, const Confirmation& yes, UndoArchiveWriter* archive)
{
    OverwriteWays over;
    over.archive = archive;
    over.options = ArchivingOptions{database, UndoReason::Overwritten, waysOf(target)};
    over.evenUnarchived = evenUnarchived;
    if (target.cluster) {
        over.makeOwners = [target, database, yes] {
            const auto owners = std::make_shared<OwnerLanes>(target, database, yes);
            return [owners](const std::string& key) -> Lane& { return owners->of(key); };
        };
    }
    return over;
}

JobExecutor::MakeStep copySteps(
    const CopyKeys& copy, const JobPlan& plan, const BulkSetting& setting, UndoArchiveWriter* archive)
{
    const SourceAccess& target = setting.target ? *setting.target : setting.source;
    TransferWays how;
    how.largest = largestDump; // the others are made by the commands of their types
    how.replaces = copy.replaces;
    how.moves = copy.moves;
    how.hasUnlink = waysOf(setting.source).hasUnlink;
    how.hasExpireTime = waysOf(setting.source).hasExpireTime;
    const ReadingWays reading = readingWaysOf(setting.source);
    CopyTarget place;
    place.makeLane = [target, database = setting.targetDatabase] { return target.lane(database); };
    place.confirmation = Confirmation(commandsAtTarget(copy)); // the job would not run without the user's
    place.making = makingWaysOf(target.facts.redisVersion);
    place.hasUnlink = target.facts.mayUse(ServerFeature::Unlink);
    place.isCluster = target.cluster != nullptr;
    place.over = overwriteWays(
        target, target.cluster ? 0 : setting.targetDatabase, plan.deletesUnarchived, place.confirmation, archive);
    return [place, how, reading] { return std::make_unique<TypedCopyStep>(place, how, reading); };
}

JobExecutor::MakeStep expirySteps(const JobPlan& plan, const SourceAccess& source, UndoArchiveWriter* archive)
{
    const ArchivingOptions archiving = archivingOf(plan, UndoReason::ExpiryChanged, source);
    return [archive, archiving, even = plan.deletesUnarchived,
               operation = plan.operation]() -> std::unique_ptr<BatchStep> {
        const auto* expiry = std::get_if<ExpireKeys>(&operation);
        auto step = expiry ? std::make_unique<ExpiryStep>(*expiry) : std::make_unique<ExpiryStep>(PersistKeys{});
        if (!archive) {
            return step;
        }
        return std::make_unique<ArchivedStep>(std::move(step), *archive, archiving, even);
    };
}

} // namespace

Result<JobExecutor::MakeStep> stepsOf(const JobPlan& plan, const BulkSetting& setting, UndoArchiveWriter* archive)
{
    const ArchivingWays ways = waysOf(setting.source);
    if (std::holds_alternative<DeleteKeys>(plan.operation)) {
        return deleteSteps(plan, setting, archive);
    }
    if (const auto* rename = std::get_if<RenameKeys>(&plan.operation)) {
        const ArchivingOptions overwriting{plan.database, UndoReason::Overwritten, ways};
        return JobExecutor::MakeStep([rename = *rename, isCluster = ways.bySlot, archive, overwriting,
                                         even = plan.deletesUnarchived, given = std::make_shared<GivenNames>()] {
            return std::make_unique<RenameStep>(rename, isCluster, archive, overwriting, even, given);
        });
    }
    if (const auto* copy = std::get_if<CopyKeys>(&plan.operation)) {
        return copySteps(*copy, plan, setting, archive);
    }
    const bool isCommand =
        std::holds_alternative<SetField>(plan.operation) || std::holds_alternative<RunTemplate>(plan.operation);
    return isCommand ? commandSteps(plan, setting.source, archive)
                     : Result<JobExecutor::MakeStep>(expirySteps(plan, setting.source, archive));
}

JobExecutor::MakeStep comparedSteps(JobExecutor::MakeStep makeStep, const JobPlan& plan, const BulkSetting& setting)
{
    const bool comparesItself = std::holds_alternative<DeleteKeys>(plan.operation) && plan.archives;
    if (comparesItself || !comparesKeys(plan, setting)) {
        return makeStep;
    }
    return [makeStep = std::move(makeStep), marks = setting.marks, root = setting.marksRoot] {
        return std::make_unique<UnchangedStep>(makeStep(), marks, root);
    };
}

Status checkCommands(const JobPlan& plan, const CommandGate& gate, const Confirmation& confirmation)
{
    if (const auto* run = std::get_if<RunTemplate>(&plan.operation)) {
        const auto operation = templateOf(*run, gate);
        if (!operation) {
            return operation.error();
        }
        const Command sample = operation->sample();
        if (gate.endsMoreThanKeys(sample)) {
            return Error{ErrorKind::Refused,
                QCoreApplication::translate("Bulk", "The command %1").arg(displayText(sample.name())),
                QCoreApplication::translate("Bulk",
                    "It is of no key: at the first one it would end all of the database or the server, which no undo "
                    "archive holds. Send it in the console if that is what you want.")};
        }
        return gate.check(sample, confirmation);
    }
    for (const std::string& name : commandsOf(plan.operation)) {
        if (Status allowed = gate.check(probeOf(name), confirmation); !allowed) {
            return allowed;
        }
    }
    return ok();
}

} // namespace keyglass
