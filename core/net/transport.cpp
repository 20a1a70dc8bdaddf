// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/transport.h"

#include "core/net/dialer.h"
#include "core/net/nettext.h"
#include "core/net/plaintransport.h"
#include "core/net/tlstransport.h"

#include <limits>

namespace keyglass {

Result<std::unique_ptr<Transport>> Transport::open(
    const Endpoint& endpoint, const Deadline& deadline, const std::stop_token& stop)
{
    auto waiter = std::make_unique<const Waiter>();
    Result<Descriptor> socket = endpoint.isUnixSocket()
        ? dialUnix(endpoint.socketPath, *waiter, deadline, stop)
        : dialTcp(endpoint.host, endpoint.port, *waiter, deadline, stop);
    if (!socket) {
        return std::move(socket).error();
    }
    if (endpoint.tls) {
        return openTls(endpoint, *std::move(socket), std::move(waiter), deadline, stop);
    }
    return openPlain(*std::move(socket), std::move(waiter));
}

Status Transport::write(std::string_view bytes)
{
    return send(bytes) ? ok() : Status(failure());
}

Result<std::size_t> Transport::read(std::span<char> into, const Deadline& deadline, const std::stop_token& stop)
{
    return readUntil(into, std::numeric_limits<std::size_t>::max(), deadline, stop);
}

Result<std::size_t> Transport::readOrSend(std::span<char> into, const Deadline& deadline, const std::stop_token& stop)
{
    return readUntil(into, unsent(), deadline, stop);
}

/// `unsentBefore`: less than that being unsent is also a reason to come back. The largest number: it is none.
Result<std::size_t> Transport::readUntil(
    std::span<char> into, std::size_t unsentBefore, const Deadline& deadline, const std::stop_token& stop)
{
    const bool sendingCounts = unsentBefore != std::numeric_limits<std::size_t>::max();
    for (;;) {
        if (!hasReceived()) {
            if (Status ready = awaitSocket(deadline, stop); !ready) {
                return std::move(ready).error();
            }
        }
        if (const std::ptrdiff_t size = receive(into); size != 0) {
            return size > 0 ? Result<std::size_t>(static_cast<std::size_t>(size)) : failure();
        }
        if (sendingCounts && unsent() < unsentBefore) {
            return std::size_t{0};
        }
    }
}

/// Until something can be read, or something left over was sent.
Status Transport::awaitSocket(const Deadline& deadline, const std::stop_token& stop)
{
    short events = unsent() > 0 ? POLLIN | POLLOUT : POLLIN;
    switch (m_waiter->wait(socket(), events, deadline, stop)) {
    case Waiter::Outcome::Stopped:
        return Error{ErrorKind::Cancelled, {}, {}};
    case Waiter::Outcome::TimedOut:
        return Error{ErrorKind::Timeout, {}, {}};
    case Waiter::Outcome::Ready:
        break;
    }
    if ((events & POLLOUT) != 0) {
        flush();
    }
    return ok();
}

} // namespace keyglass
