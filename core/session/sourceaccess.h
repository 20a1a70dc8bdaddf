// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/profile/credentials.h"
#include "core/profile/profile.h"
#include "core/scan/scanengine.h"
#include "core/session/connecting.h"
#include "core/source/redis/clustermap.h"
#include "core/source/redis/sentinel.h"

#include <memory>
#include <optional>
#include <stop_token>

namespace keyglass {

/// What a session talks to once it is open: one server, the master that Sentinels name, or a cluster.
struct SourceAccess {
    ServerFacts facts; ///< Of a cluster, what one of its nodes says, with the keys of all masters added up.
    std::shared_ptr<const CommandGate> gate;
    ResolveNode resolve;                 ///< Where the one server is now; of a cluster, the node that was asked first.
    QString name;                        ///< What it was reached as: "10.0.0.7:7001".
    std::shared_ptr<ClusterMap> cluster; ///< Null where it is none.
    std::shared_ptr<const SentinelGroup> sentinels{}; ///< Who names the one server; null where nobody does.

    /// A lane of its own for what concerns single keys or any node; in a cluster it finds the keys' owners. `homeId`:
    /// the node whose side it is; empty: any.
    [[nodiscard]] std::unique_ptr<Lane> lane(
        int database, Greeting greeting = {}, const std::string& homeId = {}) const;
    /// A lane to one server process and no other: this node of the cluster, by its id, wherever its address is when it
    /// is opened; else the one server.
    [[nodiscard]] std::unique_ptr<Lane> nodeLane(int database, const std::string& nodeId, Greeting greeting = {}) const;

    /// Whether looking at a value can be told from using it: idle times and LFU stay as they are (7.2).
    [[nodiscard]] bool canSpare() const { return facts.feature(ServerFeature::ClientNoTouch) == FeatureState::Present; }
    /// Makes a lane one that only looks, where that can be told.
    [[nodiscard]] Greeting sparing() const
    {
        return canSpare() ? Greeting{Command{"CLIENT", "NO-TOUCH", "ON"}} : Greeting{};
    }
};

/// Connects to what `profile` stands for and asks who it is and what its commands are: the server, the master that its
/// Sentinels name, or the first node of a cluster that answers, with the cluster's topology. Blocks for some round
/// trips. Fails as Connection::open() does, as fetchMaster(), as fetchTopology(); what an ACL forbids is a gap in the
/// facts.
[[nodiscard]] Result<SourceAccess> openSource(const Profile& profile, const Credentials& credentials, GateRules rules,
    std::stop_token stop, Milliseconds timeout = Milliseconds{5000});

/// What a new scan begins with.
struct ScanStart {
    std::vector<int> databases{0};
    bool hasRoots = false; ///< Keys come behind their database's root (keyroot.h): there may be several databases.
    ScanReplicas replicas = ScanReplicas::Masters;
    const ScanReport* goOnFrom = nullptr; ///< An earlier scan of the same request, to be gone on with. Only looked at.
    bool onlyFailed = false;              ///< Of it, only nodes that were given up, not those that reached a limit.
    QString onlyNode{};                   ///< Of it, only this node, by its name in the report; empty: all.
};

/// The scan of all nodes of a source.
[[nodiscard]] std::unique_ptr<ScanEngine> makeScan(
    const SourceAccess& source, ScanRequest request, const ScanStart& start);

} // namespace keyglass
