// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QFuture>
#include <QString>

#include <memory>
#include <optional>

namespace keyglass {

/// The passwords of profiles, in the system's keychain and nowhere else.
///
/// Answers come on the thread that made the store, which needs an event loop. Nothing blocks; the keychain may ask the
/// user to unlock it, so an answer can take as long as a person does. Errors, told apart from "no entry": Unsupported
/// (there is no keychain here), Permission (it refused), Cancelled (the user refused), Timeout (two minutes), Server
/// (its own words). A future whose store is gone is cancelled.
class SecretStore {
public:
    SecretStore();
    SecretStore(const SecretStore&) = delete;
    SecretStore& operator=(const SecretStore&) = delete;
    ~SecretStore();

    /// Whether there is a keychain to keep anything in.
    [[nodiscard]] QFuture<bool> findKeychain();
    /// The password of this profile; nothing where the keychain has none.
    [[nodiscard]] QFuture<Result<std::optional<QString>>> load(const QString& profileId);
    [[nodiscard]] QFuture<Status> save(const QString& profileId, const QString& password);
    /// That there was none is fine.
    [[nodiscard]] QFuture<Status> remove(const QString& profileId);

private:
    class Private;
    std::unique_ptr<Private> m_d;
};

} // namespace keyglass
