// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/schemapreview.h"

#include "core/base/bytes.h"
#include "core/table/forecast.h"
#include "core/table/roweditor.h"
#include "core/table/schemalook.h"
#include "core/table/schemawrites.h"
#include "core/table/tableremains.h"
#include "core/table/tabletransaction.h"

#include <QCoreApplication>

#include <array>

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
    std::string schemaType; ///< Of its key, as TYPE says; "none".
    bool hasRows = true;    ///< False: something else is in the place of the list of rows.
};

Result<Now> lookAt(TableTransaction& transaction, const SchemaChange& change, const std::stop_token& stop)
{
    const TableKeys keys(change.table);
    auto replies = transaction.look({keys.schema()},
        {Command{"HGETALL", keys.schema()}, Command{"SMEMBERS", keys.indexed()}, Command{"SCARD", keys.rows()},
            Command{"TYPE", keys.schema()}, transaction.moveProbe()},
        stop);
    transaction.leave(stop);
    if (!replies) {
        return std::move(replies).error();
    }
    Now now;
    if (isOfNamespace(change.kind)) {
        const Reply& type = (*replies)[3];
        if (type.isError()) {
            return replyError(type.text).about(displayText(namespaceKey(change.table)));
        }
        now.schemaType = type.text;
        return now;
    }
    auto schema = change.kind == Kind::DropTable ? schemaDespiteDamage(keys, (*replies)[0], (*replies)[1])
                                                 : schemaFrom(keys, (*replies)[0], (*replies)[1]);
    if (!schema) {
        return std::move(schema).error();
    }
    if (!schema->columns.empty()) {
        now.schema = *std::move(schema);
    }
    const Reply& rows = (*replies)[2];
    now.hasRows = !rows.isError();
    now.rows = rows.isInteger() ? static_cast<std::uint64_t>(rows.integer) : 0;
    return now;
}

/// A table of the layout of 1.0 is there, and can't be changed: Unsupported. In a cluster it may be on another node.
Status checkLayout(Lane& lane, const SchemaChange& change, const std::stop_token& stop)
{
    const auto old =
        lane.pipeline(std::array{Command{"HGETALL", TableKeys(change.table, TableLayout::Plain).schema()}}, stop);
    if (!old) {
        return old.error();
    }
    TableSchema schema{change.table, TableLayout::Plain, {}, {}};
    return old->front().elements.empty() ? ok() : checkCells(schema, {});
}

Status checkMarker(const SchemaChange& change, const Now& now)
{
    const QString space = tr("Namespace %1").arg(displayText(change.table));
    if (change.kind == Kind::CreateNamespace && now.schemaType == "string") {
        return Error{ErrorKind::Refused, space, tr("It is there already.")};
    }
    if (change.kind == Kind::DropNamespace && now.schemaType == "none") {
        return Error{ErrorKind::Gone, space, tr("There is no such namespace.")};
    }
    const bool isOther = now.schemaType != "none" && now.schemaType != "string";
    return isOfNamespace(change.kind) && isOther
        ? Status(Error{ErrorKind::Refused, space,
              tr("Its key %1 is something else.").arg(displayText(namespaceKey(change.table)))})
        : ok();
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
        note(tr("The table itself is gone already; what is left of its keys is removed. To have all of it back, undo "
                "this drop before the one that has the schema."));
    }
    if (change.kind == Kind::DropNamespace) {
        note(tr("TABLE.SCHEMA.CREATE of other programs in %1 will fail.").arg(displayText(change.table)));
    }
}

/// What keys of a wrong type mean for the change.
void noteDamage(SchemaPreview& preview, const Now& now)
{
    const SchemaChange& change = preview.plan.change;
    const TableKeys keys(change.table);
    const QString isNoSet = tr("%1 is no set: the table is damaged.");
    if (now.schema && !now.schema->hasIndexList) {
        preview.notes.push_back(isNoSet.arg(displayText(keys.indexed())));
    }
    if (now.hasRows || isOfNamespace(change.kind)) {
        return;
    }
    const QString text = isNoSet.arg(displayText(keys.rows()));
    const bool goesThroughRows = buildsIndex(change.kind) || change.kind == Kind::ChangeType
        || change.kind == Kind::DropColumn || change.kind == Kind::CreateTable;
    if (goesThroughRows) {
        preview.refusal = text + u' '
            + tr("Which rows it has is not known. Mend that key first: what belongs there is a set of the ids of its "
                 "rows, whose keys are %1….")
                  .arg(displayText(keys.prefix()));
    } else {
        preview.notes.push_back(text);
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

} // namespace

Result<SchemaPreview> previewChange(
    SchemaPlace& place, const SchemaChange& change, std::stop_token stop, const SchemaProgress& progress)
{
    SchemaPreview preview;
    TableTransaction transaction(place.lanes, TableKeys(change.table), place.confirmation);
    auto now = lookAt(transaction, change, stop);
    if (!now) {
        return std::move(now).error();
    }
    preview.plan = {change, now->schema};
    preview.rows = now->rows;
    const bool hasBoth = now->schema || isOfNamespace(change.kind); // else one of 1.0 may be meant
    if (Status old = hasBoth ? ok() : checkLayout(transaction.lane(), change, stop); !old) {
        return std::move(old).error();
    }
    const bool isOfLeftovers = change.kind == Kind::DropTable && !now->schema;
    const auto left = isOfLeftovers
        ? findRemains(transaction.lane(), TableKeys(change.table), {}, stop, keysTold(progress))
        : Result(TableRemains{});
    if (!left) {
        return left.error();
    }
    if (left->total() == 0) {
        auto after = schemaAfter(change, now->schema);
        if (!after) {
            return std::move(after).error();
        }
        preview.after = *std::move(after);
    }
    if (Status marker = checkMarker(change, *now); !marker) {
        return std::move(marker).error();
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
    noteDamage(preview, *now);
    if (change.kind == Kind::ChangeType && now->hasRows) {
        const auto wrong = misfits(transaction.lane(), *now->schema, change, stop, progress);
        if (!wrong) {
            return wrong.error();
        }
        if (*wrong > 0) {
            preview.refusal = tr("%1 rows hold something else in %2.").arg(*wrong).arg(displayText(change.column));
        }
    }
    Status looked = lookForRemains(transaction.lane(), preview, stop, progress);
    looked = looked ? lookForRights(transaction.lane(), place.rights, preview, stop) : std::move(looked);
    looked = looked ? lookAround(place, preview, stop) : std::move(looked);
    if (!looked) {
        return std::move(looked).error();
    }
    if (preview.leftovers > 0) {
        const TableKeys keys(change.table);
        const std::string entry = (change.keepsRows ? keys.prefix() + "idx:" : keys.indexPrefix(change.column)) + "…";
        preview.lines.push_back(commandLine(Command{"UNLINK", entry}));
    }
    for (const Command& command : exampleWrites(preview.plan, preview.way)) {
        preview.lines.push_back(commandLine(command));
    }
    return preview;
}

} // namespace keyglass
