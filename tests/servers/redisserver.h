// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/servers/certificates.h"

#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

struct redisContext;

namespace keyglass::test {

/// How a RedisServer is started.
struct ServerOptions {
    QStringList arguments{}; ///< Appended to the command line, so that they win over what the fixture gives.
    bool tcp = false;        ///< Listens on 127.0.0.1 as well, at a free port.
    bool tls = false;        ///< Listens with TLS on 127.0.0.1 as well, at a free port.
    std::optional<CertificateFiles> certificate{}; ///< The server's; without one, one for localhost and 127.0.0.1.
    QString password{};                            ///< requirepass. Empty: none.
    QStringList
        aclLines{}; ///< Lines of an ACL file ("user bob on >pw ~* +@read"); a user of the fixture's own is added.
    bool waitUntilReady = true;  ///< False: start() and restart() return while the server may still be loading.
    bool cluster = false;        ///< cluster-enabled; the ports are chosen so that the bus's ports are free as well.
    QStringList sentinelLines{}; ///< Not empty: a Sentinel with these lines in its configuration file.
};

/// A private redis-server (or valkey-server, or what KEYGLASS_TEST_SERVER names) in a temporary folder, on a unix
/// socket.
///
/// It is killed with the object, and by the kernel when the thread that started it ends, which the test's main thread
/// does last: start it there. A server that can't be started ends the test with its log. What the fixture says to the
/// server goes through hiredis, so that a test never depends on the code it tests. Thread: made, used and destroyed on
/// one thread.
class RedisServer {
public:
    using Args = std::vector<std::string>; ///< A command and its arguments, as bytes.

    static std::unique_ptr<RedisServer> start(QStringList arguments = {});
    static std::unique_ptr<RedisServer> start(ServerOptions options);
    RedisServer(const RedisServer&) = delete;
    RedisServer& operator=(const RedisServer&) = delete;
    ~RedisServer();

    [[nodiscard]] QString socketPath() const { return m_folder.filePath(QStringLiteral("s")); }
    [[nodiscard]] std::uint16_t port() const { return m_port; }       ///< 0 without ServerOptions::tcp.
    [[nodiscard]] std::uint16_t tlsPort() const { return m_tlsPort; } ///< 0 without ServerOptions::tls.
    [[nodiscard]] qint64 processId() const { return m_process->processId(); }
    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] QString log() const;

    /// The reply as text: integers in decimal, nil as "", arrays with their elements joined by newlines, errors as
    /// "-…". Sent again where the server has closed the fixture's connection, as Sentinels have it do at a failover.
    std::string command(const Args& arguments);
    /// The elements of an array reply, nested ones joined by newlines.
    std::vector<std::string> list(const Args& arguments);
    /// Sends `count` commands, the n-th being made by `make(n)`, in pipelines; ends the test if one is refused.
    void fill(std::size_t count, const std::function<Args(std::size_t)>& make);
    /// The same over many connections, in any order: for commands that keep their client waiting.
    void fillSideBySide(std::size_t count, const std::function<Args(std::size_t)>& make);

    /// SIGKILL, as a crash: nothing is saved. The folder, the port and what was saved stay.
    void kill();
    /// SIGTERM: with `--save` the data is written first.
    void terminate();
    /// Starts it again at the same place after kill() or terminate(), with what was last saved and `moreArguments`
    /// appended.
    void restart(const QStringList& moreArguments = {});
    /// Writes the RDB file (SAVE), which restart() loads.
    void save();
    /// SIGSTOP and SIGCONT: the server hangs with its connections open.
    void freeze();
    void thaw();

private:
    explicit RedisServer(ServerOptions options);
    [[nodiscard]] QStringList commandLine() const;
    void writeAclFile() const;
    void writeSentinelFile() const;
    void choosePorts();
    void launch(const QStringList& arguments);
    [[nodiscard]] bool becomesReady();
    [[nodiscard]] bool answers();
    void connectFixture();
    [[nodiscard]] redisContext* connected() const;
    void takeReplies(redisContext* context, std::size_t count) const;
    void disconnectFixture();
    [[noreturn]] void fail(const QString& what) const;

    ServerOptions m_options;
    QTemporaryDir m_folder;
    std::uint16_t m_port = 0;
    std::uint16_t m_tlsPort = 0;
    redisContext* m_context = nullptr;
    std::unique_ptr<QProcess> m_process;
};

/// A port of 127.0.0.1 that was free a moment ago.
[[nodiscard]] std::uint16_t freePort();
/// The same for a node of a cluster: its bus's port, 10000 above, was free too. It is below the ports that connections
/// are given by the system, so that none of them takes it while the node is down.
[[nodiscard]] std::uint16_t freeClusterPort();

/// Name and password of the user that a server with ServerOptions::aclLines has for the fixture, who may do all.
[[nodiscard]] const std::string& fixtureUser();

} // namespace keyglass::test
