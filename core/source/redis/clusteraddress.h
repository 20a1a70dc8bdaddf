// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/connection.h"
#include "core/source/redis/topology.h"

#include <QString>

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace keyglass {

/// How announced addresses become ones that can be reached from here (NAT, containers, tunnels). The profile's choice.
struct AddressRules {
    /// Announced "host:port" or "host" to "host:port", or to "host" with the port as announced. The first that fits;
    /// a pair that is no address (hostport.h) fits nothing.
    std::vector<std::pair<QString, QString>> map;
    /// Every node is reached at the host the seed was reached at, with its own port.
    bool useSeedHost = false;

    friend bool operator==(const AddressRules&, const AddressRules&) = default;
};

/// Where and as whom a node is to be spoken to.
class ClusterAddresses {
public:
    /// `seed`: the connection that the cluster was found by; all nodes get its credentials, timeouts and TLS settings.
    ClusterAddresses(ConnectionOptions seed, AddressRules rules);

    /// The connection to a node. The name checked against a TLS certificate is the one it announces, else the one the
    /// seed was reached by. A node without a host is at the host of `cameBy`.
    [[nodiscard]] ConnectionOptions optionsFor(const ClusterNode& node, const Endpoint& cameBy) const;
    [[nodiscard]] ConnectionOptions optionsFor(const QString& host, std::uint16_t port, const Endpoint& cameBy) const;
    [[nodiscard]] const ConnectionOptions& seed() const { return m_seed; }
    [[nodiscard]] bool overTls() const { return m_seed.endpoint.tls.has_value(); }

private:
    [[nodiscard]] Endpoint mapped(QString host, std::uint16_t port) const;

    ConnectionOptions m_seed;
    AddressRules m_rules;
};

/// A server's word that a key is elsewhere: "MOVED 3999 127.0.0.1:6381", "ASK 3999 :6381".
struct Redirect {
    bool isAsk = false;
    std::uint16_t slot = 0;
    QString host; ///< Empty: the host that answered.
    std::uint16_t port = 0;
};

/// Nothing where the error is no redirect, or a broken one.
[[nodiscard]] std::optional<Redirect> parseRedirect(std::string_view errorReply);

} // namespace keyglass
