// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/schemasession.h"

#include "core/base/bytes.h"
#include "core/session/session_p.h"
#include "core/table/schemajob.h"
#include "core/table/schemaundo.h"
#include "core/table/tablearchive.h"
#include "core/table/tableprobe.h"
#include "core/table/tabletransaction.h"

#include <utility>

namespace keyglass {

namespace {

/// The lanes of one piece of work.
class Place {
public:
    explicit Place(const SchemaSession::Access& access, const std::vector<std::string>& confirmed = {})
        : m_source(access.source)
        , m_lanes(m_source->cluster ? std::make_unique<EditLanes>(m_source->cluster)
                                    : std::make_unique<EditLanes>(m_source->lane(access.database)))
        , m_place{*m_lanes, {}, Confirmation(confirmed)}
    {
        m_place.rights = access.rights.get();
        if (!m_source->cluster) {
            add(m_source->lane(access.database), m_source->name);
            return;
        }
        for (const ClusterNode* master : m_source->cluster->topology()->masters()) {
            add(m_source->nodeLane(0, master->id), m_source->cluster->optionsFor(*master).endpoint.text());
        }
    }
    [[nodiscard]] SchemaPlace& get() { return m_place; }

private:
    void add(std::unique_ptr<Lane> lane, const QString& name)
    {
        m_place.nodes.push_back({lane.get(), name});
        m_nodeLanes.push_back(std::move(lane));
    }

    const std::shared_ptr<const SourceAccess> m_source;
    const std::unique_ptr<EditLanes> m_lanes;
    std::vector<std::unique_ptr<Lane>> m_nodeLanes;
    SchemaPlace m_place;
};

std::unique_ptr<TableArchive> archiveFor(const SchemaSession::Access& access, QString job, const SchemaPlan* plan)
{
    TableArchive::Setting setting{access.archiveFile, {}, access.passphrase, access.database};
    setting.info.connection = access.connection;
    setting.info.server = access.source->facts.productText();
    setting.info.runId = access.source->cluster ? QString() : QString::fromStdString(access.source->facts.runId);
    setting.info.job = std::move(job);
    setting.info.databases = {access.database};
    setting.info.plan = plan ? QString::fromStdString(planToJson(*plan)) : QString();
    return std::make_unique<TableArchive>(std::move(setting));
}

Result<std::unique_ptr<UndoArchiveReader>> openedFor(
    const SchemaSession::Access& access, const SchemaSession::Archive& archive)
{
    auto reader =
        UndoArchiveReader::open(archive.file, archive.passphrase.isEmpty() ? access.passphrase : archive.passphrase);
    if (!reader) {
        return reader;
    }
    Status fits = checkUndoDatabase((*reader)->info(), access.database);
    return fits ? std::move(reader) : Result<std::unique_ptr<UndoArchiveReader>>(std::move(fits).error());
}

/// Where `why` is that the archive is sealed, and its passphrase missing or another one: what is known of it then.
std::optional<UndoPreview> withoutPassphrase(const SchemaSession::Archive& archive, const Error& why, int database)
{
    const auto closed = UndoArchiveReader::open(archive.file);
    const bool isMeant = why.kind == ErrorKind::Input && closed && (*closed)->isSealed();
    if (!isMeant || !undonePlan((*closed)->info()) || !checkUndoDatabase((*closed)->info(), database)) {
        return std::nullopt;
    }
    UndoPreview preview;
    preview.info = (*closed)->info();
    preview.refusal = why.detail;
    preview.needsPassphrase = true;
    return preview;
}

SchemaProgress tellIn(const std::shared_ptr<SchemaStage>& stage)
{
    return [stage](const SchemaStep& step) { stage->take(step); };
}

/// A lane to any node finds the schema in both layouts; the table's node is found by a look at its keys.
Result<CheckedTable> checkAt(
    Lane& any, SchemaPlace& place, const std::string& table, const std::stop_token& stop, SchemaStage& stage)
{
    auto schema = fetchTableSchema(any, table, stop);
    if (!schema) {
        return std::move(schema).error();
    }
    TableTransaction transaction(place.lanes, schema->keys());
    if (const auto seen = transaction.look({schema->keys().schema()}, {}, stop); !seen) {
        return seen.error();
    }
    transaction.leave(stop);
    auto report = checkTable(transaction.lane(), *schema, {.kept = findingsForRepair}, stop,
        [&stage](const TableReport& so) { stage.take(stepOf(so)); });
    return report ? Result(CheckedTable{*std::move(schema), *std::move(report)}) : std::move(report).error();
}

} // namespace

SchemaSession::SchemaSession(Look look)
    : m_look(std::move(look))
{
}

SchemaSession::~SchemaSession() = default;

template <typename T, typename Work> SchemaWork<T> SchemaSession::start(Work work)
{
    SchemaWork<T> begun;
    Access access = m_look();
    auto stage = std::make_shared<SchemaStage>();
    auto task = m_tasks.run<T>(0,
        [access = std::move(access), stage, work = std::move(work)](const std::stop_token& stop,
            const WorkTasks::Progress&) { return access.source ? work(access, stop, stage) : Result<T>(access.why); });
    begun.answer = std::move(task.answer);
    begun.stop = std::move(task.stop);
    begun.stage = std::move(stage);
    return begun;
}

SchemaWork<TableSchema> SchemaSession::schemaOf(const std::string& table)
{
    return start<TableSchema>([table](const Access& access, const std::stop_token& stop, const auto&) {
        return fetchTableSchema(*access.source->lane(access.database), table, stop);
    });
}

SchemaWork<SchemaPreview> SchemaSession::preview(const SchemaChange& change)
{
    return start<SchemaPreview>(
        [change](const Access& access, const std::stop_token& stop, const std::shared_ptr<SchemaStage>& stage) {
            Place place(access);
            return previewChange(place.get(), change, stop, tellIn(stage));
        });
}

void SchemaSession::forgetRights()
{
    if (const auto rights = m_look().rights) {
        rights->forgetAll();
    }
}

SchemaWork<SchemaReport> SchemaSession::run(SchemaRun run)
{
    return start<SchemaReport>([run = std::move(run)](const Access& access, const std::stop_token& stop,
                                   const std::shared_ptr<SchemaStage>& stage) {
        Place place(access, run.confirmed);
        const SchemaPlan& plan = run.preview.plan;
        const auto archive = run.archives ? archiveFor(access, textOf(plan.change), &plan) : nullptr;
        place.get().archive = archive.get();
        return runSchemaJob(place.get(), run.preview, run.wait, run.saves, stop, *stage);
    });
}

SchemaWork<UndoPreview> SchemaSession::previewUndo(const Archive& archive)
{
    return start<UndoPreview>(
        [archive](const Access& access, const std::stop_token& stop, const auto&) -> Result<UndoPreview> {
            const auto reader = openedFor(access, archive);
            Place place(access);
            auto preview =
                reader ? keyglass::previewUndo(place.get(), **reader, stop) : Result<UndoPreview>(reader.error());
            const auto sealed = preview ? std::nullopt : withoutPassphrase(archive, preview.error(), access.database);
            return sealed ? *sealed : std::move(preview);
        });
}

SchemaWork<SchemaReport> SchemaSession::undo(const Archive& archive, std::vector<std::string> confirmed)
{
    return start<SchemaReport>(
        [archive, confirmed = std::move(confirmed)](const Access& access, const std::stop_token& stop,
            const std::shared_ptr<SchemaStage>& stage) -> Result<SchemaReport> {
            const auto reader = openedFor(access, archive);
            if (!reader) {
                return reader.error();
            }
            Place place(access, confirmed);
            return undoChange(place.get(), **reader, stop, tellIn(stage));
        });
}

SchemaWork<CheckedTable> SchemaSession::check(const std::string& table)
{
    return start<CheckedTable>(
        [table](const Access& access, const std::stop_token& stop, const std::shared_ptr<SchemaStage>& stage) {
            Place place(access);
            return checkAt(*access.source->lane(access.database), place.get(), table, stop, *stage);
        });
}

SchemaWork<TableRepair> SchemaSession::repair(
    CheckedTable checked, const RepairWays& ways, std::vector<std::string> confirmed)
{
    return start<TableRepair>([checked = std::move(checked), ways, confirmed = std::move(confirmed)](
                                  const Access& access, const std::stop_token& stop,
                                  const std::shared_ptr<SchemaStage>& stage) {
        Place place(access, confirmed);
        const auto archive = archiveFor(access, QStringLiteral("repair ") + displayText(checked.schema.table), nullptr);
        const std::uint64_t all = checked.report.findings.size();
        stage->take({SchemaStep::Kind::Repairing, 0, all, 0});
        return repairTable(place.get().lanes, checked.schema, checked.report, ways, stop, place.get().confirmation,
            archive.get(), [&](std::uint64_t done) { stage->take({SchemaStep::Kind::Repairing, done, all, 0}); });
    });
}

SchemaSession& Session::schemas()
{
    if (!m_d->schemas) {
        m_d->schemas = std::make_unique<SchemaSession>([this] {
            SchemaSession::Access access;
            if (!m_d->workers) {
                access.why = m_d->whyNotConnected();
                return access;
            }
            access.source = std::make_shared<const SourceAccess>(*m_d->source);
            access.database = database();
            access.rights = m_d->tableRights;
            access.connection = m_d->profile.title();
            access.archiveFile = newArchiveFile();
            access.passphrase = m_d->archivePassphrase;
            return access;
        });
    }
    return *m_d->schemas;
}

} // namespace keyglass
