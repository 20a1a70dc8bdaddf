// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/redis/clusteraddress.h"

#include "core/base/hostport.h"
#include "core/source/redis/infotext.h"

#include <algorithm>

namespace keyglass {

namespace {

constexpr std::uint64_t largestPort = 65535;

/// Neither an IPv6 address nor an IPv4 one, which a certificate would hardly name.
bool isName(const QString& host)
{
    const bool isIpv4 = std::ranges::all_of(host, [](QChar each) { return each.isDigit() || each == u'.'; });
    return !host.contains(u':') && !isIpv4;
}

} // namespace

ClusterAddresses::ClusterAddresses(ConnectionOptions seed, AddressRules rules)
    : m_seed(std::move(seed))
    , m_rules(std::move(rules))
{
}

Endpoint ClusterAddresses::mapped(QString host, std::uint16_t port) const
{
    for (const auto& [announced, reachable] : m_rules.map) {
        const auto from = hostPortFromText(announced);
        const auto to = hostPortFromText(reachable);
        if (from && to && from->host == host && (from->port == 0 || from->port == port)) {
            return Endpoint{to->host, to->port == 0 ? port : to->port, {}, {}};
        }
    }
    if (m_rules.useSeedHost && !m_seed.endpoint.isUnixSocket()) {
        host = m_seed.endpoint.host;
    }
    return Endpoint{std::move(host), port, {}, {}};
}

ConnectionOptions ClusterAddresses::optionsFor(const QString& host, std::uint16_t port, const Endpoint& cameBy) const
{
    const QString fallback = cameBy.isUnixSocket() ? QStringLiteral("127.0.0.1") : cameBy.host;
    ConnectionOptions options = m_seed;
    options.endpoint = mapped(host.isEmpty() ? fallback : host, port);
    options.endpoint.tls = m_seed.endpoint.tls;
    if (options.endpoint.tls && options.endpoint.tls->serverName.isEmpty()) {
        options.endpoint.tls->serverName = isName(host) ? host : m_seed.endpoint.host;
    }
    return options;
}

ConnectionOptions ClusterAddresses::optionsFor(const ClusterNode& node, const Endpoint& cameBy) const
{
    const bool byTls = overTls() && node.tlsPort != 0;
    const QString host = QString::fromUtf8(node.host);
    ConnectionOptions options = optionsFor(host, byTls ? node.tlsPort : node.port, cameBy);
    const bool seedNamesItself = m_seed.endpoint.tls && !m_seed.endpoint.tls->serverName.isEmpty();
    if (options.endpoint.tls && !node.hostname.empty() && !seedNamesItself) {
        options.endpoint.tls->serverName = QString::fromUtf8(node.hostname);
    }
    return options;
}

std::optional<Redirect> parseRedirect(std::string_view text)
{
    Redirect redirect;
    redirect.isAsk = text.starts_with("ASK ");
    if (!redirect.isAsk && !text.starts_with("MOVED ")) {
        return std::nullopt;
    }
    text.remove_prefix(text.find(' ') + 1);
    const std::size_t space = text.find(' ');
    const std::size_t colon = text.rfind(':');
    if (space == std::string_view::npos || colon == std::string_view::npos || colon < space) {
        return std::nullopt;
    }
    const auto slot = wholeNumber(text.substr(0, space));
    const auto port = wholeNumber(text.substr(colon + 1));
    if (!slot || *slot >= slotCount || !port || *port == 0 || *port > largestPort) {
        return std::nullopt;
    }
    const std::string_view host = text.substr(space + 1, colon - space - 1);
    redirect.slot = static_cast<std::uint16_t>(*slot);
    redirect.port = static_cast<std::uint16_t>(*port);
    redirect.host = host == "?" ? QString() : QString::fromUtf8(host.data(), static_cast<qsizetype>(host.size()));
    return redirect;
}

} // namespace keyglass
