// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/schemalook.h"

#include "core/base/bytes.h"
#include "core/source/lane.h"
#include "core/table/formerrows.h"
#include "core/table/rowpages.h"
#include "core/table/schemawrites.h"
#include "core/table/tableprobe.h"
#include "core/table/tableremains.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace keyglass {

namespace {

using Kind = SchemaChange::Kind;

QString tr(const char* text)
{
    return QCoreApplication::translate("SchemaPreview", text);
}

/// All that the change sends, once each: what it writes, how it looks at the table, and how it verifies.
std::vector<Command> commandsOf(const SchemaPreview& preview)
{
    const Kind kind = preview.plan.change.kind;
    const TableKeys keys(preview.plan.change.table);
    const std::string row = keys.row("0");
    std::vector<Command> all{Command{"WATCH", row}, Command{"UNWATCH"}, Command{"MULTI"}, Command{"EXEC"},
        Command{"HGETALL", keys.schema()}, Command{"SMEMBERS", keys.indexed()}, Command{"SCARD", keys.rows()},
        Command{"EXISTS", row}};
    const bool goesThroughRows = kind == Kind::CreateTable || kind == Kind::ChangeType || kind == Kind::DropColumn;
    const bool goesThroughKeys = kind != Kind::AddColumn && kind != Kind::ChangeType;
    if (goesThroughRows || buildsIndex(kind)) {
        all.insert(all.end(), {Command{"SSCAN", keys.rows()}, Command{"HGETALL", row}});
    }
    if (buildsIndex(kind) || kind == Kind::DropIndex || kind == Kind::DropColumn) {
        all.push_back(Command{"SISMEMBER", keys.rows()});
    }
    if (kind == Kind::CreateTable) {
        all.push_back(Command{"GET", keys.lastId()});
    }
    if (goesThroughKeys) {
        all.push_back(Command{"SCAN", "0"});
    }
    if (preview.leftovers > 0) {
        all.push_back(Command{"UNLINK", row});
    }
    const std::vector<Command> writes = exampleWrites(preview.plan, preview.way); // of former rows, the counter's too
    all.insert(all.end(), writes.begin(), writes.end());
    return all;
}

} // namespace

bool buildsIndex(SchemaChange::Kind kind)
{
    return kind == Kind::AddIndex || kind == Kind::RepairIndex;
}

Result<std::uint64_t> misfits(Lane& lane, const TableSchema& schema, const SchemaChange& change,
    const std::stop_token& stop, const SchemaProgress& progress)
{
    RowReader reader(lane, schema);
    const auto place = schema.place(change.column);
    const ColumnType type = columnTypeOf(change.typeName);
    std::uint64_t count = 0;
    std::uint64_t looked = 0;
    const auto extent = reader.extent(stop);
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
        looked += page->rows.size();
        if (progress) {
            progress({SchemaStep::Kind::Rows, looked, extent ? std::max(extent->rows, looked) : 0, 0});
        }
    }
    return count;
}

Status lookForRights(Lane& lane, KnownRights* known, SchemaPreview& preview, const std::stop_token& stop)
{
    if (isOfNamespace(preview.plan.change.kind)) {
        return ok();
    }
    const TableKeys keys(preview.plan.change.table);
    const std::string node = lane.nodeText().toStdString();
    auto before = known ? known->find(node, keys) : std::nullopt;
    const bool isRefused = before && before->isLogged; // of a yes it is better known that it still stands
    const auto rights = isRefused ? Result(*std::move(before)) : probeTable(lane, keys, true, stop);
    if (!rights) {
        return rights.error();
    }
    if (known && rights->isLogged) {
        known->keep(node, keys, *rights);
    }
    const bool removes = isDestructive(preview.plan.change.kind) || preview.plan.change.kind == Kind::DropIndex;
    if (removes || preview.leftovers > 0) {
        const auto lacking = rights->missingFor({Command{"DUMP", keys.row("0")}, Command{"PTTL", keys.row("0")}}, keys);
        const QStringList missing(lacking.begin(), lacking.end());
        preview.unarchivable = missing.isEmpty()
            ? QString()
            : tr("What is removed can't be archived: this user lacks %1. Have that given, or do without an archive.")
                  .arg(missing.join(QStringLiteral(", ")));
        if (!missing.isEmpty()) {
            preview.notes.push_back(preview.unarchivable);
        }
    }
    const auto lacking = rights->missingFor(commandsOf(preview), keys);
    if (!lacking.empty()) {
        const QStringList missing(lacking.begin(), lacking.end());
        preview.refusal = tr("This user lacks %1.").arg(missing.join(QStringLiteral(", ")));
    }
    return ok();
}

Status lookForRemains(Lane& lane, SchemaPreview& preview, const std::stop_token& stop, const SchemaProgress& progress)
{
    const SchemaChange& change = preview.plan.change;
    const bool isRepair = change.kind == Kind::RepairIndex && preview.way == ChangeWay::PlainKeys;
    if (change.kind != Kind::CreateTable && change.kind != Kind::AddIndex && !isRepair) {
        return ok();
    }
    const auto left = findRemains(lane, TableKeys(change.table), change.column, stop, keysTold(progress));
    if (!left) {
        return left.error();
    }
    if (change.keepsRows) {
        return lookAtFormerRows(lane, *left, preview, stop, progress);
    }
    if (left->total() > 0 && change.kind == Kind::CreateTable) {
        preview.former = *left;
        preview.refusal = tr("Keys of a former table of this name are left: %1. Its new rows would inherit them. Drop "
                             "the table first, which removes them and keeps them in an undo archive, or have its rows "
                             "taken over.")
                              .arg(left->text());
    }
    if (isRepair && left->entries > mostEntriesInOneGo) {
        preview.refusal =
            tr("The index has %1 entries, which are too many to be replaced in one go. Drop the index, by "
               "which they go in batches, and add it again.")
                .arg(left->entries);
    }
    if (left->total() > 0 && change.kind == Kind::AddIndex) {
        preview.leftovers = left->total();
        preview.notes.push_back(tr("%1 entries of a former index are left there. They are removed first, as the new "
                                   "one would lead to their rows.")
                .arg(left->total()));
    }
    return ok();
}

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

} // namespace keyglass
