// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bulk/jobwording.h"

#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "core/bulk/sentcommands.h"
#include "ui/bulk/estimatetext.h"
#include "ui/bulk/reasonwording.h"
#include "ui/common/texts.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>

namespace keyglass::ui {

namespace {

QString tr(const char* text, int n = -1)
{
    return QCoreApplication::translate("JobWording", text, nullptr, n);
}

constexpr int longestName = 40;

struct Verbs {
    const char* begin;      ///< "Delete %1"
    const char* beginPlain; ///< "Delete keys"
    const char* title;      ///< "Delete %1"
    const char* done;       ///< "Deleted %1"
};

#define TEXT(words) QT_TRANSLATE_NOOP("JobWording", words)

/// In the order of JobOperation's kinds.
constexpr std::array<Verbs, 9> verbs{{
    {TEXT("Delete %1"), TEXT("Delete keys"), TEXT("Delete %1"), TEXT("Deleted %1")},
    {TEXT("Change the time to live of %1"), TEXT("Change the time to live"), TEXT("Time to live of %1"),
        TEXT("Changed the time to live of %1")},
    {TEXT("Take the time to live from %1"), TEXT("Take the time to live away"), TEXT("No time to live for %1"),
        TEXT("Took the time to live from %1")},
    {TEXT("Rename %1"), TEXT("Rename keys"), TEXT("Rename %1"), TEXT("Renamed %1")},
    {TEXT("Copy %1"), TEXT("Copy keys"), TEXT("Copy %1"), TEXT("Copied %1")},
    {TEXT("Export %1"), TEXT("Export keys"), TEXT("Export %1"), TEXT("Exported %1")},
    {TEXT("Import %1"), TEXT("Import keys"), TEXT("Import %1"), TEXT("Imported %1")},
    {TEXT("Set the field of %1"), TEXT("Set the field"), TEXT("Set a field of %1"), TEXT("Set the field of %1")},
    {TEXT("Run the command for %1"), TEXT("Run the command"), TEXT("A command for %1"), TEXT("Ran the command for %1")},
}};

/// Of a copy that takes the keys away here.
constexpr Verbs moving{TEXT("Move %1"), TEXT("Move keys"), TEXT("Move %1"), TEXT("Moved %1")};

constexpr std::array<const char*, JobPreview::ttlBounds> ttlTexts{TEXT("none"), TEXT("up to a minute"), TEXT("an hour"),
    TEXT("a day"), TEXT("a week"), TEXT("30 days"), TEXT("more")};

#undef TEXT

const Verbs& verbsOf(const JobOperation& operation)
{
    const auto* copy = std::get_if<CopyKeys>(&operation);
    return copy && copy->moves ? moving : verbs.at(operation.index());
}

/// "3 failed, 2 changed": what somebody should look at.
QString troublesText(const OutcomeCounts& counts)
{
    QStringList parts;
    for (const Outcome outcome : {Outcome::Failed, Outcome::Changed, Outcome::NotUndoable, Outcome::ExpiredMeanwhile,
             Outcome::Unknown, Outcome::NotDone, Outcome::DoneThoughChanged}) {
        if (counts[outcome] > 0) {
            parts << QStringLiteral("%1 %2").arg(numberText(counts[outcome]), outcomeText(outcome));
        }
    }
    return parts.join(QStringLiteral(", "));
}

QString leftOutText(const OutcomeCounts& counts)
{
    QStringList parts;
    if (counts.missing() > 0) {
        parts << tr("%1 gone already").arg(numberText(counts.missing()));
    }
    if (counts[Outcome::Skipped] > 0) {
        parts << tr("%1 skipped").arg(numberText(counts[Outcome::Skipped]));
    }
    return parts.join(QStringLiteral(", "));
}

} // namespace

QString countOfKeys(std::uint64_t keys)
{
    return keys == 1 ? tr("1 key") : tr("%1 keys").arg(numberText(keys));
}

QString beginText(const JobOperation& operation, std::optional<std::uint64_t> keys)
{
    const Verbs& words = verbsOf(operation);
    return keys ? tr(words.begin).arg(countOfKeys(*keys)) : tr(words.beginPlain);
}

QString queryText(const KeyQuery& keys, bool isChoice)
{
    if (isChoice) {
        return tr("the chosen keys");
    }
    QString bytes = displayText(keys.bytes);
    if (bytes.size() > longestName) {
        bytes = bytes.left(longestName) + u'…';
    }
    switch (keys.kind) {
    case KeyQuery::Kind::Prefix:
        return bytes + u'*';
    case KeyQuery::Kind::Glob:
    case KeyQuery::Kind::Exact:
        return bytes;
    case KeyQuery::Kind::File:
        return keys.file;
    case KeyQuery::Kind::All:
        break;
    }
    return tr("all keys");
}

QString jobTitle(const BulkJob& job)
{
    if (job.isUndo()) {
        return tr("Undo");
    }
    return planTitle(job.plan(), job.hasChoice());
}

QString planTitle(const JobPlan& plan, bool hasChoice)
{
    const auto* import = std::get_if<ImportKeys>(&plan.operation);
    const QString title = tr(verbsOf(plan.operation).title)
                              .arg(import ? QFileInfo(import->file).fileName() : queryText(plan.keys, hasChoice));
    if (!plan.databases.empty()) {
        return tr("%1 in %2 databases").arg(title).arg(plan.databases.size());
    }
    return plan.database == 0 ? title : tr("%1 · db %2").arg(title).arg(plan.database);
}

namespace {

struct OperationSentence {
    QString operator()(const DeleteKeys&) const { return tr("Deletes the keys."); }
    QString operator()(const PersistKeys&) const { return tr("Takes their time to live away."); }
    QString operator()(const ExpireKeys& expiry) const
    {
        const auto time = std::chrono::milliseconds(std::abs(expiry.time.count()));
        switch (expiry.mode) {
        case ExpireKeys::Mode::At:
            return tr("They end at %1.").arg(timeText(QDateTime::fromMSecsSinceEpoch(expiry.time.count())));
        case ExpireKeys::Mode::In:
            return tr("They end in %1.").arg(exactDurationText(time));
        case ExpireKeys::Mode::Add:
            return (expiry.time.count() < 0 ? tr("They last less by %1.") : tr("They last longer by %1."))
                .arg(exactDurationText(time));
        case ExpireKeys::Mode::Cap:
            return tr("They end in at most %1.").arg(exactDurationText(time));
        }
        return {};
    }
    QString operator()(const RenameKeys& rename) const
    {
        return tr("Renames them: %1 becomes %2.").arg(displayText(rename.from), displayText(rename.to));
    }
    QString operator()(const CopyKeys& copy) const
    {
        const QString where = displayText(copy.target);
        const QString text = copy.moves ? tr("Moves them to %1.").arg(where) : tr("Copies them to %1.").arg(where);
        return copy.replaces ? text + u' ' + tr("What has one of their names there is overwritten.") : text;
    }
    QString operator()(const ExportKeys& exporting) const { return tr("Writes them to %1.").arg(exporting.file); }
    QString operator()(const ImportKeys& import) const { return tr("Makes the keys of %1.").arg(import.file); }
    QString operator()(const SetField& change) const
    {
        return tr("Sets the field %1 to %2.").arg(displayText(change.field), displayText(change.value));
    }
    QString operator()(const RunTemplate& run) const { return tr("Runs for each: %1").arg(displayText(run.operation)); }
};

} // namespace

QString operationText(const JobOperation& operation)
{
    return std::visit(OperationSentence{}, operation);
}

QString previewText(const JobPlan& plan, const BulkRun::Previewed& previewed)
{
    QString text = previewText(previewed.preview);
    if (const std::uint64_t gone = previewed.report.counts.missing(); gone > 0) {
        text += u'\n' + tr("Not there any more: %1").arg(countOfKeys(gone));
    }
    const auto& nodes = previewed.report.nodes;
    if (nodes.size() > 1) {
        QStringList parts;
        for (const NodeOutcomes& node : nodes) {
            parts << tr("%1: %2").arg(node.node, countOfKeys(node.counts.done()));
        }
        text += u'\n' + tr("By node: %1").arg(parts.join(QStringLiteral(", ")));
    }
    if (const QString estimate = estimateText(estimateJob(plan, previewed.preview)); !estimate.isEmpty()) {
        text += u'\n' + estimate;
    }
    if (const QString problems = problemsText(previewed.report); !problems.isEmpty()) {
        text += u'\n' + problems;
    }
    return text;
}

QString problemsText(const BulkReport& report)
{
    constexpr std::size_t shown = 5;
    QStringList lines;
    if (report.badLines > 0) {
        lines << tr("Lines that can't be read: %1").arg(numberText(report.badLines));
    }
    for (std::size_t at = 0; at < std::min(shown, report.problems.size()); ++at) {
        lines << tr("Line %1: %2").arg(numberText(report.problems[at].line), report.problems[at].text);
    }
    return lines.join(u'\n');
}

QString progressText(const BulkJob& job)
{
    const JobProgress progress = job.progress();
    const auto expected = job.expectedKeys();
    if (expected && *expected >= progress.settled) {
        return tr("%1 of %2").arg(numberText(progress.settled), countOfKeys(*expected));
    }
    return countOfKeys(progress.settled);
}

QString endText(const BulkJob& job)
{
    if (!job.report()) {
        return {};
    }
    const Result<BulkReport>& ended = *job.report();
    if (!ended) {
        return errorText(ended.error());
    }
    const QString keys = countOfKeys(ended->counts.done());
    const QString time = durationText(ended->elapsed);
    QString text = job.isUndo() ? tr("Brought %1 back in %2.").arg(keys, time)
                                : tr("%1 in %2.").arg(tr(verbsOf(job.plan().operation).done).arg(keys), time);
    if (const QString left = leftOutText(ended->counts); !left.isEmpty()) {
        text += u' ' + tr("%1.").arg(left);
    }
    if (const QString troubles = troublesText(ended->counts); !troubles.isEmpty()) {
        text += u' ' + tr("To be looked at: %1.").arg(troubles);
    }
    if (job.isUndo() && ended->counts[Outcome::ExpiredMeanwhile] > 0) {
        text += u' ' + tr("“Undo archives” can bring them back without an end.");
    }
    if (ended->badLines > 0) {
        text += u' ' + tr("%1 lines of the file can't be read.").arg(numberText(ended->badLines));
    }
    if (!ended->file.isEmpty()) {
        text += u' ' + tr("They are in %1 (%2).").arg(ended->file, sizeText(ended->fileSize));
    }
    const bool isCancelled = ended->failure && ended->failure->kind == ErrorKind::Cancelled;
    if (ended->scan && !ended->scan->partialNodes().empty() && !isCancelled) {
        text += u' ' + tr("Not all nodes were read, so keys may be left.");
    }
    if (ended->failure) {
        text += u' ' + (isCancelled ? tr("Cancelled before its end.") : errorText(*ended->failure));
    }
    return text;
}

bool keepsOverwritten(const BulkJob& job)
{
    const bool hasArchived =
        job.report() && *job.report() && (*job.report())->archive && (*job.report())->archive->records > 0;
    return hasArchived && !job.isUndo() && !job.isArchiveElsewhere() && movesOver(job.plan().operation);
}

QString outcomeText(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Done:
        return tr("done");
    case Outcome::DoneThoughChanged:
        return tr("done, changed meanwhile (both states are archived)");
    case Outcome::Missing:
        return tr("not there any more");
    case Outcome::Changed:
        return tr("left alone, changed meanwhile");
    case Outcome::Skipped:
        return tr("skipped");
    case Outcome::NotUndoable:
        return tr("left alone, too large for the undo archive");
    case Outcome::Failed:
        return tr("refused");
    case Outcome::ExpiredMeanwhile:
        return tr("expired meanwhile");
    case Outcome::Unknown:
        return tr("without an answer");
    case Outcome::Gone:
        return tr("gone");
    case Outcome::NotDone:
        return tr("not done");
    }
    return {};
}

QString commandsText(const JobPlan& plan)
{
    const std::vector<std::string> own = commandsOf(plan.operation);
    if (own.empty()) {
        return tr("The keys are only read.");
    }
    const auto* run = std::get_if<RunTemplate>(&plan.operation);
    const auto sent = sentForOneKey(plan);
    QStringList names;
    for (const std::string& name : sent ? *sent : own) {
        names << (run && name == own.front() ? displayText(run->operation) : QString::fromStdString(name));
    }
    const QString all = names.join(QStringLiteral(", "));
    QString text = sent ? tr("Sent for each key: %1.").arg(all) : tr("Sent, as the keys need it: %1.").arg(all);
    if (plan.archives && destroys(plan.operation)) {
        text += QLatin1Char(' ') + tr("Nothing is written before what it takes away is on this computer's disk.");
    }
    return text;
}

QString ttlBoundText(std::size_t bound)
{
    return tr(ttlTexts.at(bound));
}

QString previewText(const JobPreview& preview)
{
    QStringList types;
    for (const auto& [type, keys] : preview.types) {
        types << QStringLiteral("%1 %2").arg(numberText(keys), QString::fromStdString(type));
    }
    QStringList ttls;
    for (std::size_t bound = 0; bound < preview.ttls.size(); ++bound) {
        if (preview.ttls.at(bound) > 0) {
            ttls << QStringLiteral("%1 %2").arg(ttlBoundText(bound), numberText(preview.ttls.at(bound)));
        }
    }
    QStringList lines{countOfKeys(preview.keys)};
    if (!types.isEmpty()) {
        lines << tr("Types: %1").arg(types.join(QStringLiteral(", ")));
    }
    if (!ttls.isEmpty()) {
        lines << tr("Time to live: %1").arg(ttls.join(QStringLiteral(", ")));
    }
    if (preview.memory) {
        lines << tr("Memory: %1").arg(sizeText(*preview.memory));
    }
    for (const auto& [why, keys] : preview.skipped) {
        lines << tr("Skipped: %1, %2").arg(countOfKeys(keys), reasonText(why));
    }
    if (preview.inTheWay > 0) {
        lines << tr("There already: %1").arg(countOfKeys(preview.inTheWay));
    }
    if (preview.inParts > 0) {
        lines << tr("So large that they are archived in parts: %1").arg(countOfKeys(preview.inParts));
    }
    if (preview.notUndoable > 0) {
        lines << tr("Too large for the undo archive: %1").arg(countOfKeys(preview.notUndoable));
    }
    return lines.join(u'\n');
}

QString spaceText(const BulkJob::Previewed& previewed)
{
    const auto& space = previewed.archiveSpace;
    const auto& memory = previewed.preview.memory;
    if (!space) {
        return {};
    }
    constexpr ByteCount headerRoom{2048}; // the archive's own, with the plan
    const QString free = tr("%1 are free in %2").arg(sizeText(space->free), space->folder);
    if (!memory) {
        return tr("Undo archive: %1").arg(free);
    }
    const ByteCount most{memory->value + headerRoom.value};
    return most > space->free
        ? tr("Undo archive: at most %1, and only %2; the job stops before the disk is full").arg(sizeText(most), free)
        : tr("Undo archive: at most %1; %2").arg(sizeText(most), free);
}

} // namespace keyglass::ui
