// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/servers/redisserver.h"
#include "tests/servers/redistabledouble.h"

#include <memory>
#include <string>
#include <vector>

namespace keyglass::test {

/// A server with the RedisTABLE module: the module itself where KEYGLASS_TEST_REDISTABLE names its file, else a
/// RedisTableDouble before a plain server. Listens on port() of 127.0.0.1. Thread: as RedisServer.
class TableServer {
public:
    using Args = RedisServer::Args;

    /// True where tests run against the module itself.
    [[nodiscard]] static bool isReal();

    explicit TableServer(TableHazards hazards = {}, ServerOptions options = {});
    TableServer(const TableServer&) = delete;
    TableServer& operator=(const TableServer&) = delete;
    ~TableServer();

    [[nodiscard]] std::uint16_t port() const;
    /// The server itself, which knows TABLE.* only where isReal().
    [[nodiscard]] RedisServer& server() { return *m_server; }
    /// Null where isReal(): hazards with a switch are to be skipped then.
    [[nodiscard]] RedisTableDouble* twin() { return m_double.get(); }

    /// A reply as RedisServer::command() gives it, through the double.
    std::string command(const Args& arguments);
    /// The same, of several, for data: each has to succeed.
    void make(const std::vector<std::string>& lines);

private:
    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<RedisTableDouble> m_double;
    struct Line;
    std::unique_ptr<Line> m_line;
};

} // namespace keyglass::test
