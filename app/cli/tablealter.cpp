// SPDX-License-Identifier: GPL-3.0-or-later
// `keyglass table alter|check`.
#include "app/cli/output.h"
#include "app/cli/tablejob.h"
#include "app/cli/tableoutput.h"
#include "app/cli/tabletarget.h"
#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "core/base/filewriting.h"
#include "core/table/schemajob.h"

#include <QCoreApplication>
#include <QFile>
#include <QSaveFile>

#include <algorithm>
#include <array>
#include <optional>

namespace keyglass::cli {

namespace {

using Kind = SchemaChange::Kind;

QString tr(const char* text)
{
    return QCoreApplication::translate("cli", text);
}

Error badUse()
{
    return {ErrorKind::Input, QStringLiteral("keyglass table alter"),
        tr("It takes T and one of create-table COL:TYPE[:index]…, add-column COL TYPE, change-type COL TYPE, "
           "add-index COL, drop-index COL, repair-index COL, drop-column COL, drop-table; a namespace and "
           "create-namespace or drop-namespace; or --plan FILE")};
}

Result<TableColumn> columnOf(const std::string& word)
{
    const std::size_t colon = word.find(':');
    if (colon == std::string::npos) {
        return badUse();
    }
    const std::size_t second = word.find(':', colon + 1);
    const std::string end = second == std::string::npos ? std::string() : word.substr(second + 1);
    if (!end.empty() && end != "index" && end != "hash" && end != "none") {
        return badUse();
    }
    return TableColumn{word.substr(0, colon),
        word.substr(colon + 1, second == std::string::npos ? second : second - colon - 1),
        end == "index" || end == "hash"};
}

Result<SchemaChange> changeOf(const std::vector<std::string>& words, bool keepsRows)
{
    const auto kind = words.size() < 2 ? std::nullopt : changeKindOf(words[1]);
    if (!kind) {
        return badUse();
    }
    if (keepsRows && *kind != Kind::CreateTable) {
        return Error{ErrorKind::Input, QStringLiteral("--keep-rows"), tr("It goes with create-table")};
    }
    SchemaChange change{*kind, words[0], {}, {}, {}};
    change.keepsRows = keepsRows;
    if (*kind == Kind::CreateTable) {
        for (std::size_t n = 2; n < words.size(); ++n) {
            auto column = columnOf(words[n]);
            if (!column) {
                return std::move(column).error();
            }
            change.columns.push_back(*std::move(column));
        }
        return change;
    }
    const bool takesType = *kind == Kind::AddColumn || *kind == Kind::ChangeType;
    const bool takesNothing = isOfNamespace(*kind) || *kind == Kind::DropTable;
    const std::size_t wanted = takesNothing ? 2 : takesType ? 4 : 3;
    if (words.size() != wanted) {
        return badUse();
    }
    change.column = takesNothing ? std::string() : words[2];
    change.typeName = takesType ? words[3] : std::string();
    return change;
}

Result<SchemaPlan> planOf(const Options& options)
{
    const auto file = options.value("--plan");
    if (!file) {
        auto change = changeOf(options.rest(), options.has("--keep-rows"));
        return change ? Result(SchemaPlan{*std::move(change), {}}) : std::move(change).error();
    }
    if (!options.rest().empty() || options.has("--keep-rows")) { // the plan says whether
        return badUse();
    }
    QFile in(QString::fromStdString(*file));
    if (!in.open(QIODevice::ReadOnly)) {
        return Error{ErrorKind::File, in.fileName(), in.errorString()};
    }
    return planFromJson(in.readAll().toStdString());
}

Status save(const std::string& file, const SchemaPlan& plan)
{
    QSaveFile out(QString::fromStdString(file));
    const std::string json = planToJson(plan);
    if (!out.open(QIODevice::WriteOnly)) {
        return Error{ErrorKind::File, out.fileName(), out.errorString()};
    }
    return saveWhole(out, json);
}

bool writePreview(const SchemaPlan& plan, const SchemaPreview& preview)
{
    const auto told = [&preview](std::uint64_t number) {
        return preview.around.hasInfo ? std::to_string(number) : std::string("null");
    };
    return writeOut("{\n  \"change\": " + jsonOf(textOf(preview.plan.change).toStdString())
        + ",\n  \"way\": " + (preview.way == ChangeWay::Module ? "\"module\"" : "\"plain keys\"") + ",\n  \"rows\": "
        + std::to_string(preview.rows) + ",\n  \"diff\": " + textsJson(preview.diff) + ",\n  \"drift\": "
        + textsJson(driftOf(plan, preview.plan.madeOn)) + ",\n  \"commands\": " + textsJson(preview.lines)
        + ",\n  \"standstill_ms\": " + std::to_string(preview.standstill.count()) + ",\n  \"memory\": "
        + std::to_string(preview.memory) + ",\n  \"memory_used\": " + told(preview.around.usedMemory)
        + ",\n  \"memory_most\": " + told(preview.around.maxMemory) + ",\n  \"warning\": "
        + (preview.around.warning().isEmpty() ? "null" : jsonOf(preview.around.warning().toStdString()))
        + ",\n  \"notes\": " + textsJson(preview.notes) + ",\n  \"refused\": "
        + (preview.refusal.isEmpty() ? "null" : jsonOf(preview.refusal.toStdString())) + "\n}\n");
}

/// Destructive ones take the name, all others --yes. Input.
Status agreed(const Options& options, const SchemaChange& change)
{
    if (isDestructive(change.kind) && options.value("--confirm") != change.table) {
        return Error{ErrorKind::Confirm, textOf(change),
            tr("Say --confirm %1 to have it done; --dry-run only shows it.").arg(displayText(change.table))};
    }
    if (!isDestructive(change.kind) && !options.has("--yes")) {
        return Error{ErrorKind::Confirm, textOf(change), tr("With --yes it is done, with --dry-run only shown.")};
    }
    return ok();
}

std::string findingJson(const TableFinding& finding)
{
    std::string json = "{\"kind\": " + jsonOf(nameOf(finding.kind)) + ", \"key\": " + jsonOf(finding.key);
    for (const auto& [name, text] :
        {std::pair("id", &finding.id), std::pair("column", &finding.column), std::pair("value", &finding.value)}) {
        json += text->empty() ? std::string() : std::string(", \"") + name + "\": " + jsonOf(*text);
    }
    return json + "}";
}

std::string countsJson(const TableReport& report)
{
    std::string counts;
    for (std::size_t n = 0; n < findingKinds; ++n) {
        if (report.counts[n] > 0) {
            counts += (counts.empty() ? "" : ", ") + jsonOf(nameOf(static_cast<TableFinding::Kind>(n))) + ": "
                + std::to_string(report.counts[n]);
        }
    }
    return "{" + counts + "}";
}

} // namespace

int runTableAlter(const Options& options, TableTarget& target, const std::stop_token& stop)
{
    const auto plan = planOf(options);
    if (!plan) {
        return tell(plan.error());
    }
    const auto wait = schemaWait(options);
    const auto saves = schemaSaves(options);
    if (!wait || !saves) {
        return tell(!wait ? wait.error() : saves.error());
    }
    SchemaPlace place{target.editLanes(), target.nodes(), {}};
    if (options.has("--yes") || options.has("--confirm")) {
        place.confirmation = Confirmation(schemaCommands());
    }
    SchemaStage stage;
    std::optional<StageTeller> looking(std::in_place, stage); // whoever is asked to agree is not told more
    const auto preview =
        previewChange(place, plan->change, stop, [&stage](const SchemaStep& step) { stage.take(step); });
    looking.reset();
    if (!preview) {
        return tell(preview.error());
    }
    if (const auto file = options.value("--save-plan")) {
        if (Status saved = save(*file, preview->plan); !saved) {
            return tell(saved.error());
        }
    }
    if (options.has("--dry-run")) {
        return writePreview(*plan, *preview) ? Done : Failed;
    }
    if (const auto drift = driftOf(*plan, preview->plan.madeOn); !drift.empty()) {
        static_cast<void>(writePreview(*plan, *preview));
        return tell(Error{ErrorKind::Refused, textOf(plan->change),
            tr("The table is not as the plan was made on. Nothing was changed.")});
    }
    if (Status yes = agreed(options, plan->change); !yes) {
        return tell(yes.error());
    }
    const auto archive = tableArchive(options, target, textOf(plan->change), &preview->plan);
    if (!archive) {
        return tell(archive.error());
    }
    place.archive = archive->get();
    const StageTeller teller(stage);
    const auto report = runSchemaJob(place, *preview, *wait, *saves, stop, stage);
    return report ? writeReport(*report) : tell(report.error());
}

int runTableCheck(const Options& options, TableTarget& target, const std::stop_token& stop)
{
    const auto lane = target.ownerLane(stop);
    if (!lane) {
        return tell(lane.error());
    }
    SchemaStage stage;
    const StageTeller teller(stage);
    constexpr std::size_t mostNamed = 1000; // of a kind
    const TableCheck what{options.has("--repair") ? findingsForRepair : mostNamed, !options.has("--no-keys"), {}};
    const auto report =
        checkTable(**lane, target.schema(), what, stop, [&stage](const TableReport& so) { stage.take(stepOf(so)); });
    if (!report) {
        return tell(report.error());
    }
    TableRepair repair;
    if (options.has("--repair")) {
        const auto archive =
            tableArchive(options, target, QStringLiteral("repair ") + displayText(target.schema().table), nullptr);
        if (!archive) {
            return tell(archive.error());
        }
        auto done = repairTable(target.editLanes(), target.schema(), *report,
            RepairWays{.removesGhosts = options.has("--remove-ghosts")}, stop, {}, archive->get(),
            [&stage, all = report->findings.size()](
                std::uint64_t repaired) { stage.take({SchemaStep::Kind::Repairing, repaired, all, 0}); });
        if (!done) {
            return tell(done.error());
        }
        repair = *std::move(done);
    }
    std::string findings;
    std::array<std::size_t, findingKinds> named{};
    for (const TableFinding& finding : report->findings) {
        if (++named[static_cast<std::size_t>(finding.kind)] > mostNamed) {
            continue;
        }
        findings += (findings.empty() ? "\n    " : ",\n    ") + findingJson(finding);
    }
    for (const Error& failure : repair.failures) {
        tell(failure);
    }
    if (repair.isStopped) {
        tell(Error{ErrorKind::Cancelled, tr("Table %1").arg(displayText(target.schema().table)),
            tr("What was repaired stands.")});
    }
    const bool isOld = target.schema().layout == TableLayout::Plain;
    const std::vector<std::string> lost(report->lostIndexes.begin(), report->lostIndexes.end());
    const bool isWritten = writeOut(std::string("{\n  \"layout\": ") + (isOld ? "\"1.0\"" : "\"1.1\"")
        + ",\n  \"rows\": " + std::to_string(report->rows) + ",\n  \"keys\": " + std::to_string(report->keys)
        + ",\n  \"rows_only\": " + (report->isOfRowsOnly ? "true" : "false") + ",\n  \"counts\": " + countsJson(*report)
        + ",\n  \"lost_indexes\": " + textsJson(lost) + ",\n  \"findings\": [" + findings
        + (findings.empty() ? "]" : "\n  ]") + ",\n  \"repaired\": " + std::to_string(repair.repaired)
        + ",\n  \"archive\": " + (repair.archiveFile.isEmpty() ? "null" : jsonOf(repair.archiveFile.toStdString()))
        + "\n}\n");
    const bool isGood = report->total() == repair.repaired;
    return !isWritten ? Failed : isGood ? Done : DoneInPart;
}

} // namespace keyglass::cli
