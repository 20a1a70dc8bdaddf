// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/guardedremoval.h"
#include "core/bulk/undorun.h"
#include "core/source/laneview.h"
#include "core/transfer/partarchiving.h"
#include "core/transfer/partmaking.h"
#include "tests/core/bulk/bulkfixture.h"

#include <QStringList>

#include <algorithm>
#include <functional>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace keyglass::test {

/// Removes with the limit so low that keys of some hundred KB go in parts.
inline RemovalOptions removalInParts(std::uint64_t largest = 100'000)
{
    RemovalOptions options;
    options.largest = ByteCount{largest};
    options.largeReader = [] { return std::make_unique<PartArchiving>(ReadingWays{}); };
    return options;
}

/// Makes keys in parts again, as an undo needs it.
inline UndoOptions undoOfParts(UndoOptions options = {})
{
    options.largeMaker = [](int database) -> std::unique_ptr<LargeMaker> {
        PartMaking::Setting setting;
        setting.archiving.database = database;
        return std::make_unique<PartMaking>(std::move(setting));
    };
    return options;
}

inline std::string noise(std::size_t bytes, std::uint64_t seed)
{
    std::mt19937_64 random(seed);
    std::string text(bytes, '\0');
    std::ranges::generate(text, [&random] { return static_cast<char>(random()); });
    return text;
}

/// One large key of every type, of several parts each, some with an end; each is named like its type.
inline std::vector<Args> everyLargeType()
{
    std::vector<Args> commands{{"SET", "string", noise(2'500'000, 1)}, {"SET", "with end", noise(1'200'000, 2)},
        {"PEXPIREAT", "with end", farAway}};
    for (int at = 0; at < 2500; ++at) {
        const std::string number = std::to_string(at);
        commands.push_back({"RPUSH", "list", noise(200, 10'000U + static_cast<unsigned>(at))});
        commands.push_back({"SADD", "set", "member " + number + noise(100, static_cast<unsigned>(at))});
        commands.push_back({"HSET", "hash", "field " + number, noise(200, static_cast<unsigned>(at))});
        commands.push_back({"ZADD", "zset", number + ".1", noise(100, static_cast<unsigned>(at))});
        commands.push_back({"XADD", "stream", number + "-1", "f", noise(100, static_cast<unsigned>(at))});
    }
    commands.insert(commands.end(),
        {{"ZADD", "zset", "-inf", "least"}, {"PEXPIREAT", "hash", farAway}, {"PEXPIREAT", "stream", farAway},
            {"XDEL", "stream", "17-1"}, {"XGROUP", "CREATE", "stream", "g", "0"},
            {"XGROUP", "CREATE", "stream", "h", "$"}, {"XGROUP", "CREATECONSUMER", "stream", "g", "idle"},
            {"XREADGROUP", "GROUP", "g", "me", "COUNT", "3", "STREAMS", "stream", ">"}});
    return commands;
}

/// Nothing else is there then.
inline void fillLarge(RedisServer& server)
{
    server.command({"FLUSHALL"});
    const std::vector<Args> commands = everyLargeType();
    server.fill(commands.size(), [&commands](std::size_t at) { return commands[at]; });
}

inline std::vector<std::string> largeKeys()
{
    return {"string", "with end", "list", "set", "hash", "zset", "stream"};
}

/// What makes up a key that was made anew: its digest, its end and, of a stream, all that its groups hold.
inline std::string wholeStateOf(RedisServer& server, const std::string& key)
{
    std::string state = server.command({"DEBUG", "DIGEST-VALUE", key}) + ' ' + server.command({"PEXPIRETIME", key});
    if (server.command({"TYPE", key}) != "stream") {
        return state;
    }
    state += ' ' + server.command({"XINFO", "GROUPS", key});
    for (const std::string& entry : server.list({"XPENDING", key, "g", "-", "+", "100"})) {
        const QStringList words = QString::fromStdString(entry).split(QLatin1Char('\n'));
        state += ' ' + (words.value(0) + words.value(1) + words.value(3)).toStdString(); // the third is how long ago
    }
    return state;
}

/// Calls somebody before each pipeline that holds such a command.
class WatchedLane final : public LaneView {
public:
    WatchedLane(Lane& lane, std::string command, std::function<void()> before)
        : LaneView(lane)
        , m_command(std::move(command))
        , m_before(std::move(before))
    {
    }
    Result<std::vector<Reply>> pipeline(std::span<const Command> commands, std::stop_token stop) override
    {
        if (std::ranges::any_of(commands, [this](const Command& one) { return one.name() == m_command; })) {
            m_before();
        }
        return LaneView::pipeline(commands, std::move(stop));
    }
    Result<Reply> call(const Command& command, std::stop_token stop) override
    {
        if (command.name() == m_command) {
            m_before();
        }
        return LaneView::call(command, std::move(stop));
    }

private:
    const std::string m_command;
    const std::function<void()> m_before;
};

} // namespace keyglass::test
