// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/sourceaccess.h"

#include "core/index/keyroot.h"
#include "core/scan/clusterscan.h"
#include "core/scan/databasescan.h"
#include "core/session/nodesurvey.h"
#include "core/source/redis/clusterlane.h"

#include <QCoreApplication>

#include <algorithm>

namespace keyglass {

namespace {

AddressRules addressRules(const Profile& profile)
{
    AddressRules rules;
    rules.useSeedHost = profile.useSeedAddress;
    for (const AddressMapping& mapping : profile.addressMap) {
        rules.map.emplace_back(mapping.announced, mapping.reachable);
    }
    return rules;
}

std::optional<TlsOptions> tlsOptions(const ProfileTls& tls)
{
    return tls.enabled
        ? std::optional(TlsOptions{tls.verify, tls.caFile, tls.certificateFile, tls.keyFile, tls.serverName})
        : std::nullopt;
}

/// What the gate needs to know of a server, over a lane to it.
Result<SourceAccess> lookAt(ResolveNode resolve, QString name, GateRules rules, std::stop_token stop)
{
    const auto lane = makeLane(resolve, name, std::make_shared<CommandGate>(rules));
    auto facts = fetchServerFacts(*lane, stop);
    if (!facts) {
        return std::move(facts).error();
    }
    auto table = fetchCommandTable(*lane, std::move(stop));
    if (!table) {
        return std::move(table).error();
    }
    return SourceAccess{*std::move(facts), std::make_shared<CommandGate>(rules, *std::move(table)), std::move(resolve),
        lane->nodeText(), nullptr};
}

Result<SourceAccess> openNode(ConnectionOptions options, GateRules rules, std::stop_token stop)
{
    QString name = options.endpoint.text();
    return lookAt([options = std::move(options)](const std::stop_token&) { return options; }, std::move(name), rules,
        std::move(stop));
}

Result<SourceAccess> openSentinel(
    const Profile& profile, const Credentials& credentials, GateRules rules, std::stop_token stop, Milliseconds timeout)
{
    SentinelGroup options;
    options.masterName = profile.sentinelMaster.toStdString();
    options.master = connectionOptions(profile, credentials.password, timeout);
    options.addresses = addressRules(profile);
    for (const HostPort& seed : profile.allSeeds()) {
        ConnectionOptions sentinel;
        sentinel.endpoint = Endpoint{seed.host, seed.port, {}, tlsOptions(profile.sentinelTls)};
        sentinel.user = profile.sentinelUser;
        sentinel.password = credentials.sentinelPassword;
        sentinel.connectTimeout = timeout;
        sentinel.callTimeout = timeout;
        options.sentinels.push_back(std::move(sentinel));
    }
    const auto gate = std::make_shared<CommandGate>(GateRules{true, rules.environment});
    const auto group = std::make_shared<const SentinelGroup>(std::move(options));
    auto access = lookAt([group, gate](std::stop_token own) { return fetchMaster(*group, gate, std::move(own)); },
        profile.address(), rules, std::move(stop));
    if (access) {
        access->sentinels = group;
    }
    return access;
}

/// All keys of a cluster stand in its one database.
void addUpKeys(SourceAccess& access, const std::stop_token& stop)
{
    access.facts.keyspace = {DatabaseKeys{0, keysOf(surveyNodes(access.cluster, stop, Surveyed::Owners)), {}}};
}

Result<SourceAccess> openCluster(
    const Profile& profile, const Credentials& credentials, GateRules rules, std::stop_token stop, Milliseconds timeout)
{
    std::optional<Error> whyNot;
    for (const HostPort& seed : profile.allSeeds()) {
        ConnectionOptions options = connectionOptions(profile, credentials.password, timeout);
        options.endpoint.host = seed.host;
        options.endpoint.port = seed.port;
        options.database = 0;
        auto access = openNode(options, rules, stop);
        if (!access) {
            whyNot = whyNot.value_or(access.error());
            if (stop.stop_requested()) {
                break;
            }
            continue;
        }
        access->cluster =
            std::make_shared<ClusterMap>(ClusterAddresses(std::move(options), addressRules(profile)), access->gate);
        if (Status known = refreshTopology(*access->cluster, stop); !known) {
            whyNot = std::move(known).error();
            continue;
        }
        addUpKeys(*access, stop);
        return access;
    }
    return whyNot.value_or(Error{ErrorKind::Input, QCoreApplication::translate("Session", "The profile"),
        QCoreApplication::translate("Session", "It names no node of the cluster.")});
}

std::vector<ScanNode> nodesToScan(const SourceAccess& source, const ScanStart& start)
{
    std::vector<ScanNode> nodes;
    if (!start.goOnFrom) {
        nodes.push_back(ScanNode{source.lane(start.databases.front()), {}, {}});
        return nodes;
    }
    for (const NodeScanEnd& end : start.goOnFrom->nodes) {
        if (start.onlyFailed ? end.stoppedBy.has_value() : !end.isComplete()) {
            ScanNode& node =
                nodes.emplace_back(ScanNode{source.lane(start.databases.front()), end.resumeFrom, end.runId});
            node.rest = end.rest;
        }
    }
    return nodes;
}

std::unique_ptr<DatabaseScan> databaseScan(const SourceAccess& source, const ScanStart& start)
{
    std::vector<ScannedDatabase> databases;
    for (const int number : start.databases) {
        ScannedDatabase& database = databases.emplace_back(ScannedDatabase{number, rootOf(number), 0});
        for (const DatabaseKeys& known : source.facts.keyspace) {
            database.expectedKeys = known.number == number ? known.keys.value_or(0) : database.expectedKeys;
        }
    }
    return std::make_unique<DatabaseScan>(
        std::move(databases), [source](int database) { return source.lane(database); }, start.goOnFrom,
        start.onlyFailed);
}

/// The id of the one node to go on with; empty: all.
std::string idOf(const ScanStart& start)
{
    const auto line = std::ranges::find(start.goOnFrom->nodes, start.onlyNode, &NodeScanEnd::node);
    return start.onlyNode.isEmpty() || line == start.goOnFrom->nodes.end() ? std::string() : line->nodeId;
}

} // namespace

std::unique_ptr<Lane> SourceAccess::lane(int database, Greeting greeting, const std::string& homeId) const
{
    if (cluster) {
        return makeClusterLane(cluster, homeId, std::move(greeting));
    }
    return makeLane(
        [resolve = resolve, database](std::stop_token stop) {
            auto options = resolve(std::move(stop));
            if (options) {
                options->database = database;
            }
            return options;
        },
        name, gate, std::move(greeting));
}

std::unique_ptr<Lane> SourceAccess::nodeLane(int database, const std::string& nodeId, Greeting greeting) const
{
    if (!cluster) {
        return lane(database, std::move(greeting));
    }
    return makeLane(
        [map = cluster, nodeId](const std::stop_token&) -> Result<ConnectionOptions> {
            const auto topology = map->topology();
            if (const ClusterNode* node = topology->find(nodeId)) {
                return map->optionsFor(*node);
            }
            return Error{ErrorKind::Network, QString::fromStdString(nodeId),
                QCoreApplication::translate("Session", "It is no node of the cluster any more.")};
        },
        name, gate, std::move(greeting));
}

Result<SourceAccess> openSource(
    const Profile& profile, const Credentials& credentials, GateRules rules, std::stop_token stop, Milliseconds timeout)
{
    switch (profile.kind) {
    case ProfileKind::Standalone:
        break;
    case ProfileKind::Cluster:
        return openCluster(profile, credentials, rules, std::move(stop), timeout);
    case ProfileKind::Sentinel:
        return openSentinel(profile, credentials, rules, std::move(stop), timeout);
    }
    return openNode(connectionOptions(profile, credentials.password, timeout), rules, std::move(stop));
}

std::unique_ptr<ScanEngine> makeScan(const SourceAccess& source, ScanRequest request, const ScanStart& start)
{
    if (!source.cluster && start.hasRoots) {
        return std::make_unique<ScanEngine>(std::move(request), databaseScan(source, start));
    }
    if (!source.cluster) {
        return std::make_unique<ScanEngine>(std::move(request), nodesToScan(source, start));
    }
    const bool goesOn = start.goOnFrom && start.goOnFrom->cluster;
    auto lead = std::make_unique<ClusterScan>(source.cluster, request, start.replicas,
        goesOn ? start.goOnFrom->cluster->memory : nullptr, goesOn ? idOf(start) : std::string());
    return std::make_unique<ScanEngine>(std::move(request), std::move(lead));
}

} // namespace keyglass
