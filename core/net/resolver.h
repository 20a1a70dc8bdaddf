// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <sys/socket.h>

#include <QString>

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace keyglass {

/// An address and port to connect to, as the system takes it.
struct SocketAddress {
    sockaddr_storage storage{};
    socklen_t size = 0;

    [[nodiscard]] int family() const { return storage.ss_family; }
    [[nodiscard]] const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

/// What a name lookup gave: addresses in the order in which to try them, or the code of getaddrinfo(3).
struct LookupAnswer {
    int code = 0;
    int systemError = 0; ///< errno where `code` is EAI_SYSTEM.
    std::vector<SocketAddress> addresses;
};

/// Blocks for as long as it takes; called on a thread of the resolver's.
using LookupFunction = std::function<LookupAnswer(const std::string& host, std::uint16_t port)>;

/// The system's lookup (getaddrinfo), blocking.
[[nodiscard]] LookupAnswer systemLookup(const std::string& host, std::uint16_t port);

/// The addresses of `host`. A lookup can't be interrupted: it runs on a thread of a small process-wide pool and is left
/// behind when the deadline passes or a stop comes; what it finds later is dropped. Numeric addresses need no lookup.
/// Cancelled, Timeout, Network (no such host, name server failed); the subject is empty.
[[nodiscard]] Result<std::vector<SocketAddress>> lookUp(
    const QString& host, std::uint16_t port, const Deadline& deadline, const std::stop_token& stop);

/// Replaces what looks names up from now on, for tests of name servers that don't answer; an empty function puts the
/// system's back. Any thread.
void setLookupFunction(LookupFunction function);

} // namespace keyglass
