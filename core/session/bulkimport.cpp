// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/bulkimport.h"

#include "core/bulk/reportfile.h"
#include "core/session/jobarchiving.h"
#include "core/source/redis/slots.h"

#include <QCoreApplication>

#include <utility>

namespace keyglass {

BulkImport::BulkImport(const BulkSetting& setting, const JobPlan& plan, const ArchivingWays& ways)
    : m_setting(setting)
    , m_plan(plan)
    , m_what(std::get<ImportKeys>(plan.operation))
    , m_ways(ways)
    , m_pace(plan.keysPerSecond)
    , m_turns(setting.turns, setting.source)
    , m_plainLane(setting.source.lane(plan.database))
    , m_lane(m_plainLane->confirmed(setting.confirmation))
    , m_owners(setting.source, plan.database, setting.confirmation)
{
}

BulkImport::~BulkImport() = default;

/// A node's own lane, for transactions.
Lane& BulkImport::ownerOf(const std::string& key)
{
    return m_setting.source.cluster ? m_owners.of(key) : *m_lane;
}

ImportLanes BulkImport::lanes()
{
    ImportLanes lanes{*m_lane, [this](const std::string& key) -> Lane& { return ownerOf(key); }};
    if (const auto& cluster = m_setting.source.cluster) {
        lanes.nodeOf = [cluster](const std::string& key) {
            const auto topology = cluster->topology();
            const ClusterNode* const node = topology->owner(slotOf(key));
            return node ? cluster->optionsFor(*node).endpoint.text() : QCoreApplication::translate("Bulk", "no node");
        };
        lanes.refresh = [cluster](const std::stop_token& stop) {
            static_cast<void>(refreshTopology(*cluster, stop)); // else the next try tells
        };
    }
    return lanes;
}

ImportOptions BulkImport::options() const
{
    ImportOptions options;
    options.conflict = m_what.conflict;
    options.making = makingWaysOf(m_setting.source.facts.redisVersion);
    options.archiving = ArchivingOptions{m_plan.database, UndoReason::Overwritten, m_ways};
    options.evenUnarchived = m_plan.deletesUnarchived;
    options.hasUnlink = m_ways.hasUnlink;
    options.isCluster = m_setting.source.cluster != nullptr;
    options.node = m_setting.source.name;
    options.patience = m_setting.patience;
    return options;
}

void BulkImport::tookProgress(const ImportTotals& totals, const JobReport& report)
{
    const std::lock_guard lock(m_mutex);
    m_progress.taken = totals.keys;
    m_progress.settled = totals.settled;
    m_progress.counts = report.counts();
    m_progress.isPaused = m_pace.isPaused();
}

JobProgress BulkImport::progress() const
{
    const std::lock_guard lock(m_mutex);
    JobProgress progress = m_progress;
    progress.waitingNodes = m_turns.isWaiting() ? 1 : 0;
    return progress;
}

/// Why it does not begin, where one key that is there is one too many.
std::optional<Error> BulkImport::whyNothing(const BulkRun::Previewed& seen) const
{
    if (m_what.conflict != ImportConflict::Fail) {
        return std::nullopt;
    }
    if (seen.preview.inTheWay > 0) {
        return Error{ErrorKind::Refused, m_what.file,
            QCoreApplication::translate("Bulk",
                "%1 of its keys are there already, so nothing is imported. An import may skip or replace such keys "
                "instead")
                .arg(seen.preview.inTheWay)};
    }
    if (seen.report.badLines > 0) {
        const ImportProblem& first = seen.report.problems.front();
        return Error{ErrorKind::Input, m_what.file,
            QCoreApplication::translate("Bulk", "Nothing is imported: line %1: %2").arg(first.line).arg(first.text)};
    }
    return std::nullopt;
}

Result<BulkRun::Previewed> BulkImport::preview(std::stop_token stop)
{
    const auto begun = Clock::now();
    auto reader = PartReader::open(m_what.file, m_what.format);
    if (!reader) {
        return std::move(reader).error();
    }
    JobReport report;
    ImportRun run(lanes(), options(), nullptr, m_pace, report);
    auto preview = run.preview(**reader, stop, [&](const ImportTotals& totals) { tookProgress(totals, report); });
    if (!preview) {
        return std::move(preview).error();
    }
    BulkRun::Previewed previewed{*std::move(preview), {}};
    previewed.report.counts = report.counts();
    previewed.report.troubles = report.troubles();
    previewed.report.badLines = run.totals().badLines;
    previewed.report.problems = run.totals().problems;
    previewed.report.elapsed = std::chrono::duration_cast<Milliseconds>(Clock::now() - begun);
    if (m_plan.archives && destroys(m_plan.operation)) {
        previewed.archiveSpace = spaceForArchive(m_plan.archiveFile);
    }
    previewed.report.failure = whyNothing(previewed);
    return previewed;
}

Status BulkImport::checkNothingInTheWay(const std::stop_token& stop)
{
    if (m_what.conflict != ImportConflict::Fail) {
        return ok();
    }
    const auto seen = preview(stop);
    if (!seen) {
        return seen.error();
    }
    return seen->report.failure ? Status(*seen->report.failure) : ok();
}

Result<BulkReport> BulkImport::run(UndoArchiveWriter* archive, std::unique_ptr<ReportFile> file, std::stop_token stop)
{
    const auto begun = Clock::now();
    if (Status free = checkNothingInTheWay(stop); !free) {
        return std::move(free).error();
    }
    auto reader = PartReader::open(m_what.file, m_what.format);
    if (!reader) {
        return std::move(reader).error();
    }
    JobReport report(std::move(file));
    ImportRun run(lanes(), options(), archive, m_pace, report);
    run.setEnter([this](const std::stop_token& token) { return m_turns.enter(token); });
    const Status done = run.run(**reader, stop, [&](const ImportTotals& totals) { tookProgress(totals, report); });
    BulkReport result;
    if (!done) {
        result.failure = done.error();
    }
    result.counts = report.counts();
    result.nodes = report.nodes();
    result.troubles = report.troubles();
    result.badLines = run.totals().badLines;
    result.problems = run.totals().problems;
    result.elapsed = std::chrono::duration_cast<Milliseconds>(Clock::now() - begun);
    if (Status whole = report.closeFile(summaryJson(result.nodes, result.elapsed)); !whole) {
        result.reportFailure = std::move(whole).error();
    }
    return result;
}

} // namespace keyglass
