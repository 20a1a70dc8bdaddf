// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <stop_token>
#include <thread>

namespace keyglass::cli {

/// Calls a function from a thread of its own, once a second until it is destroyed.
class EverySecond {
public:
    explicit EverySecond(std::function<void()> what);

private:
    std::jthread m_thread;
};

/// Whether the Interruption that there is has come. At once, where its token needs a moment.
[[nodiscard]] bool isInterrupted();

/// Turns SIGINT and SIGTERM into a stop request. One at a time. A second signal ends the program as it always would.
class Interruption {
public:
    Interruption();
    Interruption(const Interruption&) = delete;
    Interruption& operator=(const Interruption&) = delete;
    ~Interruption();

    [[nodiscard]] std::stop_token token() const { return m_stop.get_token(); }
    [[nodiscard]] bool happened() const { return m_stop.stop_requested(); }

private:
    void watch(const std::stop_token& end);

    std::stop_source m_stop;
    std::jthread m_thread; // last: joined first
};

} // namespace keyglass::cli
