// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/net/connection.h"
#include "core/net/waiter.h"

#include <cstddef>
#include <memory>
#include <span>
#include <stop_token>
#include <string_view>

namespace keyglass {

/// Bytes to and from one peer, over TCP, a unix socket or TLS.
///
/// Blocks in waits that a stop ends at once; needs no event loop. Made, used and destroyed on one thread. After an
/// Error of a read or write it is of no further use. Subjects of errors are empty: who knows the endpoint names it.
class Transport {
public:
    /// Connects and, where the endpoint asks for it, does the TLS handshake, all within `deadline`.
    /// Cancelled, Timeout, Network, Tls, File (certificate files), Input (a path no socket can have).
    [[nodiscard]] static Result<std::unique_ptr<Transport>> open(
        const Endpoint& endpoint, const Deadline& deadline, const std::stop_token& stop);

    Transport(const Transport&) = delete;
    Transport& operator=(const Transport&) = delete;
    virtual ~Transport() = default;

    /// Hands `bytes` to the system as far as it takes them and keeps the rest, which goes out while reading.
    [[nodiscard]] Status write(std::string_view bytes);

    /// Waits until something has come, and sends what is left over meanwhile. At least 1 byte, or an Error.
    [[nodiscard]] Result<std::size_t> read(std::span<char> into, const Deadline& deadline, const std::stop_token& stop);
    /// The same, but also comes back, with 0, as soon as less is unsent than at the call.
    [[nodiscard]] Result<std::size_t> readOrSend(
        std::span<char> into, const Deadline& deadline, const std::stop_token& stop);

    /// Bytes given to write() that the system has not taken yet.
    [[nodiscard]] virtual std::size_t unsent() const = 0;

protected:
    Transport() = default;

    [[nodiscard]] virtual int socket() const = 0;
    /// True if receive() has something without the socket being ready.
    [[nodiscard]] virtual bool hasReceived() const = 0;
    /// Without waiting: bytes received, 0 if there is nothing yet, -1 at the end of the stream and after a failure.
    [[nodiscard]] virtual std::ptrdiff_t receive(std::span<char> into) = 0;
    [[nodiscard]] virtual bool send(std::string_view bytes) = 0;
    virtual void flush() = 0;
    /// Why receive() or send() failed.
    [[nodiscard]] virtual Error failure() const = 0;
    [[nodiscard]] Status awaitSocket(const Deadline& deadline, const std::stop_token& stop);
    [[nodiscard]] const Waiter& waiter() const { return *m_waiter; }

    std::unique_ptr<const Waiter> m_waiter;

private:
    [[nodiscard]] Result<std::size_t> readUntil(
        std::span<char> into, std::size_t unsentGoal, const Deadline& deadline, const std::stop_token& stop);
};

} // namespace keyglass
