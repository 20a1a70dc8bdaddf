// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/schemaverify.h"

#include "core/base/bytes.h"
#include "core/net/command.h"
#include "core/source/lane.h"
#include "core/table/rowpages.h"
#include "core/table/tablecheck.h"
#include "core/table/tableremains.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace keyglass {

namespace {

using Kind = SchemaChange::Kind;
using Findings = Result<std::vector<QString>>;

QString tr(const char* text)
{
    return QCoreApplication::translate("SchemaVerify", text);
}

Result<TableReport> checked(Lane& node, const TableSchema& schema, const TableCheck& what, const std::stop_token& stop,
    const SchemaProgress& progress)
{
    return checkTable(node, schema, what, stop, [&progress](const TableReport& so) {
        if (progress) {
            progress(stepOf(so));
        }
    });
}

/// Looks once more at the rows and entries that were noted, and takes those from the counts that are good by now.
Status lookAgain(Lane& node, const TableSchema& schema, const TableReport& report, std::uint64_t& missing,
    std::uint64_t& stale, const std::stop_token& stop)
{
    const TableKeys keys = schema.keys();
    std::vector<const TableFinding*> noted;
    std::vector<Command> asked;
    for (const TableFinding& one : report.findings) {
        if (one.kind == TableFinding::Kind::MissingEntry || one.kind == TableFinding::Kind::StaleEntry) {
            noted.push_back(&one);
            asked.push_back(Command{"HGET", keys.row(one.id), one.column});
            asked.push_back(Command{"SISMEMBER", keys.rows(), one.id});
            asked.push_back(Command{"SISMEMBER", one.key, one.id});
        }
    }
    const auto replies = node.pipeline(asked, stop);
    if (!replies) {
        return replies.error();
    }
    for (std::size_t n = 0; n < noted.size(); ++n) {
        const Reply& cell = (*replies)[3 * n];
        const bool isListed = (*replies)[3 * n + 1].integer == 1;
        const bool isFound = (*replies)[3 * n + 2].integer == 1;
        const bool belongs = isListed && cell.isText() && keys.index(noted[n]->column, cell.text) == noted[n]->key;
        const bool isMissing = noted[n]->kind == TableFinding::Kind::MissingEntry;
        missing -= isMissing && (isFound || !belongs) ? 1 : 0;
        stale -= !isMissing && (belongs || !isFound) ? 1 : 0;
    }
    return ok();
}

/// What others write while it is looked at may look like a fault, and does not a second time.
Findings verifyIndex(Lane& node, const MadeChange& made, const std::stop_token& stop, const SchemaProgress& progress)
{
    constexpr std::size_t kept = 1000;
    const TableCheck what{kept, true, made.change.column};
    const auto report = checked(node, *made.after, what, stop, progress);
    if (!report) {
        return report.error();
    }
    std::uint64_t missing = report->count(TableFinding::Kind::MissingEntry);
    std::uint64_t stale = report->count(TableFinding::Kind::StaleEntry);
    if (missing + stale > 0 && missing <= kept && stale <= kept) {
        if (Status looked = lookAgain(node, *made.after, *report, missing, stale, stop); !looked) {
            return std::move(looked).error();
        }
    }
    const std::uint64_t damaged = report->count(TableFinding::Kind::WrongTypeKey);
    std::vector<QString> findings;
    if (missing + stale > 0) {
        findings.push_back(tr("%1 rows are not found by the index and %2 entries are stale: check the table.")
                .arg(missing)
                .arg(stale));
    }
    if (damaged > 0) {
        findings.push_back(tr("%1 keys of the table are of a wrong type: check the table.").arg(damaged));
    }
    return findings;
}

Findings verifyType(Lane& node, const MadeChange& made, const std::stop_token& stop, const SchemaProgress& progress)
{
    const auto report = checked(node, *made.after, {10, false, made.change.column}, stop, progress);
    if (!report) {
        return report.error();
    }
    const std::uint64_t wrong = report->count(TableFinding::Kind::BadValue);
    return wrong == 0 ? std::vector<QString>()
                      : std::vector{tr("%1 cells do not fit their columns' types: check the table.").arg(wrong)};
}

/// What failed inserts into a former table have left would be part of the new one.
Findings verifyNewTable(Lane& node, const MadeChange& made, const std::stop_token& stop, const SchemaProgress& progress)
{
    std::uint64_t found = 0;
    for (const bool isFirst : {true, false}) { // rows that others insert meanwhile are no fault a second time
        const auto report = checked(node, *made.after, {10, true, {}}, stop, progress);
        if (!report) {
            return report.error();
        }
        using Found = TableFinding::Kind;
        std::uint64_t now = report->total() - report->count(Found::StrangeKey); // which are no ones
        if (made.change.keepsRows) {                                            // told before
            now -= report->count(Found::NoColumn) + report->count(Found::GhostRow) + report->count(Found::GoneRow)
                + report->count(Found::WrongTypeRow);
        }
        found = isFirst ? now : std::min(found, now);
        if (found == 0) {
            return std::vector<QString>();
        }
    }
    if (made.change.keepsRows) {
        return std::vector{tr("%1 faults are in what was taken over: check the table.").arg(found)};
    }
    return std::vector{tr("%1 keys of a former table of this name are in the way: check the table.").arg(found)};
}

Findings verifyNothingLeft(
    Lane& node, const SchemaChange& change, const std::stop_token& stop, const SchemaProgress& progress)
{
    const std::string column = change.kind == Kind::DropTable ? std::string() : change.column;
    const auto left = findRemains(node, TableKeys(change.table), column, stop, keysTold(progress));
    if (!left) {
        return left.error();
    }
    if (change.kind == Kind::DropTable) {
        const auto schema = node.pipeline(std::array{Command{"EXISTS", TableKeys(change.table).schema()}}, stop);
        if (!schema) {
            return schema.error();
        }
        if (schema->front().integer == 1) { // what there is is of that one
            return std::vector{tr("There is a table of this name again: somebody has made it meanwhile.")};
        }
    }
    return left->total() == 0 ? std::vector<QString>()
                              : std::vector{tr("There is something left of it: %1. Somebody has written it meanwhile; "
                                               "drop it once more, or check the table.")
                                        .arg(left->text())};
}

/// How many rows still have a field.
Result<std::uint64_t> rowsWith(Lane& node, const TableSchema& schema, const std::string& column,
    const std::stop_token& stop, const SchemaProgress& progress)
{
    constexpr std::size_t atOnce = 500;
    const TableKeys keys = schema.keys();
    RowReader reader(node, schema);
    RowCursor cursor;
    SeenIds seen;
    std::uint64_t count = 0;
    std::uint64_t looked = 0;
    const auto extent = reader.extent(stop);
    while (!cursor.isAtEnd()) {
        if (Status more = reader.moreIds(cursor, keys.rows(), atOnce, stop); !more) {
            return std::move(more).error();
        }
        std::vector<Command> asked;
        for (const std::string& id : cursor.ids) {
            if (seen.add(id)) {
                asked.push_back(Command{"HEXISTS", keys.row(id), column});
            }
        }
        cursor.ids.clear();
        const auto replies = node.pipeline(asked, stop);
        if (!replies) {
            return replies.error();
        }
        count += static_cast<std::uint64_t>(std::ranges::count(*replies, 1, &Reply::integer));
        looked += asked.size();
        if (progress) {
            progress({SchemaStep::Kind::Rows, looked, extent ? std::max(extent->rows, looked) : 0, 0});
        }
    }
    return count;
}

Findings verifyDroppedColumn(
    Lane& node, const MadeChange& made, const std::stop_token& stop, const SchemaProgress& progress)
{
    const auto still = rowsWith(node, *made.after, made.change.column, stop, progress);
    if (!still) {
        return still.error();
    }
    if (*still <= made.keptRows) {
        return std::vector<QString>();
    }
    return std::vector{tr("%1 rows have a field %2 again or still: somebody has written it meanwhile.")
            .arg(*still - made.keptRows)
            .arg(displayText(made.change.column))};
}

} // namespace

Result<std::vector<QString>> verifyChange(
    Lane& node, const MadeChange& made, std::stop_token stop, const SchemaProgress& progress)
{
    const Kind kind = made.change.kind;
    if (kind == Kind::DropTable) {
        return made.after ? Findings(std::vector<QString>()) : verifyNothingLeft(node, made.change, stop, progress);
    }
    if (!made.after) {
        return std::vector<QString>();
    }
    if (kind == Kind::AddIndex || kind == Kind::RepairIndex) {
        return verifyIndex(node, made, stop, progress);
    }
    if (kind == Kind::ChangeType) {
        return verifyType(node, made, stop, progress);
    }
    if (kind == Kind::CreateTable) {
        return verifyNewTable(node, made, stop, progress);
    }
    const TableColumn* old = made.before ? made.before->find(made.change.column) : nullptr;
    const TableColumn* now = made.after->find(made.change.column);
    const bool isWithoutIndex = old && old->isIndexed && (!now || !now->isIndexed);
    auto findings =
        isWithoutIndex ? verifyNothingLeft(node, made.change, stop, progress) : Findings(std::vector<QString>());
    if (!findings || kind != Kind::DropColumn || now) {
        return findings;
    }
    const auto fields = verifyDroppedColumn(node, made, stop, progress);
    if (!fields) {
        return fields;
    }
    findings->insert(findings->end(), fields->begin(), fields->end());
    return findings;
}

Status checkEmpty(const std::vector<TableNode>& nodes, const SchemaChange& change, const std::stop_token& stop)
{
    if (change.kind != Kind::DropNamespace) {
        return ok();
    }
    const auto list = listTables(nodes, TableListing{.space = change.table, .asksBytes = false}, stop);
    if (!list || !list->gaps.empty()) {
        return list ? list->gaps.front() : list.error();
    }
    return list->tables.empty() ? ok()
                                : Status(Error{ErrorKind::Refused, textOf(change),
                                      tr("It has %1 tables; drop them first.").arg(list->tables.size())});
}

} // namespace keyglass
