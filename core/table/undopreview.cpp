// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/undopreview.h"

#include "core/base/bytes.h"
#include "core/table/schemaundo.h"
#include "core/table/tabletransaction.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {

using Kind = SchemaChange::Kind;

QString tr(const char* text)
{
    return QCoreApplication::translate("SchemaUndo", text);
}

/// The schema as the node says that has the table; nothing: no such table.
Result<std::optional<TableSchema>> schemaNow(
    SchemaPlace& place, const SchemaChange& undone, const std::stop_token& stop)
{
    const TableKeys keys(undone.table);
    TableTransaction transaction(place.lanes, keys);
    const auto seen = transaction.look({keys.schema()},
        {Command{"HGETALL", keys.schema()}, Command{"SMEMBERS", keys.indexed()}, transaction.moveProbe()}, stop);
    if (!seen) {
        return seen.error();
    }
    transaction.leave(stop);
    const bool isOfTable = undone.kind == Kind::DropTable; // a damaged one may come back
    auto schema =
        isOfTable ? schemaDespiteDamage(keys, (*seen)[0], (*seen)[1]) : schemaFrom(keys, (*seen)[0], (*seen)[1]);
    if (!schema) {
        return std::move(schema).error();
    }
    return schema->columns.empty() ? std::nullopt : std::optional(*std::move(schema));
}

/// Which schema a column's return makes, and why it can't return.
void addColumn(UndoPreview& preview)
{
    if (!preview.before) {
        preview.refusal = tr("There is no such table.");
        return;
    }
    const TableColumn wanted = *preview.plan.madeOn->find(preview.plan.change.column);
    preview.after = preview.before;
    const auto there = std::ranges::find(preview.after->columns, wanted.name, &TableColumn::name);
    if (there == preview.after->columns.end()) {
        preview.after->columns.push_back(wanted);
    } else if (there->typeName != wanted.typeName) {
        preview.refusal = tr("Column %1 is there again with another type.").arg(displayText(wanted.name));
    } else {
        there->isIndexed = there->isIndexed || wanted.isIndexed;
    }
}

void addTable(UndoPreview& preview)
{
    if (preview.before) {
        preview.after = preview.before;
        preview.refusal = whyNotBeside(preview.plan);
        return;
    }
    preview.after = preview.plan.madeOn;
}

} // namespace

QString whyNotBeside(const SchemaPlan& dropped)
{
    return dropped.madeOn
        ? tr("There is a table of this name again. Drop or rename that one first.")
        : tr("There is a table of this name. The archive has the rest of one that was dropped before, without its "
             "schema: drop the table that is there, undo this archive, and then the one of that drop.");
}

Result<UndoPreview> previewUndo(SchemaPlace& place, UndoArchiveReader& archive, std::stop_token stop)
{
    auto plan = undonePlan(archive.info());
    if (!plan) {
        return std::move(plan).error();
    }
    UndoPreview preview;
    preview.plan = *std::move(plan);
    preview.info = archive.info();
    preview.inverse = inverseOf(preview.plan);
    if (preview.inverse) {
        return preview;
    }
    UndoRecord first; // what can't be read, or is sealed, says so before anything is agreed to
    if (const auto read = archive.next(first); !read) {
        return read.error();
    }
    archive.rewind();
    if (const auto records = archive.total()) {
        preview.keys = *records - std::min(*records, archive.superseding().value_or(0));
    }
    const TableKeys keys(preview.plan.change.table);
    auto before = schemaNow(place, preview.plan.change, stop);
    if (!before) {
        return std::move(before).error();
    }
    preview.before = *std::move(before);
    preview.plan.change.kind == Kind::DropTable ? addTable(preview) : addColumn(preview);
    const TableSchema none{keys.table(), TableLayout::Braced, {}, {}};
    preview.diff = schemaDiff(preview.before.value_or(none), preview.after.value_or(none));
    return preview;
}

Result<SchemaPlan> undonePlan(const ArchiveInfo& info)
{
    const Error wrong{ErrorKind::Input, tr("The undo archive"), tr("It is of no change that can be undone.")};
    auto plan = planFromJson(info.plan.toStdString());
    if (!plan) {
        return wrong;
    }
    const SchemaChange& change = plan->change;
    if (change.keepsRows) {
        return Error{ErrorKind::Unsupported, tr("Taking over the rows of %1").arg(displayText(change.table)),
            tr("It is not undone: without the table its rows would go, too. The archive holds the former index "
               "entries.")};
    }
    const bool isOfColumn = change.kind == Kind::DropColumn && plan->madeOn && plan->madeOn->find(change.column);
    return isOfColumn || change.kind == Kind::DropTable || inverseOf(*plan) ? std::move(plan)
                                                                            : Result<SchemaPlan>(wrong);
}

Status checkUndoDatabase(const ArchiveInfo& info, int database)
{
    if (std::ranges::find(info.databases, database) != info.databases.end()) {
        return ok();
    }
    return Error{ErrorKind::Input, tr("The undo archive"),
        tr("It is of another database than the one that is open (%1). Open that one first.").arg(database)};
}

} // namespace keyglass
