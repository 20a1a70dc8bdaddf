// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/command.h"
#include "core/net/reply.h"
#include "core/source/redis/serverfacts.h"

#include <span>
#include <stop_token>

namespace keyglass {

/// One question to a server, and what its answer adds to the facts.
struct ServerProbe {
    QString name; ///< For people: "CONFIG GET".
    Command command;
    /// Called with a good answer or with an error reply that shows that the command exists. Null: nothing to learn.
    void (*learn)(const Reply& reply, ServerFacts& facts) = nullptr;
    /// The feature that stands or falls with the command itself.
    std::optional<ServerFeature> feature;
};

/// What INFO, CONFIG and CLUSTER tell: enough for the list of databases.
[[nodiscard]] std::span<const ServerProbe> basicProbes();
/// What else there is to ask.
[[nodiscard]] std::span<const ServerProbe> furtherProbes();

/// Asks all `probes` in one round trip and adds the answers to `facts`. Auth where the server wants a login first, else
/// only what the line itself fails with.
[[nodiscard]] Status ask(Lane& lane, std::span<const ServerProbe> probes, ServerFacts& facts, std::stop_token stop);

/// Reads the reply to INFO into `facts`.
void learnInfo(std::string_view info, ServerFacts& facts);

/// Features that no probe settled: by the version, where that is known.
void judgeByVersion(ServerFacts& facts);

} // namespace keyglass
