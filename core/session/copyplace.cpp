// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/copyplace.h"

#include "core/source/lane.h"

#include <QCoreApplication>

#include <algorithm>
#include <string>

namespace keyglass {

namespace {

/// Whether the server is one of the cluster's nodes.
Result<bool> isNodeOf(const SourceAccess& server, const ClusterMap& cluster, const std::stop_token& stop)
{
    if (server.facts.mode != ServerMode::Cluster) {
        return false;
    }
    const auto id = server.lane(0)->call(Command{"CLUSTER", "MYID"}, stop);
    if (!id) {
        return id.error();
    }
    return cluster.topology()->find(id->text) != nullptr;
}

bool haveNodesInCommon(const ClusterMap& one, const ClusterMap& other)
{
    const auto known = one.topology();
    const auto topology = other.topology();
    return std::ranges::any_of(
        topology->nodes(), [&known](const ClusterNode& node) { return known->find(node.id) != nullptr; });
}

Result<bool> isOneServer(const SourceAccess& source, const SourceAccess& target, const std::stop_token& stop)
{
    if (source.cluster && target.cluster) {
        return haveNodesInCommon(*source.cluster, *target.cluster);
    }
    if (source.cluster || target.cluster) {
        return source.cluster ? isNodeOf(target, *source.cluster, stop) : isNodeOf(source, *target.cluster, stop);
    }
    const std::string& own = source.facts.runId;
    const std::string& other = target.facts.runId;
    return own.empty() || other.empty() ? source.name == target.name : own == other;
}

} // namespace

Status checkCopyPlace(const SourceAccess& source, int database, const SourceAccess& target, int targetDatabase,
    const std::stop_token& stop)
{
    const bool hasOneDatabase = source.cluster || target.cluster;
    if (!hasOneDatabase && database != targetDatabase) {
        return ok();
    }
    const auto isSame = isOneServer(source, target, stop);
    if (!isSame) {
        return isSame.error();
    }
    return *isSame ? Status(Error{ErrorKind::Input, QCoreApplication::translate("Bulk", "The target"),
                         QCoreApplication::translate("Bulk", "It is where the keys are")})
                   : ok();
}

} // namespace keyglass
