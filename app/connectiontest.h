// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/profile/credentials.h"
#include "core/profile/profile.h"

#include <QFuture>
#include <QObject>

#include <thread>

namespace keyglass {

class SecretStore;

/// Tries connections for the connection dialog: connects, looks at the server, closes again.
class ConnectionTest : public QObject {
public:
    /// `secrets` must outlive it.
    explicit ConnectionTest(SecretStore& secrets);

    /// A sentence on what was found, or why nothing was. What is not known of the passwords is taken from the keychain.
    /// A new test ends the one before it.
    [[nodiscard]] QFuture<Result<QString>> run(const Profile& profile, const KnownCredentials& known);

private:
    SecretStore& m_secrets;
    std::jthread m_thread; // last: joined first
};

} // namespace keyglass
