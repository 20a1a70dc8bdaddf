// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/tablejob.h"

#include "app/cli/archiveoptions.h"
#include "app/cli/output.h"
#include "core/table/schemajob.h"
#include "core/table/schemaundo.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>

#include <cstdio>

namespace keyglass::cli {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("cli", text);
}

QString number(std::uint64_t value)
{
    return QString::number(value);
}

QString stepText(const SchemaStep& step)
{
    using Kind = SchemaStep::Kind;
    const bool isAbout = step.kind != Kind::Restoring && step.kind != Kind::Repairing;
    const QString far = step.of == 0 ? number(step.done)
        : isAbout                    ? tr("%1 of about %2").arg(number(step.done), number(step.of))
                                     : tr("%1 of %2").arg(number(step.done), number(step.of));
    switch (step.kind) {
    case Kind::Keys:
        return tr("keys of the node looked at: %1").arg(far);
    case Kind::Removing:
        return tr("removed: %1; keys of the node looked at: %2").arg(number(step.removed), far);
    case Kind::Restoring:
        return tr("brought back: %1").arg(far);
    case Kind::Repairing:
        return tr("repaired: %1").arg(far);
    case Kind::Rows:
        break;
    }
    return step.done == 0 ? tr("looking at the table and the keys of its node") : tr("rows done: %1").arg(far);
}

/// 0: not at all; before, after, both.
Result<std::size_t> momentOf(const Options& options, std::string_view name)
{
    return options.choice(name, {"", "before", "after", "both"}, 0);
}

} // namespace

Result<SchemaWait> schemaWait(const Options& options)
{
    const auto below = options.number("--quiet-below");
    const auto quietFor = options.number("--quiet-for");
    if (!below || !quietFor) {
        return !below ? below.error() : quietFor.error();
    }
    SchemaWait wait;
    wait.quietBelow = *below;
    wait.quietFor = std::chrono::seconds(quietFor->value_or(60));
    if (*quietFor && !*below) {
        return Error{ErrorKind::Input, QStringLiteral("--quiet-for"), tr("It goes with --quiet-below")};
    }
    if (const auto at = options.value("--at")) {
        wait.notBefore = QDateTime::fromString(QString::fromStdString(*at), Qt::ISODate);
        if (!wait.notBefore->isValid()) {
            return Error{ErrorKind::Input, QStringLiteral("--at"), tr("It takes a time as 2026-12-31T02:00:00")};
        }
    }
    return wait;
}

Result<SchemaSaves> schemaSaves(const Options& options)
{
    const auto rdb = momentOf(options, "--bgsave");
    const auto aof = momentOf(options, "--bgrewriteaof");
    if (!rdb || !aof) {
        return !rdb ? rdb.error() : aof.error();
    }
    return SchemaSaves{*rdb == 1 || *rdb == 3, *aof == 1 || *aof == 3, *rdb >= 2, *aof >= 2};
}

Result<std::unique_ptr<TableArchive>> tableArchive(
    const Options& options, const TableTarget& target, const QString& job, const SchemaPlan* plan)
{
    if (options.has("--no-archive")) {
        return std::unique_ptr<TableArchive>();
    }
    const auto passphrase = sealingPassphrase(options);
    if (!passphrase) {
        return passphrase.error();
    }
    const auto file = options.value("--archive");
    TableArchive::Setting setting;
    setting.file = file ? QString::fromUtf8(QByteArray::fromStdString(*file)) : newArchiveFile("table");
    setting.passphrase = *passphrase;
    setting.database = target.database();
    const SourceAccess& source = target.source();
    setting.info.connection = source.name;
    setting.info.server = source.facts.productText();
    setting.info.runId = source.cluster ? QString() : QString::fromStdString(source.facts.runId);
    setting.info.job = job;
    setting.info.databases = {setting.database};
    setting.info.plan = plan ? QString::fromStdString(planToJson(*plan)) : QString();
    return std::make_unique<TableArchive>(std::move(setting));
}

std::string textsJson(const std::vector<std::string>& texts)
{
    std::string all;
    for (const std::string& text : texts) {
        all += (all.empty() ? "" : ", ") + jsonOf(text);
    }
    return "[" + all + "]";
}

std::string textsJson(const std::vector<QString>& texts)
{
    std::vector<std::string> plain;
    plain.reserve(texts.size());
    for (const QString& text : texts) {
        plain.push_back(text.toStdString());
    }
    return textsJson(plain);
}

StageTeller::StageTeller(const SchemaStage& stage)
    : m_ticking([&stage] {
        using Phase = SchemaStage::Phase;
        const Phase phase = stage.phase;
        const QString text = phase == Phase::Waiting ? tr("waiting for its time")
            : phase == Phase::WaitingForQuiet
            ? tr("waiting for a quiet moment: %1 commands/s").arg(number(stage.opsPerSecond))
            : phase == Phase::Saving ? tr("the server saves its data")
                                     : stepText({stage.step, stage.done, stage.of, stage.removed});
        std::fprintf(stderr, "keyglass: %s\n", qUtf8Printable(text));
    })
{
}

int writeReport(const SchemaReport& report)
{
    constexpr const char* names[] = {"done", "doubted", "changed", "too busy", "stopped", "unknown"};
    const std::string archive = report.archiveFile.isEmpty() ? "null"
                                                             : "{\"file\": " + jsonOf(report.archiveFile.toStdString())
            + ", \"keys\": " + std::to_string(report.archivedKeys) + "}";
    const bool isWritten = writeOut(std::string("{\n  \"status\": \"") + names[static_cast<std::size_t>(report.status)]
        + "\",\n  \"diff\": " + textsJson(report.diff) + ",\n  \"rows_before\": " + std::to_string(report.rowsBefore)
        + ",\n  \"rows_after\": " + std::to_string(report.rowsAfter) + ",\n  \"removed\": "
        + std::to_string(report.removed) + ",\n  \"restored\": " + std::to_string(report.restored)
        + ",\n  \"memory_before\": " + std::to_string(report.memoryBefore) + ",\n  \"memory_after\": "
        + std::to_string(report.memoryAfter) + ",\n  \"line_was_lost\": " + (report.lineWasLost ? "true" : "false")
        + ",\n  \"archive\": " + archive + ",\n  \"findings\": " + textsJson(report.findings) + "\n}\n");
    const bool isDone = report.status == SchemaReport::Status::Done;
    const bool isInPart =
        report.status == SchemaReport::Status::Doubted || report.status == SchemaReport::Status::Stopped;
    return !isWritten ? Failed : isDone ? Done : isInPart ? DoneInPart : Failed;
}

namespace {

int writePreview(const UndoPreview& preview)
{
    const std::string keys = preview.keys ? std::to_string(*preview.keys) : "null";
    return writeOut("{\n  \"change\": " + jsonOf(textOf(preview.plan.change).toStdString()) + ",\n  \"undone_by\": "
               + (preview.inverse ? jsonOf(textOf(*preview.inverse).toStdString()) : "\"the archive\"")
               + ",\n  \"keys\": " + keys + ",\n  \"diff\": " + textsJson(preview.diff) + ",\n  \"refused\": "
               + (preview.refusal.isEmpty() ? "null" : jsonOf(preview.refusal.toStdString())) + "\n}\n")
        ? Done
        : Failed;
}

/// What another change undoes, as that change.
int runInverse(SchemaPlace& place, const SchemaChange& inverse, const std::stop_token& stop, SchemaStage& stage)
{
    const auto preview = previewChange(place, inverse, stop, [&stage](const SchemaStep& step) { stage.take(step); });
    if (!preview) {
        return tell(preview.error());
    }
    const auto report = runSchemaJob(place, *preview, {}, {}, stop, stage);
    return report ? writeReport(*report) : tell(report.error());
}

} // namespace

int runTableUndo(const Options& options, TableTarget& target, const std::stop_token& stop)
{
    const Error badUse{ErrorKind::Input, QStringLiteral("keyglass table undo"),
        tr("It takes an undo archive, and --yes, or --dry-run to see what would come back")};
    if (options.rest().size() != 1 || options.has("--yes") == options.has("--dry-run")) {
        return tell(badUse);
    }
    const auto passphrase = archivePassphrase(options);
    if (!passphrase) {
        return tell(passphrase.error());
    }
    const QString path = QString::fromUtf8(QByteArray::fromStdString(options.rest().front()));
    const auto archive = UndoArchiveReader::open(path, *passphrase);
    if (!archive) {
        return tell(archive.error());
    }
    if (const Status fits = checkUndoDatabase((*archive)->info(), target.database()); !fits) {
        return tell(fits.error());
    }
    SchemaPlace place{target.editLanes(), target.nodes(), Confirmation(schemaCommands())};
    SchemaStage stage;
    const StageTeller teller(stage);
    const auto preview = previewUndo(place, **archive, stop);
    if (!preview) {
        return tell(preview.error());
    }
    if (options.has("--dry-run")) {
        return writePreview(*preview);
    }
    if (preview->inverse) {
        return runInverse(place, *preview->inverse, stop, stage);
    }
    const auto report = undoChange(place, **archive, stop, [&stage](const SchemaStep& step) { stage.take(step); });
    return report ? writeReport(*report) : tell(report.error());
}

} // namespace keyglass::cli
