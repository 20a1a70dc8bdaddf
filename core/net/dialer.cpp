// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/dialer.h"

#include "core/net/nettext.h"
#include "core/net/resolver.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <QFile>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <vector>

namespace keyglass {

namespace {

constexpr Milliseconds stagger{200};
constexpr Milliseconds retryPause{10}; // a unix socket's full queue can't be waited for, only tried again

Error cancelled()
{
    return {ErrorKind::Cancelled, {}, {}};
}

Error connectTimedOut()
{
    return {ErrorKind::Timeout, {}, netText("Nobody took the connection in time.")};
}

Error connectError(int error)
{
    switch (error) {
    case ECONNREFUSED:
        return {ErrorKind::Network, {}, netText("The connection was refused: nothing listens there.")};
    case ETIMEDOUT:
        return connectTimedOut();
    case ENOENT:
        return {ErrorKind::Network, {}, netText("There is no such socket.")};
    case EACCES:
        return {ErrorKind::Network, {}, netText("You have no permission to open this socket.")};
    case EMFILE:
    case ENFILE:
        return {ErrorKind::Limit, {}, systemText(error)};
    default:
        return {ErrorKind::Network, {}, systemText(error)};
    }
}

/// Of several failures the one that says most: somebody answered, rather than no way there.
int moreTelling(int one, int other)
{
    const auto rank = [](int error) { return error == 0 ? 0 : error == ENETUNREACH || error == EADDRNOTAVAIL ? 1 : 2; };
    return rank(other) > rank(one) ? other : one;
}

void tune(int socket)
{
    constexpr int on = 1;
    constexpr int idleSeconds = 60;
    constexpr int intervalSeconds = 10;
    constexpr int probes = 3;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(socket, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
    setsockopt(socket, IPPROTO_TCP, TCP_KEEPIDLE, &idleSeconds, sizeof idleSeconds);
    setsockopt(socket, IPPROTO_TCP, TCP_KEEPINTVL, &intervalSeconds, sizeof intervalSeconds);
    setsockopt(socket, IPPROTO_TCP, TCP_KEEPCNT, &probes, sizeof probes);
}

Descriptor newSocket(int family)
{
    return Descriptor(::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
}

/// The families in turns, beginning with the one the system put first; within a family the system's order (RFC 6724).
std::vector<SocketAddress> interleaved(std::vector<SocketAddress> addresses)
{
    const int first = addresses.front().family();
    const auto others =
        std::ranges::stable_partition(addresses, [first](const SocketAddress& a) { return a.family() == first; });
    std::vector<SocketAddress> result;
    auto other = others.begin();
    for (auto one = addresses.begin(); one != others.begin() || other != addresses.end();) {
        if (one != others.begin()) {
            result.push_back(*one++);
        }
        if (other != addresses.end()) {
            result.push_back(*other++);
        }
    }
    return result;
}

/// Connects to several addresses at once, started one after the other; the first that answers wins.
class Race {
public:
    Race(std::vector<SocketAddress> addresses, const Waiter& waiter)
        : m_addresses(std::move(addresses))
        , m_waiter(waiter)
    {
    }

    Result<Descriptor> run(const Deadline& deadline, const std::stop_token& stop)
    {
        while (m_next < m_addresses.size() || !m_running.empty()) {
            if (m_next < m_addresses.size()) {
                startNext();
            }
            if (Waiter::Outcome outcome = awaitRound(deadline, stop); outcome == Waiter::Outcome::Stopped) {
                return cancelled();
            }
            if (Descriptor winner = takeWinner(); winner.isValid()) {
                return winner;
            }
            if (deadline.hasPassed()) {
                return connectTimedOut();
            }
        }
        return connectError(m_error);
    }

private:
    void startNext()
    {
        const SocketAddress& address = m_addresses[m_next++];
        Descriptor socket = newSocket(address.family());
        if (!socket.isValid()) {
            m_error = moreTelling(m_error, errno);
            return;
        }
        tune(socket.get());
        if (::connect(socket.get(), address.get(), address.size) == 0 || errno == EINPROGRESS) {
            m_running.push_back(std::move(socket));
        } else {
            m_error = moreTelling(m_error, errno);
        }
    }

    /// Until one has an answer, or it is time for the next address, or for the end.
    Waiter::Outcome awaitRound(const Deadline& deadline, const std::stop_token& stop)
    {
        m_watched.clear();
        for (const Descriptor& socket : m_running) {
            m_watched.push_back({socket.get(), POLLOUT, 0});
        }
        if (m_watched.empty()) {
            return stop.stop_requested() ? Waiter::Outcome::Stopped : Waiter::Outcome::Ready;
        }
        const bool moreToStart = m_next < m_addresses.size();
        return m_waiter.wait(m_watched, moreToStart ? Deadline(std::min(stagger, deadline.left())) : deadline, stop);
    }

    Descriptor takeWinner()
    {
        for (std::size_t i = m_watched.size(); i-- > 0;) {
            if (m_watched[i].revents == 0) {
                continue;
            }
            int error = 0;
            socklen_t size = sizeof error;
            getsockopt(m_watched[i].fd, SOL_SOCKET, SO_ERROR, &error, &size);
            Descriptor socket = std::move(m_running[i]);
            if (error == 0) {
                return socket;
            }
            m_error = moreTelling(m_error, error);
            m_running.erase(m_running.begin() + static_cast<std::ptrdiff_t>(i));
        }
        return {};
    }

    std::vector<SocketAddress> m_addresses;
    const Waiter& m_waiter;
    std::size_t m_next = 0;
    std::vector<Descriptor> m_running;
    std::vector<pollfd> m_watched;
    int m_error = 0;
};

Result<sockaddr_un> unixAddress(const QString& path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const QByteArray bytes = QFile::encodeName(path);
    if (static_cast<std::size_t>(bytes.size()) >= sizeof address.sun_path) {
        return Error{ErrorKind::Input, {}, netText("The path of a unix socket can't be longer than 107 bytes.")};
    }
    std::memcpy(address.sun_path, bytes.constData(), static_cast<std::size_t>(bytes.size()));
    return address;
}

} // namespace

Descriptor::~Descriptor()
{
    if (m_value >= 0) {
        ::close(m_value);
    }
}

Result<Descriptor> dialTcp(const QString& host, std::uint16_t port, const Waiter& waiter, const Deadline& deadline,
    const std::stop_token& stop)
{
    Result<std::vector<SocketAddress>> addresses = lookUp(host, port, deadline, stop);
    if (!addresses) {
        return std::move(addresses).error();
    }
    return Race(interleaved(*std::move(addresses)), waiter).run(deadline, stop);
}

Result<Descriptor> dialUnix(
    const QString& path, const Waiter& waiter, const Deadline& deadline, const std::stop_token& stop)
{
    const Result<sockaddr_un> address = unixAddress(path);
    if (!address) {
        return address.error();
    }
    Descriptor socket = newSocket(AF_UNIX);
    while (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&*address), sizeof *address) != 0) {
        if (errno != EAGAIN && errno != EINTR) {
            return connectError(errno);
        }
        if (waiter.wait({}, Deadline(std::min(retryPause, deadline.left())), stop) == Waiter::Outcome::Stopped) {
            return cancelled();
        }
        if (deadline.hasPassed()) {
            return connectTimedOut();
        }
    }
    return socket;
}

} // namespace keyglass
