// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/jobexecutor.h"
#include "core/bulk/jobnodes.h"
#include "tests/core/bulk/batchof.h"
#include "tests/servers/rediscluster.h"
#include "tests/servers/redisserver.h"

#include <string>
#include <vector>

namespace keyglass::test {

/// What a job needs to reach a fixture's server.
inline JobNodes nodesOf(const RedisServer& server, const GateRules& rules = {}, Confirmation confirmation = {})
{
    ConnectionOptions options;
    options.endpoint.socketPath = server.socketPath();
    const auto gate = std::make_shared<CommandGate>(rules);
    return serverNode(
        [options, gate] { return makeLane(options, gate); }, QStringLiteral("server"), std::move(confirmation));
}

/// The same of a fixture's cluster, with what it says of itself now.
inline JobNodes nodesOf(RedisCluster& cluster)
{
    ConnectionOptions options;
    options.endpoint = Endpoint{QStringLiteral("127.0.0.1"), cluster.seedPort(0), {}, {}};
    options.connectTimeout = Milliseconds{2000};
    auto map = std::make_shared<ClusterMap>(ClusterAddresses(options, {}), std::make_shared<CommandGate>(GateRules{}));
    static_cast<void>(refreshTopology(*map, {}));
    return clusterNodes(std::move(map));
}

/// "<prefix>0" to "<prefix><count - 1>".
inline std::vector<std::string> namesOf(const std::string& prefix, std::size_t count)
{
    std::vector<std::string> names;
    for (std::size_t at = 0; at < count; ++at) {
        names.push_back(prefix + std::to_string(at));
    }
    return names;
}

/// "done 3 missing 1 ".
inline std::string textOf(const OutcomeCounts& counts)
{
    std::string text;
    for (std::size_t at = 0; at < outcomeCount; ++at) {
        if (counts.of[at] > 0) {
            text += std::string(outcomeName(static_cast<Outcome>(at))) + ' ' + std::to_string(counts.of[at]) + ' ';
        }
    }
    return text;
}

/// Runs a job over `keys`; what came of it as text.
inline std::string done(
    const JobNodes& nodes, const JobExecutor::MakeStep& makeStep, const std::vector<std::string>& keys)
{
    JobReport report;
    JobExecutor job(nodes, makeStep, {}, report);
    static_cast<void>(job.take(batchOf(keys)));
    static_cast<void>(job.finish());
    return textOf(report.counts());
}

} // namespace keyglass::test
