// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/console/commandwords.h"
#include "core/console/console.h"
#include "core/console/replyjson.h"
#include "tests/servers/redisserver.h"

namespace keyglass::test {

inline constexpr GateRules normal{false, Environment::Development};

/// A console at a server of the fixtures.
inline Console consoleAt(const RedisServer& server, const GateRules& rules = normal, CommandLimits limits = {},
    Milliseconds longestWait = Milliseconds{5000})
{
    ConnectionOptions options;
    options.endpoint.socketPath = server.socketPath();
    options.callTimeout = longestWait;
    const auto gate = std::make_shared<const CommandGate>(rules);
    return Console(ConsoleSource{
        gate, nullptr, [options, gate](const std::string&) { return makeLane(options, gate); }, longestWait, limits});
}

/// What is typed, taken apart; `--all` and the like follow.
inline ConsoleCommand typed(const std::string& line, bool all = false, const QString& node = {}, bool confirmed = false)
{
    return ConsoleCommand{splitCommandLine(line).value(), all, node, confirmed};
}

/// The reply as JSON, or what went wrong.
inline std::string said(const Result<ConsoleAnswer>& answer)
{
    return answer ? replyJson(answer->reply)
                  : "!" + (answer.error().subject + QStringLiteral(": ") + answer.error().detail).toStdString();
}

} // namespace keyglass::test
