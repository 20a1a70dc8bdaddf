// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/archivewriter.h"
#include "core/bulk/jobexecutor.h"
#include "core/bulk/jobplan.h"
#include "core/bulk/jobpreview.h"
#include "core/bulk/jobreport.h"
#include "core/bulk/keyreading.h"
#include "core/results/keychoice.h"
#include "core/session/jobarchiving.h"
#include "core/session/keysonce.h"
#include "core/session/sourceaccess.h"
#include "core/transfer/importrun.h"

#include <QByteArray>

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>

namespace keyglass {

class BulkImport;
class ExportTarget;
enum class KeyFeeding;
struct JobPart;

/// What a job needs beside its plan.
struct BulkSetting {
    SourceAccess source;
    QString connection; ///< The profile's name, else the server's address: for the archive.
    ScanReplicas replicas = ScanReplicas::Masters;
    Confirmation confirmation{};       ///< What the user said yes to.
    std::optional<KeyChoice> choice{}; ///< These keys as of now, instead of the plan's.
    std::string choiceRoot{};          ///< Stands before its keys and is no part of them (keyroot.h).
    std::string marksRoot{};           ///< Stands before the keys in `marks`; set where there are several databases.
    QString place{};                   ///< What its one server is called in the report; empty: by its name.
    QString reportFile{};              ///< A line a key there; empty: none.
    /// Told once, before the first key is looked at, with the files there are by then; empty: there is none.
    std::function<void(const QString& archiveFile, const QString& reportFile)> begins{};
    bool keepsReport = false;             ///< Where no file is named, one is kept (keepReport()).
    std::optional<SourceAccess> target{}; ///< Of a copy; nothing: the same server.
    QString targetConnection{};           ///< As `connection`; empty: the same.
    int targetDatabase = 0;
    /// Connects to the target when the job begins, on its thread, where it is not given.
    std::function<Result<SourceAccess>(std::stop_token)> openTarget{};
    std::shared_ptr<NodeTurns> turns{}; ///< Shared with other jobs: one at a time works on a node. Null: no waiting.
    QByteArray archivePassphrase{};     ///< The archive is sealed by it; empty: it is not.
    std::shared_ptr<const PreviewMarks> marks{}; ///< What a preview saw, where the plan names no file of it.
    std::chrono::milliseconds patience{30'000};  ///< How long a lost node, or a slot on its way, is waited for.
    OnceLimits once{};                           ///< What it may take to do each key once.
};

/// How a job went.
struct BulkReport {
    OutcomeCounts counts;
    std::vector<NodeOutcomes> nodes;
    std::vector<KeyOutcome> troubles;   ///< The first thousand.
    std::optional<ScanReport> scan;     ///< Of the keys, where they were scanned for.
    std::optional<Error> failure;       ///< What ended it before its end; Cancelled where the user did.
    std::optional<Error> reportFailure; ///< The file of outcomes is not whole.
    QString reportFile;                 ///< The file of outcomes; empty: none.
    bool isReportCut = false;           ///< It has no more than rowsKept keys without trouble.
    QString archiveFile;
    std::optional<ArchiveTotals> archive;
    QString file; ///< That an export has written, whole; empty: none.
    ByteCount fileSize;
    std::uint64_t badLines = 0;          ///< Of an import's file.
    std::vector<ImportProblem> problems; ///< The first thousand of them.
    std::chrono::milliseconds elapsed{0};

    /// Nothing to look at: every key done, missing or skipped by a rule, and none left out.
    [[nodiscard]] bool isWhole() const;
};

/// Runs one job: keys from a scan, a file or a choice through the executor. Blocks; made for one run, of preview() or
/// of run(). progress(), pause(), resume() and setRate() may be called from any thread meanwhile.
class BulkRun {
public:
    BulkRun(BulkSetting setting, JobPlan plan);
    BulkRun(const BulkRun&) = delete;
    BulkRun& operator=(const BulkRun&) = delete;
    ~BulkRun();

    /// Whether the gate lets the plan's commands through at all; ReadOnly, Confirm. Sends nothing.
    [[nodiscard]] Status check() const;

    /// What run() would do; sends nothing that writes. Limit where a plan for unchanged keys only has too many.
    /// `report` tells of nodes and of the scan as run() does.
    struct Previewed {
        JobPreview preview;
        BulkReport report;
        std::optional<ArchiveSpace> archiveSpace{};  ///< Where keys are archived, and it can be told.
        std::shared_ptr<const PreviewMarks> marks{}; ///< For BulkSetting::marks of the run; null for an import.
    };
    [[nodiscard]] Result<Previewed> preview(PreviewWays ways, std::stop_token stop);
    /// Fails where the job could not begin (File, Input); else the report tells of all that went wrong.
    [[nodiscard]] Result<BulkReport> run(std::stop_token stop);

    [[nodiscard]] JobProgress progress() const;
    void pause();
    void resume();
    void setRate(std::optional<std::uint64_t> keysPerSecond);

private:
    /// In one database after the other.
    using MakeSteps = std::function<Result<JobExecutor::MakeStep>(const JobPart& part)>;
    [[nodiscard]] Result<BulkReport> runParts(
        const MakeSteps& makeSteps, KeyFeeding feeding, std::unique_ptr<ReportFile> file, const std::stop_token& stop);
    void runPart(const JobPart& part, JobExecutor::MakeStep makeStep, KeyFeeding feeding, JobReport& told,
        BulkReport& report, const std::stop_token& stop);
    [[nodiscard]] static JobNodes nodesOf(const JobPart& part);
    [[nodiscard]] JobOptions options() const;
    [[nodiscard]] Result<std::unique_ptr<ReportFile>> openReport();
    [[nodiscard]] Status findMarks();
    [[nodiscard]] Status openArchive();
    [[nodiscard]] ArchiveInfo archiveInfo() const;
    void finishArchive(BulkReport& report);
    [[nodiscard]] Status openTarget(const std::stop_token& stop);
    [[nodiscard]] Status openExport();
    void finishExport(BulkReport& report, JobReport& told);
    void nameReport(BulkReport& report) const;
    void tellBegin() const;
    [[nodiscard]] bool isCut(const OutcomeCounts& counts) const;

    BulkSetting m_setting;
    const JobPlan m_plan;
    QString m_reportFile; ///< Of the run.
    bool m_isRun = false; ///< And not a preview.
    std::unique_ptr<UndoArchiveWriter> m_archive;
    std::unique_ptr<ExportTarget> m_export;
    const std::unique_ptr<BulkImport> m_import; ///< Of an import, which has no keys but those of its file.
    mutable std::mutex m_mutex; ///< Guards m_job and what comes before it: the user's thread asks while it runs.
    JobExecutor* m_job = nullptr;
    JobProgress m_before; ///< Of the databases that are done.
    bool m_startsPaused = false;
    std::optional<std::optional<std::uint64_t>> m_newRate;
};

} // namespace keyglass
