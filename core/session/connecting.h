// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/net/connection.h"
#include "core/profile/profile.h"
#include "core/source/commandgate.h"
#include "core/source/lane.h"
#include "core/source/redis/serverfacts.h"

#include <memory>
#include <stop_token>

namespace keyglass {

/// The connection that a profile stands for. `timeout` bounds connecting and each call.
[[nodiscard]] ConnectionOptions connectionOptions(
    const Profile& profile, const QString& password, Milliseconds timeout = Milliseconds{5000});

/// What the first look at a server gives: who it is, and the gate made from its own command table.
struct ServerAccess {
    ServerFacts facts;
    std::shared_ptr<const CommandGate> gate;
};

/// Connects, asks the server who it is and what its commands are. Blocks for a few round trips; run it on a worker.
/// Fails as Connection::open() does; what an ACL forbids is a gap in the facts, never a failure.
[[nodiscard]] Result<ServerAccess> openServer(const ConnectionOptions& options, GateRules rules, std::stop_token stop);

} // namespace keyglass
