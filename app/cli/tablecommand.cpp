// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/output.h"
#include "app/cli/tablejob.h"
#include "app/cli/tableoutput.h"
#include "app/cli/tabletarget.h"
#include "core/base/bytes.h"
#include "core/source/redis/infotext.h"
#include "core/source/redis/slots.h"
#include "core/table/forecast.h"
#include "core/table/nodefacts.h"
#include "core/table/rowquery.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cstdio>

namespace keyglass::cli {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("cli", text);
}

std::string textOrNull(const QString& text)
{
    return text.isEmpty() ? "null" : jsonOf(text.toStdString());
}

template <typename T> std::string numberOrNull(const std::optional<T>& number)
{
    return number ? std::to_string(*number) : "null";
}

int wrote(bool isWritten, ExitStatus status = Done)
{
    return isWritten ? status : Failed;
}

// --- list

std::string moduleJson(const NodeFacts& facts)
{
    const TableModule& module = facts.module;
    const char* const states[] = {"missing", "loaded", "unknown"};
    return std::string("{\"state\": \"") + states[static_cast<std::size_t>(module.state)]
        + "\", \"version\": " + numberOrNull(module.version) + ", \"scan_limit\": " + numberOrNull(module.scanLimit)
        + ", \"ignored_scan_limit\": " + (module.ignoredLimit.empty() ? "null" : jsonOf(module.ignoredLimit))
        + ", \"missing_on\": " + textsJson(facts.missingOn) + "}";
}

int list(const Options& options, TableTarget& target, const std::stop_token& stop)
{
    TableListing how;
    how.space = options.value("--namespace").value_or(std::string());
    how.asksBytes = !options.has("--no-bytes");
    const auto nodes = target.nodes();
    const auto facts = fetchNodeFacts(nodes, stop);
    const auto found = listTables(nodes, how, stop);
    if (!found || !facts) {
        return tell(found ? facts.error() : found.error());
    }
    std::string tables;
    for (const TableEntry& entry : found->tables) {
        tables += (tables.empty() ? "\n    " : ",\n    ") + entryJson(entry);
    }
    std::string spaces;
    for (const std::string& space : found->namespaces) {
        spaces += (spaces.empty() ? "" : ", ") + jsonOf(space);
    }
    for (const Error& gap : found->gaps) {
        tell(gap);
    }
    const bool isWritten = writeOut("{\n  \"module\": " + moduleJson(*facts) + ",\n  \"warning\": "
        + textOrNull(facts->around.warning()) + ",\n  \"namespaces\": [" + spaces + "],\n  \"tables\": [" + tables
        + (tables.empty() ? "]" : "\n  ]") + ",\n  \"whole\": " + (found->gaps.empty() ? "true" : "false") + "\n}\n");
    return wrote(isWritten, found->gaps.empty() ? Done : DoneInPart);
}

// --- schema, rows

int schema(const Options&, TableTarget& target, const std::stop_token& stop)
{
    TableEntry entry;
    entry.schema = target.schema();
    const auto lane = target.ownerLane(stop);
    if (!lane) {
        return tell(lane.error());
    }
    entry.node = (*lane)->nodeText();
    entry.slot = slotOf(entry.schema.keys().schema());
    measureTable(target.lane(), entry, {}, stop);
    return wrote(writeOut(entryJson(entry) + "\n"));
}

/// The rows that are listed by ids above the counter, as an append-only file leaves them that the module does not write
/// to, or by none that is a number. Those below `from` are left out.
bool writeRowsBeyond(RowReader& reader, const RowReader::Extent& extent, std::uint64_t from, std::uint64_t left,
    RowWriter& writer, Status& read, const std::stop_token& stop)
{
    RowCursor cursor;
    SeenIds seen;
    bool goesOn = true;
    while (goesOn && left > 0 && !cursor.isAtEnd()) {
        RowPageLimits limits;
        limits.passedOver = extent.lastId;
        auto page = reader.page(std::move(cursor), limits, stop);
        if (!page) {
            read = std::move(page).error();
            return false;
        }
        cursor = std::move(page->next);
        std::erase_if(page->rows, [&](const TableRow& row) {
            const auto number = wholeNumber(row.id);
            return !seen.add(row.id) || (number && *number < from);
        });
        page->rows.resize(static_cast<std::size_t>(std::min<std::uint64_t>(left, page->rows.size())));
        left -= page->rows.size();
        goesOn = writer.rows(page->rows);
    }
    return goesOn;
}

/// In the order of their ids, a stretch of ids at a time; those that were deleted are passed over.
int rows(const Options& options, TableTarget& target, const std::stop_token& stop)
{
    constexpr std::uint64_t stretch = 500;
    const auto from = options.number("--from");
    const auto limit = options.number("--limit");
    const auto format = rowFormatOf(options);
    for (const Error* error :
        {from ? nullptr : &from.error(), limit ? nullptr : &limit.error(), format ? nullptr : &format.error()}) {
        if (error) {
            return tell(*error);
        }
    }
    RowReader reader(target.lane(), target.schema());
    const auto extent = reader.extent(stop);
    if (!extent) {
        return tell(extent.error());
    }
    RowWriter writer(*format, target.schema());
    bool goesOn = writer.begin();
    std::uint64_t left = limit->value_or(100);
    const std::uint64_t first = from->value_or(1);
    std::uint64_t count = 0;
    for (std::uint64_t id = first; goesOn && left > 0 && id <= extent->lastId; id += stretch) {
        auto found = reader.byIds(id, std::min(id + stretch - 1, extent->lastId), stop);
        if (!found) {
            return tell(found.error());
        }
        found->resize(static_cast<std::size_t>(std::min<std::uint64_t>(left, found->size())));
        left -= found->size();
        count += found->size();
        goesOn = writer.rows(*found);
    }
    Status read = ok();
    if (goesOn && left > 0 && (first > 1 || count < extent->rows)) {
        goesOn = writeRowsBeyond(reader, *extent, first, left, writer, read, stop);
    }
    return read ? wrote(goesOn && writer.end()) : tell(read.error());
}

// --- query

Result<SelectForecast> forecastOf(const RowFilter& filter, TableTarget& target, const std::stop_token& stop)
{
    const auto lane = target.ownerLane(stop);
    if (!lane) {
        return lane.error();
    }
    const auto module = fetchTableModule(**lane, stop);
    const auto around = fetchTableSurroundings(**lane, stop);
    const auto slowness = measureSlowness(target.lane(), target.schema().keys(), stop);
    if (!module || !around || !slowness) {
        return !module ? module.error() : !around ? around.error() : slowness.error();
    }
    return forecastSelect(target.lane(), target.schema(), filter, *module, *around, *slowness, stop);
}

int explain(const RowFilter& filter, TableTarget& target, const std::stop_token& stop)
{
    const auto forecast = forecastOf(filter, target, stop);
    if (!forecast) {
        return tell(forecast.error());
    }
    const QueryPlan plan = planQuery(filter, target.schema());
    std::string entries;
    for (const Condition& entry : plan.indexEntries) {
        entries += (entries.empty() ? "" : ", ") + jsonOf(entry.text());
    }
    return wrote(writeOut("{\n  \"filter\": " + jsonOf(filter.text().toStdString()) + ",\n  \"index_entries\": ["
        + entries + "],\n  \"table_select\": {\"same_answer\": " + (plan.whyNotTheModule.isEmpty() ? "true" : "false")
        + ", \"standstill_ms\": " + std::to_string(forecast->standstill.count())
        + ", \"rows\": " + std::to_string(forecast->rows) + ", \"tested_rows\": " + std::to_string(forecast->testedRows)
        + ", \"memory\": " + std::to_string(forecast->memory) + ", \"refused\": " + textOrNull(forecast->refusal)
        + "}\n}\n"));
}

int queryByModule(const RowFilter& filter, RowFormat format, TableTarget& target, const std::stop_token& stop)
{
    const auto forecast = forecastOf(filter, target, stop);
    if (!forecast) {
        return tell(forecast.error());
    }
    if (!forecast->refusal.isEmpty()) {
        return tell(Error{ErrorKind::Unsupported, QStringLiteral("TABLE.SELECT"), forecast->refusal});
    }
    const auto found = selectByModule(target.lane(), target.schema(), filter, stop);
    if (!found) {
        return tell(found.error());
    }
    RowWriter writer(format, target.schema());
    return wrote(writer.begin() && writer.rows(*found) && writer.end());
}

int query(const Options& options, TableTarget& target, const std::stop_token& stop)
{
    const auto filter = target.filter({options.rest().begin() + 1, options.rest().end()});
    const auto limit = options.number("--limit");
    const auto format = rowFormatOf(options);
    if (!filter || !limit || !format) {
        return tell(!filter ? filter.error() : !limit ? limit.error() : format.error());
    }
    if (options.has("--dry-run")) {
        return explain(*filter, target, stop);
    }
    if (options.has("--module")) {
        return queryByModule(*filter, *format, target, stop);
    }
    RowWriter writer(*format, target.schema());
    bool isWritten = writer.begin();
    const auto tally = runQuery(target.lane(), target.schema(), {*filter, *limit, !options.has("--no-index")}, stop,
        [&](std::vector<TableRow>&& found, const QueryTally&) { return isWritten = isWritten && writer.rows(found); });
    if (!tally) {
        return tell(tally.error());
    }
    if (tally->stale + tally->damaged > 0) {
        std::fprintf(stderr, "keyglass: %s\n",
            qUtf8Printable(tr("%1 stale index entries and %2 damaged rows were passed over or marked; keyglass table "
                              "check finds them all")
                    .arg(tally->stale)
                    .arg(tally->damaged)));
    }
    return wrote(isWritten && writer.end());
}

enum class Takes { Nothing, Table, Change };

struct Sub {
    std::string_view name;
    int (*run)(const Options&, TableTarget&, const std::stop_token&);
    Takes takes = Takes::Table;
    bool writes = false;
};
constexpr std::array subs{Sub{"list", list, Takes::Nothing}, Sub{"schema", schema}, Sub{"rows", rows},
    Sub{"query", query}, Sub{"insert", runTableInsert, Takes::Table, true},
    Sub{"update", runTableUpdate, Takes::Table, true}, Sub{"delete", runTableDelete, Takes::Table, true},
    Sub{"alter", runTableAlter, Takes::Change, true}, Sub{"check", runTableCheck, Takes::Table, true},
    Sub{"import", runTableImport, Takes::Table, true}, Sub{"undo", runTableUndo, Takes::Change, true}};

std::vector<OptionSpec> tableOptions()
{
    std::vector<OptionSpec> known = targetOptions();
    known.insert(known.end(),
        {{"--namespace"}, {"--no-bytes", false}, {"--from"}, {"--limit"}, {"--format"}, {"--no-index", false},
            {"--module", false}, {"--dry-run", false}, {"--yes", false}, {"--id", true, true}, {"--where", true, true},
            {"--set", true, true}, {"--unset", true, true}, {"--plan"}, {"--save-plan"}, {"--confirm"},
            {"--no-keys", false}, {"--map", true, true}, {"--leave-out-faulty", false}, {"--repair", false},
            {"--remove-ghosts", false}, {"--keep-rows", false}, {"--at"}, {"--quiet-below"}, {"--quiet-for"},
            {"--bgsave"}, {"--bgrewriteaof"}, {"--archive"}, {"--no-archive", false}, {"--seal", false},
            {"--passphrase-stdin", false}});
    return known;
}

Error badUse()
{
    return {ErrorKind::Input, QStringLiteral("keyglass table"),
        tr("It takes list, schema, rows, query, insert, update, delete, alter, check or import and but for list a "
           "table's name, or undo and an archive")};
}

} // namespace

int runTable(std::span<char* const> words)
{
    const auto sub = words.empty() ? subs.end() : std::ranges::find(subs, std::string_view(words.front()), &Sub::name);
    if (sub == subs.end()) {
        return tell(badUse());
    }
    const auto options = Options::parse(words.subspan(1), tableOptions());
    if (!options) {
        return tell(options.error());
    }
    const bool hasWords = !options->rest().empty();
    if ((sub->takes == Takes::Table && !hasWords) || (sub->takes == Takes::Nothing && hasWords)) {
        return tell(badUse());
    }
    const Interruption interruption;
    const bool onlyLooks = options->has("--dry-run") || (sub->run == runTableCheck && !options->has("--repair"));
    const bool writes = sub->writes && !onlyLooks;
    auto target = TableTarget::open(*options, writes, interruption.token());
    if (!target) {
        return tell(target.error());
    }
    if (sub->takes == Takes::Table) {
        if (Status found = (*target)->useTable(options->rest().front(), interruption.token()); !found) {
            return tell(found.error());
        }
    }
    return sub->run(*options, **target, interruption.token());
}

} // namespace keyglass::cli
