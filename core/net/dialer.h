// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/net/waiter.h"

#include <QString>

#include <cstdint>
#include <stop_token>
#include <utility>

namespace keyglass {

/// Owns a descriptor and closes it.
class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int value)
        : m_value(value)
    {
    }
    Descriptor(Descriptor&& other) noexcept
        : m_value(other.release())
    {
    }
    Descriptor& operator=(Descriptor&& other) noexcept
    {
        std::swap(m_value, other.m_value);
        return *this;
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor();

    [[nodiscard]] int get() const { return m_value; }
    [[nodiscard]] bool isValid() const { return m_value >= 0; }
    int release() { return std::exchange(m_value, -1); }

private:
    int m_value = -1;
};

/// A socket connected to `host`, non-blocking, with TCP_NODELAY and keep-alive. All addresses of the host are tried,
/// IPv6 and IPv4 in turns, each 200 ms after the one before, or at once when that has failed (after RFC 8305); the
/// first that connects wins. Cancelled, Timeout, Network; the subject is empty.
[[nodiscard]] Result<Descriptor> dialTcp(const QString& host, std::uint16_t port, const Waiter& waiter,
    const Deadline& deadline, const std::stop_token& stop);

/// A socket connected to the unix socket at `path`, non-blocking. Cancelled, Timeout, Network; the subject is empty.
[[nodiscard]] Result<Descriptor> dialUnix(
    const QString& path, const Waiter& waiter, const Deadline& deadline, const std::stop_token& stop);

} // namespace keyglass
