// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/schemapreview.h"

#include "core/base/bytes.h"
#include "core/table/forecast.h"
#include "core/table/roweditor.h"
#include "core/table/rowpages.h"
#include "core/table/schemawrites.h"
#include "core/table/tabletransaction.h"

#include <QCoreApplication>

#include <algorithm>

namespace keyglass {

namespace {

using Kind = SchemaChange::Kind;

QString tr(const char* text)
{
    return QCoreApplication::translate("SchemaPreview", text);
}

/// Memory of a new index: for each distinct value at most, and for each row while it is built.
constexpr std::uint64_t bytesPerEntry = 140;
constexpr std::uint64_t bytesPerRow = 800;

/// What is there now. `schema` is nothing where the table is not.
struct Now {
    std::optional<TableSchema> schema;
    std::uint64_t rows = 0;
    bool hasLeftovers = false; ///< There is no schema, but keys of a table that had one.
};

Result<Now> lookAt(TableTransaction& transaction, const SchemaChange& change, const std::stop_token& stop)
{
    const TableKeys keys(change.table);
    auto replies = transaction.look({keys.schema()},
        {Command{"HGETALL", keys.schema()}, Command{"SMEMBERS", keys.indexed()}, Command{"SCARD", keys.rows()},
            Command{"EXISTS", keys.lastId(), keys.rows(), keys.indexed()}, transaction.moveProbe()},
        stop);
    transaction.leave(stop);
    if (!replies) {
        return std::move(replies).error();
    }
    Now now;
    if (isOfNamespace(change.kind)) {
        return now;
    }
    auto schema = schemaFrom(keys, (*replies)[0], (*replies)[1]);
    if (!schema) {
        return std::move(schema).error();
    }
    if (!schema->columns.empty()) {
        now.schema = *std::move(schema);
    }
    now.hasLeftovers = !now.schema && (*replies)[3].isInteger() && (*replies)[3].integer > 0;
    now.rows = (*replies)[2].isInteger() ? static_cast<std::uint64_t>((*replies)[2].integer) : 0;
    return now;
}

/// How many rows have a cell that would not fit.
Result<std::uint64_t> misfits(
    Lane& lane, const TableSchema& schema, const SchemaChange& change, const std::stop_token& stop)
{
    RowReader reader(lane, schema);
    const auto place = schema.place(change.column);
    const ColumnType type = columnTypeOf(change.typeName);
    std::uint64_t count = 0;
    RowCursor cursor;
    while (!cursor.isAtEnd()) {
        auto page = reader.page(std::move(cursor), {}, stop);
        if (!page) {
            return std::move(page).error();
        }
        count += static_cast<std::uint64_t>(std::ranges::count_if(page->rows, [&](const TableRow& row) {
            const auto& cell = row.cells[*place];
            return cell && type != ColumnType::String && !accepts(type, *cell);
        }));
        cursor = std::move(page->next);
    }
    return count;
}

bool buildsIndex(Kind kind)
{
    return kind == Kind::AddIndex || kind == Kind::RepairIndex;
}

/// Which way it goes, and how long everybody would wait.
void chooseWay(SchemaPreview& preview, double slowness)
{
    const Kind kind = preview.plan.change.kind;
    if (!buildsIndex(kind) || preview.rows <= mostRowsByPlainKeys) {
        preview.way = ChangeWay::PlainKeys;
        preview.standstill = buildsIndex(kind) ? timeOf(ModuleWork::AddIndex, preview.rows, slowness) : Milliseconds{0};
        return;
    }
    preview.way = ChangeWay::Module;
    preview.standstill = timeOf(ModuleWork::AddIndex, preview.rows, slowness);
    if (kind == Kind::RepairIndex) {
        preview.standstill += timeOf(ModuleWork::DropIndex, preview.around.keys, slowness);
    }
    if (!preview.module.mayBeUsed()) {
        preview.refusal = tr("An index of more than %1 rows is built by RedisTABLE itself, which is not loaded here.")
                              .arg(mostRowsByPlainKeys);
    } else if (const QString why = whyTooLong(preview.standstill, preview.around); !why.isEmpty()) {
        preview.refusal = why + u' '
            + tr("Raise cluster-node-timeout for the time of the change, or make a new table with the index and move "
                 "the rows over.");
    }
}

/// What programs feel that use the table by the module.
void noteOthers(SchemaPreview& preview)
{
    const SchemaChange& change = preview.plan.change;
    const QString column = displayText(change.column);
    const auto note = [&preview](const QString& text) { preview.notes.push_back(text); };
    if (change.kind == Kind::AddIndex) {
        note(tr("Equality on %1 compares bytes from then on: 5, 05 and +5 are three values.").arg(column));
    }
    if (change.kind == Kind::RepairIndex) {
        note(tr("Other programs see the index as it was or as it will be, never half of it."));
    }
    if (change.kind == Kind::DropIndex
        || (change.kind == Kind::DropColumn && preview.plan.madeOn->find(change.column)->isIndexed)) {
        note(tr("TABLE.SELECT … WHERE %1=… of other programs will fail.").arg(column));
        note(tr(
            "TABLE.UPDATE and TABLE.DELETE with %1=… change their meaning silently: they compare by type, fall under "
            "the scan limit, and an OR before it becomes an AND.")
                .arg(column));
    }
    if (change.kind == Kind::DropColumn) {
        note(tr("TABLE.INSERT and TABLE.UPDATE of other programs that name %1 will fail, half done.").arg(column));
        note(tr("Until all rows are done TABLE.SELECT shows it in some."));
    }
    if (change.kind == Kind::ChangeType) {
        note(tr("Conditions on %1 compare by the new type.").arg(column));
    }
    if (change.kind == Kind::DropTable && preview.plan.madeOn) {
        note(
            tr("Every TABLE command of other programs on %1 fails from the first moment on; its keys are removed after "
               "that, in batches.")
                .arg(displayText(change.table)));
    }
    if (change.kind == Kind::DropTable && !preview.plan.madeOn) {
        note(tr("The table itself is gone already; what is left of its keys is removed."));
    }
    if (change.kind == Kind::DropNamespace) {
        note(tr("TABLE.SCHEMA.CREATE of other programs in %1 will fail.").arg(displayText(change.table)));
    }
}

void foresee(SchemaPreview& preview)
{
    const SchemaChange& change = preview.plan.change;
    const auto note = [&preview](const QString& text) { preview.notes.push_back(text); };
    if (buildsIndex(change.kind)) {
        preview.memory = preview.rows * (bytesPerEntry + (preview.way == ChangeWay::Module ? bytesPerRow : 0));
    }
    noteOthers(preview);
    if (preview.way == ChangeWay::Module && !preview.around.warning().isEmpty()) {
        note(preview.around.warning() + u' ' + tr("Have the server run BGREWRITEAOF or a full resync afterwards."));
    }
    const std::uint64_t most = preview.around.maxMemory;
    if (most > 0 && preview.around.usedMemory + preview.memory > most && preview.memory > 0) {
        preview.refusal = tr("It takes about %1 of memory, and the server has less left before maxmemory.")
                              .arg(sizeText(ByteCount{preview.memory}));
    }
    if (!preview.around.isMaster) {
        preview.refusal = tr("The server is a replica.");
    }
}

/// Whether tables of the namespace are left, and whether a new table's namespace is there.
Status lookAround(SchemaPlace& place, SchemaPreview& preview, const std::stop_token& stop)
{
    const SchemaChange& change = preview.plan.change;
    if (change.kind != Kind::DropNamespace && change.kind != Kind::CreateTable) {
        return ok();
    }
    const bool drops = change.kind == Kind::DropNamespace;
    const std::string space = drops ? change.table : TableName::parse(change.table)->space;
    const auto list = listTables(place.nodes, TableListing{.space = space, .asksBytes = false}, stop);
    if (!list) {
        return list.error();
    }
    if (drops && !list->gaps.empty()) {
        return list->gaps.front();
    }
    if (drops && !list->tables.empty()) {
        preview.refusal = tr("It has %1 tables; drop them first.").arg(list->tables.size());
    }
    const bool hasMarker = std::ranges::find(list->namespaces, space) != list->namespaces.end();
    if (!drops && !hasMarker) {
        preview.notes.push_back(
            tr("Namespace %1 is not there; the table works without it, and RedisTABLE makes no table in it.")
                .arg(displayText(space)));
    }
    return ok();
}

} // namespace

Result<SchemaPreview> previewChange(SchemaPlace& place, const SchemaChange& change, std::stop_token stop)
{
    SchemaPreview preview;
    TableTransaction transaction(place.lanes, TableKeys(change.table), place.confirmation);
    auto now = lookAt(transaction, change, stop);
    if (!now) {
        return std::move(now).error();
    }
    preview.plan = {change, now->schema};
    preview.rows = now->rows;
    if (!(change.kind == SchemaChange::Kind::DropTable && now->hasLeftovers)) {
        auto after = schemaAfter(change, now->schema);
        if (!after) {
            return std::move(after).error();
        }
        preview.after = *std::move(after);
    }
    const TableSchema none{change.table, TableLayout::Braced, {}, {}};
    preview.diff = schemaDiff(now->schema.value_or(none), preview.after.value_or(none));
    const auto module = fetchTableModule(transaction.lane(), stop);
    const auto around = fetchTableSurroundings(transaction.lane(), stop);
    const auto slowness = measureSlowness(transaction.lane(), TableKeys(change.table), stop);
    if (!module || !around || !slowness) {
        return !module ? module.error() : !around ? around.error() : slowness.error();
    }
    preview.module = *module;
    preview.around = *around;
    chooseWay(preview, *slowness);
    foresee(preview);
    if (change.kind == Kind::ChangeType) {
        const auto wrong = misfits(transaction.lane(), *now->schema, change, stop);
        if (!wrong) {
            return wrong.error();
        }
        if (*wrong > 0) {
            preview.refusal = tr("%1 rows hold something else in %2.").arg(*wrong).arg(displayText(change.column));
        }
    }
    if (Status looked = lookAround(place, preview, stop); !looked) {
        return std::move(looked).error();
    }
    for (const Command& command : exampleWrites(preview.plan, preview.way)) {
        preview.lines.push_back(commandLine(command));
    }
    return preview;
}

} // namespace keyglass
