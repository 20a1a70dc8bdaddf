// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/archiveoptions.h"
#include "app/cli/bulkoptions.h"
#include "app/cli/bulkoutput.h"
#include "app/cli/bulktables.h"
#include "app/cli/bulktarget.h"
#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/output.h"
#include "app/cli/secretline.h"
#include "app/cli/target.h"
#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "core/session/jobhistory.h"
#include "core/session/planfile.h"

#include <unistd.h>

#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

namespace keyglass::cli {

namespace {

constexpr std::array<std::string_view, 9> operations{
    "delete", "expire", "persist", "rename", "copy", "export", "import", "set-field", "template"};

constexpr std::size_t linesTold = 20; ///< Of a file that is imported; the report has more.

QString tr(const char* text)
{
    return QCoreApplication::translate("cli", text);
}

Error bad(const char* option, const QString& why)
{
    return {ErrorKind::Input, QString::fromLatin1(option), why};
}

std::vector<OptionSpec> jobOptions()
{
    return {{"--dry-run", false}, {"--yes", false}, {"--archive"}, {"--no-archive", false}, {"--rate"}, {"--pace"},
        {"--report"}, {"--refuse-changed", false}, {"--accept-changed", false}, {"--unarchived-too", false},
        {"--confirm", true, true}, {"--memory", false}, {"--seal", false}, {"--passphrase-stdin", false},
        {"--only-unchanged", false}, {"--seen"}, {"--databases"}};
}

/// From any folder: the history names it, too. Empty: it is not given.
QString pathOf(const Options& options, std::string_view name)
{
    const auto path = options.value(name);
    return path && !path->empty()
        ? QFileInfo(QString::fromLocal8Bit(QByteArray::fromStdString(*path))).absoluteFilePath()
        : QString();
}

/// What all operations take beside their keys: how the job is run.
Status readWays(const Options& options, JobPlan& plan)
{
    if (options.has("--archive") && options.has("--no-archive")) {
        return bad("--archive", tr("It goes without --no-archive"));
    }
    if (options.has("--refuse-changed") && options.has("--accept-changed")) {
        return bad("--refuse-changed", tr("It goes without --accept-changed"));
    }
    if (options.has("--memory") && !options.has("--dry-run")) {
        return bad("--memory", tr("It goes with --dry-run"));
    }
    if (options.has("--passphrase-stdin") && !options.has("--seal")) {
        return bad("--passphrase-stdin", tr("It goes with --seal"));
    }
    if (Status filled = options.checkFilled({"--archive", "--keys-file", "--report", "--seen"}); !filled) {
        return filled;
    }
    const auto rate = options.number("--rate");
    const auto pace = options.choice("--pace", {"gentle", "balanced", "full"}, 2);
    if (!rate || !pace) {
        return rate ? pace.error() : rate.error();
    }
    if (options.has("--no-archive")) {
        plan.archives = false;
    }
    if (options.has("--archive")) { // else that of a plan that was kept
        plan.archiveFile = pathOf(options, "--archive");
    }
    if (*rate) {
        plan.keysPerSecond = *rate;
    }
    plan.pace = options.has("--pace") ? static_cast<ScanPace>(*pace) : plan.pace;
    plan.refusesChanged = (plan.refusesChanged && !options.has("--accept-changed")) || options.has("--refuse-changed");
    plan.deletesUnarchived = plan.deletesUnarchived || options.has("--unarchived-too");
    plan.onlyUnchanged = plan.onlyUnchanged || options.has("--only-unchanged");
    if (options.has("--seen")) {
        plan.seenFile = pathOf(options, "--seen");
    }
    return ok();
}

Result<JobPlan> planOf(std::string_view operation, const Options& options)
{
    JobPlan plan;
    if (operation != "import") {
        auto keys = keysOf(options);
        if (!keys) {
            return std::move(keys).error();
        }
        plan.keys = *std::move(keys);
    }
    auto done = operationOf(operation, options);
    if (!done) {
        return std::move(done).error();
    }
    plan.operation = *std::move(done);
    if (Status read = readWays(options, plan); !read) {
        return std::move(read).error();
    }
    if (Status meant = checkPlan(plan); !meant) {
        return std::move(meant).error();
    }
    return plan;
}

/// A plan that was kept in a file, with the options that say how it is run.
Result<JobPlan> keptPlan(const Options& options)
{
    if (options.rest().size() != 1) {
        return bad("bulk run", tr("It needs the file of one plan"));
    }
    auto plan = loadPlan(QString::fromLocal8Bit(QByteArray::fromStdString(options.rest().front())));
    if (!plan) {
        return plan;
    }
    if (Status read = readWays(options, *plan); !read) {
        return std::move(read).error();
    }
    return plan;
}

/// The commands a job may send that production asks about: those of its operation, and those that keep them safe.
Confirmation confirmationFor(const JobPlan& plan)
{
    std::vector<std::string> names = commandsOf(plan.operation);
    for (const char* name : {"MULTI", "EXEC", "WATCH", "UNWATCH", "DISCARD"}) {
        names.emplace_back(name);
    }
    return Confirmation(names);
}

/// Asks on the terminal. What is meant is typed where it is much: a habit types "y".
bool isAgreed(const JobPlan& plan, std::uint64_t keys)
{
    constexpr std::uint64_t much = 1000;
    const std::string number = std::to_string(keys);
    const std::string operation(operationName(plan.operation));
    if (keys >= much) {
        std::fprintf(stderr, "%s\n",
            qPrintable(tr("%1: %2 keys. Type their number to go on:")
                    .arg(QString::fromStdString(operation), QString::fromStdString(number))));
    } else {
        std::fprintf(stderr, "%s\n",
            qPrintable(tr("%1: %2 keys. Go on? (y/n)")
                    .arg(QString::fromStdString(operation), QString::fromStdString(number))));
    }
    const std::string answer = answerLine();
    return keys >= much ? answer == number : answer == "y" || answer == "yes";
}

const char* lostText(LostNode lost)
{
    switch (lost) {
    case LostNode::NoAnswer:
        break;
    case LostNode::RunsScript:
        return "a server that runs a script";
    case LostNode::Loads:
        return "a server that loads its data";
    case LostNode::ClusterDown:
        return "a cluster that is down";
    case LostNode::NoMaster:
        return "a replica that has lost its master";
    }
    return "a server that does not answer";
}

void printProgress(const JobProgress& progress, const Clock::time_point& begun)
{
    if (progress.taken == 0) {
        return;
    }
    const double seconds = std::max(0.001, std::chrono::duration<double>(Clock::now() - begun).count());
    std::string more;
    if (const std::uint64_t troubled = progress.counts.troubled(); troubled > 0) {
        more += ", " + std::to_string(troubled) + " to be looked at";
    }
    if (progress.lostNodes > 0) {
        more += std::string(", waits for ") + lostText(progress.lost);
    }
    std::fprintf(stderr, "%llu keys, %llu done, %.0f keys/s%s\n", static_cast<unsigned long long>(progress.settled),
        static_cast<unsigned long long>(progress.counts.done()), static_cast<double>(progress.settled) / seconds,
        more.c_str());
}

/// Says on stderr what is missing, and gives the exit status.
int judge(const BulkReport& report)
{
    if (report.failure && report.failure->kind == ErrorKind::Cancelled) {
        std::fprintf(stderr, "keyglass: stopped on request after %llu keys\n",
            static_cast<unsigned long long>(report.counts.done()));
    } else if (report.failure) {
        tell(*report.failure);
    }
    if (report.reportFailure) {
        tell(*report.reportFailure);
    }
    for (const NodeOutcomes& node : report.nodes) {
        if (node.givenUp && (!report.failure || *node.givenUp != *report.failure)) {
            tell(*node.givenUp);
        }
    }
    for (std::size_t at = 0; at < std::min<std::size_t>(report.problems.size(), linesTold); ++at) {
        std::fprintf(stderr, "keyglass: %s\n",
            qPrintable(tr("line %1: %2").arg(QString::number(report.problems[at].line), report.problems[at].text)));
    }
    if (report.scan) {
        for (const NodeScanEnd* node : report.scan->partialNodes()) {
            if (node->stoppedBy->kind != ErrorKind::Cancelled) {
                tell(*node->stoppedBy);
            }
        }
    }
    if (report.isWhole()) {
        return Done;
    }
    const std::uint64_t troubled = report.counts.troubled();
    if (troubled > 0) {
        std::fprintf(stderr, "keyglass: %s\n",
            qPrintable(tr("%1 of %2 keys were not done; the report names them")
                    .arg(QString::number(troubled), QString::number(report.counts.keys()))));
    }
    const bool isCancelled = report.failure && report.failure->kind == ErrorKind::Cancelled;
    return report.counts.done() > 0 || isCancelled ? DoneInPart : Failed;
}

BulkSetting settingOf(const Target& target, const Options& options, const JobPlan& plan)
{
    BulkSetting setting;
    setting.source = target.access;
    setting.connection = target.profile.name.isEmpty() ? target.access.name : target.profile.name;
    setting.replicas = target.profile.scanReplicas;
    setting.confirmation = confirmationFor(plan);
    setting.reportFile = pathOf(options, "--report");
    return setting;
}

Result<BulkRun::Previewed> previewed(
    const Target& target, const Options& options, const JobPlan& plan, std::stop_token stop)
{
    auto setting = settingOf(target, options, plan);
    if (Status found = findTarget(options, setting, stop); !found) {
        return std::move(found).error();
    }
    BulkRun run(std::move(setting), plan);
    PreviewWays ways;
    ways.asksMemory = options.has("--memory");
    return run.preview(ways, std::move(stop));
}

/// Asks where there is somebody to ask. Nothing: go on. `marks`: what was seen of the keys meanwhile.
std::optional<int> askFirst(const Target& target, const Options& options, const JobPlan& plan,
    const Interruption& interruption, std::shared_ptr<const PreviewMarks>& marks)
{
    if (options.has("--yes") && plan.onlyUnchanged && plan.seenFile.isEmpty()) {
        return tell(bad("--only-unchanged",
            tr("With --yes it needs what an earlier preview saw: --dry-run --seen FILE keeps it, --seen FILE "
               "compares with it")));
    }
    if (options.has("--yes")) {
        return std::nullopt;
    }
    if (isatty(STDIN_FILENO) == 0) {
        return tell(bad("--yes", tr("Without a terminal to ask on, it is needed; --dry-run shows what would be done")));
    }
    const auto shown = previewed(target, options, plan, interruption.token());
    if (!shown) {
        return tell(shown.error());
    }
    const auto tables = touchedTables(target, plan, shown->preview, interruption.token());
    if (!tables) {
        return tell(tables.error());
    }
    warnOfTables(*tables);
    if (!isAgreed(plan, shown->preview.keys)) {
        std::fprintf(stderr, "keyglass: %s\n", qPrintable(tr("Nothing was done")));
        return DoneInPart;
    }
    marks = shown->marks;
    return std::nullopt;
}

int dryRun(const Target& target, const Options& options, const JobPlan& plan, const Interruption& interruption)
{
    const auto shown = previewed(target, options, plan, interruption.token());
    if (!shown) {
        return tell(shown.error());
    }
    if (options.has("--seen") && shown->marks) {
        if (Status kept = shown->marks->save(plan.seenFile); !kept) {
            return tell(kept.error());
        }
    }
    const auto tables = touchedTables(target, plan, shown->preview, interruption.token());
    if (!tables) {
        return tell(tables.error());
    }
    warnOfTables(*tables);
    if (!writeOut(previewJson(plan, *shown, *tables, target.access.cluster != nullptr))) {
        return Failed;
    }
    const int status = judge(shown->report);
    const bool isUnusable = shown->report.failure && shown->report.failure->kind == ErrorKind::Input;
    return isUnusable ? BadUsage : status; // as the run itself would end
}

int runJob(const Target& target, const Options& options, JobPlan plan, const Interruption& interruption,
    QByteArray passphrase, std::shared_ptr<const PreviewMarks> marks = {})
{
    if (plan.archives && destroys(plan.operation) && plan.archiveFile.isEmpty()) {
        plan.archiveFile = newArchiveFile(operationName(plan.operation));
    }
    auto setting = settingOf(target, options, plan);
    if (Status found = findTarget(options, setting, interruption.token()); !found) {
        return tell(found.error());
    }
    setting.archivePassphrase = std::move(passphrase);
    setting.marks = std::move(marks);
    const QString connection = setting.connection;
    ListedJob listed;
    setting.begins = [&](const QString& archive, const QString& reportFile) {
        listed.begin(beginningJob(connection, plan, false, archive, reportFile));
    };
    BulkRun run(std::move(setting), plan);
    const auto begun = Clock::now();
    auto report = [&] {
        const EverySecond progress([&] { printProgress(run.progress(), begun); });
        return run.run(interruption.token());
    }();
    if (!report) {
        static_cast<void>(listed.drop()); // the error is told
        return tell(report.error());
    }
    if (Status kept = listed.end(pastJob(connection, plan, false, pathOf(options, "--report"), *report)); !kept) {
        tell(kept.error()); // the job itself is done
    }
    if (!writeOut(reportJson(plan, *report))) {
        return Failed; // whoever read our output has gone: there is nobody to tell
    }
    return judge(*report);
}

/// An export does not write over a file unasked.
Status checkFile(const Options& options, const JobPlan& plan)
{
    const auto* exporting = std::get_if<ExportKeys>(&plan.operation);
    if (exporting && QFileInfo::exists(exporting->file) && !options.has("--overwrite")) {
        return Error{ErrorKind::File, exporting->file, tr("It is there already; --overwrite writes over it")};
    }
    return ok();
}

int runPlan(const Options& options, JobPlan plan, bool isKept)
{
    const Interruption interruption;
    const auto target = openTarget(options, interruption.token(), TargetUse::AsProfiled);
    if (!target) {
        return tell(target.error());
    }
    if (Status placed = placePlan(*target, options, isKept, plan); !placed) {
        return tell(placed.error());
    }
    const bool isProduction = target->profile.environment == Environment::Production;
    plan.refusesChanged = plan.refusesChanged || (isProduction && !options.has("--accept-changed"));
    const bool onlyReads = commandsOf(plan.operation).empty();
    if (target->access.gate->rules().readOnly && !onlyReads) {
        return tell(Error{ErrorKind::ReadOnly, target->profile.name, {}});
    }
    if (Status allowed = checkOther(options); !allowed) {
        return tell(allowed.error());
    }
    warnOfUnarchived(plan, target->access.gate->table());
    if (options.has("--dry-run")) {
        return dryRun(*target, options, plan, interruption);
    }
    if (Status free = checkFile(options, plan); !free) {
        return tell(free.error());
    }
    auto passphrase = sealingPassphrase(options); // before anything else is asked
    if (!passphrase) {
        return tell(passphrase.error());
    }
    if (onlyReads) { // nothing is changed that a yes is needed for
        return runJob(*target, options, std::move(plan), interruption, *std::move(passphrase));
    }
    if (Status confirmed = checkConfirmed(target->profile, options); !confirmed) {
        return tell(confirmed.error());
    }
    std::shared_ptr<const PreviewMarks> marks;
    if (const auto ended = askFirst(*target, options, plan, interruption, marks)) {
        return *ended;
    }
    return runJob(*target, options, std::move(plan), interruption, *std::move(passphrase), std::move(marks));
}

Result<Options> optionsOf(std::string_view operation, std::span<char* const> words)
{
    std::vector<OptionSpec> known = targetOptions();
    for (const auto& more :
        {jobOptions(), operation == "run" || operation == "import" ? std::vector<OptionSpec>{} : keyOptions(),
            operationOptions(operation)}) {
        known.insert(known.end(), more.begin(), more.end());
    }
    return Options::parse(words, known);
}

} // namespace

int runBulk(std::span<char* const> words)
{
    const std::string_view operation = words.empty() ? std::string_view() : std::string_view(words.front());
    if (operation == "undo") {
        return runBulkUndo(words.subspan(1));
    }
    if (operation == "show") {
        return runBulkShow(words.subspan(1));
    }
    if (operation == "archives") {
        return runBulkArchives(words.subspan(1));
    }
    const bool isKept = operation == "run";
    if (!isKept && std::ranges::find(operations, operation) == operations.end()) {
        return tell(bad("bulk",
            tr("It takes delete, expire, persist, rename, copy, export, import, set-field, template, run, undo, "
               "show or archives")));
    }
    const auto options = optionsOf(operation, words.subspan(1));
    if (!options) {
        return tell(options.error());
    }
    if (!isKept && !options->rest().empty()) {
        return tell(Error{ErrorKind::Input, displayText(options->rest().front()),
            tr("Keys are given by --prefix, --pattern, --key, --keys-file or --all")});
    }
    const auto plan = isKept ? keptPlan(*options) : planOf(operation, *options);
    if (!plan) {
        return tell(plan.error());
    }
    return runPlan(*options, *plan, isKept);
}

} // namespace keyglass::cli
