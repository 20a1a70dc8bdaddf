// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/waiter.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <vector>

namespace keyglass {

namespace {

constexpr Milliseconds slice{50};

void wake(int descriptor)
{
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = ::write(descriptor, &one, sizeof one); // full: it is awake already
}

void forgetWakeUp(int descriptor)
{
    std::uint64_t count = 0;
    [[maybe_unused]] const ssize_t size = ::read(descriptor, &count, sizeof count); // empty: nothing to forget
}

/// `watched` ends with the wake-up descriptor.
Waiter::Outcome pollUntil(std::span<pollfd> watched, const Deadline& deadline, const std::stop_token& stop)
{
    for (;;) {
        const Milliseconds left = deadline.left();
        const int result = ::poll(watched.data(), watched.size(), static_cast<int>(std::min(left, slice).count()));
        if (stop.stop_requested()) {
            return Waiter::Outcome::Stopped;
        }
        if (result > 0) {
            return Waiter::Outcome::Ready;
        }
        if (left.count() == 0 && !(result < 0 && errno == EINTR)) {
            return Waiter::Outcome::TimedOut;
        }
    }
}

} // namespace

Waiter::Waiter()
    : m_wakeUp(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
}

Waiter::~Waiter()
{
    if (m_wakeUp >= 0) {
        ::close(m_wakeUp);
    }
}

Waiter::Outcome Waiter::wait(std::span<pollfd> sockets, const Deadline& deadline, const std::stop_token& stop) const
{
    std::vector<pollfd> watched(sockets.begin(), sockets.end());
    watched.push_back({m_wakeUp, POLLIN, 0});
    Outcome outcome = Outcome::Stopped;
    {
        const std::stop_callback onStop(stop, [descriptor = m_wakeUp] { wake(descriptor); });
        outcome = pollUntil(watched, deadline, stop);
    }
    if (outcome == Outcome::Stopped) {
        forgetWakeUp(m_wakeUp);
    }
    std::copy_n(watched.begin(), sockets.size(), sockets.begin());
    return outcome;
}

Waiter::Outcome Waiter::wait(int socket, short& events, const Deadline& deadline, const std::stop_token& stop) const
{
    std::array<pollfd, 2> watched{{{socket, events, 0}, {m_wakeUp, POLLIN, 0}}};
    Outcome outcome = Outcome::Stopped;
    {
        const std::stop_callback onStop(stop, [descriptor = m_wakeUp] { wake(descriptor); });
        outcome = pollUntil(watched, deadline, stop);
    }
    if (outcome == Outcome::Stopped) {
        forgetWakeUp(m_wakeUp);
    }
    events = watched[0].revents;
    return outcome;
}

} // namespace keyglass
