// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/dialer.h"
#include "core/net/transport.h"

namespace keyglass {

/// A Transport with TLS over a connected socket, after the handshake. Verifies the peer's certificate against the
/// endpoint's TlsOptions and its host's (or serverName's) name, whatever address the name was resolved to.
[[nodiscard]] Result<std::unique_ptr<Transport>> openTls(const Endpoint& endpoint, Descriptor socket,
    std::unique_ptr<const Waiter> waiter, const Deadline& deadline, const std::stop_token& stop);

} // namespace keyglass
