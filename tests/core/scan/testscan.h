// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scan/nodescanner.h"
#include "core/source/commandgate.h"
#include "tests/servers/redisserver.h"

#include <map>
#include <set>
#include <string>

/// What the tests of scanning share: a scanner on a real server and what it found.
namespace keyglass::test {

inline std::unique_ptr<Lane> laneTo(const QString& socketPath)
{
    ConnectionOptions options;
    options.endpoint.socketPath = socketPath;
    options.callTimeout = std::chrono::seconds(2);
    options.connectTimeout = std::chrono::seconds(2);
    return makeLane(options, std::make_shared<CommandGate>(GateRules{true, Environment::Development}));
}

/// One scan with everything it needs, and what it gave: each key with how often it came.
struct Scan {
    explicit Scan(const QString& socketPath, ScanRequest wanted = {})
        : lane(laneTo(socketPath))
        , request(std::move(wanted))
        , control(request.limits)
    {
    }

    NodeScanEnd run(std::stop_token stop = {}, Cursor from = {}, std::string runId = {})
    {
        NodeScanner scanner(*lane, request, control, progress,
            RetryPolicy{std::chrono::milliseconds(20), std::chrono::milliseconds(200), patience});
        return scanner.run(from, std::move(runId), std::move(stop), [this](KeyBatch&& batch) {
            for (std::size_t at = 0; at < batch.size(); ++at) {
                ++found[std::string(batch[at])];
            }
            return !afterBatch || afterBatch();
        });
    }

    [[nodiscard]] std::set<std::string> keys() const
    {
        std::set<std::string> names;
        for (const auto& [key, times] : found) {
            names.insert(key);
        }
        return names;
    }

    std::unique_ptr<Lane> lane;
    ScanRequest request;
    ScanControl control;
    NodeProgress progress;
    std::map<std::string, int> found;
    std::function<bool()> afterBatch;
    std::chrono::milliseconds patience{10000};
};

inline std::string numbered(const char* prefix, std::size_t number)
{
    return prefix + std::to_string(number);
}

inline std::set<std::string> fill(RedisServer& server, const char* prefix, std::size_t count)
{
    std::set<std::string> keys;
    for (std::size_t i = 0; i < count; ++i) {
        keys.insert(numbered(prefix, i));
    }
    server.fill(count, [&](std::size_t i) { return RedisServer::Args{"SET", numbered(prefix, i), "v"}; });
    return keys;
}

} // namespace keyglass::test
