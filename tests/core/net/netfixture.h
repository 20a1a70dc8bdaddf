// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/connection.h"
#include "tests/servers/redisserver.h"

#include <QTest>

#include <memory>
#include <string>

/// Fails the test with the error's text where a Result holds one.
#define VERIFY_GOOD(result)                                                                                            \
    do {                                                                                                               \
        const auto& outcome = (result);                                                                                \
        if (!outcome.has_value()) {                                                                                    \
            QFAIL(qPrintable(outcome.error().subject + QStringLiteral(": ") + outcome.error().detail));                \
        }                                                                                                              \
    } while (false)

namespace keyglass::test {

inline ConnectionOptions viaSocket(const QString& path)
{
    ConnectionOptions options;
    options.endpoint.socketPath = path;
    return options;
}

inline ConnectionOptions viaTcp(std::uint16_t port, const QString& host = QStringLiteral("127.0.0.1"))
{
    ConnectionOptions options;
    options.endpoint.host = host;
    options.endpoint.port = port;
    return options;
}

/// TLS, trusting the authority of Certificates::shared().
inline ConnectionOptions viaTls(std::uint16_t port, const QString& host = QStringLiteral("localhost"))
{
    ConnectionOptions options = viaTcp(port, host);
    options.endpoint.tls = TlsOptions{};
    options.endpoint.tls->caFile = Certificates::shared().authority();
    return options;
}

inline Result<Reply> ask(Connection& connection, const Command& command, std::stop_token stop = {})
{
    if (Status sent = connection.send(command); !sent) {
        return std::move(sent).error();
    }
    return connection.receive(stop);
}

inline std::string everyByte()
{
    std::string all;
    for (int i = 0; i < 256; ++i) {
        all.push_back(static_cast<char>(i));
    }
    return all;
}

} // namespace keyglass::test
