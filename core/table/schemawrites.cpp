// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/schemawrites.h"

namespace keyglass {

namespace {

using Kind = SchemaChange::Kind;
using Commands = std::vector<Command>;

Commands creation(const SchemaChange& change, const TableKeys& keys)
{
    Command schema{"HSET", keys.schema()};
    Command indexed{"SADD", keys.indexed()};
    for (const TableColumn& column : change.columns) {
        schema.add(column.name).add(column.typeName);
        if (column.isIndexed) {
            indexed.add(column.name);
        }
    }
    Commands all{std::move(schema)};
    if (indexed.arguments().size() > 2) {
        all.push_back(std::move(indexed));
    }
    return all;
}

Command alter(const SchemaChange& change, const char* verb)
{
    return Command{"TABLE.SCHEMA.ALTER", change.table, verb, "INDEX", change.column};
}

} // namespace

std::vector<Command> schemaWrites(const SchemaPlan& plan, ChangeWay way)
{
    const SchemaChange& change = plan.change;
    const TableKeys keys(change.table);
    switch (change.kind) {
    case Kind::CreateNamespace:
        return {Command{"SET", namespaceKey(change.table), "1"}};
    case Kind::CreateTable:
        return creation(change, keys);
    case Kind::AddColumn:
    case Kind::ChangeType:
        return {Command{"HSET", keys.schema(), change.column, change.typeName}};
    case Kind::AddIndex:
        return {way == ChangeWay::Module ? alter(change, "ADD") : Command{"SADD", keys.indexed(), change.column}};
    case Kind::RepairIndex:
        return way == ChangeWay::Module ? Commands{alter(change, "DROP"), alter(change, "ADD")} : Commands{};
    case Kind::DropIndex:
        return {Command{"SREM", keys.indexed(), change.column}};
    case Kind::DropColumn:
        return {Command{"SREM", keys.indexed(), change.column}, Command{"HDEL", keys.schema(), change.column}};
    case Kind::DropTable:
        return {Command{"DEL", keys.schema()}};
    case Kind::DropNamespace:
        break;
    }
    return {Command{"DEL", namespaceKey(change.table)}};
}

std::vector<Command> exampleWrites(const SchemaPlan& plan, ChangeWay way)
{
    const SchemaChange& change = plan.change;
    const TableKeys keys(change.table);
    const std::string anyEntry = keys.indexPrefix(change.column) + "…";
    Commands all = schemaWrites(plan, way);
    if (way == ChangeWay::PlainKeys && change.kind == Kind::RepairIndex) {
        all.push_back(Command{"DEL", anyEntry});
    }
    if (way == ChangeWay::PlainKeys && (change.kind == Kind::AddIndex || change.kind == Kind::RepairIndex)) {
        all.push_back(Command{"SADD", anyEntry, "…"});
    }
    if (change.kind == Kind::DropIndex || change.kind == Kind::DropColumn) {
        all.push_back(Command{"UNLINK", anyEntry});
    }
    if (change.kind == Kind::DropColumn) {
        all.push_back(Command{"HDEL", keys.row("…"), change.column});
    }
    if (change.keepsRows) {
        all.push_back(Command{"SET", keys.lastId(), "…"});
    }
    if (change.kind == Kind::DropTable) {
        all.push_back(Command{"UNLINK", keys.prefix() + "…"});
    }
    return all;
}

} // namespace keyglass
