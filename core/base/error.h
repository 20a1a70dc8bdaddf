// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>

namespace keyglass {

/// What went wrong, as far as a program or a user would act differently on it.
enum class ErrorKind {
    Cancelled,   ///< The caller asked to stop.
    Timeout,     ///< No answer within the time allowed.
    Network,     ///< Refused, reset, unreachable, name not found, closed by the server.
    Tls,         ///< Certificate or handshake; `detail` carries the reason.
    Auth,        ///< Wrong or missing user or password.
    Permission,  ///< The server's ACL forbids it (NOPERM), or the server is in protected mode.
    ReadOnly,    ///< Refused by our own command gate, or the server is a read-only replica.
    Confirm,     ///< Our gate wants the user's explicit confirmation first.
    Loading,     ///< The server is still loading its data set.
    Protocol,    ///< The peer does not speak RESP, or broke it.
    Server,      ///< Any other error reply; `detail` is the server's own text.
    WrongType,   ///< The key holds another type than asked for.
    Gone,        ///< The key does not exist (any more).
    Conflict,    ///< The server's state differs from what the user saw.
    Refused,     ///< As things are it makes no sense or would do harm, so that nothing was done; `detail` says why.
    Limit,       ///< One of our own limits: reply too large, memory, steps.
    Input,       ///< What the user gave can't be used: bad URI, unclosed bracket, bad regular expression.
    File,        ///< A local file or folder could not be read or written.
    Unsupported, ///< The server's version or modules lack it.
};

/// One failure, typed for the program and worded by errorText() for people.
struct Error {
    ErrorKind kind = ErrorKind::Server;
    QString subject; ///< What it happened to: "10.0.0.7:7001", "key user:7"; never a secret.
    QString detail;  ///< The server's or the system's own words, redacted.

    /// The same error with its subject named; an inner subject is kept in front of the detail.
    [[nodiscard]] Error about(const QString& what) &&;

    friend bool operator==(const Error&, const Error&) = default;
};

} // namespace keyglass

Q_DECLARE_METATYPE(keyglass::Error)
