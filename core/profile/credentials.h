// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace keyglass {

/// The passwords that go with a profile; in memory only.
struct Credentials {
    QString password;
    QString sentinelPassword; ///< For the Sentinels themselves.

    friend bool operator==(const Credentials&, const Credentials&) = default;
};

/// What was typed of them, or stood in a URI. Nothing: what the keychain has, or the user says when asked.
struct KnownCredentials {
    std::optional<QString> password{};
    std::optional<QString> sentinelPassword{};

    KnownCredentials() = default;
    KnownCredentials(std::optional<QString> server, std::optional<QString> sentinels = {})
        : password(std::move(server))
        , sentinelPassword(std::move(sentinels))
    {
    }
    KnownCredentials(const Credentials& all)
        : KnownCredentials(all.password, all.sentinelPassword)
    {
    }
    /// What is not known is empty.
    [[nodiscard]] Credentials complete() const
    {
        return {password.value_or(QString()), sentinelPassword.value_or(QString())};
    }

    friend bool operator==(const KnownCredentials&, const KnownCredentials&) = default;
};

} // namespace keyglass
