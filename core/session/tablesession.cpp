// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/tablesession.h"

#include "core/session/tablequery.h"
#include "core/session/tableways.h"
#include "core/table/forecast.h"

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {

template <typename T> QFuture<Result<T>> answered(Result<T> result)
{
    QPromise<Result<T>> promise;
    promise.start();
    promise.addResult(std::move(result));
    promise.finish();
    return promise.future();
}

/// All masters, or the one server; `lanes` keeps what the nodes point to.
std::vector<TableNode> nodesOf(const TablePlace& place, std::vector<std::unique_ptr<Lane>>& lanes)
{
    const SourceAccess& source = place.source;
    if (!source.cluster) {
        lanes.push_back(place.lane());
        return {{lanes.back().get(), source.name}};
    }
    std::vector<TableNode> nodes;
    const auto topology = source.cluster->topology();
    for (const ClusterNode* master : topology->masters()) {
        lanes.push_back(source.nodeLane(place.database, master->id));
        nodes.push_back({lanes.back().get(), source.cluster->optionsFor(*master).endpoint.text()});
    }
    return nodes;
}

Result<TablesFound> findTables(const TablePlace& place, const TableListing& how, const std::stop_token& stop)
{
    std::vector<std::unique_ptr<Lane>> lanes;
    const auto nodes = nodesOf(place, lanes);
    if (nodes.empty()) {
        return Error{ErrorKind::Network, place.source.name, {}};
    }
    TablesFound found;
    const auto facts = fetchNodeFacts(nodes, stop); // a silent node is named by the list
    if (!facts) {
        return facts.error();
    }
    found.facts = *facts;
    auto list = listTables(nodes, how, stop);
    if (!list) {
        return std::move(list).error();
    }
    found.list = *std::move(list);
    if (found.list.gaps.size() == nodes.size() && found.list.tables.empty()) {
        return found.list.gaps.front(); // nothing is known: that is no empty list
    }
    return found;
}

} // namespace

TableSession::TableSession(std::unique_ptr<const TableWays> ways)
    : m_ways(std::move(ways))
{
}

TableSession::~TableSession() = default;

template <typename T>
QFuture<Result<T>> TableSession::ask(const TableSchema& schema, std::function<Result<T>(Lane&, std::stop_token)> work)
{
    LaneWorker* const worker = m_ways->worker(schema.keys().schema());
    if (worker == nullptr) {
        const auto source = m_ways->source();
        return answered<T>(source ? Error{ErrorKind::Network, source->name, {}} : source.error());
    }
    return worker->ask<T>(
        [work = std::move(work), keys = schema.keys(), rights = m_ways->rights()](Lane& lane, std::stop_token stop) {
            auto answer = work(lane, std::move(stop));
            if (!answer && rights && answer.error().kind == ErrorKind::Permission) {
                rights->forget(keys); // the user may do less than was known
            }
            return answer;
        });
}

// --- reading

ResultWork<TablesFound> TableSession::list(const TableListing& how)
{
    return m_tasks.run<TablesFound>(
        0, [place = tablePlace(*m_ways), how](const std::stop_token& stop, const auto&) -> Result<TablesFound> {
            return place ? findTables(*place, how, stop) : Result<TablesFound>(place.error());
        });
}

QFuture<Result<OpenedTable>> TableSession::open(const std::string& table)
{
    const TableSchema named{table, TableLayout::Braced, {}};
    return ask<OpenedTable>(named, [table](Lane& lane, std::stop_token stop) -> Result<OpenedTable> {
        auto schema = fetchTableSchema(lane, table, stop);
        if (!schema) {
            return std::move(schema).error();
        }
        const auto extent = RowReader(lane, *schema).extent(std::move(stop));
        if (!extent) {
            return extent.error();
        }
        return OpenedTable{*std::move(schema), *extent};
    });
}

QFuture<Result<TableFacts>> TableSession::facts(const TableSchema& schema, Rights rights)
{
    const auto known = m_ways->rights();
    if (known && rights == Rights::AskedAnew) {
        known->forget(schema.keys());
    }
    return ask<TableFacts>(
        schema, [keys = schema.keys(), known](Lane& lane, std::stop_token stop) -> Result<TableFacts> {
            const auto module = fetchTableModule(lane, stop);
            if (!module) {
                return module.error();
            }
            const auto around = fetchTableSurroundings(lane, stop);
            if (!around) {
                return around.error();
            }
            const std::string node = lane.nodeText().toStdString();
            auto before = known ? known->find(node, keys) : std::nullopt;
            auto permissions = before ? Result(*std::move(before))
                                      : probeTable(lane, keys, around->hasInfo && !around->isCluster, std::move(stop));
            if (!permissions) {
                return std::move(permissions).error();
            }
            if (known) {
                known->keep(node, keys, *permissions);
            }
            return TableFacts{*module, *around, *std::move(permissions)};
        });
}

QFuture<Result<RowPage>> TableSession::page(const TableSchema& schema, RowCursor from, const RowPageLimits& limits)
{
    return ask<RowPage>(schema, [schema, from = std::move(from), limits](Lane& lane, std::stop_token stop) {
        return RowReader(lane, schema).page(from, limits, std::move(stop));
    });
}

QFuture<Result<std::vector<TableRow>>> TableSession::rowsByIds(
    const TableSchema& schema, std::uint64_t first, std::uint64_t last)
{
    return ask<std::vector<TableRow>>(schema, [schema, first, last](Lane& lane, std::stop_token stop) {
        return RowReader(lane, schema).byIds(first, last, std::move(stop));
    });
}

QFuture<Result<std::vector<TableRow>>> TableSession::rows(const TableSchema& schema, std::vector<std::string> ids)
{
    return ask<std::vector<TableRow>>(schema, [schema, ids = std::move(ids)](Lane& lane, std::stop_token stop) {
        return RowReader(lane, schema).rows(ids, std::move(stop));
    });
}

// --- queries

std::unique_ptr<TableQuery> TableSession::query(const TableSchema& schema, RowQuery query)
{
    return std::make_unique<TableQuery>(
        [place = tablePlace(*m_ways)]() -> Result<std::unique_ptr<Lane>> {
            return place ? Result(place->lane()) : Result<std::unique_ptr<Lane>>(place.error());
        },
        schema, std::move(query));
}

QFuture<Result<SelectForecast>> TableSession::forecast(
    const TableSchema& schema, const RowFilter& filter, const TableFacts& facts)
{
    return ask<SelectForecast>(
        schema, [schema, filter, facts](Lane& lane, std::stop_token stop) -> Result<SelectForecast> {
            const auto slowness = measureSlowness(lane, schema.keys(), stop);
            if (!slowness) {
                return slowness.error();
            }
            return forecastSelect(lane, schema, filter, facts.module, facts.around, *slowness, std::move(stop));
        });
}

ResultWork<std::vector<TableRow>> TableSession::select(
    const TableSchema& schema, const RowFilter& filter, Milliseconds forecast)
{
    using Rows = std::vector<TableRow>;
    auto place = tablePlace(*m_ways);
    if (place) {
        place->source.resolve = [resolve = place->source.resolve, forecast](const std::stop_token& stop) {
            auto options = resolve(stop);
            if (options) {
                options->callTimeout = std::max(options->callTimeout, forecast * 5);
            }
            return options;
        };
    }
    return m_tasks.run<Rows>(
        0, [place = std::move(place), schema, filter](const std::stop_token& stop, const auto&) -> Result<Rows> {
            return place ? selectByModule(*place->lane(), schema, filter, stop) : Result<Rows>(place.error());
        });
}

} // namespace keyglass
