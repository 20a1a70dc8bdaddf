// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/servers/sockets.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <QByteArray>

#include <cerrno>
#include <cstring>

namespace keyglass::test {

namespace {

template <typename Address>
int checked(int (*call)(int, const sockaddr*, socklen_t), int socket, const Address& address)
{
    return call(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

template <typename Address> int listening(const Address& address, int queue)
{
    const int socket = ::socket(reinterpret_cast<const sockaddr*>(&address)->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0 || checked(::bind, socket, address) != 0 || ::listen(socket, queue) != 0) {
        qFatal("test listener: %s", std::strerror(errno));
    }
    return socket;
}

} // namespace

sockaddr_in tcpAddress(std::uint16_t port, const char* host)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    inet_pton(AF_INET, host, &address.sin_addr);
    return address;
}

sockaddr_un unixAddress(const QString& path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const QByteArray bytes = path.toLocal8Bit();
    if (static_cast<std::size_t>(bytes.size()) >= sizeof address.sun_path) {
        qFatal("socket path too long: %s", bytes.constData());
    }
    std::memcpy(address.sun_path, bytes.constData(), static_cast<std::size_t>(bytes.size()));
    return address;
}

int listenAt(const sockaddr_in& address, int queue)
{
    return listening(address, queue);
}

int listenAt(const sockaddr_un& address, int queue)
{
    return listening(address, queue);
}

int connectAt(int socket, const sockaddr_in& address)
{
    return checked(::connect, socket, address);
}

int connectAt(int socket, const sockaddr_un& address)
{
    return checked(::connect, socket, address);
}

std::uint16_t portOf(int socket)
{
    sockaddr_in address{};
    socklen_t size = sizeof address;
    getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
}

void closeOnce(int& socket)
{
    if (socket >= 0) {
        ::close(socket);
        socket = -1;
    }
}

int connectTo(const ProxyTarget& target, const QString& from)
{
    const bool isUnix = !target.socketPath.isEmpty();
    const int socket = ::socket(isUnix ? AF_UNIX : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (!isUnix && !from.isEmpty()) {
        checked(::bind, socket, tcpAddress(0, from.toLatin1().constData()));
    }
    const int result =
        isUnix ? connectAt(socket, unixAddress(target.socketPath)) : connectAt(socket, tcpAddress(target.port));
    if (result != 0) {
        ::close(socket);
        return -1;
    }
    return socket;
}

bool sendAll(int socket, std::span<const char> bytes)
{
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        bytes = bytes.subspan(static_cast<std::size_t>(sent));
    }
    return true;
}

void resetWhenClosed(int socket)
{
    const linger hard{1, 0};
    setsockopt(socket, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
}

} // namespace keyglass::test
