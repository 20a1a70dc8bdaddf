// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QString>
#include <QTemporaryDir>

#include <list>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

namespace keyglass::bench {

/// A long network on this machine: passes bytes on between a unix socket and a server's, each held for the same time in
/// its direction. What is under way at once is not bounded, so that calls sent ahead gain what they would gain there.
class DelayProxy {
public:
    /// `roundTrip`: added to every call, half of it each way.
    DelayProxy(const QString& serverSocket, std::chrono::microseconds roundTrip);
    DelayProxy(const DelayProxy&) = delete;
    DelayProxy& operator=(const DelayProxy&) = delete;
    ~DelayProxy();

    [[nodiscard]] QString socketPath() const;

private:
    void acceptLoop(const std::stop_token& stop);

    const std::string m_target;
    const std::chrono::microseconds m_oneWay;
    QTemporaryDir m_folder;
    int m_listener = -1;
    std::list<std::jthread> m_pipes; ///< Two for each connection; the acceptor's alone, until it has ended.
    std::jthread m_acceptor;         // last: joined first
};

} // namespace keyglass::bench
