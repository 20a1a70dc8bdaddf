// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/tablelist.h"

#include "core/net/command.h"
#include "core/source/lane.h"
#include "core/source/redis/slots.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace keyglass {

namespace {

/// Schema keys found so far, over all nodes.
struct Found {
    std::set<std::string> strings;                                     ///< What may be markers of namespaces.
    std::map<std::pair<std::string, TableLayout>, std::size_t> tables; ///< Name to its node.
};

struct ScannedKeys {
    std::string cursor;
    std::vector<std::string> keys;
};

Result<ScannedKeys> scanOnce(Lane& lane, const std::string& cursor, const TableListing& how, std::stop_token stop)
{
    auto reply = lane.call(
        Command{"SCAN", cursor, "MATCH", "schema:*", "COUNT", std::to_string(how.keysPerScan)}, std::move(stop));
    if (!reply) {
        return std::move(reply).error();
    }
    if (!reply->isArray() || reply->elements.size() != 2 || !reply->elements[1].isArray()) {
        return Error{ErrorKind::Protocol, lane.nodeText(), {}};
    }
    ScannedKeys scanned{reply->elements[0].text, {}};
    for (Reply& key : reply->elements[1].elements) {
        scanned.keys.push_back(std::move(key.text));
    }
    return scanned;
}

Status sortOut(Lane& lane, const std::vector<std::string>& keys, std::size_t node, Found& found, std::stop_token stop)
{
    std::vector<Command> asked;
    for (const std::string& key : keys) {
        asked.push_back(Command{"TYPE", key});
    }
    const auto types = lane.pipeline(asked, std::move(stop));
    if (!types) {
        return types.error();
    }
    for (std::size_t n = 0; n < keys.size(); ++n) {
        const auto schema = parseSchemaKey(keys[n]);
        const std::string& type = (*types)[n].text;
        if (schema && type == "hash" && TableName::parse(schema->name)) {
            found.tables.emplace(std::pair(schema->name, schema->layout), node);
        } else if (schema && type == "string") {
            found.strings.insert(schema->name);
        }
    }
    return ok();
}

Status scanNode(const TableNode& node, std::size_t number, const TableListing& how, Found& found, std::stop_token stop,
    const std::function<void(std::size_t)>& progress)
{
    std::string cursor = "0";
    do {
        auto scanned = scanOnce(*node.lane, cursor, how, stop);
        if (!scanned) {
            return std::move(scanned).error();
        }
        if (Status sorted = sortOut(*node.lane, scanned->keys, number, found, stop); !sorted) {
            return sorted;
        }
        cursor = scanned->cursor;
        if (progress) {
            progress(found.tables.size());
        }
    } while (cursor != "0");
    return ok();
}

TableEntry describe(const TableNode& node, const std::string& name, TableLayout layout, const TableListing& how,
    const std::stop_token& stop)
{
    TableEntry entry;
    const TableKeys keys(name, layout);
    entry.schema.table = name;
    entry.schema.layout = layout;
    entry.node = node.name;
    entry.slot = slotOf(keys.schema());
    const std::array asked{Command{"HGETALL", keys.schema()}, Command{"SMEMBERS", keys.indexed()}};
    const auto replies = node.lane->pipeline(asked, stop);
    auto schema = replies ? schemaFrom(keys, replies->front(), replies->back()) : Result<TableSchema>(replies.error());
    if (!schema) {
        entry.trouble = std::move(schema).error();
        return entry;
    }
    entry.schema = *std::move(schema);
    measureTable(*node.lane, entry, how, stop);
    return entry;
}

std::optional<std::uint64_t> sumOfUsages(const std::vector<Reply>& replies)
{
    std::uint64_t sum = 0;
    for (const Reply& reply : replies) {
        if (reply.isError()) {
            return std::nullopt;
        }
        sum += reply.isInteger() && reply.integer > 0 ? static_cast<std::uint64_t>(reply.integer) : 0;
    }
    return sum;
}

/// What the rows, some of them looked at, and the sets of the table take. Index sets are the same ids once more for
/// each indexed column; they are taken for small sets of one.
void estimateBytes(Lane& lane, TableEntry& entry, const TableListing& how, std::stop_token stop)
{
    constexpr std::uint64_t bytesPerIndexEntry = 140;
    const TableKeys keys = entry.schema.keys();
    const auto some =
        lane.pipeline(std::array{Command{"SRANDMEMBER", keys.rows(), std::to_string(how.sampledRows)}}, stop);
    if (!some || !some->front().isArray()) {
        return;
    }
    const auto& ids = some->front().elements;
    std::vector<Command> asked{Command{"MEMORY", "USAGE", keys.rows()}, Command{"MEMORY", "USAGE", keys.schema()}};
    for (const Reply& id : ids) {
        asked.push_back(Command{"MEMORY", "USAGE", keys.row(id.text)});
    }
    const auto usages = lane.pipeline(asked, std::move(stop));
    const auto all = usages ? sumOfUsages(*usages) : std::nullopt;
    if (!all) {
        return;
    }
    const std::uint64_t sets = static_cast<std::uint64_t>(
        ((*usages)[0].isInteger() ? (*usages)[0].integer : 0) + ((*usages)[1].isInteger() ? (*usages)[1].integer : 0));
    const std::uint64_t perRow = ids.empty() ? 0 : (*all - sets) / ids.size();
    const auto indexes = static_cast<std::uint64_t>(
        std::ranges::count_if(entry.schema.columns, [](const TableColumn& column) { return column.isIndexed; }));
    entry.bytes = ByteCount{sets + entry.rows * (perRow + indexes * bytesPerIndexEntry)};
}

void takeNamespaces(const Found& found, const TableListing& how, TableList& list)
{
    for (const std::string& name : found.strings) {
        if (TableName::parse(name)) {
            list.clashes.push_back(name); // looks like a table, and keeps one of this name from being made
        } else if (how.space.empty() || how.space == name) {
            list.namespaces.push_back(name);
        }
    }
}

} // namespace

Result<TableList> listTables(const std::vector<TableNode>& nodes, const TableListing& how, std::stop_token stop,
    const std::function<void(std::size_t)>& progress)
{
    TableList list;
    Found found;
    for (std::size_t n = 0; n < nodes.size(); ++n) {
        Status scanned = scanNode(nodes[n], n, how, found, stop, progress);
        if (stop.stop_requested()) {
            return Error{ErrorKind::Cancelled, nodes[n].name, {}};
        }
        if (!scanned) {
            list.gaps.push_back(std::move(scanned).error().about(nodes[n].name));
        }
    }
    takeNamespaces(found, how, list);
    for (const auto& [key, node] : found.tables) {
        const auto name = TableName::parse(key.first);
        if (!how.space.empty() && name->space != how.space) {
            continue;
        }
        if (stop.stop_requested()) {
            return Error{ErrorKind::Cancelled, nodes[node].name, {}};
        }
        TableEntry entry = describe(nodes[node], key.first, key.second, how, stop);
        entry.hasNamespace = found.strings.contains(name->space);
        list.tables.push_back(std::move(entry));
    }
    return list;
}

void measureTable(Lane& lane, TableEntry& entry, const TableListing& how, std::stop_token stop)
{
    const TableKeys keys = entry.schema.keys();
    auto rows = lane.call(Command{"SCARD", keys.rows()}, stop);
    if (!rows || !rows->isInteger()) {
        entry.trouble = rows ? Error{ErrorKind::Protocol, lane.nodeText(), {}} : aboutTable(rows.error(), keys);
        return;
    }
    entry.rows = static_cast<std::uint64_t>(rows->integer);
    if (how.asksBytes) {
        estimateBytes(lane, entry, how, std::move(stop));
    }
}

} // namespace keyglass
