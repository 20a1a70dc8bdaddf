// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/sessionopener.h"

#include "core/base/errortext.h"
#include "core/profile/profilestore.h"
#include "core/profile/secrets.h"
#include "core/profile/settings.h"
#include "ui/common/whenready.h"
#include "ui/profile/keptpasswords.h"
#include "ui/profile/passworddialog.h"

#include <QWidget>

namespace keyglass::ui {

SessionOpener::SessionOpener(WindowServices services, QWidget* window)
    : QObject(window)
    , m_services(std::move(services))
    , m_window(window)
{
}

void SessionOpener::make(const Profile& profile, const Credentials& passwords, const Take& take)
{
    Profile current = profile;
    takeKeptRules(current);
    take(Opened{m_services.newSession(current, passwords), passwords});
}

void SessionOpener::open(const Profile& profile, const KnownCredentials& known, Take take)
{
    addKeptPasswords(this, m_services.secrets, profile, known,
        [this, profile, known, take = std::move(take)](const Result<KnownCredentials>& found) {
            if (!found) {
                Q_EMIT failed(errorText(found.error()));
            }
            const KnownCredentials all = found ? *found : withoutNeedless(profile, known);
            if (all.password && all.sentinelPassword) {
                make(profile, all.complete(), take);
            } else {
                ask(profile, {}, all, take);
            }
        });
}

void SessionOpener::reopen(const Profile& profile, Take take)
{
    addKeptPasswords(this, m_services.secrets, profile, {},
        [this, profile, take = std::move(take)](const Result<KnownCredentials>& found) {
            if (!found) {
                Q_EMIT failed(errorText(found.error()));
            }
            make(profile, found ? found->complete() : Credentials{}, take);
        });
}

void SessionOpener::openDemo(Take take)
{
    if (m_startingDemo) {
        return;
    }
    setDemoStarting(true);
    whenReady(this, m_services.startDemo(), [this, take = std::move(take)](const Result<Profile>& demo) {
        setDemoStarting(false);
        if (demo) {
            make(*demo, {}, take);
        } else {
            Q_EMIT failed(errorText(demo.error()));
        }
    });
}

void SessionOpener::setDemoStarting(bool starting)
{
    m_startingDemo = starting;
    Q_EMIT demoStartingChanged(starting);
}

// --- asking

void SessionOpener::askNew(Take take)
{
    Profile profile;
    profile.separator = m_services.settings.separator();
    edit(profile, {}, std::move(take));
}

void SessionOpener::askEdited(const Profile& profile, const std::optional<Credentials>& passwords, Take take)
{
    edit(profile, passwords, std::move(take));
}

void SessionOpener::edit(const Profile& profile, const std::optional<Credentials>& passwords, Take take)
{
    auto* dialog = new ConnectionDialog(profile, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setTest(m_services.testConnection);
    if (passwords) {
        dialog->setPasswords(*passwords);
    }
    whenReady(dialog, m_services.secrets.findKeychain(), [dialog](bool found) { dialog->setKeychainAvailable(found); });
    connect(dialog, &ConnectionDialog::wished, this,
        [this, take = std::move(take)](const ConnectionDialog::Wish& wish) { grant(wish, take); });
    dialog->open();
}

void SessionOpener::grant(const ConnectionDialog::Wish& wish, const Take& take)
{
    Profile profile = wish.profile;
    takeKeptRules(profile);
    if (wish.save) {
        auto saved = m_services.profiles.save(profile);
        if (saved) {
            profile = *saved;
            keepPasswords(profile, wish.known);
        } else {
            Q_EMIT failed(errorText(saved.error())); // it can be opened all the same
        }
        Q_EMIT profilesChanged();
    }
    if (wish.connect) {
        open(profile, wish.known, take);
    }
}

void SessionOpener::keepPasswords(const Profile& profile, const KnownCredentials& known)
{
    keep(profile.id, profile.passwordSource, known.password,
        [this, id = profile.id] { askForItFromNowOn(id, &Profile::passwordSource); });
    keep(sentinelSecretId(profile.id), profile.sentinelPasswordSource, known.sentinelPassword,
        [this, id = profile.id] { askForItFromNowOn(id, &Profile::sentinelPasswordSource); });
}

void SessionOpener::keep(const QString& secretId, PasswordSource source, const std::optional<QString>& password,
    const std::function<void()>& notKept)
{
    if (source != PasswordSource::Keychain) {
        // Nobody wants it kept any more. Where there is no keychain there is nothing to remove either.
        whenReady(this, m_services.secrets.remove(secretId), [](const Status&) { });
    } else if (password) {
        whenReady(this, m_services.secrets.save(secretId, *password), [this, notKept](const Status& status) {
            if (!status) {
                notKept();
                Q_EMIT failed(errorText(status.error()));
            }
        });
    }
}

/// A profile never says that its password is kept where it is not.
void SessionOpener::askForItFromNowOn(const QString& profileId, PasswordSource Profile::* source)
{
    auto profile = m_services.profiles.find(profileId);
    if (!profile) {
        return;
    }
    (*profile).*source = PasswordSource::Asked;
    if (const auto saved = m_services.profiles.save(*profile); !saved) {
        Q_EMIT failed(errorText(saved.error()));
    }
    Q_EMIT profilesChanged();
}

void SessionOpener::askPassword(const Profile& profile, const QString& why, Take take)
{
    KnownCredentials known;
    if (profile.kind != ProfileKind::Sentinel) {
        known.sentinelPassword = QString();
    }
    ask(profile, why, known, std::move(take));
}

/// Asks for what is not known.
void SessionOpener::ask(const Profile& profile, const QString& why, const KnownCredentials& known, Take take)
{
    whenReady(
        this, m_services.secrets.findKeychain(), [this, profile, why, known, take = std::move(take)](bool keychain) {
            const PasswordDialog::Asked asked{!known.password, !known.sentinelPassword};
            auto* dialog = new PasswordDialog(profile, why, keychain && !profile.id.isEmpty(), asked, m_window);
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            connect(dialog, &PasswordDialog::entered, this,
                [this, profile, known, take](
                    const Credentials& typed, bool keep) { entered(profile, known, typed, keep, take); });
            dialog->open();
        });
}

void SessionOpener::entered(
    Profile profile, const KnownCredentials& known, const Credentials& typed, bool keep, Take take)
{
    if (keep) {
        KnownCredentials kept;
        if (!known.password) {
            profile.passwordSource = PasswordSource::Keychain;
            kept.password = typed.password;
        }
        if (!known.sentinelPassword && !typed.sentinelPassword.isEmpty()) {
            profile.sentinelPasswordSource = PasswordSource::Keychain;
            kept.sentinelPassword = typed.sentinelPassword;
        }
        takeKeptRules(profile);
        if (const auto saved = m_services.profiles.save(profile); !saved) {
            Q_EMIT failed(errorText(saved.error()));
        }
        keepPasswords(profile, kept);
    }
    const Credentials all{
        known.password.value_or(typed.password), known.sentinelPassword.value_or(typed.sentinelPassword)};
    make(profile, all, take);
}

// --- the saved ones

void SessionOpener::duplicate(const Profile& profile)
{
    if (const auto copy = m_services.profiles.duplicate(profile.id); !copy) {
        Q_EMIT failed(errorText(copy.error()));
    }
    Q_EMIT profilesChanged();
}

void SessionOpener::remove(const Profile& profile)
{
    if (const auto status = m_services.profiles.remove(profile.id); !status) {
        Q_EMIT failed(errorText(status.error()));
    }
    m_services.settings.forgetProfile(profile.id);
    for (const QString& secret : {profile.id, sentinelSecretId(profile.id)}) {
        whenReady(this, m_services.secrets.remove(secret), [](const Status&) { });
    }
    Q_EMIT profilesChanged();
}

void SessionOpener::noteUse(const Profile& profile)
{
    if (profile.id.isEmpty()) {
        return;
    }
    if (const auto status = m_services.profiles.markUsed(profile.id, QDateTime::currentDateTimeUtc()); !status) {
        Q_EMIT failed(errorText(status.error()));
    }
    Q_EMIT profilesChanged();
}

/// Rules for decoding are changed while a session is open, whose profile is as it was opened.
void SessionOpener::takeKeptRules(Profile& profile) const
{
    const auto kept = profile.id.isEmpty() ? std::nullopt : m_services.profiles.find(profile.id);
    if (kept && kept->id == profile.id) {
        profile.decoderRules = kept->decoderRules;
    }
}

void SessionOpener::saveDecoderRules(const Profile& profile, const std::vector<DecoderRule>& rules)
{
    auto saved = profile.id.isEmpty() ? std::nullopt : m_services.profiles.find(profile.id);
    if (!saved) {
        return; // they last as long as the session
    }
    saved->decoderRules = rules;
    if (const auto status = m_services.profiles.save(*saved); !status) {
        Q_EMIT failed(errorText(status.error()));
    }
}

void SessionOpener::saveSeparator(const Profile& profile, const QString& separator)
{
    auto saved = profile.id.isEmpty() ? std::nullopt : m_services.profiles.find(profile.id);
    if (!saved) {
        m_services.settings.setSeparator(separator);
        return;
    }
    saved->separator = separator;
    if (const auto status = m_services.profiles.save(*saved); !status) {
        Q_EMIT failed(errorText(status.error()));
    }
}

} // namespace keyglass::ui
