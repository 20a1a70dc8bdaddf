// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/commandgate.h"
#include "core/source/lane.h"
#include "core/value/valuepage.h"
#include "tests/servers/redisserver.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace keyglass::test {

/// A lane to the server whose gate is read-only, so that every test shows as well that looking sends no write.
inline std::unique_ptr<Lane> readingLane(
    const RedisServer& server, const QString& user = {}, const QString& password = QStringLiteral("pw"))
{
    ConnectionOptions options;
    options.endpoint.socketPath = server.socketPath();
    options.user = user;
    options.password = user.isEmpty() ? QString() : password;
    return makeLane(std::move(options), std::make_shared<CommandGate>(GateRules{.readOnly = true}));
}

/// What came of reading a value page by page to its end.
struct WholeRead {
    std::vector<std::vector<std::string>> rows; ///< The bytes of the cells; nothing for a placeholder.
    std::size_t pages = 0;
    std::size_t placeholders = 0;
    std::uint64_t largestReceived = 0;
    bool hasGaps = false;
    std::optional<Error> error;
};

inline void takePage(WholeRead& read, const ValuePage& page)
{
    ++read.pages;
    read.largestReceived = std::max(read.largestReceived, page.received.value);
    read.hasGaps = read.hasGaps || page.hasGaps;
    for (const ValueRow& row : page.rows) {
        std::vector<std::string> cells;
        for (const ValueCell& cell : row) {
            read.placeholders += cell.isWhole() ? 0 : 1;
            cells.push_back(cell.bytes);
        }
        read.rows.push_back(std::move(cells));
    }
}

inline WholeRead readAll(Lane& lane, ValuePageRequest request, std::size_t mostPages = 10'000)
{
    WholeRead read;
    while (read.pages < mostPages) {
        const auto page = fetchValuePage(lane, request, {});
        if (!page) {
            read.error = page.error();
            break;
        }
        takePage(read, *page);
        if (page->complete) {
            break;
        }
        request.from = page->next;
    }
    return read;
}

/// How many commands the server has been sent so far, this question included.
inline std::uint64_t commandsSent(RedisServer& server)
{
    const std::string stats = server.command({"INFO", "stats"});
    const std::string name = "total_commands_processed:";
    return std::stoull(stats.substr(stats.find(name) + name.size()));
}

} // namespace keyglass::test
