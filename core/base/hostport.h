// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>
#include <optional>

namespace keyglass {

/// A host with its port: one of the seeds of a cluster, one of several Sentinels.
struct HostPort {
    QString host;
    std::uint16_t port = 0; ///< 0: none given.

    /// "10.0.0.7:7001", "[::1]:7001"; without a port only the host.
    [[nodiscard]] QString text() const;

    friend bool operator==(const HostPort&, const HostPort&) = default;
};

/// "host", "host:port", "[::1]", "[::1]:port" or "::1" taken apart. Nothing where the host is empty or has spaces, / or
/// @ in it, or the port is no number from 1 to 65535.
[[nodiscard]] std::optional<HostPort> hostPortFromText(QStringView text);

/// False for what can't be a host: nothing at all, spaces, what can't be printed, / or @.
[[nodiscard]] bool canBeHost(QStringView text);

/// A number written with digits only; nothing else that toInt() would let pass (signs, spaces).
[[nodiscard]] std::optional<int> plainNumber(QStringView text, int lowest, int highest);

} // namespace keyglass
