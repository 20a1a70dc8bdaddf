// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/commandgate.h"
#include "core/source/lane.h"
#include "tests/servers/redisserver.h"

#include <functional>
#include <string>
#include <vector>

namespace keyglass::test {

inline constexpr GateRules normal{false, Environment::Development};
inline constexpr GateRules readOnly{true, Environment::Development};
inline constexpr GateRules production{false, Environment::Production};

inline ConnectionOptions optionsFor(const QString& socketPath, int database = 0)
{
    ConnectionOptions options;
    options.endpoint.socketPath = socketPath;
    options.database = database;
    return options;
}

inline std::unique_ptr<Lane> laneTo(const RedisServer& server, const GateRules& rules = normal, int database = 0)
{
    return makeLane(optionsFor(server.socketPath(), database), std::make_shared<CommandGate>(rules));
}

/// Keeps the texts of replies; calls `whenText` within each.
class KeepingSink : public ReplySink {
public:
    std::function<void()> whenText;
    std::vector<std::string> texts;

    void arrayBegins(int, std::size_t, std::size_t) override { }
    void text(Reply::Type, int, std::size_t, std::string_view bytes) override
    {
        texts.emplace_back(bytes);
        if (whenText) {
            whenText();
        }
    }
    void integer(int, std::size_t, std::int64_t) override { }
    void nil(int, std::size_t) override { }
};

} // namespace keyglass::test
