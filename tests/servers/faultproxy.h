// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/servers/sockets.h"

#include <QString>
#include <QTemporaryDir>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

namespace keyglass::test {

/// What a FaultProxy does to the bytes that come back from the server. All places are counted from the start of a
/// connection.
struct Faults {
    std::optional<std::size_t> cutAfter{}; ///< After this many bytes of replies the connection is closed.
    bool resetWhenCut = false;             ///< The cut comes as a reset (RST) and not as an orderly end. TCP only.
    std::optional<std::size_t>
        stallAfter{};         ///< After this many bytes of replies nothing comes any more; the connection stays open.
    bool singleBytes = false; ///< Every byte of a reply is delivered by itself.
    std::chrono::milliseconds delay{0}; ///< Each piece of a reply is held this long.
    std::size_t corruptEvery = 0;       ///< One byte in about this many is replaced by a random one. 0: none.
    std::uint64_t seed = 1;             ///< Of the corruption: print it, so that a failure can be repeated.
    std::string replaceReplies{}; ///< Not empty: every request is answered by these bytes; the server is not asked.
    std::string unknownWord{};    ///< Not empty: wherever a request has it, its last letter becomes an "x", so that the
                                  ///< server knows no such command. Told only where it comes in one piece.
    QString connectFrom{};        ///< Local address the server sees us come from ("127.0.0.2"). TCP targets only.
};

/// Stands between a client and a real server, on 127.0.0.1 and on a unix socket, and makes faults of the network.
///
/// Threads of its own; setFaults() and the others may be called from any one thread at any time. What is under way ends
/// with the object.
class FaultProxy {
public:
    explicit FaultProxy(ProxyTarget target, Faults faults = {});
    FaultProxy(const FaultProxy&) = delete;
    FaultProxy& operator=(const FaultProxy&) = delete;
    ~FaultProxy();

    [[nodiscard]] std::uint16_t port() const { return m_port; }
    [[nodiscard]] QString socketPath() const;
    /// For the connections that come from now on; those there are keep theirs.
    void setFaults(Faults faults);
    /// Closes every connection there is.
    void dropConnections();
    /// Closes the listening sockets too: from now on connecting is refused.
    void refuse();
    [[nodiscard]] int accepted() const { return m_accepted; }

private:
    void acceptLoop(std::stop_token stop);
    void acceptOne(int listener);
    [[nodiscard]] Faults faults() const;

    ProxyTarget m_target;
    QTemporaryDir m_folder;
    std::uint16_t m_port = 0;
    int m_tcpListener = -1;
    int m_unixListener = -1;
    std::atomic<int> m_accepted = 0;
    mutable std::mutex m_mutex; ///< m_faults and m_links, which the test's thread sets while connections are accepted
    Faults m_faults;
    std::list<std::jthread> m_links;
    std::jthread m_acceptor; // last: joined first
};

/// A port of 127.0.0.1 (or a unix socket) that takes connections and says nothing, or does not even take them.
class SilentListener {
public:
    enum class Mode {
        SaysNothing,  ///< The connection is established, then nothing comes.
        NeverAccepts, ///< The queue of waiting connections is full: connecting neither succeeds nor fails.
    };
    explicit SilentListener(Mode mode);
    SilentListener(const SilentListener&) = delete;
    SilentListener& operator=(const SilentListener&) = delete;
    ~SilentListener();

    [[nodiscard]] std::uint16_t port() const { return m_port; }
    [[nodiscard]] QString socketPath() const;

private:
    void fillQueues();

    QTemporaryDir m_folder;
    std::uint16_t m_port = 0;
    int m_tcpListener = -1;
    int m_unixListener = -1;
    std::list<int> m_fillers;
};

} // namespace keyglass::test
