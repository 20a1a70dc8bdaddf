// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/errortext.h"
#include "core/edit/editlanes.h"
#include "core/source/commandgate.h"
#include "core/source/commandtable.h"
#include "core/source/laneview.h"
#include "core/table/roweditor.h"
#include "core/table/rowpages.h"
#include "core/table/tableschema.h"
#include "tests/servers/tableserver.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace keyglass::test {

using Args = TableServer::Args;

inline ConnectionOptions tableOptions(const TableServer& server, const QString& user = {})
{
    ConnectionOptions options;
    options.endpoint.host = QStringLiteral("127.0.0.1");
    options.endpoint.port = server.port();
    options.callTimeout = std::chrono::seconds(20);
    options.user = user;
    options.password = user.isEmpty() ? QString() : QStringLiteral("pw");
    return options;
}

inline std::unique_ptr<Lane> tableLane(const TableServer& server, const QString& user = {}, const GateRules& rules = {})
{
    const auto table =
        fetchCommandTable(*makeLane(tableOptions(server, user), std::make_shared<CommandGate>(GateRules{})), {});
    return makeLane(
        tableOptions(server, user), std::make_shared<CommandGate>(rules, table ? *table : CommandTable::builtIn()));
}

/// A table shop.items with two indexed columns, and three rows, made by the module.
inline void makeShop(TableServer& server)
{
    server.make({"TABLE.NAMESPACE.CREATE shop",
        "TABLE.SCHEMA.CREATE shop.items sku:string:hash qty:integer price:float made:date:btree",
        "TABLE.INSERT shop.items sku=A1 qty=5 price=9.50 made=2024-01-31", "TABLE.INSERT shop.items sku=B2 qty=12",
        "TABLE.INSERT shop.items sku=A1 qty=-7 made=2024-02-01"});
}

/// Where a test of tables begins: the server that all its functions share, with nothing but shop.items as makeShop()
/// makes it, and a fresh lane to it.
inline void beginShop(std::unique_ptr<TableServer>& server, std::unique_ptr<Lane>& lane, const GateRules& rules = {},
    const TableHazards& hazards = {})
{
    if (!server) {
        server = std::make_unique<TableServer>(hazards);
    }
    server->command({"FLUSHALL"});
    if (server->twin()) {
        server->twin()->forgetCommands();
    }
    makeShop(*server);
    lane = tableLane(*server, {}, rules);
}

/// "id{column=value …}", missing cells left out, for a QCOMPARE.
inline std::string shown(const TableSchema& schema, const TableRow& row)
{
    static constexpr const char* states[] = {"", " gone", " wrong type", " unread"};
    std::string text = row.id + states[static_cast<std::size_t>(row.state)] + "{";
    std::string cells;
    for (std::size_t n = 0; n < row.cells.size(); ++n) {
        if (row.cells[n]) {
            cells += (cells.empty() ? "" : " ") + schema.columns[n].name + "=" + *row.cells[n];
        }
    }
    for (const auto& [name, value] : row.strays) {
        cells += (cells.empty() ? "?" : " ?") + name + "=" + value;
    }
    return text + cells + "}";
}

inline std::vector<std::string> shown(const TableSchema& schema, const std::vector<TableRow>& rows)
{
    std::vector<std::string> all;
    for (const TableRow& row : rows) {
        all.push_back(shown(schema, row));
    }
    return all;
}

/// All index entries of a table as "column:value id,id", in order, as they are in the keys.
inline std::vector<std::string> indexEntries(TableServer& server, const std::string& table)
{
    const std::string lead = "{" + table + "}:idx:";
    std::vector<std::string> entries;
    for (const std::string& key : server.server().list({"KEYS", lead + "*:*"})) {
        auto ids = server.server().list({"SMEMBERS", key});
        std::ranges::sort(ids);
        std::string entry = key.substr(lead.size()) + " ";
        for (const std::string& id : ids) {
            entry += (entry.ends_with(' ') ? "" : ",") + id;
        }
        entries.push_back(std::move(entry));
    }
    std::ranges::sort(entries);
    return entries;
}

/// Lets somebody else act right before a transaction goes out, as often as it does.
class MeddledTableLane : public LaneView {
public:
    using Meddle = std::function<void()>;

    MeddledTableLane(Lane& lane, Meddle meddle, std::string before = "EXEC")
        : LaneView(lane)
        , m_meddle(std::move(meddle))
        , m_before(std::move(before))
    {
    }
    MeddledTableLane(std::unique_ptr<Lane> lane, Meddle meddle, std::string before)
        : LaneView(*lane)
        , m_owned(std::move(lane))
        , m_meddle(std::move(meddle))
        , m_before(std::move(before))
    {
    }
    Result<std::vector<Reply>> pipeline(std::span<const Command> commands, std::stop_token stop) override
    {
        if (!commands.empty() && commands.back().name() == m_before) {
            m_meddle();
        }
        return LaneView::pipeline(commands, std::move(stop));
    }
    std::unique_ptr<Lane> confirmed(Confirmation confirmation) override
    {
        return std::make_unique<MeddledTableLane>(LaneView::confirmed(std::move(confirmation)), m_meddle, m_before);
    }

private:
    std::unique_ptr<Lane> m_owned;
    Meddle m_meddle;
    std::string m_before;
};

} // namespace keyglass::test
