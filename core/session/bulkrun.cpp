// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/bulkrun.h"

#include "core/bulk/jobestimate.h"
#include "core/bulk/pacelimits.h"
#include "core/bulk/reportfile.h"
#include "core/session/bulkexport.h"
#include "core/session/bulkimport.h"
#include "core/session/bulkkeys.h"
#include "core/session/bulksteps.h"
#include "core/session/copyplace.h"
#include "core/session/jobarchiving.h"
#include "core/session/jobparts.h"
#include "core/session/keptreports.h"
#include "core/session/sourceturns.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>

#include <utility>

namespace keyglass {

namespace {

/// What a job's workers wait for together: all names of the one server, and where keys are copied to.
JobTurns::Nodes besides(const BulkSetting& setting, const JobPlan& plan)
{
    std::set<std::string> own;
    if (!setting.source.cluster) {
        own = turnNamesOf(setting.source);
    }
    const bool isCopy = std::holds_alternative<CopyKeys>(plan.operation);
    return [own = std::move(own), target = isCopy ? setting.target : std::nullopt] {
        std::set<std::string> names = own;
        if (target) {
            names.merge(turnNamesOf(*target));
        }
        return names;
    };
}

} // namespace

bool BulkReport::isWhole() const
{
    const bool scanned = !scan || (scan->isComplete() && !(scan->cluster && scan->cluster->hasGaps()));
    return scanned && !failure && !reportFailure && counts.troubled() == 0 && badLines == 0;
}

BulkRun::BulkRun(BulkSetting setting, JobPlan plan)
    : m_setting(std::move(setting))
    , m_plan(std::move(plan))
    , m_import(std::holds_alternative<ImportKeys>(m_plan.operation)
              ? std::make_unique<BulkImport>(m_setting, m_plan, waysOf(m_setting.source))
              : nullptr)
{
}

BulkRun::~BulkRun() = default;

Status BulkRun::check() const
{
    return checkCommands(m_plan, *m_setting.source.gate, m_setting.confirmation);
}

JobNodes BulkRun::nodesOf(const JobPart& part)
{
    const SourceAccess& source = part.setting.source;
    if (source.cluster) {
        return clusterNodes(source.cluster, part.setting.confirmation);
    }
    JobNodes nodes = serverNode([source, database = part.plan.database] { return source.lane(database); },
        part.setting.place.isEmpty() ? source.name : part.setting.place, part.setting.confirmation);
    nodes.turn = source.name.toStdString();
    return nodes;
}

JobOptions BulkRun::options() const
{
    JobOptions options;
    options.keysPerSecond = m_plan.keysPerSecond;
    const auto* copy = std::get_if<CopyKeys>(&m_plan.operation);
    options.deletes = m_isRun && (std::holds_alternative<DeleteKeys>(m_plan.operation) || (copy && copy->moves));
    options.turns = m_setting.turns;
    options.patience = m_setting.patience;
    if (m_setting.turns) {
        options.targets = besides(m_setting, m_plan);
    }
    const PaceLimits limits = paceLimits(m_plan.pace);
    options.batchKeys = limits.batchKeys;
    options.busyShare = limits.busyShare;
    options.callBudget = limits.callBudget;
    return options;
}

ArchiveInfo BulkRun::archiveInfo() const
{
    const bool isCopy = std::holds_alternative<CopyKeys>(m_plan.operation); // its target's keys are archived
    const SourceAccess& place = isCopy && m_setting.target ? *m_setting.target : m_setting.source;
    ArchiveInfo info;
    info.connection = isCopy && !m_setting.targetConnection.isEmpty() ? m_setting.targetConnection
        : isCopy && m_setting.target                                  ? m_setting.target->name
                                                                      : m_setting.connection;
    info.server = place.facts.productText();
    info.runId = place.cluster ? QString() : QString::fromStdString(place.facts.runId);
    info.job = QString::fromStdString(std::string(operationName(m_plan.operation)));
    const int database = !isCopy ? m_plan.database : place.cluster ? 0 : m_setting.targetDatabase;
    info.databases = m_plan.databases.empty() ? std::vector<int>{database} : m_plan.databases;
    info.created = QDateTime::currentDateTimeUtc();
    return info;
}

Status BulkRun::openExport()
{
    const auto* exporting = std::get_if<ExportKeys>(&m_plan.operation);
    if (exporting == nullptr) {
        return ok();
    }
    auto target = ExportTarget::create(*exporting, archiveInfo());
    if (!target) {
        return std::move(target).error();
    }
    m_export = *std::move(target);
    return ok();
}

/// The file gets its name, unless the job ended before its end: then nothing is left of it, and no key is done.
void BulkRun::finishExport(BulkReport& report, JobReport& told)
{
    if (!m_export) {
        return;
    }
    if (!report.failure) {
        if (Status whole = m_export->finish(); !whole) {
            report.failure = std::move(whole).error();
        } else {
            report.file = std::get<ExportKeys>(m_plan.operation).file;
            report.fileSize = ByteCount{static_cast<std::uint64_t>(QFileInfo(report.file).size())};
        }
    }
    if (report.failure) {
        report.isReportCut = isCut(told.counts());
        told.withdrawDone("it was read, but the file was not finished");
    }
    m_export.reset(); // what is left of the file makes room for the report
}

Status BulkRun::openArchive()
{
    const QString folder = QFileInfo(m_plan.archiveFile).absolutePath();
    if (!QDir().mkpath(folder)) {
        return Error{ErrorKind::File, folder, QCoreApplication::translate("Bulk", "The folder can't be made")};
    }
    auto archive = UndoArchiveWriter::create(m_plan.archiveFile, archiveInfo(), m_setting.archivePassphrase);
    if (!archive) {
        return std::move(archive).error();
    }
    m_archive = *std::move(archive);
    return ok();
}

/// What the keys are compared with.
Status BulkRun::findMarks()
{
    if (!m_plan.seenFile.isEmpty()) {
        auto marks = PreviewMarks::load(m_plan.seenFile);
        if (!marks) {
            return std::move(marks).error();
        }
        m_setting.marks = *std::move(marks);
    }
    if (m_plan.onlyUnchanged && (!m_setting.marks || !m_setting.marks->hasValues())) {
        return Error{ErrorKind::Input, QCoreApplication::translate("Bulk", "The comparison with the preview"),
            QCoreApplication::translate("Bulk", "There is no preview of the values. Look through the keys first")};
    }
    return ok();
}

/// Before anything is read: a target that can't be written to is told at once.
Status BulkRun::openTarget(const std::stop_token& stop)
{
    if (!std::holds_alternative<CopyKeys>(m_plan.operation)) {
        return ok();
    }
    if (!m_setting.target && m_setting.openTarget) {
        auto target = m_setting.openTarget(stop);
        if (!target) {
            return std::move(target).error();
        }
        m_setting.target = *std::move(target);
    }
    if (m_setting.target && m_setting.target->gate->rules().readOnly) {
        return Error{ErrorKind::ReadOnly, m_setting.target->name, {}};
    }
    if (!m_setting.target) {
        const bool isSamePlace = !m_plan.databases.empty() || m_setting.targetDatabase == m_plan.database;
        return isSamePlace ? Status(Error{ErrorKind::Input, QCoreApplication::translate("Bulk", "The target"),
                                 QCoreApplication::translate("Bulk", "It is where the keys are")})
                           : ok();
    }
    if (m_plan.databases.empty()) {
        return checkCopyPlace(m_setting.source, m_plan.database, *m_setting.target, m_setting.targetDatabase, stop);
    }
    if (m_setting.target->cluster) {
        return Error{ErrorKind::Unsupported, QCoreApplication::translate("Bulk", "Several databases"),
            QCoreApplication::translate("Bulk",
                "The target is a cluster, which has one database: their keys would come together there. Copy one "
                "database after the other")};
    }
    const int first = m_plan.databases.front();
    return checkCopyPlace(m_setting.source, first, *m_setting.target, first, stop);
}

Result<BulkReport> BulkRun::runParts(
    const MakeSteps& makeSteps, KeyFeeding feeding, std::unique_ptr<ReportFile> file, const std::stop_token& stop)
{
    const auto begun = Clock::now();
    BulkReport result;
    JobReport told(std::move(file));
    for (const JobPart& part : partsOf(m_plan, m_setting)) {
        if (result.failure) {
            break;
        }
        auto makeStep = makeSteps(part);
        if (!makeStep) {
            return std::move(makeStep).error();
        }
        runPart(part, *std::move(makeStep), feeding, told, result, stop);
    }
    if (stop.stop_requested() && !result.failure) {
        result.failure = Error{ErrorKind::Cancelled, m_setting.source.name, {}}; // keys may never have come
    }
    finishArchive(result);
    finishExport(result, told);
    result.counts = told.counts();
    result.nodes = told.nodes();
    result.troubles = told.troubles();
    result.elapsed = std::chrono::duration_cast<Milliseconds>(Clock::now() - begun);
    if (Status whole = told.closeFile(summaryJson(result.nodes, result.elapsed)); !whole) {
        result.reportFailure = std::move(whole).error();
    }
    return result;
}

void BulkRun::runPart(const JobPart& part, JobExecutor::MakeStep makeStep, KeyFeeding feeding, JobReport& told,
    BulkReport& report, const std::stop_token& stop)
{
    JobExecutor job(nodesOf(part), std::move(makeStep), options(), told);
    {
        const std::lock_guard lock(m_mutex);
        m_job = &job;
        if (m_startsPaused) {
            job.pause();
        }
        if (m_newRate) {
            job.setRate(*m_newRate);
        }
    }
    {
        const std::stop_callback cancel(stop, [&job] { job.cancel(); });
        std::optional<ScanReport> scan;
        const KeyTaker taker{[&job](KeyBatch&& keys) { return job.take(std::move(keys)); },
            [&job](KeyBatch&& keys, const Error& why) { job.leave(keys, why); }};
        const Status fed = feedKeys(part.plan, part.setting, feeding, taker, scan, stop);
        const Status ended = job.finish();
        report.failure = !ended ? std::optional(ended.error()) : fed ? std::nullopt : std::optional(fed.error());
        addScan(report.scan, std::move(scan));
    }
    const std::lock_guard lock(m_mutex);
    const JobProgress done = job.progress();
    m_before.taken += done.taken;
    m_before.settled += done.settled;
    m_before.counts = done.counts;
    m_job = nullptr;
}

void BulkRun::finishArchive(BulkReport& report)
{
    if (!m_archive) {
        return;
    }
    if (Status whole = m_archive->finish(); !whole && !report.failure) {
        report.failure = std::move(whole).error();
    }
    report.archiveFile = m_archive->path();
    report.archive = m_archive->totals();
}

/// The file of outcomes: the one that was asked for, else one that is kept where that is wanted and can be had.
Result<std::unique_ptr<ReportFile>> BulkRun::openReport()
{
    if (!m_setting.reportFile.isEmpty()) {
        m_reportFile = m_setting.reportFile;
        return ReportFile::create(m_setting.reportFile);
    }
    auto kept = m_setting.keepsReport ? keepReport(operationName(m_plan.operation)) : std::nullopt;
    if (!kept) {
        return std::unique_ptr<ReportFile>();
    }
    m_reportFile = kept->path;
    return std::move(kept->file);
}

void BulkRun::nameReport(BulkReport& report) const
{
    report.reportFile = m_reportFile;
    report.isReportCut = report.isReportCut || isCut(report.counts);
}

/// Whether the report that nobody asked for has room for so many.
bool BulkRun::isCut(const OutcomeCounts& counts) const
{
    return m_setting.reportFile.isEmpty() && counts.keys() - counts.troubled() > rowsKept;
}

void BulkRun::tellBegin() const
{
    if (m_setting.begins) {
        m_setting.begins(m_archive ? m_archive->path() : QString(), m_reportFile);
    }
}

Result<BulkReport> BulkRun::run(std::stop_token stop)
{
    if (Status allowed = check(); !allowed) {
        return std::move(allowed).error();
    }
    if (Status sound = checkKeys(m_plan); !sound) {
        return std::move(sound).error();
    }
    auto made = openReport();
    if (!made) {
        return std::move(made).error();
    }
    std::unique_ptr<ReportFile> file = *std::move(made);
    if (Status opened = openTarget(stop); !opened) {
        return std::move(opened).error();
    }
    if (m_plan.archives && destroys(m_plan.operation)) {
        if (Status opened = openArchive(); !opened) {
            return std::move(opened).error();
        }
    }
    if (m_import) {
        tellBegin();
        auto report = m_import->run(m_archive.get(), std::move(file), std::move(stop));
        if (report) {
            finishArchive(*report);
            nameReport(*report);
        }
        return report;
    }
    if (Status opened = openExport(); !opened) {
        return std::move(opened).error();
    }
    if (Status found = findMarks(); !found) {
        return std::move(found).error();
    }
    tellBegin();
    m_isRun = true;
    const MakeSteps makeSteps = [this](const JobPart& part) -> Result<JobExecutor::MakeStep> {
        auto steps = m_export ? m_export->steps(part.setting.source, waysOf(part.setting.source), part.plan.database)
                              : stepsOf(part.plan, part.setting, m_archive.get());
        return steps ? Result(comparedSteps(*std::move(steps), part.plan, part.setting)) : std::move(steps);
    };
    const SourceAccess& source = m_setting.source;
    const KeyFeeding feeding = feedingOf(m_plan, source.gate->table(), source.cluster != nullptr);
    auto report = runParts(makeSteps, feeding, std::move(file), stop);
    if (report) {
        nameReport(*report);
    }
    return report;
}

Result<BulkRun::Previewed> BulkRun::preview(PreviewWays ways, std::stop_token stop)
{
    if (Status sound = checkKeys(m_plan); !sound) {
        return std::move(sound).error();
    }
    if (m_import) {
        return m_import->preview(std::move(stop));
    }
    const bool isTargetKnown =
        m_setting.target || !m_setting.openTarget; // another server is not connected to for a look
    if (isTargetKnown) {
        if (Status opened = openTarget(stop); !opened) {
            return std::move(opened).error();
        }
    }
    const bool isArchived = m_plan.archives && destroys(m_plan.operation);
    m_setting.turns.reset(); // looking waits for nobody
    const bool isCopy = std::holds_alternative<CopyKeys>(m_plan.operation);
    ways.asksMemory = ways.asksMemory || (isArchived && !archivesOthers(m_plan.operation));
    ways.asksTakenSizes = isArchived && archivesOthers(m_plan.operation);
    ways.asksValues = ways.asksValues || m_plan.onlyUnchanged;
    ways.samplesValues = readsValues(m_plan);
    PreviewTally tally;
    const auto marks = std::make_shared<PreviewMarks>(ways.asksValues);
    const MakeSteps makeSteps = [&](const JobPart& part) -> Result<JobExecutor::MakeStep> {
        PreviewWays own = ways;
        if (isCopy && isTargetKnown) {
            const SourceAccess& target = part.setting.target ? *part.setting.target : part.setting.source;
            own.makeTarget = [target, database = part.setting.targetDatabase] { return target.lane(database); };
        }
        return JobExecutor::MakeStep(
            [operation = part.plan.operation, own, &tally, marks, root = part.setting.marksRoot] {
                return std::make_unique<PreviewStep>(operation, own, tally, marks.get(), root);
            });
    };
    auto report =
        runParts(makeSteps, KeyFeeding::EachOnce, nullptr, stop); // each counts once, however often a scan gives it
    if (!report) {
        return std::move(report).error();
    }
    if (Status sealed = marks->seal(); !sealed) {
        return std::move(sealed).error();
    }
    JobPreview preview = tally.preview();
    if (!m_plan.databases.empty()) {
        joinNodes(preview);
    }
    return Previewed{std::move(preview), *std::move(report),
        isArchived ? spaceForArchive(m_plan.archiveFile) : std::optional<ArchiveSpace>(), marks};
}

JobProgress BulkRun::progress() const
{
    if (m_import) {
        return m_import->progress();
    }
    const std::lock_guard lock(m_mutex);
    if (!m_job) {
        return m_before;
    }
    JobProgress progress = m_job->progress();
    progress.taken += m_before.taken;
    progress.settled += m_before.settled;
    return progress;
}

void BulkRun::pause()
{
    if (m_import) {
        m_import->pause();
    }
    const std::lock_guard lock(m_mutex);
    m_startsPaused = true;
    if (m_job) {
        m_job->pause();
    }
}

void BulkRun::resume()
{
    if (m_import) {
        m_import->resume();
    }
    const std::lock_guard lock(m_mutex);
    m_startsPaused = false;
    if (m_job) {
        m_job->resume();
    }
}

void BulkRun::setRate(std::optional<std::uint64_t> keysPerSecond)
{
    if (m_import) {
        m_import->setRate(keysPerSecond);
    }
    const std::lock_guard lock(m_mutex);
    m_newRate = keysPerSecond;
    if (m_job) {
        m_job->setRate(keysPerSecond);
    }
}

} // namespace keyglass
