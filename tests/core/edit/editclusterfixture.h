// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/redis/clustermap.h"
#include "tests/core/edit/editfixture.h"
#include "tests/servers/rediscluster.h"

namespace keyglass::test {

/// A cluster, and edits in it.
class EditClusterFixture : public QObject {
protected:
    void startCluster()
    {
        m_cluster = RedisCluster::start();
        m_options = optionsOf(m_cluster->server(0));
    }
    void emptyCluster()
    {
        for (const int master : m_cluster->masters()) {
            m_cluster->server(master).command({"FLUSHALL"});
        }
    }
    [[nodiscard]] std::shared_ptr<ClusterMap> mapOf(const GateRules& rules = {})
    {
        ConnectionOptions options;
        options.endpoint = Endpoint{QStringLiteral("127.0.0.1"), m_cluster->port(0), {}, {}};
        auto map = std::make_shared<ClusterMap>(ClusterAddresses(options, {}), std::make_shared<CommandGate>(rules));
        static_cast<void>(refreshTopology(*map, {}));
        return map;
    }
    [[nodiscard]] std::string call(const Args& command) { return serverOf(command.at(1)).command(command); }
    [[nodiscard]] int nodeOf(const std::string& key) { return m_cluster->ownerOf(keyglass::slotOf(key)); }
    [[nodiscard]] RedisServer& serverOf(const std::string& key) { return m_cluster->server(nodeOf(key)); }
    /// A name in another slot than `key`: of the same node or of another.
    [[nodiscard]] std::string nameElsewhere(const std::string& key, bool onSameNode)
    {
        for (int i = 0;; ++i) {
            std::string name = "to" + std::to_string(i);
            const bool isSame = nodeOf(name) == nodeOf(key);
            if (isSame == onSameNode && keyglass::slotOf(name) != keyglass::slotOf(key)) {
                return name;
            }
        }
    }
    [[nodiscard]] std::unique_ptr<EditLanes> hooked(HookedLane::Hook hook)
    {
        auto map = mapOf();
        return std::make_unique<EditLanes>(map, [hook = std::move(hook), gate = map->gate()](ConnectionOptions to) {
            return std::make_unique<HookedLane>(makeLane(std::move(to), gate), hook);
        });
    }
    Result<EditOutcome> apply(EditLanes& lanes, const std::string& key, EditAction action)
    {
        return applyEdit(lanes, KeyEdit{key, std::move(action), SeenExpiry{}}, m_options, {});
    }

    std::unique_ptr<RedisCluster> m_cluster;
    EditOptions m_options;
};

} // namespace keyglass::test
