// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/schemaundo.h"

#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "core/table/columnundo.h"
#include "core/table/undopreview.h"
#include "core/table/undowrites.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {

using Kind = SchemaChange::Kind;
using Records = std::vector<UndoRecord>;

constexpr std::size_t recordsAtOnce = 100;
constexpr std::size_t bytesAtOnce = 4U << 20U;

QString tr(const char* text)
{
    return QCoreApplication::translate("SchemaUndo", text);
}

Command restoring(const std::string& key, const UndoRecord& record)
{
    Command command{"RESTORE", key, std::to_string(record.expireAt ? record.expireAt->count() : 0), record.dump};
    if (record.expireAt) {
        command.add("ABSTTL");
    }
    return command;
}

/// One undo on its way.
class Undo {
public:
    Undo(SchemaPlace& place, UndoArchiveReader& archive, SchemaPlan plan, std::stop_token stop,
        const SchemaProgress& progress)
        : m_archive(archive)
        , m_plan(std::move(plan))
        , m_keys(m_plan.change.table)
        , m_place(place)
        , m_stop(std::move(stop))
        , m_writes(place, m_keys, m_stop)
        , m_progress(progress)
    {
    }

    Result<SchemaReport> run();

private:
    using Take = std::function<Status(const Records&)>;
    /// The archive's records of this table, in batches; superseded ones come first and lose.
    Status forEachBatch(const Take& take);
    /// Finds the node that has the table, and the schema that is there.
    Status lookBefore();
    Status restoreTable();
    Status restoreKeys(const Records& records);
    Status restoreSchema();
    /// The archive is of what was left of a table whose schema had gone before.
    [[nodiscard]] bool isOfLeftovers() const { return m_plan.change.kind == Kind::DropTable && !m_plan.madeOn; }
    /// What is missing that the archive does not have: the table was dropped in more than one go.
    void tellRest(const TableReport& checked);
    Status restoreColumn();
    Status verify();

    UndoArchiveReader& m_archive;
    const SchemaPlan m_plan;
    const TableKeys m_keys;
    SchemaPlace& m_place;
    const std::stop_token m_stop;
    UndoWrites m_writes;
    const SchemaProgress& m_progress;
    SchemaReport m_report;
    Records m_schemaKeys;    ///< The schema and its indexed columns: they come last.
    bool m_hasParts = false; ///< The archive has keys of rows or index entries.
};

Result<SchemaReport> Undo::run()
{
    m_report.change = m_plan.change;
    if (Status looked = lookBefore(); !looked) {
        return std::move(looked).error();
    }
    Status done = m_plan.change.kind == Kind::DropTable ? restoreTable() : restoreColumn();
    const bool isRestored = done.has_value();
    if (isRestored && isOfLeftovers()) {
        m_report.status = SchemaReport::Status::Doubted;
        m_report.findings.push_back(
            tr("The keys that the archive has are there again, and not its schema, which was gone before: undo the "
               "drop that has it, too, or have a new table take the rows over."));
    } else if (isRestored) {
        done = verify();
    }
    m_report.lineWasLost = !done && done.error().kind != ErrorKind::Cancelled && m_writes.isUncertain();
    if (!done && m_report.restored == 0 && !m_writes.isChanged() && !m_writes.isUncertain()) {
        return std::move(done).error();
    }
    if (!done) {
        const bool isStopped = done.error().kind == ErrorKind::Cancelled;
        m_report.status = isStopped || !isRestored ? SchemaReport::Status::Stopped : SchemaReport::Status::Doubted;
        if (!isStopped) {
            m_report.findings.push_back(errorText(done.error()));
        }
    }
    const TableSchema none{m_keys.table(), TableLayout::Braced, {}, {}};
    m_report.diff = schemaDiff(m_report.before.value_or(none), m_report.after.value_or(none));
    return m_report;
}

Status Undo::lookBefore()
{
    const std::vector<Command> reads{Command{"HGETALL", m_keys.schema()}, Command{"SMEMBERS", m_keys.indexed()},
        m_writes.transaction().moveProbe(), Command{"SCARD", m_keys.rows()}};
    const auto seen = m_writes.transaction().look({m_keys.schema()}, reads, m_stop);
    if (!seen) {
        return seen.error();
    }
    m_writes.transaction().leave(m_stop);
    const bool isOfTable = m_plan.change.kind == Kind::DropTable; // a damaged one may come back
    auto schema =
        isOfTable ? schemaDespiteDamage(m_keys, (*seen)[0], (*seen)[1]) : schemaFrom(m_keys, (*seen)[0], (*seen)[1]);
    if (!schema) {
        return std::move(schema).error();
    }
    if (!schema->columns.empty()) {
        m_report.before = *std::move(schema);
        m_report.rowsBefore = static_cast<std::uint64_t>(std::max<std::int64_t>(0, seen->back().integer));
    }
    const auto around = fetchTableSurroundings(m_writes.transaction().lane(), m_stop);
    if (!around) {
        return around.error();
    }
    m_report.memoryBefore = around->usedMemory;
    return ok();
}

Status Undo::forEachBatch(const Take& take)
{
    m_archive.rewind();
    Records batch;
    std::size_t bytes = 0;
    std::uint64_t done = 0;
    const auto flush = [&]() -> Status {
        Status taken = batch.empty() ? ok() : take(batch);
        done += batch.size();
        batch.clear();
        bytes = 0;
        if (m_progress) {
            m_progress({SchemaStep::Kind::Restoring, done, m_archive.total().value_or(0), 0});
        }
        return taken;
    };
    UndoRecord record;
    for (;;) {
        const auto more = m_archive.next(record);
        if (!more) {
            return more.error();
        }
        const auto same = [&record](const UndoRecord& one) { return one.key == record.key; };
        if (!*more || batch.size() >= recordsAtOnce || bytes >= bytesAtOnce || std::ranges::any_of(batch, same)) {
            if (Status taken = flush(); !taken || !*more) {
                return taken;
            }
        }
        bytes += record.dump.size();
        batch.push_back(std::exchange(record, {}));
    }
}

// --- a table

Status Undo::restoreTable()
{
    if (m_report.before) {
        return m_writes.conflict(whyNotBeside(m_plan));
    }
    Status done = forEachBatch([this](const Records& records) { return restoreKeys(records); });
    return done && !isOfLeftovers() ? restoreSchema() : std::move(done);
}

Status Undo::restoreKeys(const Records& records)
{
    std::vector<const UndoRecord*> wanted;
    for (const UndoRecord& record : records) {
        const bool isSchemas = record.key == m_keys.schema() || record.key == m_keys.indexed();
        const auto key = parseTableKey(record.key);
        m_hasParts = m_hasParts || (key && (key->part == TableKey::Part::Row || key->part == TableKey::Part::Index));
        if (isSchemas && !isOfLeftovers()) {
            std::erase_if(m_schemaKeys, [&record](const UndoRecord& one) { return one.key == record.key; });
            m_schemaKeys.push_back(record);
        } else if (record.key.starts_with(m_keys.prefix())) {
            wanted.push_back(&record);
        }
    }
    if (wanted.empty()) {
        return ok();
    }
    std::vector<std::string> watched{m_keys.schema()};
    std::vector<Command> reads{Command{"EXISTS", m_keys.schema()}};
    for (const UndoRecord* record : wanted) {
        watched.push_back(record->key);
        reads.push_back(Command{"EXISTS", record->key});
    }
    std::uint64_t count = 0;
    Status done = m_writes.guarded(watched, reads, [&](const std::vector<Reply>& seen) -> Result<std::vector<Command>> {
        if (seen.front().integer != 0) {
            return m_writes.conflict(tr("Meanwhile there is a table of this name again."));
        }
        std::vector<Command> writes;
        for (std::size_t n = 0; n < wanted.size(); ++n) {
            if (seen[n + 1].integer == 0 || wanted[n]->supersedes) {
                if (seen[n + 1].integer != 0) {
                    writes.push_back(Command{"DEL", wanted[n]->key});
                }
                writes.push_back(restoring(wanted[n]->key, *wanted[n]));
            }
        }
        count = writes.size();
        return writes;
    });
    m_report.restored += done ? count : 0;
    return done;
}

Status Undo::restoreSchema()
{
    std::vector<Command> restores{Command{"DEL", m_keys.indexed()}};
    for (const UndoRecord& record : m_schemaKeys) {
        restores.push_back(restoring(record.key, record));
    }
    if (std::ranges::none_of(m_schemaKeys, [this](const UndoRecord& one) { return one.key == m_keys.schema(); })) {
        return m_writes.conflict(tr("The archive has no schema of it; the keys that it has are there again."));
    }
    Status done = m_writes.guarded({m_keys.schema()}, {Command{"EXISTS", m_keys.schema()}},
        [&](const std::vector<Reply>& seen) -> Result<std::vector<Command>> {
            if (seen.front().integer != 0) {
                return m_writes.conflict(tr("Meanwhile there is a table of this name again."));
            }
            return restores;
        });
    m_report.restored += done ? m_schemaKeys.size() : 0;
    return done;
}

// --- a column

Status Undo::restoreColumn()
{
    ColumnUndo column(m_writes, m_plan);
    Status done = column.add();
    done = done ? forEachBatch([&column](const Records& records) { return column.fill(records); }) : std::move(done);
    m_report.restored += column.filled();
    return done;
}

void Undo::tellRest(const TableReport& checked)
{
    using Found = TableFinding::Kind;
    const bool isWhole = checked.count(Found::GoneRow) == 0 && checked.count(Found::BadLastId) == 0;
    if (isWhole && (checked.rows > 0 || !m_hasParts)) {
        return;
    }
    m_report.status = SchemaReport::Status::Doubted;
    m_report.findings.push_back(tr(
        "Not all of the table is there: %1 rows are listed, and %2 of them have no key. Where it was dropped in more "
        "than one go, the archive of the later one has the rest. To have both, drop the table again, undo that "
        "archive, and then the one of the new drop.")
            .arg(checked.rows)
            .arg(checked.count(Found::GoneRow)));
}

// --- both

/// Rows that kept their cell, or got one while there was no column, are not in its index yet.
Status Undo::verify()
{
    auto schema = fetchTableSchema(m_writes.transaction().lane(), m_keys.table(), m_stop);
    if (!schema) {
        return std::move(schema).error();
    }
    m_report.after = *schema;
    const TableCheck what{1000, false, m_plan.change.kind == Kind::DropColumn ? m_plan.change.column : std::string()};
    const auto checked =
        checkTable(m_writes.transaction().lane(), *schema, what, m_stop, [this](const TableReport& so) {
            if (m_progress) {
                m_progress(stepOf(so));
            }
        });
    if (!checked) {
        return checked.error();
    }
    m_report.rowsAfter = checked->rows;
    if (m_plan.change.kind == Kind::DropTable) {
        tellRest(*checked);
    }
    const auto around = fetchTableSurroundings(m_writes.transaction().lane(), m_stop);
    if (!around) {
        return around.error();
    }
    m_report.memoryAfter = around->usedMemory;
    if (checked->count(TableFinding::Kind::MissingEntry) == 0) {
        return ok();
    }
    const auto repaired =
        repairTable(m_place.lanes, *schema, *checked, {false, false, false}, m_stop, m_place.confirmation);
    if (!repaired || repaired->isStopped) {
        return repaired ? Error{ErrorKind::Cancelled, {}, {}} : repaired.error();
    }
    if (repaired->repaired < checked->count(TableFinding::Kind::MissingEntry)) {
        m_report.status = SchemaReport::Status::Doubted;
        m_report.findings.push_back(tr("Some rows are not found by their index yet: check the table."));
    }
    return ok();
}

} // namespace

Result<SchemaReport> undoChange(
    SchemaPlace& place, UndoArchiveReader& archive, std::stop_token stop, const SchemaProgress& progress)
{
    const Error wrong{ErrorKind::Input, tr("The undo archive"), tr("It is of no dropped column or table.")};
    auto plan = planFromJson(archive.info().plan.toStdString());
    if (!plan) {
        return wrong;
    }
    const bool isOfColumn =
        plan->change.kind == Kind::DropColumn && plan->madeOn && plan->madeOn->find(plan->change.column);
    if (!isOfColumn && plan->change.kind != Kind::DropTable) {
        return wrong;
    }
    return Undo(place, archive, *std::move(plan), std::move(stop), progress).run();
}

} // namespace keyglass
