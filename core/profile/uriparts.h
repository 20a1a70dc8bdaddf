// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/profile/profile.h"

#include <QString>

#include <optional>

namespace keyglass {

/// A URI cut where RFC 3986 cuts it. Views into the text it was cut from.
struct UriParts {
    QString scheme; ///< Lower case.
    QStringView userInfo;
    bool hasUserInfo = false;
    QStringView hostPort; ///< With several hosts: "a:1,b:2".
    QStringView path;     ///< With its first slash.
    QStringView query;
    QStringView fragment;
};

/// What a scheme stands for.
struct UriScheme {
    enum class Transport { Tcp, Tls, UnixSocket };

    Transport transport = Transport::Tcp;
    ProfileKind kind = ProfileKind::Standalone;
};

/// ErrorKind::Input about the URI. `why` must not repeat any of its text.
[[nodiscard]] Error badUri(const QString& why);

/// The scheme of `text` in lower case; empty if there is none that could be one.
[[nodiscard]] QString uriSchemeName(QStringView text);

/// Our own schemes and what other programs write for the same: "redis", "rediss", "valkey", "valkeys", each with
/// "+cluster" or "-sentinel" and the like behind it, and three for a unix socket.
[[nodiscard]] std::optional<UriScheme> knownUriScheme(const QString& name);

/// `text` must outlive the parts. Input where it has no scheme or an @ is where none can be.
[[nodiscard]] Result<UriParts> splitUri(QStringView text);

/// `text` with %XX taken back. Strict: a stray % is an error, since "100%" for "100%25" would be another password.
/// `part` is named in the error.
[[nodiscard]] Result<QString> percentDecoded(QStringView text, const QString& part);

} // namespace keyglass
