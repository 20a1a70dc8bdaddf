// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/servers/sockets.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

namespace keyglass::test {

/// Stands between clients and a real server on a port of 127.0.0.1, counts the SCANs that pass, can stop them after a
/// number of them, and can be a long line: it holds every byte for a while, as many at once as come, so that only the
/// way takes longer and no less goes through.
///
/// SCANs are counted over all connections together. Of TLS it only sees bytes: it delays, and neither counts nor holds.
/// A server that refuses is passed on as a reset. Threads of its own, one for each connection; its functions may be
/// called from any thread at any time.
class HoldingProxy {
public:
    using Delay = std::chrono::microseconds;

    explicit HoldingProxy(ProxyTarget target);
    HoldingProxy(const HoldingProxy&) = delete;
    HoldingProxy& operator=(const HoldingProxy&) = delete;
    ~HoldingProxy();

    [[nodiscard]] std::uint16_t port() const { return m_port; }
    /// SCANs passed on to the server until now.
    [[nodiscard]] int scans() const;
    [[nodiscard]] int accepted() const { return m_accepted; }

    /// Passes no SCAN on once `scans` have passed in all; what was asked before is answered. Connections that send no
    /// SCAN go on.
    void holdAfter(int scans);
    /// Passes the `scan`-th SCAN on (counted from 1), and nothing of what is answered to that connection from then on.
    void holdReplyOf(int scan);
    /// A SCAN waits, or the reply of one.
    [[nodiscard]] bool isHolding() const;
    /// False: nothing waited in that time. Blocks.
    [[nodiscard]] bool waitUntilHolding(std::chrono::milliseconds patience = std::chrono::seconds(20)) const;
    /// What waits goes on, and nothing is held any more.
    void release();

    /// How long bytes that come from now on are under way, each way. 20 ms round trips: setDelay(10ms, 10ms).
    void setDelay(Delay requests, Delay replies);
    /// Closes every connection there is.
    void dropConnections();

private:
    class Link;
    enum class Pass { Go, GoAndHoldReplies, Wait };

    void acceptLoop(std::stop_token stop);
    [[nodiscard]] Pass passScan();

    ProxyTarget m_target;
    int m_listener;
    std::uint16_t m_port;
    std::atomic<int> m_accepted = 0;
    std::atomic<bool> m_repliesHeld = false;
    std::atomic<Delay::rep> m_requestDelay = 0;
    std::atomic<Delay::rep> m_replyDelay = 0;
    mutable std::mutex m_mutex; ///< All below but the thread: the test's thread and every link touch them.
    int m_scans = 0;
    std::optional<int> m_holdAfter;
    std::optional<int> m_holdReplyOf;
    bool m_isHolding = false;
    std::list<std::jthread> m_links;
    std::jthread m_acceptor; // last: joined first
};

} // namespace keyglass::test
