// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <poll.h>

#include <span>
#include <stop_token>

namespace keyglass {

/// Waits for sockets and, at the same time, for a stop.
///
/// A stop wakes the wait through a descriptor of the Waiter's own, so that no other thread ever touches a socket:
/// nothing can hit a descriptor that has been closed and given to someone else meanwhile. Should that descriptor be
/// missing (too many are open), waits still look at the stop every 50 ms. Thread: one at a time; the stop may come from
/// any.
class Waiter {
public:
    enum class Outcome {
        Ready, ///< At least one socket has something in `revents`.
        TimedOut,
        Stopped,
    };

    Waiter();
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;
    ~Waiter();

    /// Waits until one of `sockets` is ready, the deadline has passed or a stop is requested, whichever comes first.
    [[nodiscard]] Outcome wait(std::span<pollfd> sockets, const Deadline& deadline, const std::stop_token& stop) const;
    /// The same for one socket; `events` is what to wait for and what came.
    [[nodiscard]] Outcome wait(int socket, short& events, const Deadline& deadline, const std::stop_token& stop) const;

private:
    int m_wakeUp;
};

} // namespace keyglass
