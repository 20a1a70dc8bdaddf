// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/servers/redisserver.h"

namespace keyglass::test {

/// How RedisSentinels are started.
struct SentinelOptions {
    int replicas = 1;
    int sentinels = 3;
    QString masterName = QStringLiteral("main");
    QString password{};         ///< Of the servers' default user. Empty: none.
    QStringList users{};        ///< Lines of the servers' ACL file, in place of the one that `password` makes.
    QString sentinelPassword{}; ///< The same for the Sentinels.
    QStringList sentinelUsers{};
    bool tls = false;         ///< The servers listen with TLS only.
    bool sentinelTls = false; ///< Clients are to speak TLS to the Sentinels.
    std::chrono::milliseconds downAfter{1000};
};

/// A master with replicas, and the Sentinels that watch them, on 127.0.0.1; each also on its unix socket, by which the
/// fixture speaks to it.
///
/// Servers are numbered from 0, the first master, and keep their number whoever is master. What takes time (90 s at
/// most) is waited for, and the test ends with what the Sentinels say if it does not happen. Thread: as RedisServer.
class RedisSentinels {
public:
    using Args = RedisServer::Args;

    /// Ready when start() returns: the Sentinels know each other and the replicas, which are in step.
    static std::unique_ptr<RedisSentinels> start(SentinelOptions options = {});
    RedisSentinels(const RedisSentinels&) = delete;
    RedisSentinels& operator=(const RedisSentinels&) = delete;
    ~RedisSentinels();

    [[nodiscard]] int servers() const { return static_cast<int>(m_servers.size()); }
    [[nodiscard]] RedisServer& server(int index) { return *m_servers.at(static_cast<std::size_t>(index)).server; }
    /// The port clients are to use.
    [[nodiscard]] std::uint16_t port(int index) const;
    [[nodiscard]] int sentinels() const { return static_cast<int>(m_sentinels.size()); }
    [[nodiscard]] RedisServer& sentinel(int index) { return *m_sentinels.at(static_cast<std::size_t>(index)).server; }
    /// The port clients are to use.
    [[nodiscard]] std::uint16_t sentinelPort(int index) const;
    /// The server that the first running Sentinel names as master; -1 where it names none of ours.
    [[nodiscard]] int master();

    /// SENTINEL FAILOVER: a replica becomes master. Waits until it is one and all Sentinels name it; gives it. The old
    /// one takes itself for a master, too, until the Sentinels make it a replica, about ten seconds later.
    int failover();
    /// SIGKILL. Waits until a replica has become master and all Sentinels name it; gives it.
    int killMaster();
    /// SIGKILL for a server or a Sentinel, and back at once.
    void kill(int server);
    void killSentinel(int sentinel);
    /// Starts a killed server again with what it last saved: as a replica of the master. Waits until all agree.
    void restart(int server);
    /// Until all running Sentinels name the same master and are enough, it is one, and the other running servers follow
    /// it and are in step.
    void waitUntilAgreed();

private:
    struct Member {
        std::unique_ptr<RedisServer> server;
        bool isRunning = true;
    };

    explicit RedisSentinels(SentinelOptions options);
    [[nodiscard]] ServerOptions serverOptions() const;
    [[nodiscard]] ServerOptions sentinelOptions() const;
    void startServers();
    void startSentinels();
    int waitForAnother(int before);
    [[nodiscard]] int masterBy(RedisServer& sentinel);
    [[nodiscard]] bool knowsAll(RedisServer& sentinel);
    [[nodiscard]] bool agree();
    [[nodiscard]] bool isInPlace(int server, int master);
    [[nodiscard]] std::string views();
    void waitFor(const char* what, const std::function<bool()>& isSo);

    SentinelOptions m_options;
    std::string m_name;
    std::vector<Member> m_servers;
    std::vector<Member> m_sentinels;
};

} // namespace keyglass::test
