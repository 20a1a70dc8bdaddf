// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/servers/holdingproxy.h"

#include "tests/servers/requestcuts.h"

#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <deque>
#include <stop_token>
#include <string>
#include <vector>

namespace keyglass::test {

namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr auto slice = 5ms; // how late a stop or a release is seen
constexpr std::size_t pieceSize = 256 * 1024;
constexpr std::size_t mostUnderWay = 64 * 1024 * 1024; // enough for a line of 20 ms at 3 GB/s

/// One way of a connection: bytes, and when they are due at its end.
class Way {
public:
    struct Piece {
        Clock::time_point due;
        std::string bytes;
        bool beginsScan;
    };

    void add(std::string&& bytes, Clock::time_point due, bool beginsScan = false)
    {
        m_size += bytes.size();
        m_pieces.push_back({due, std::move(bytes), beginsScan});
    }
    [[nodiscard]] bool isFull() const { return m_size >= mostUnderWay; }
    [[nodiscard]] bool isEmpty() const { return m_pieces.empty(); }
    [[nodiscard]] Piece& front() { return m_pieces.front(); }
    [[nodiscard]] bool isDue(Clock::time_point now) const { return !isEmpty() && m_pieces.front().due <= now; }

    /// Sends what the socket takes of the first piece; false when the peer is gone.
    bool sendSome(int socket)
    {
        const std::string& bytes = m_pieces.front().bytes;
        const ssize_t sent = ::send(socket, bytes.data() + m_sent, bytes.size() - m_sent, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0) {
            return errno == EAGAIN || errno == EINTR;
        }
        m_sent += static_cast<std::size_t>(sent);
        m_size -= static_cast<std::size_t>(sent);
        if (m_sent == bytes.size()) {
            m_pieces.pop_front();
            m_sent = 0;
        }
        return true;
    }

private:
    std::deque<Piece> m_pieces;
    std::size_t m_sent = 0; ///< Of the first piece.
    std::size_t m_size = 0; ///< Of all, not sent yet.
};

/// One of the two ends of a connection through the proxy.
struct End {
    int socket;
    bool isOpen = true; ///< Bytes may still come from it.
};

} // namespace

/// One connection through the proxy. Everything happens on the thread that calls run().
class HoldingProxy::Link {
public:
    Link(HoldingProxy& proxy, int client, int server)
        : m_proxy(proxy)
        , m_client{client}
        , m_server{server}
    {
        const int one = 1;
        for (const int socket : {client, server}) {
            setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        }
    }
    Link(const Link&) = delete;
    Link& operator=(const Link&) = delete;
    ~Link()
    {
        closeOnce(m_client.socket);
        closeOnce(m_server.socket);
    }

    void run(const std::stop_token& stop)
    {
        while (!stop.stop_requested() && (m_client.isOpen || !m_requests.isEmpty())
            && (m_server.isOpen || !m_replies.isEmpty())) {
            if (!goOn()) {
                return;
            }
        }
    }

private:
    /// False: the connection ends here.
    bool goOn()
    {
        const Clock::time_point now = Clock::now();
        const bool sendRequest = m_requests.isDue(now) && mayPass();
        const bool sendReply = m_replies.isDue(now) && !areRepliesHeld();
        std::array<pollfd, 2> both{{{m_client.socket, 0, 0}, {m_server.socket, 0, 0}}};
        both[0].events = events(m_client.isOpen && !m_requests.isFull(), sendReply);
        both[1].events = events(m_server.isOpen && !m_replies.isFull(), sendRequest);
        both[0].fd = both[0].events == 0 ? -1 : both[0].fd; // an end that hung up would be told again and again
        both[1].fd = both[1].events == 0 ? -1 : both[1].fd;
        const timespec patience = waitFrom(now);
        ::ppoll(both.data(), both.size(), &patience, nullptr);
        if (sendRequest && both[1].revents != 0 && !m_requests.sendSome(m_server.socket)) {
            return false;
        }
        if (sendReply && both[0].revents != 0 && !m_replies.sendSome(m_client.socket)) {
            return false;
        }
        if ((both[0].events & POLLIN) != 0 && both[0].revents != 0) {
            takeRequests();
        }
        if ((both[1].events & POLLIN) != 0 && both[1].revents != 0) {
            takeReplies();
        }
        return true;
    }

    static short events(bool in, bool out) { return static_cast<short>((in ? POLLIN : 0) | (out ? POLLOUT : 0)); }

    timespec waitFrom(Clock::time_point now)
    {
        std::chrono::nanoseconds wait = slice;
        for (Way* way : {&m_requests, &m_replies}) {
            if (!way->isEmpty() && way->front().due > now) {
                wait = std::min<std::chrono::nanoseconds>(wait, way->front().due - now);
            }
        }
        return {0, static_cast<long>(wait.count())};
    }

    /// Asks once for each SCAN, when it is due.
    bool mayPass()
    {
        Way::Piece& piece = m_requests.front();
        if (!piece.beginsScan) {
            return true;
        }
        const Pass pass = m_proxy.passScan();
        piece.beginsScan = pass == Pass::Wait;
        m_repliesHeld = m_repliesHeld || pass == Pass::GoAndHoldReplies;
        return pass != Pass::Wait;
    }

    bool areRepliesHeld()
    {
        m_repliesHeld = m_repliesHeld && m_proxy.m_repliesHeld;
        return m_repliesHeld;
    }

    void takeRequests()
    {
        const auto bytes = received(m_client);
        const Clock::time_point due = Clock::now() + Delay(m_proxy.m_requestDelay);
        m_cuts.take(
            bytes, [&](std::string&& piece, bool beginsScan) { m_requests.add(std::move(piece), due, beginsScan); });
    }

    void takeReplies()
    {
        const auto bytes = received(m_server);
        if (!bytes.empty()) {
            m_replies.add(std::string(bytes), Clock::now() + Delay(m_proxy.m_replyDelay));
        }
    }

    std::string_view received(End& end)
    {
        const ssize_t size = ::recv(end.socket, m_piece.data(), m_piece.size(), MSG_DONTWAIT);
        if (size == 0 || (size < 0 && errno != EAGAIN && errno != EINTR)) {
            end.isOpen = false;
        }
        return {m_piece.data(), size > 0 ? static_cast<std::size_t>(size) : 0};
    }

    HoldingProxy& m_proxy;
    End m_client;
    End m_server;
    Way m_requests;
    Way m_replies;
    RequestCuts m_cuts;
    bool m_repliesHeld = false;
    std::vector<char> m_piece = std::vector<char>(pieceSize);
};

HoldingProxy::HoldingProxy(ProxyTarget target)
    : m_target(std::move(target))
    , m_listener(listenAt(tcpAddress(0), backlog))
    , m_port(portOf(m_listener))
    , m_acceptor([this](std::stop_token stop) { acceptLoop(stop); })
{
}

HoldingProxy::~HoldingProxy()
{
    m_acceptor.request_stop();
    m_acceptor.join();
    closeOnce(m_listener);
    dropConnections();
}

int HoldingProxy::scans() const
{
    const std::lock_guard lock(m_mutex);
    return m_scans;
}

void HoldingProxy::holdAfter(int scans)
{
    const std::lock_guard lock(m_mutex);
    m_holdAfter = scans;
}

void HoldingProxy::holdReplyOf(int scan)
{
    const std::lock_guard lock(m_mutex);
    m_holdReplyOf = scan;
}

bool HoldingProxy::isHolding() const
{
    const std::lock_guard lock(m_mutex);
    return m_isHolding;
}

bool HoldingProxy::waitUntilHolding(std::chrono::milliseconds patience) const
{
    const Clock::time_point end = Clock::now() + patience;
    while (!isHolding() && Clock::now() < end) {
        std::this_thread::sleep_for(1ms);
    }
    return isHolding();
}

void HoldingProxy::release()
{
    const std::lock_guard lock(m_mutex);
    m_holdAfter.reset();
    m_holdReplyOf.reset();
    m_isHolding = false;
    m_repliesHeld = false;
}

void HoldingProxy::setDelay(Delay requests, Delay replies)
{
    m_requestDelay = requests.count();
    m_replyDelay = replies.count();
}

void HoldingProxy::dropConnections()
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

HoldingProxy::Pass HoldingProxy::passScan()
{
    const std::lock_guard lock(m_mutex);
    if (m_holdAfter && m_scans >= *m_holdAfter) {
        m_isHolding = true;
        return Pass::Wait;
    }
    ++m_scans;
    if (m_holdReplyOf != m_scans) {
        return Pass::Go;
    }
    m_isHolding = true;
    m_repliesHeld = true;
    return Pass::GoAndHoldReplies;
}

void HoldingProxy::acceptLoop(std::stop_token stop)
{
    while (!stop.stop_requested()) {
        pollfd listener{m_listener, POLLIN, 0};
        if (::poll(&listener, 1, static_cast<int>(slice.count())) <= 0) {
            continue;
        }
        int client = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        const int server = connectTo(m_target);
        if (server < 0) {
            resetWhenClosed(client);
            closeOnce(client);
            continue;
        }
        ++m_accepted;
        const std::lock_guard lock(m_mutex);
        m_links.emplace_back([this, client, server](std::stop_token own) { Link(*this, client, server).run(own); });
    }
}

} // namespace keyglass::test
