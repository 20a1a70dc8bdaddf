// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <netinet/in.h>
#include <sys/un.h>

#include <QString>

#include <cstdint>
#include <span>

namespace keyglass::test {

/// Where a proxy passes connections on to: a unix socket or a port of 127.0.0.1. Neither: nowhere.
struct ProxyTarget {
    QString socketPath{};
    std::uint16_t port = 0;
};

inline constexpr int backlog = 128;

/// What the proxies need of the system's sockets. What can't fail in a sound test ends the test.
[[nodiscard]] sockaddr_in tcpAddress(std::uint16_t port, const char* host = "127.0.0.1");
[[nodiscard]] sockaddr_un unixAddress(const QString& path);
[[nodiscard]] int listenAt(const sockaddr_in& address, int queue);
[[nodiscard]] int listenAt(const sockaddr_un& address, int queue);
int connectAt(int socket, const sockaddr_in& address);
int connectAt(int socket, const sockaddr_un& address);
[[nodiscard]] std::uint16_t portOf(int socket);
void closeOnce(int& socket);
/// -1 where nobody takes the connection. `from`: the local address, where it matters.
[[nodiscard]] int connectTo(const ProxyTarget& target, const QString& from = {});
/// Blocks; false when the peer is gone.
bool sendAll(int socket, std::span<const char> bytes);
/// close() will be a reset (RST) and not an orderly end. TCP only.
void resetWhenClosed(int socket);

} // namespace keyglass::test
