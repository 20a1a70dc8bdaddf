// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/archiveoptions.h"
#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/output.h"
#include "app/cli/overwrittenarchive.h"
#include "app/cli/secretline.h"
#include "app/cli/target.h"
#include "app/cli/undojson.h"
#include "core/base/errortext.h"
#include "core/base/filereading.h"
#include "core/bulk/jobpace.h"
#include "core/bulk/reportfile.h"
#include "core/bulk/undopreview.h"
#include "core/edit/editabilities.h"
#include "core/session/bulkrun.h"
#include "core/session/jobhistory.h"
#include "core/session/largekeys.h"

#include <unistd.h>

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <utility>

namespace keyglass::cli {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("cli", text);
}

Error bad(const char* option, const QString& why)
{
    return {ErrorKind::Input, QString::fromLatin1(option), why};
}

QString fileOf(const std::string& bytes)
{
    return QString::fromLocal8Bit(QByteArray::fromStdString(bytes));
}

/// The keys of --key, and of --keys-file as `keyglass keys --format lines` writes it.
Result<std::set<std::string, std::less<>>> wantedKeys(const Options& options)
{
    std::set<std::string, std::less<>> keys;
    for (std::string& key : options.values("--key")) {
        keys.insert(std::move(key));
    }
    const auto name = options.value("--keys-file");
    if (!name) {
        return keys;
    }
    QFile file(fileOf(*name));
    if (Status opened = openToRead(file); !opened) {
        return std::move(opened).error();
    }
    while (!file.atEnd()) {
        QByteArray line = file.readLine();
        line.chop(line.endsWith('\n') ? 1 : 0);
        auto key = unescapeLine({line.constData(), static_cast<std::size_t>(line.size())});
        if (!key) {
            return std::move(key).error().about(file.fileName());
        }
        keys.insert(*std::move(key));
    }
    if (keys.empty()) {
        return bad("--keys-file", tr("There is no key in it"));
    }
    return keys;
}

Result<UndoOptions> undoOptions(const Options& options)
{
    UndoOptions undo;
    auto keys = wantedKeys(options);
    if (!keys) {
        return std::move(keys).error();
    }
    undo.keys = *std::move(keys);
    const auto conflict = options.choice("--conflict", {"skip", "replace"}, 0);
    if (!conflict) {
        return conflict.error();
    }
    undo.conflict = *conflict == 0 ? UndoConflict::Skip : UndoConflict::Replace;
    undo.keepsExpired = options.has("--keep-expired");
    undo.takesAside = options.has("--aside");
    undo.confirmation = Confirmation(undoCommands());
    return undo;
}

/// What the server can, and whether the user may have it written to.
Status learnTarget(const Target& target, const Options& options, UndoOptions& undo)
{
    const EditAbilities can = editAbilities(target.access.facts, target.access.gate->table());
    undo.hasExpireTime = can.hasExpireTime;
    undo.hasRestoreAbs = can.hasRestoreAbs;
    undo.isCluster = target.access.cluster != nullptr;
    const bool isProduction = target.profile.environment == Environment::Production;
    if (isProduction && !options.has("--dry-run")
        && fileOf(options.value("--confirm").value_or(std::string())) != target.profile.name) {
        return bad("--confirm",
            tr("%1 is a production server: say --confirm with the connection's name").arg(target.profile.name));
    }
    return ok();
}

/// The archive may be another server's, as that of a copy is its target's. A server that was started anew is told by
/// its name, and one that has two names by its run id.
void tellAnotherServer(const ArchiveInfo& archive, const Target& target)
{
    const QString name = target.profile.name.isEmpty() ? target.access.name : target.profile.name;
    const bool isKnown = !archive.runId.isEmpty() && !target.access.cluster && !target.access.facts.runId.empty();
    if (isKnown && archive.connection != name && archive.runId != QString::fromStdString(target.access.facts.runId)) {
        std::fprintf(stderr, "keyglass: %s\n",
            qUtf8Printable(tr("The archive is of keys of %1, and this is %2").arg(archive.connection, name)));
    }
}

/// Asks on the terminal where it is one. Nothing: go on. `wanted`: the keys that are named; 0: all.
std::optional<int> askFirst(
    UndoArchiveReader& reader, const Options& options, std::size_t wanted, const std::stop_token& stop)
{
    if (options.has("--yes")) {
        return std::nullopt;
    }
    if (isatty(STDIN_FILENO) == 0) {
        return tell(bad("--yes", tr("Without a terminal to ask on, it is needed; --dry-run shows what would be done")));
    }
    const auto summary = summarize(reader, stop);
    if (!summary) {
        return tell(summary.error());
    }
    std::fprintf(stderr, "%s\n",
        qPrintable(tr("Restore %1 keys of “%2”, archived %3? (y/n)")
                .arg(wanted > 0 ? wanted : summary->keys)
                .arg(reader.info().connection, reader.info().created.toLocalTime().toString())));
    const std::string answer = answerLine();
    if (answer == "y" || answer == "yes") {
        return std::nullopt;
    }
    std::fprintf(stderr, "keyglass: %s\n", qPrintable(tr("Nothing was done")));
    return DoneInPart;
}

/// Where what was overwritten is; "null" where nothing was.
std::string overwrittenJson(const OverwrittenArchive& overwritten)
{
    BulkReport report;
    overwritten.tell(report);
    return report.archive ? "{\"file\": " + jsonText(report.archiveFile)
            + ", \"records\": " + std::to_string(report.archive->records) + '}'
                          : "null";
}

std::string problemsJson(const std::vector<KeyOutcome>& troubles)
{
    constexpr std::size_t shown = 100;
    std::string list;
    for (const KeyOutcome& one : std::span(troubles).first(std::min(shown, troubles.size()))) {
        list += (list.empty() ? "" : ", ") + ("{\"key\": " + jsonOf(one.key)) + ", \"node\": " + jsonText(one.node)
            + ", \"outcome\": " + jsonOf(outcomeName(one.outcome)) + ", \"detail\": " + jsonOf(one.detail) + '}';
    }
    return '[' + list + ']';
}

std::string reportJson(const UndoArchiveReader& reader, const JobReport& report, const Status& status,
    const std::string& overwritten, Clock::duration elapsed)
{
    const OutcomeCounts counts = report.counts();
    const bool isCancelled = !status && status.error().kind == ErrorKind::Cancelled;
    std::string text = "{\n  \"operation\": \"undo\",\n  \"keys\": " + std::to_string(counts.keys());
    text += ",\n  \"done\": " + std::to_string(counts.done()) + ",\n  \"outcomes\": " + countsJson(counts);
    text += std::string(",\n  \"cancelled\": ") + (isCancelled ? "true" : "false");
    text += ",\n  \"error\": " + (status || isCancelled ? std::string("null") : jsonText(errorText(status.error())));
    text += ",\n  \"problems\": " + problemsJson(report.troubles());
    text += ",\n  \"problem_count\": " + std::to_string(counts.troubled());
    text += ",\n  \"archive\": " + conditionJson(reader.condition()) + ",\n  " + infoJson(reader.info());
    text += ",\n  \"overwritten\": " + overwritten;
    text += ",\n  \"elapsed_ms\": "
        + std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(elapsed).count());
    return text + ",\n  \"timestamp\": " + jsonText(QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs))
        + "\n}\n";
}

/// The passphrase of the archive that is named; empty where it is not sealed, or can't be read anyway.
Result<QByteArray> passphraseFor(const Options& options)
{
    const auto reader = UndoArchiveReader::open(fileOf(options.rest().front()));
    if (!reader || !(*reader)->isSealed()) {
        return QByteArray();
    }
    auto passphrase = archivePassphrase(options);
    if (passphrase && passphrase->isEmpty()) {
        return bad("--passphrase-stdin",
            tr("The archive is sealed: its passphrase is needed, by this or from KEYGLASS_ARCHIVE_PASSPHRASE"));
    }
    return passphrase;
}

void tellDamage(const ArchiveCondition& condition)
{
    if (condition.damagedFrames > 0) {
        std::fprintf(stderr, "keyglass: %s\n",
            qUtf8Printable(
                tr("The archive is damaged in %1 places; the keys there are lost").arg(condition.damagedFrames)));
    }
}

/// A file that was cut off reads like what a killed run has left, of which nothing is missing.
void tellMissingEnd(const ArchiveCondition& condition)
{
    if (!condition.isFinished) {
        std::fprintf(stderr, "keyglass: %s\n",
            qPrintable(
                tr("The archive has no end. Where its job was killed, nothing was changed that is not in it; where "
                   "the file was cut off later, the keys after that place are lost.")));
    }
    if (condition.unfinished > 0 && condition.damagedFrames == 0) {
        std::fprintf(stderr, "keyglass: %s\n",
            qPrintable(tr("Of %1 large keys only some parts are there, as they were just being archived; they are "
                          "left out, and had not been deleted")
                    .arg(condition.unfinished)));
    }
}

/// Says on stderr what is missing, and gives the exit status.
int judge(const UndoArchiveReader& reader, const JobReport& report, const Status& status)
{
    const OutcomeCounts counts = report.counts();
    const ArchiveCondition& condition = reader.condition();
    if (!status && status.error().kind == ErrorKind::Cancelled) {
        std::fprintf(
            stderr, "keyglass: stopped on request after %llu keys\n", static_cast<unsigned long long>(counts.done()));
    } else if (!status) {
        tell(status.error());
    }
    if (counts.troubled() > 0) {
        std::fprintf(stderr, "keyglass: %s\n",
            qPrintable(tr("%1 of %2 keys were not restored; the report names them")
                    .arg(counts.troubled())
                    .arg(counts.keys())));
    }
    if (counts[Outcome::Changed] > 0) {
        std::fprintf(stderr, "keyglass: %s\n",
            qPrintable(tr("%1 of them have changed since and were left alone; --conflict replace writes over them, "
                          "and archives what they are now")
                    .arg(counts[Outcome::Changed])));
    }
    tellDamage(condition);
    if (status) { // else it was not read to there
        tellMissingEnd(condition);
    }
    if (status && counts.troubled() == 0 && condition.damagedFrames == 0) {
        return Done;
    }
    const bool isCancelled = !status && status.error().kind == ErrorKind::Cancelled;
    return counts.done() > 0 || isCancelled ? DoneInPart : Failed;
}

QString connectionOf(const Target& target)
{
    return target.profile.name.isEmpty() ? target.access.name : target.profile.name;
}

/// What is kept of it, as of every job.
void keepInHistory(ListedJob& listed, const Target& target, const QString& archive, BulkReport&& report,
    const OverwrittenArchive& overwritten)
{
    overwritten.tell(report);
    if (const Status kept = listed.end(pastUndo(connectionOf(target), archive, report)); !kept) {
        tell(kept.error()); // the undo itself is done
    }
}

/// What would be restored; nothing is.
int dryRun(UndoArchiveReader& reader, const Target& target, const UndoOptions& undo, const std::stop_token& stop)
{
    const auto begun = Clock::now();
    const auto preview =
        previewUndo(reader, [&target](int database) { return target.access.lane(database); }, undo, stop);
    if (!preview) {
        return tell(preview.error());
    }
    if (!writeOut(undoPreviewJson(*preview, undo, reader.info(), Clock::now() - begun))) {
        return Failed;
    }
    if (preview->notInArchive > 0) {
        std::fprintf(stderr, "keyglass: %s\n",
            qUtf8Printable(tr("%1 of the keys that are named are not in the archive").arg(preview->notInArchive)));
    }
    tellDamage(preview->condition);
    tellMissingEnd(preview->condition);
    const bool isWhole = preview->notInArchive == 0 && preview->condition.damagedFrames == 0;
    return isWhole ? Done : preview->keys > 0 ? DoneInPart : Failed;
}

int restore(UndoArchiveReader& reader, const QString& archive, const Target& target, UndoOptions undo, JobPace& pace,
    const QString& reportPath, OverwrittenArchive& overwritten, const Interruption& interruption)
{
    undo.overwritten = overwritten.maker();
    undo.largeMaker = largeMakersOf(target.access, undo.confirmation);
    std::unique_ptr<ReportFile> file;
    if (!reportPath.isEmpty()) {
        auto made = ReportFile::create(reportPath);
        if (!made) {
            return tell(made.error());
        }
        file = *std::move(made);
    }
    ListedJob listed;
    listed.begin(beginningUndo(connectionOf(target), archive, overwritten.path(), reportPath));
    JobReport report(std::move(file));
    std::atomic<std::uint64_t> settled = 0;
    const auto begun = Clock::now();
    Status status = [&] {
        const EverySecond progress([&settled] {
            if (settled > 0) {
                std::fprintf(stderr, "%llu keys\n", static_cast<unsigned long long>(settled.load()));
            }
        });
        UndoRun run([&target](int database) { return target.access.lane(database); }, std::move(undo), report);
        run.setPace(pace);
        return run.run(reader, interruption.token(), [&settled](const UndoProgress& now) { settled = now.settled; });
    }();
    if (const Status whole = overwritten.finish(); !whole) {
        status = status ? whole : status;
    }
    const std::string json = reportJson(reader, report, status, overwrittenJson(overwritten), Clock::now() - begun);
    if (const Status closed = report.closeFile(json); !closed) {
        tell(closed.error());
        status = status ? closed : status;
    }
    BulkReport past;
    past.counts = report.counts();
    past.elapsed = std::chrono::duration_cast<Milliseconds>(Clock::now() - begun);
    past.failure = status ? std::nullopt : std::optional(status.error());
    past.reportFile = reportPath;
    keepInHistory(listed, target, archive, std::move(past), overwritten);
    return writeOut(json) ? judge(reader, report, status) : Failed;
}

} // namespace

int runBulkUndo(std::span<char* const> words)
{
    std::vector<OptionSpec> known = targetOptions();
    for (const OptionSpec& more : {OptionSpec{"--key", true, true}, OptionSpec{"--keys-file"}, OptionSpec{"--conflict"},
             OptionSpec{"--keep-expired", false}, OptionSpec{"--aside", false}, OptionSpec{"--yes", false},
             OptionSpec{"--confirm"}, OptionSpec{"--report"}, OptionSpec{"--passphrase-stdin", false},
             OptionSpec{"--archive"}, OptionSpec{"--no-archive", false}, OptionSpec{"--rate"},
             OptionSpec{"--dry-run", false}}) {
        known.push_back(more);
    }
    const auto options = Options::parse(words, known);
    if (!options) {
        return tell(options.error());
    }
    if (options->rest().size() != 1) {
        return tell(bad("bulk undo", tr("It takes the file of one archive")));
    }
    if (options->has("--archive") && options->has("--no-archive")) {
        return tell(bad("--archive", tr("It goes without --no-archive")));
    }
    if (Status filled = options->checkFilled({"--archive", "--keys-file", "--report"}); !filled) {
        return tell(filled.error());
    }
    auto undo = undoOptions(*options);
    if (!undo) {
        return tell(undo.error());
    }
    const auto rate = options->number("--rate");
    if (!rate) {
        return tell(rate.error());
    }
    JobPace pace(*rate);
    const auto passphrase = passphraseFor(*options);
    if (!passphrase) {
        return tell(passphrase.error());
    }
    const auto reader = UndoArchiveReader::open(fileOf(options->rest().front()), *passphrase);
    if (!reader) {
        return tell(reader.error());
    }
    const Interruption interruption;
    const auto target = openTarget(*options, interruption.token(), TargetUse::AsProfiled);
    if (!target) {
        return tell(target.error());
    }
    if (target->access.gate->rules().readOnly) {
        return tell(Error{ErrorKind::ReadOnly, target->profile.name, {}});
    }
    if (const Status allowed = learnTarget(*target, *options, *undo); !allowed) {
        return tell(allowed.error());
    }
    tellAnotherServer((*reader)->info(), *target);
    if (options->has("--dry-run")) {
        return dryRun(**reader, *target, *undo, interruption.token());
    }
    if (const auto ended = askFirst(**reader, *options, undo->keys.size(), interruption.token())) {
        return *ended;
    }
    if (!(*reader)->info().plan.isEmpty()) {
        std::fprintf(stderr, "%s\n",
            qUtf8Printable(
                tr("The archive is of a change of a table's schema: these are its keys alone; keyglass table "
                   "undo brings schema, rows and indexes back together.")));
    }
    const bool isWanted = !options->has("--no-archive");
    OverwrittenArchive overwritten(
        isWanted, fileOf(options->value("--archive").value_or(std::string())), (*reader)->info(), *passphrase);
    return restore(**reader, QFileInfo(fileOf(options->rest().front())).absoluteFilePath(), *target, *std::move(undo),
        pace, fileOf(options->value("--report").value_or(std::string())), overwritten, interruption);
}

int runBulkShow(std::span<char* const> words)
{
    const auto options = Options::parse(words, std::vector<OptionSpec>{OptionSpec{"--passphrase-stdin", false}});
    if (!options) {
        return tell(options.error());
    }
    if (options->rest().size() != 1) {
        return tell(bad("bulk show", tr("It takes the file of one archive")));
    }
    const auto passphrase = passphraseFor(*options);
    if (!passphrase) {
        return tell(passphrase.error());
    }
    const auto reader = UndoArchiveReader::open(fileOf(options->rest().front()), *passphrase);
    if (!reader) {
        return tell(reader.error());
    }
    const Interruption interruption;
    const auto summary = summarize(**reader, interruption.token());
    if (!summary) {
        return tell(summary.error());
    }
    std::string types;
    for (const auto& [type, count] : summary->byType) {
        types += (types.empty() ? "" : ", ") + jsonOf(type) + ": " + std::to_string(count);
    }
    const std::string text = "{\n  " + infoJson((*reader)->info()) + ",\n  \"keys\": " + std::to_string(summary->keys)
        + ",\n  \"expiring\": " + std::to_string(summary->expiring) + ",\n  \"changed_meanwhile\": "
        + std::to_string(summary->superseding) + ",\n  \"aside\": " + std::to_string(summary->aside)
        + ",\n  \"types\": {" + types + "},\n  \"bytes\": " + std::to_string(summary->bytes)
        + ",\n  \"archive\": " + conditionJson(summary->condition) + "\n}\n";
    tellMissingEnd(summary->condition);
    return !writeOut(text) ? Failed : summary->condition.damagedFrames > 0 ? DoneInPart : Done;
}

} // namespace keyglass::cli
