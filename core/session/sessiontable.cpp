// SPDX-License-Identifier: GPL-3.0-or-later
// What the key table wants of all its keys.
#include "core/bulk/jobnodes.h"
#include "core/columns/columnsort.h"
#include "core/columns/tableexport.h"
#include "core/session/session_p.h"
#include "core/source/redis/clusterlane.h"

#include <utility>

namespace keyglass {

namespace {

constexpr std::size_t longestText = 64U << 20U; // bytes

ColumnSource columnSource(const SourceAccess& source, const std::vector<int>& databases)
{
    ColumnSource from;
    from.databases = databases;
    from.hasRoots = databases.size() > 1;
    from.nodes = [source](int database) {
        if (source.cluster) {
            JobNodes nodes = clusterNodes(source.cluster);
            nodes.routed = [map = source.cluster, greeting = source.sparing()](
                               const std::string& id) { return makeClusterLane(map, id, greeting); };
            return nodes;
        }
        return serverNode([source, database] { return source.lane(database, source.sparing()); }, source.name);
    };
    return from;
}

MakeTableLane laneMaker(const SourceAccess& source)
{
    return [source](int database) { return source.lane(database, source.sparing()); };
}

} // namespace

void Session::requestTableDetails(std::vector<std::string> keys, DetailColumns columns)
{
    if (m_d->workers) {
        m_d->workers->wishDetails(DetailsFor::Table, std::move(keys), columns);
    }
}

ResultWork<SortCost> Session::measureSort(ColumnScope scope, SortColumn column)
{
    if (!m_d->workers) {
        return m_d->tableTasks.run<SortCost>(
            0, [why = m_d->whyNotConnected()](const auto&, const auto&) { return Result<SortCost>(why); });
    }
    auto sort = std::make_shared<ColumnSort>(
        columnSource(*m_d->source, m_d->databases), std::move(scope), column, m_d->request.pace);
    return m_d->tableTasks.run<SortCost>(
        0, [sort](const std::stop_token& stop, const auto&) { return sort->measure(stop); });
}

ResultWork<std::shared_ptr<const ColumnOrder>> Session::sortKeys(ColumnScope scope, SortColumn column)
{
    using Order = std::shared_ptr<const ColumnOrder>;
    if (!m_d->workers) {
        return m_d->tableTasks.run<Order>(
            0, [why = m_d->whyNotConnected()](const auto&, const auto&) { return Result<Order>(why); });
    }
    const std::uint64_t keys = scope.count();
    auto sort = std::make_shared<ColumnSort>(
        columnSource(*m_d->source, m_d->databases), std::move(scope), column, m_d->request.pace);
    return m_d->tableTasks.run<Order>(keys, [sort](const std::stop_token& stop, const WorkTasks::Progress& progress) {
        return sort->run(stop, [&progress](std::uint64_t done) {
            progress(done);
            return true;
        });
    });
}

ResultWork<std::uint64_t> Session::exportTable(TableExport what, QString path)
{
    if (!m_d->workers) {
        return m_d->tableTasks.run<std::uint64_t>(
            0, [why = m_d->whyNotConnected()](const auto&, const auto&) { return Result<std::uint64_t>(why); });
    }
    what.hasRoots = hasSeveralDatabases();
    const std::uint64_t rows = what.selected ? what.rows.selectedCount(*what.selected) : what.rows.count();
    return m_d->tableTasks.run<std::uint64_t>(rows,
        [what = std::move(what), path = std::move(path), lanes = laneMaker(*m_d->source), only = database()](
            const std::stop_token& stop, const WorkTasks::Progress& progress) {
            const auto lane = [&](int of) { return lanes(what.hasRoots ? of : only); };
            return keyglass::exportTable(what, lane, path, stop, [&progress](std::uint64_t done) {
                progress(done);
                return true;
            });
        });
}

ResultWork<std::string> Session::tableText(TableExport what)
{
    if (!m_d->workers) {
        return m_d->tableTasks.run<std::string>(
            0, [why = m_d->whyNotConnected()](const auto&, const auto&) { return Result<std::string>(why); });
    }
    what.hasRoots = hasSeveralDatabases();
    const std::uint64_t rows = what.selected ? what.rows.selectedCount(*what.selected) : what.rows.count();
    return m_d->tableTasks.run<std::string>(rows,
        [what = std::move(what), lanes = laneMaker(*m_d->source), only = database()](
            const std::stop_token& stop, const WorkTasks::Progress& progress) -> Result<std::string> {
            std::string text;
            const auto lane = [&](int of) { return lanes(what.hasRoots ? of : only); };
            const auto take = [&text](std::string_view part) {
                text += part;
                return text.size() <= longestText;
            };
            const auto written = writeTable(what, lane, take, stop, [&progress](std::uint64_t done) {
                progress(done);
                return true;
            });
            if (text.size() > longestText) {
                return Error{ErrorKind::Limit, tr("The selected rows"),
                    tr("They make a longer text than can be copied; export them to a file")};
            }
            return written ? Result<std::string>(std::move(text)) : Result<std::string>(written.error());
        });
}

} // namespace keyglass
