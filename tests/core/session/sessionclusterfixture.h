// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/index/keystretch.h"
#include "core/session/session.h"
#include "tests/core/session/opensession.h"
#include "tests/servers/rediscluster.h"

#include <QTest>

#include <set>
#include <string>

namespace keyglass::test {

inline Profile profileOf(const RedisCluster& cluster, int seed = 0)
{
    Profile profile;
    profile.kind = ProfileKind::Cluster;
    profile.host = QStringLiteral("127.0.0.1");
    profile.port = cluster.port(seed);
    return profile;
}

inline std::set<std::string> keysOf(const Session& session)
{
    std::set<std::string> keys;
    forEachKey(session.snapshot(), KeyRange{}, [&](std::string_view key) { return keys.emplace(key).second; });
    return keys;
}

} // namespace keyglass::test
