// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/profile/keptpasswords.h"

#include "core/profile/secrets.h"
#include "ui/common/whenready.h"

#include <utility>

namespace keyglass::ui {

KnownCredentials withoutNeedless(const Profile& profile, KnownCredentials known)
{
    if (!known.password && profile.passwordSource == PasswordSource::None) {
        known.password = QString();
    }
    const bool sentinels =
        profile.kind == ProfileKind::Sentinel && profile.sentinelPasswordSource != PasswordSource::None;
    if (!known.sentinelPassword && !sentinels) {
        known.sentinelPassword = QString();
    }
    return known;
}

void addKeptPasswords(QObject* context, SecretStore& secrets, const Profile& profile, const KnownCredentials& known,
    std::function<void(Result<KnownCredentials>)> then)
{
    const KnownCredentials wanted = withoutNeedless(profile, known);
    std::optional<QString> KnownCredentials::* part = nullptr;
    QString id;
    if (!wanted.password && profile.passwordSource == PasswordSource::Keychain) {
        part = &KnownCredentials::password;
        id = profile.id;
    } else if (!wanted.sentinelPassword && profile.sentinelPasswordSource == PasswordSource::Keychain) {
        part = &KnownCredentials::sentinelPassword;
        id = sentinelSecretId(profile.id);
    } else {
        then(wanted);
        return;
    }
    whenReady(context, secrets.load(id),
        [context, &secrets, profile, wanted, part, then = std::move(then)](const Result<std::optional<QString>>& kept) {
            if (!kept) {
                then(kept.error());
                return;
            }
            Profile rest = profile; // what was looked for once is not looked for again
            if (part == &KnownCredentials::password) {
                rest.passwordSource = PasswordSource::Asked;
            } else {
                rest.sentinelPasswordSource = PasswordSource::Asked;
            }
            KnownCredentials more = wanted;
            more.*part = *kept;
            addKeptPasswords(context, secrets, rest, more, then);
        });
}

} // namespace keyglass::ui
