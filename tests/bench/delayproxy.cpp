// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/delayproxy.h"

#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <memory>

namespace keyglass::bench {

namespace {

constexpr std::size_t pieceSize = 256 * 1024;
constexpr auto slice = std::chrono::milliseconds(20);

sockaddr_un addressOf(const std::string& path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) {
        std::abort();
    }
    std::memcpy(address.sun_path, path.data(), path.size());
    return address;
}

/// Both sockets of a connection; closed with the later of its two directions.
struct Ends {
    int client = -1;
    int server = -1;
    Ends(int clientSocket, int serverSocket)
        : client(clientSocket)
        , server(serverSocket)
    {
    }
    Ends(const Ends&) = delete;
    Ends& operator=(const Ends&) = delete;
    ~Ends()
    {
        ::close(client);
        ::close(server);
    }
};

bool sendAll(int socket, const std::string& bytes)
{
    for (std::size_t sent = 0; sent < bytes.size();) {
        const ssize_t size = ::send(socket, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
        if (size <= 0) {
            return false;
        }
        sent += static_cast<std::size_t>(size);
    }
    return true;
}

/// One direction of a connection.
class Pipe {
public:
    Pipe(int from, int to, Clock::duration delay)
        : m_from(from)
        , m_to(to)
        , m_delay(delay)
    {
        ::prctl(PR_SET_TIMERSLACK, 1000UL);
    }

    void run(const std::stop_token& stop)
    {
        while (!stop.stop_requested() && read() && write()) { }
        ::shutdown(m_from, SHUT_RDWR);
        ::shutdown(m_to, SHUT_RDWR);
    }

private:
    struct Piece {
        Clock::time_point dueAt;
        std::string bytes;
    };

    /// Waits for bytes, not longer than until the next piece is due.
    bool read()
    {
        Clock::duration wait = slice;
        if (!m_held.empty()) {
            wait = std::clamp<Clock::duration>(m_held.front().dueAt - Clock::now(), Clock::duration{0}, slice);
        }
        const auto nanoseconds = std::chrono::duration_cast<std::chrono::nanoseconds>(wait).count();
        const timespec timeout{nanoseconds / 1'000'000'000, nanoseconds % 1'000'000'000};
        pollfd readable{m_from, POLLIN, 0};
        if (::ppoll(&readable, 1, &timeout, nullptr) <= 0) {
            return true;
        }
        const ssize_t size = ::recv(m_from, m_piece.data(), m_piece.size(), 0);
        if (size <= 0) {
            return false;
        }
        m_held.push_back(Piece{Clock::now() + m_delay, std::string(m_piece.data(), static_cast<std::size_t>(size))});
        return true;
    }

    bool write()
    {
        while (!m_held.empty() && m_held.front().dueAt <= Clock::now()) {
            if (!sendAll(m_to, m_held.front().bytes)) {
                return false;
            }
            m_held.pop_front();
        }
        return true;
    }

    const int m_from;
    const int m_to;
    const Clock::duration m_delay;
    std::deque<Piece> m_held;
    std::array<char, pieceSize> m_piece{};
};

} // namespace

DelayProxy::DelayProxy(const QString& serverSocket, std::chrono::microseconds roundTrip)
    : m_target(serverSocket.toStdString())
    , m_oneWay(roundTrip / 2)
    , m_listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    const sockaddr_un address = addressOf(socketPath().toStdString());
    if (::bind(m_listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0
        || ::listen(m_listener, 16) != 0) {
        std::abort();
    }
    m_acceptor = std::jthread([this](const std::stop_token& stop) { acceptLoop(stop); });
}

DelayProxy::~DelayProxy()
{
    m_acceptor.request_stop();
    m_acceptor.join();
    ::close(m_listener);
}

QString DelayProxy::socketPath() const
{
    return m_folder.filePath(QStringLiteral("p"));
}

void DelayProxy::acceptLoop(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        pollfd waiting{m_listener, POLLIN, 0};
        if (::poll(&waiting, 1, static_cast<int>(slice.count())) <= 0) {
            continue;
        }
        const int client = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        const int server = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const sockaddr_un address = addressOf(m_target);
        const auto ends = std::make_shared<Ends>(client, server);
        if (::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
            continue;
        }
        m_pipes.emplace_back([ends, delay = m_oneWay](const std::stop_token& pipeStop) {
            std::make_unique<Pipe>(ends->client, ends->server, delay)->run(pipeStop);
        });
        m_pipes.emplace_back([ends, delay = m_oneWay](const std::stop_token& pipeStop) {
            std::make_unique<Pipe>(ends->server, ends->client, delay)->run(pipeStop);
        });
    }
}

} // namespace keyglass::bench
