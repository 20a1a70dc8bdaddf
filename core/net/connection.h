// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/net/command.h"
#include "core/net/reply.h"

#include <QString>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>

namespace keyglass {

/// How TLS is done on a connection. The default verifies the peer against the system's authorities.
struct TlsOptions {
    bool verify = true;        ///< False is the user's visible choice per profile, never a fallback.
    QString caFile{};          ///< PEM; used instead of the system's authorities. Empty: the system's.
    QString certificateFile{}; ///< PEM, client certificate. Empty: none.
    QString keyFile{};         ///< PEM, the client certificate's key.
    QString serverName{};      ///< Name to verify and to send as SNI where it differs from the host.
};

/// Where a server listens: host and port, or the path of a unix socket.
struct Endpoint {
    QString host;
    std::uint16_t port = 6379;
    QString socketPath; ///< Not empty: a unix socket; host and port are not used.
    std::optional<TlsOptions> tls;

    [[nodiscard]] bool isUnixSocket() const { return !socketPath.isEmpty(); }
    /// "10.0.0.7:7001", "[::1]:6379" or the socket's path: how errors and reports name it.
    [[nodiscard]] QString text() const;
};

/// Everything needed to open one connection and to open it again after it was lost.
struct ConnectionOptions {
    Endpoint endpoint;
    QString user;                                    ///< Empty: the default user (AUTH with the password alone).
    QString password;                                ///< Empty: no AUTH.
    int database = 0;                                ///< SELECT is only sent where it is not 0.
    QString clientName = QStringLiteral("keyglass"); ///< CLIENT SETNAME; that it is refused is not an error.
    Milliseconds connectTimeout{5000};
    Milliseconds callTimeout{5000}; ///< How long a reply may stay silent: no byte at all for this long.
    std::size_t replyCap =
        64U * 1024 * 1024; ///< Bytes of one reply; a larger one closes the connection (ErrorKind::Limit).
};

/// One connection to one server process, speaking RESP2: connects, does the handshake, sends commands, receives
/// replies.
///
/// Blocks; runs on a worker thread and is used by that thread alone (made there, used there, destroyed there). Every
/// wait looks at its stop_token at least every 50 ms, name lookup, connect and TLS handshake included, so that a call
/// ends within 100 ms of being told to. After an Error of Network, Timeout, Protocol, Limit (or Cancelled with a reply
/// outstanding) the connection is closed: isOpen() tells. Knows the protocol and the handshake (AUTH, CLIENT SETNAME,
/// SELECT) and no other command.
class Connection {
public:
    /// Connects, authenticates, names and selects. The error's subject is the endpoint.
    /// Cancelled, Timeout, Network, Tls, Auth, Permission, Loading, Protocol, Server, File (certificate files), Input
    /// (a socket's path is too long), Limit (no more threads or descriptors).
    [[nodiscard]] static Result<std::unique_ptr<Connection>> open(
        const ConnectionOptions& options, std::stop_token stop);

    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection();

    /// Writes one command to the socket's buffer and starts sending; does not wait for the peer unless much (1 MB) is
    /// pending. May be called from within a sink's callback (that is how the next SCAN leaves before this one's keys
    /// are parsed).
    [[nodiscard]] Status send(const Command& command, std::stop_token stop = {});
    /// The same for several commands, which leave as one piece: a pipeline costs one system call.
    [[nodiscard]] Status send(std::span<const Command> commands, std::stop_token stop = {});
    /// Waits for the next reply and takes it apart into `sink`.
    [[nodiscard]] Status receive(ReplySink& sink, std::stop_token stop);
    /// Waits for the next reply as a tree. An error reply is a good Result whose Reply isError().
    [[nodiscard]] Result<Reply> receive(std::stop_token stop);
    /// Waits for what comes unasked: a message on a connection that has subscribed. Nothing where none begins within
    /// `patience`; that, and a stop before one begins, leaves the connection as it is. Only while no reply is owed.
    [[nodiscard]] Result<std::optional<Reply>> listen(Milliseconds patience, std::stop_token stop);

    /// From the next wait on, how long a reply may stay silent (ConnectionOptions::callTimeout).
    void setCallTimeout(Milliseconds callTimeout);

    /// Whether something has come that nobody asked for, so that replies and commands no longer belong together: the
    /// connection is to be replaced. Does not wait. Never while a reply is owed; not for who has subscribed.
    [[nodiscard]] bool hasUnasked();

    [[nodiscard]] bool isOpen() const;
    [[nodiscard]] const ConnectionOptions& options() const;
    /// Replies still owed by the server for commands sent.
    [[nodiscard]] std::size_t pendingReplies() const;

private:
    class Private;
    explicit Connection(std::unique_ptr<Private> d);
    std::unique_ptr<Private> m_d;
};

} // namespace keyglass
