// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/tabletarget.h"

namespace keyglass::cli {

Result<std::unique_ptr<TableTarget>> TableTarget::open(const Options& options, bool writes, std::stop_token stop)
{
    auto target = openTarget(options, std::move(stop), writes ? TargetUse::AsProfiled : TargetUse::Read);
    if (!target) {
        return std::move(target).error();
    }
    return std::unique_ptr<TableTarget>(new TableTarget(*std::move(target)));
}

TableTarget::TableTarget(Target target)
    : m_target(std::move(target))
    , m_lane(m_target.lane())
    , m_editLanes(m_target.access.cluster ? std::make_unique<EditLanes>(m_target.access.cluster)
                                          : std::make_unique<EditLanes>(m_target.lane()))
{
}

Status TableTarget::useTable(const std::string& name, std::stop_token stop)
{
    auto schema = fetchTableSchema(*m_lane, name, std::move(stop));
    if (!schema) {
        return std::move(schema).error();
    }
    m_schema = *std::move(schema);
    return ok();
}

Result<RowFilter> TableTarget::filter(const std::vector<std::string>& words) const
{
    auto filter = parseFilter(words, &m_schema);
    if (!filter) {
        return filter;
    }
    if (Status good = checkFilter(*filter, m_schema); !good) {
        return std::move(good).error();
    }
    return filter;
}

Result<Lane*> TableTarget::ownerLane(std::stop_token stop)
{
    const std::string key = m_schema.keys().schema();
    Lane* lane = m_editLanes->placeOf(key).lane;
    if (const auto there = lane->call(Command{"EXISTS", key}, stop); !there) {
        const auto redirect = parseRedirect(there.error().detail.toStdString());
        if (!redirect) {
            return there.error();
        }
        lane = m_editLanes->redirected(*redirect, std::move(stop)).lane;
    }
    return lane;
}

std::vector<TableNode> TableTarget::nodes()
{
    const SourceAccess& access = m_target.access;
    std::vector<TableNode> nodes;
    if (!access.cluster) {
        return {{m_lane.get(), access.name}};
    }
    const auto topology = access.cluster->topology();
    for (const ClusterNode* master : topology->masters()) {
        m_nodeLanes.push_back(access.nodeLane(0, master->id));
        nodes.push_back({m_nodeLanes.back().get(), access.cluster->optionsFor(*master).endpoint.text()});
    }
    return nodes;
}

} // namespace keyglass::cli
