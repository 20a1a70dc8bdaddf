// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/profile/credentials.h"
#include "core/profile/profile.h"

#include <functional>

class QObject;

namespace keyglass {
class SecretStore;
}

namespace keyglass::ui {

/// The passwords that a profile has none of are known: they are empty.
[[nodiscard]] KnownCredentials withoutNeedless(const Profile& profile, KnownCredentials known);

/// Calls `then`, at once or later, with what is known and what the keychain has of the rest; what is in neither stays
/// unknown. Fails as SecretStore::load(). Nothing happens once `context` is gone.
void addKeptPasswords(QObject* context, SecretStore& secrets, const Profile& profile, const KnownCredentials& known,
    std::function<void(Result<KnownCredentials>)> then);

} // namespace keyglass::ui
