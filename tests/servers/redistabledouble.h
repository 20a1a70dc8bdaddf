// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/servers/sockets.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <list>
#include <mutex>
#include <set>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace keyglass::test {

/// What the double does beside its work. What every module does (ghosts, half tables, patterns in DROP INDEX…) needs no
/// switch.
struct TableHazards {
    std::size_t scanLimit = 100'000;         ///< In force.
    std::string scanLimitArgument{};         ///< What MODULE LIST shows of it; empty: nothing.
    std::chrono::milliseconds standstill{0}; ///< With each TABLE command, all connections stand still for so long.
    bool isMoving = false;                   ///< TABLE commands are answered with ASK.
    bool isMissing = false;                  ///< There is no module.
    bool hidesModules = false;               ///< MODULE LIST is forbidden.
    std::set<std::string> forbidden{};       ///< TABLE commands that are, lower case.
    std::string answersTwice{};              ///< A command that gets two replies, lower case.
    bool crashesOnEmpty = true;              ///< An empty argument ends all connections, as the crash does.
};

/// Stands between clients and a real server on a port of 127.0.0.1 and answers TABLE.* as the RedisTABLE module does,
/// by having the server run scripts of plain commands; all else passes.
///
/// Names over 64 bytes get several replies to one command, or an EXEC longer than it says. Threads of its own; its
/// functions may be called from any thread at any time.
class RedisTableDouble {
public:
    explicit RedisTableDouble(ProxyTarget server, TableHazards hazards = {});
    RedisTableDouble(const RedisTableDouble&) = delete;
    RedisTableDouble& operator=(const RedisTableDouble&) = delete;
    ~RedisTableDouble();

    [[nodiscard]] std::uint16_t port() const { return m_port; }
    void set(const TableHazards& hazards);
    [[nodiscard]] TableHazards hazards() const;
    /// How often an empty argument would have ended the server.
    [[nodiscard]] int crashes() const { return m_crashes; }
    /// The names of all commands that came, upper case, in order.
    [[nodiscard]] std::vector<std::string> commands() const;
    void forgetCommands();

private:
    class Link;
    void acceptLoop(const std::stop_token& stop);
    void note(const std::string& name);
    void crash();
    void standStill(std::chrono::milliseconds time);
    [[nodiscard]] bool isStandingStill() const;

    ProxyTarget m_target;
    int m_listener;
    std::uint16_t m_port;
    std::atomic<int> m_crashes = 0;
    std::atomic<int> m_life = 0; ///< Links of an earlier one end.
    std::atomic<std::chrono::steady_clock::rep> m_stillUntil = 0;
    mutable std::mutex m_mutex; ///< All below but the thread: the test's thread and every link touch them.
    TableHazards m_hazards;
    std::vector<std::string> m_commands;
    std::list<std::jthread> m_links;
    std::jthread m_acceptor; // last: joined first
};

} // namespace keyglass::test
