// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/connecting.h"

namespace keyglass {

ConnectionOptions connectionOptions(const Profile& profile, const QString& password, Milliseconds timeout)
{
    ConnectionOptions options;
    options.endpoint.host = profile.host;
    options.endpoint.port = profile.port;
    options.endpoint.socketPath = profile.socketPath;
    if (profile.tls.enabled && !profile.isUnixSocket()) {
        options.endpoint.tls = TlsOptions{profile.tls.verify, profile.tls.caFile, profile.tls.certificateFile,
            profile.tls.keyFile, profile.tls.serverName};
    }
    options.user = profile.user;
    options.password = password;
    options.database = profile.database;
    options.connectTimeout = timeout;
    options.callTimeout = timeout;
    return options;
}

Result<ServerAccess> openServer(const ConnectionOptions& options, GateRules rules, std::stop_token stop)
{
    const auto lane = makeLane(options, std::make_shared<CommandGate>(rules));
    auto facts = fetchServerFacts(*lane, stop);
    if (!facts) {
        return std::move(facts).error();
    }
    auto table = fetchCommandTable(*lane, stop);
    if (!table) {
        return std::move(table).error();
    }
    return ServerAccess{*std::move(facts), std::make_shared<CommandGate>(rules, *std::move(table))};
}

} // namespace keyglass
