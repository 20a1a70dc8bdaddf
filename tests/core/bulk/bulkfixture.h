// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/archivereader.h"
#include "core/bulk/archivewriter.h"
#include "core/bulk/batchstep.h"
#include "core/source/commandgate.h"
#include "core/source/lane.h"
#include "tests/core/bulk/archiverecords.h"
#include "tests/core/bulk/batchof.h"
#include "tests/servers/redisserver.h"

#include <QTemporaryDir>
#include <QTest>

#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace keyglass::test {

using Args = RedisServer::Args;

inline const std::string farAway = "4102444800123"; // in 2100

/// Every key's outcomes as text, "done" or "failed: ERR …"; several are joined, since each key has but one.
class OutcomeList final : public OutcomeSink {
public:
    void add(std::string_view key, Outcome outcome, std::string_view detail = {}) override
    {
        std::string& text = all[std::string(key)];
        text += (text.empty() ? "" : ", ") + std::string(outcomeName(outcome));
        text += (detail.empty() ? "" : ": ") + std::string(detail);
    }
    void elsewhere(std::string_view key, std::string_view redirect) override
    {
        std::string& text = all[std::string(key)];
        text += (text.empty() ? "" : ", ") + std::string("elsewhere: ")
            + std::string(redirect.substr(0, redirect.find(' ')));
    }
    [[nodiscard]] std::size_t count(const std::string& text) const
    {
        return static_cast<std::size_t>(
            std::ranges::count_if(all, [&text](const auto& one) { return one.second == text; }));
    }

    std::map<std::string, std::string> all;
};

inline std::unique_ptr<Lane> laneTo(const RedisServer& server, int database = 0, const GateRules& rules = {})
{
    ConnectionOptions options;
    options.endpoint.socketPath = server.socketPath();
    options.database = database;
    return makeLane(std::move(options), std::make_shared<CommandGate>(rules));
}

inline std::vector<std::string> keysOf(const KeyBatch& batch)
{
    std::vector<std::string> keys;
    for (std::size_t at = 0; at < batch.size(); ++at) {
        keys.emplace_back(batch[at]);
    }
    return keys;
}

/// An archive in a folder of its own.
struct TestArchive {
    TestArchive()
        : path(folder.filePath(QStringLiteral("a.keyundo")))
    {
        auto made = UndoArchiveWriter::create(path, ArchiveInfo{});
        Q_ASSERT(made);
        writer = *std::move(made);
    }
    /// All records, in order.
    [[nodiscard]] std::vector<UndoRecord> records() const { return recordsIn(path); }
    /// The newest record of each key.
    [[nodiscard]] std::map<std::string, UndoRecord> newest() const
    {
        std::map<std::string, UndoRecord> all;
        for (UndoRecord& record : records()) {
            all[record.key] = std::move(record);
        }
        return all;
    }

    QTemporaryDir folder;
    QString path;
    std::unique_ptr<UndoArchiveWriter> writer;
};

/// One key of every type and encoding, with and without an end; streams with groups and what is pending in them.
inline std::vector<Args> everyType()
{
    std::vector<Args> commands{
        {"SET", "string", "text"},
        {"SET", "string:int", "12345"},
        {"SET", "string:long", std::string(100'000, 'x')},
        {"SET", std::string("string:\0\xFF\n", 10), std::string("\0\x01\xFF", 3)},
        {"SET", "", "the empty key"},
        {"SETRANGE", "string:raw", "10", "abc"},
        {"PFADD", "string:hll", "a", "b", "c"},
        {"RPUSH", "list", "a", "b", "", "1"},
        {"SADD", "set:ints", "1", "2", "3"},
        {"SADD", "set:small", "a", "b"},
        {"HSET", "hash", "f", "v", "g", "2"},
        {"ZADD", "zset", "1.5", "a", "-inf", "b", "17", "c"},
        {"GEOADD", "zset:geo", "13.4", "52.5", "Berlin"},
        {"XADD", "stream", "1-1", "f", "v"},
        {"XADD", "stream", "2-1", "f", "w"},
        {"XADD", "stream", "3-1", "other", "x"},
        {"XDEL", "stream", "2-1"},
        {"XGROUP", "CREATE", "stream", "g", "0"},
        {"XGROUP", "CREATE", "stream", "h", "$"},
        {"XGROUP", "CREATECONSUMER", "stream", "g", "idle"},
        {"XREADGROUP", "GROUP", "g", "me", "COUNT", "1", "STREAMS", "stream", ">"},
        {"XADD", "stream:empty", "1-1", "f", "v"},
        {"XDEL", "stream:empty", "1-1"},
    };
    Args list{"RPUSH", "list:large"};
    Args set{"SADD", "set:table"};
    Args hash{"HSET", "hash:table"};
    Args zset{"ZADD", "zset:skiplist"};
    for (int at = 0; at < 2000; ++at) {
        const std::string number = std::to_string(at);
        list.push_back("element " + number);
        set.push_back("member " + number);
        hash.insert(hash.end(), {"field " + number, std::string(80, 'v') + number});
        zset.insert(zset.end(), {number, "member " + number});
    }
    commands.insert(commands.end(), {list, set, hash, zset});
    const std::vector<std::string> expiring{"string", "list", "set:small", "hash:table", "zset", "stream"};
    for (const std::string& key : expiring) {
        commands.push_back({"PEXPIREAT", key, farAway});
    }
    return commands;
}

/// What makes up a key: its digest, its end, and what a stream's groups hold.
inline std::string stateOf(RedisServer& server, const std::string& key)
{
    std::string state = server.command({"DEBUG", "DIGEST-VALUE", key}) + " " + server.command({"PEXPIRETIME", key});
    if (server.command({"TYPE", key}) == "stream") {
        state += " " + server.command({"XINFO", "GROUPS", key}) + " " + server.command({"XPENDING", key, "g"}) + " "
            + server.command({"XINFO", "STREAM", key});
    }
    return state;
}

} // namespace keyglass::test
