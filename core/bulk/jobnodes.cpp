// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/jobnodes.h"

#include "core/source/redis/clusterlane.h"

#include <QCoreApplication>

#include <utility>

namespace keyglass {

JobNodes clusterNodes(std::shared_ptr<ClusterMap> cluster, Confirmation confirmation)
{
    JobNodes nodes;
    nodes.cluster = cluster;
    nodes.node = [cluster](const std::string& id) {
        auto resolve = [cluster, id](const std::stop_token&) -> Result<ConnectionOptions> {
            const auto topology = cluster->topology();
            const ClusterNode* node = topology->find(id);
            if (!node) {
                return Error{ErrorKind::Network, QString::fromStdString(id),
                    id.empty() ? QCoreApplication::translate("Bulk", "No node owns the slots of these keys")
                               : QCoreApplication::translate("Bulk", "The node is not in the cluster any more")};
            }
            return cluster->optionsFor(*node);
        };
        return makeLane(std::move(resolve), QString::fromStdString(id), cluster->gate());
    };
    nodes.routed = [cluster](const std::string& id) { return makeClusterLane(cluster, id); };
    nodes.confirmation = std::move(confirmation);
    return nodes;
}

JobNodes serverNode(std::function<std::unique_ptr<Lane>()> make, QString name, Confirmation confirmation)
{
    JobNodes nodes;
    nodes.node = [make = std::move(make)](const std::string&) { return make(); };
    nodes.confirmation = std::move(confirmation);
    nodes.name = std::move(name);
    return nodes;
}

} // namespace keyglass
