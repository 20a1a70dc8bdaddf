// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/profile/profile.h"

#include <QFuture>
#include <QObject>

#include <optional>
#include <thread>

namespace keyglass {

class SecretStore;

/// Tries connections for the connection dialog: connects, looks at the server, closes again.
class ConnectionTest : public QObject {
public:
    /// `secrets` must outlive it.
    explicit ConnectionTest(SecretStore& secrets);

    /// A sentence on what was found, or why nothing was. Without a password, the keychain's is used. A new test ends
    /// the one before it.
    [[nodiscard]] QFuture<Result<QString>> run(const Profile& profile, const std::optional<QString>& password);

private:
    SecretStore& m_secrets;
    std::jthread m_thread; // last: joined first
};

} // namespace keyglass
