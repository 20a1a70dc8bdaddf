// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/nodefacts.h"

#include "core/source/lane.h"

#include <algorithm>

namespace keyglass {

namespace {

void add(NodeFacts& facts, const TableModule& module, const QString& node)
{
    const bool isFirst = facts.answered++ == 0;
    using State = TableModule::State;
    TableModule& all = facts.module;
    if (module.state == State::Missing) {
        facts.missingOn.push_back(node);
    }
    if (isFirst) {
        all = module;
        return;
    }
    const bool isMissing = all.state == State::Missing || module.state == State::Missing;
    const bool isLoaded = all.state == State::Loaded && module.state == State::Loaded;
    all.state = isMissing ? State::Missing : isLoaded ? State::Loaded : State::Unknown;
    all.version = all.version ? all.version : module.version;
    if (module.scanLimit && (!all.scanLimit || *module.scanLimit < *all.scanLimit)) {
        all.scanLimit = module.scanLimit;
    }
    all.ignoredLimit = all.ignoredLimit.empty() ? module.ignoredLimit : all.ignoredLimit;
}

void add(TableSurroundings& all, const TableSurroundings& one, bool isFirst)
{
    if (isFirst) {
        all = one;
        return;
    }
    all.hasInfo = all.hasInfo && one.hasInfo;
    all.isMaster = all.isMaster && one.isMaster;
    all.isCluster = all.isCluster || one.isCluster;
    all.writesAof = all.writesAof || one.writesAof;
    all.replicas += one.replicas;
    all.keys += one.keys;
    all.usedMemory += one.usedMemory;
    all.maxMemory += one.maxMemory;
    all.opsPerSecond += one.opsPerSecond;
    if (one.nodeTimeout && (!all.nodeTimeout || *one.nodeTimeout < *all.nodeTimeout)) {
        all.nodeTimeout = one.nodeTimeout;
        all.isTimeoutAssumed = one.isTimeoutAssumed;
    }
}

} // namespace

Result<NodeFacts> fetchNodeFacts(const std::vector<TableNode>& nodes, std::stop_token stop)
{
    NodeFacts facts;
    bool isFirst = true;
    for (const TableNode& node : nodes) {
        if (const auto module = fetchTableModule(*node.lane, stop)) {
            add(facts, *module, node.name);
        }
        if (const auto around = fetchTableSurroundings(*node.lane, stop)) {
            add(facts.around, *around, isFirst);
            isFirst = false;
        }
        if (stop.stop_requested()) {
            return Error{ErrorKind::Cancelled, node.name, {}};
        }
    }
    return facts;
}

} // namespace keyglass
