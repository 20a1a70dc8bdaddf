// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/servers/faultproxy.h"

#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <array>
#include <condition_variable>
#include <random>
#include <span>
#include <stop_token>
#include <string_view>

using namespace Qt::StringLiterals;

namespace keyglass::test {

namespace {

constexpr int sliceMs = 10;
constexpr std::size_t pieceSize = 64 * 1024;

/// One connection through the proxy. Everything happens on the thread that calls run().
class Link {
public:
    Link(int client, int server, Faults faults)
        : m_client(client)
        , m_server(server)
        , m_faults(std::move(faults))
        , m_random(m_faults.seed)
    {
        const int one = 1;
        setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    }
    Link(const Link&) = delete;
    Link& operator=(const Link&) = delete;
    ~Link()
    {
        closeOnce(m_client);
        closeOnce(m_server);
    }

    void run(const std::stop_token& stop)
    {
        while (!stop.stop_requested()) {
            std::array<pollfd, 2> both{{{m_client, POLLIN, 0}, {m_server, m_stalled ? short{0} : short{POLLIN}, 0}}};
            ::poll(both.data(), both.size(), sliceMs);
            if (both[0].revents != 0 && !passRequest()) {
                return;
            }
            if (!m_stalled && both[1].revents != 0 && !passReply(stop)) {
                return;
            }
        }
    }

private:
    bool passRequest()
    {
        const ssize_t size = ::recv(m_client, m_piece.data(), m_piece.size(), 0);
        if (size <= 0) {
            return false;
        }
        if (!m_faults.replaceReplies.empty()) {
            return sendAll(m_client, m_faults.replaceReplies);
        }
        const std::span<char> bytes = std::span(m_piece).first(static_cast<std::size_t>(size));
        makeUnknown(bytes);
        return m_server < 0 || sendAll(m_server, bytes);
    }

    void makeUnknown(std::span<char> request) const
    {
        const std::string& word = m_faults.unknownWord;
        if (word.empty()) {
            return;
        }
        const std::string_view text(request.data(), request.size());
        for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + word.size())) {
            request[at + word.size() - 1] = 'x';
        }
    }

    bool passReply(const std::stop_token& stop)
    {
        const ssize_t size = ::recv(m_server, m_piece.data(), m_piece.size(), 0);
        if (size <= 0) {
            return false;
        }
        std::span<char> bytes = std::span(m_piece).first(static_cast<std::size_t>(size));
        corrupt(bytes);
        hold(stop);
        const std::size_t allowed = allowance();
        const bool limited = bytes.size() >= allowed;
        const bool sent = deliver(bytes.first(std::min(bytes.size(), allowed)), stop);
        return sent && (!limited || atLimit());
    }

    [[nodiscard]] std::size_t allowance() const
    {
        const std::size_t limit =
            std::min(m_faults.cutAfter.value_or(SIZE_MAX), m_faults.stallAfter.value_or(SIZE_MAX));
        return limit == SIZE_MAX ? SIZE_MAX : limit - std::min(limit, m_delivered);
    }

    /// False: the connection ends here.
    bool atLimit()
    {
        m_stalled = m_faults.stallAfter && m_delivered >= *m_faults.stallAfter;
        if (!m_stalled && m_faults.resetWhenCut) {
            resetWhenClosed(m_client);
        }
        return m_stalled;
    }

    void corrupt(std::span<char> bytes)
    {
        if (m_faults.corruptEvery == 0) {
            return;
        }
        for (char& byte : bytes) {
            if (m_random() % m_faults.corruptEvery == 0) {
                byte = static_cast<char>(m_random() & 0xff);
            }
        }
    }

    void hold(const std::stop_token& stop)
    {
        if (m_faults.delay.count() > 0) {
            std::mutex mutex;
            std::unique_lock lock(mutex);
            std::condition_variable_any().wait_for(lock, stop, m_faults.delay, [] { return false; });
        }
    }

    bool deliver(std::span<const char> bytes, const std::stop_token& stop)
    {
        m_delivered += bytes.size();
        if (!m_faults.singleBytes) {
            return sendAll(m_client, bytes);
        }
        for (std::size_t i = 0; i < bytes.size() && !stop.stop_requested(); ++i) {
            if (!sendAll(m_client, bytes.subspan(i, 1))) {
                return false;
            }
            waitUntilTaken(stop);
        }
        return true;
    }

    /// Until the peer's socket has it (TCP) or the peer has read it (unix), so that two bytes never come as one piece.
    void waitUntilTaken(const std::stop_token& stop) const
    {
        int unsent = 1;
        while (!stop.stop_requested() && ioctl(m_client, SIOCOUTQ, &unsent) == 0 && unsent > 0) {
            pollfd gone{m_client, 0, 0};
            if (::poll(&gone, 1, 0) != 0) {
                return;
            }
            std::this_thread::yield();
        }
    }

    int m_client;
    int m_server;
    Faults m_faults;
    std::mt19937_64 m_random;
    std::size_t m_delivered = 0;
    bool m_stalled = false;
    std::array<char, pieceSize> m_piece{};
};

} // namespace

FaultProxy::FaultProxy(ProxyTarget target, Faults faults)
    : m_target(std::move(target))
    , m_tcpListener(listenAt(tcpAddress(0), backlog))
    , m_unixListener(listenAt(unixAddress(socketPath()), backlog))
    , m_faults(std::move(faults))
    , m_acceptor([this](std::stop_token stop) { acceptLoop(stop); })
{
    m_port = portOf(m_tcpListener);
}

FaultProxy::~FaultProxy()
{
    refuse();
    dropConnections();
}

QString FaultProxy::socketPath() const
{
    return m_folder.filePath(u"p"_s);
}

void FaultProxy::setFaults(Faults faults)
{
    const std::lock_guard lock(m_mutex);
    m_faults = std::move(faults);
}

void FaultProxy::dropConnections()
{
    std::list<std::jthread> ending;
    {
        const std::lock_guard lock(m_mutex);
        ending.swap(m_links);
    }
    for (std::jthread& link : ending) {
        link.request_stop();
    }
}

void FaultProxy::refuse()
{
    m_acceptor.request_stop();
    if (m_acceptor.joinable()) {
        m_acceptor.join();
    }
    closeOnce(m_tcpListener);
    closeOnce(m_unixListener);
}

void FaultProxy::acceptLoop(std::stop_token stop)
{
    while (!stop.stop_requested()) {
        std::array<pollfd, 2> both{{{m_tcpListener, POLLIN, 0}, {m_unixListener, POLLIN, 0}}};
        ::poll(both.data(), both.size(), sliceMs);
        for (const pollfd& listener : both) {
            if (listener.revents != 0) {
                acceptOne(listener.fd);
            }
        }
    }
}

void FaultProxy::acceptOne(int listener)
{
    const int client = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) {
        return;
    }
    const Faults wanted = faults();
    const bool alone = m_target.socketPath.isEmpty() && m_target.port == 0;
    const int server = alone ? -1 : connectTo(m_target, wanted.connectFrom);
    if (!alone && server < 0) {
        ::close(client);
        return;
    }
    ++m_accepted;
    const std::lock_guard lock(m_mutex);
    m_links.emplace_back(
        [client, server, wanted](std::stop_token stop) { std::make_unique<Link>(client, server, wanted)->run(stop); });
}

Faults FaultProxy::faults() const
{
    const std::lock_guard lock(m_mutex);
    return m_faults;
}

SilentListener::SilentListener(Mode mode)
    : m_tcpListener(listenAt(tcpAddress(0), mode == Mode::SaysNothing ? backlog : 0))
    , m_unixListener(listenAt(unixAddress(socketPath()), mode == Mode::SaysNothing ? backlog : 0))
{
    m_port = portOf(m_tcpListener);
    if (mode == Mode::NeverAccepts) {
        fillQueues();
    }
}

SilentListener::~SilentListener()
{
    for (int& filler : m_fillers) {
        closeOnce(filler);
    }
    closeOnce(m_tcpListener);
    closeOnce(m_unixListener);
}

QString SilentListener::socketPath() const
{
    return m_folder.filePath(u"p"_s);
}

/// A queue of length 0 takes one or two connections; connects until one is left waiting.
void SilentListener::fillQueues()
{
    constexpr int enough = 8;
    for (int i = 0; i < enough; ++i) {
        m_fillers.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
        connectAt(m_fillers.back(), tcpAddress(m_port));
        m_fillers.push_back(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
        connectAt(m_fillers.back(), unixAddress(socketPath()));
    }
}

} // namespace keyglass::test
