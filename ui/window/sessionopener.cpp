// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/sessionopener.h"

#include "core/base/errortext.h"
#include "core/profile/profilestore.h"
#include "core/profile/secrets.h"
#include "core/profile/settings.h"
#include "ui/common/whenready.h"
#include "ui/profile/passworddialog.h"

#include <QWidget>

namespace keyglass::ui {

SessionOpener::SessionOpener(WindowServices services, QWidget* window)
    : QObject(window)
    , m_services(std::move(services))
    , m_window(window)
{
}

void SessionOpener::make(const Profile& profile, const QString& password, const Take& take)
{
    take(Opened{m_services.newSession(profile, password), password});
}

void SessionOpener::open(const Profile& profile, const std::optional<QString>& password, Take take)
{
    if (password || profile.passwordSource == PasswordSource::None) {
        make(profile, password.value_or(QString()), take);
    } else if (profile.passwordSource == PasswordSource::Keychain) {
        loadPassword(profile, true, std::move(take));
    } else {
        askPassword(profile, {}, std::move(take));
    }
}

void SessionOpener::reopen(const Profile& profile, Take take)
{
    if (profile.passwordSource == PasswordSource::Keychain) {
        loadPassword(profile, false, std::move(take));
    } else {
        make(profile, {}, take);
    }
}

void SessionOpener::loadPassword(const Profile& profile, bool mayAsk, Take take)
{
    whenReady(this, m_services.secrets.load(profile.id),
        [this, profile, mayAsk, take = std::move(take)](const Result<std::optional<QString>>& kept) {
            if (!kept) {
                Q_EMIT failed(errorText(kept.error()));
            }
            if (kept && *kept) {
                make(profile, **kept, take);
            } else if (mayAsk) {
                askPassword(profile, {}, take);
            } else {
                make(profile, {}, take);
            }
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

void SessionOpener::askEdited(const Profile& profile, const std::optional<QString>& password, Take take)
{
    edit(profile, password, std::move(take));
}

void SessionOpener::edit(const Profile& profile, const std::optional<QString>& password, Take take)
{
    auto* dialog = new ConnectionDialog(profile, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setTest(m_services.testConnection);
    if (password) {
        dialog->setPassword(*password);
    }
    whenReady(dialog, m_services.secrets.findKeychain(), [dialog](bool found) { dialog->setKeychainAvailable(found); });
    connect(dialog, &ConnectionDialog::wished, this,
        [this, take = std::move(take)](const ConnectionDialog::Wish& wish) { grant(wish, take); });
    dialog->open();
}

void SessionOpener::grant(const ConnectionDialog::Wish& wish, const Take& take)
{
    Profile profile = wish.profile;
    if (wish.save) {
        auto saved = m_services.profiles.save(profile);
        if (saved) {
            profile = *saved;
            keepPassword(profile, wish.password);
        } else {
            Q_EMIT failed(errorText(saved.error())); // it can be opened all the same
        }
        Q_EMIT profilesChanged();
    }
    if (wish.connect) {
        open(profile, wish.password, take);
    }
}

void SessionOpener::keepPassword(const Profile& profile, const std::optional<QString>& password)
{
    const auto tell = [this, id = profile.id](const Status& status) {
        if (!status) {
            askForItFromNowOn(id);
            Q_EMIT failed(errorText(status.error()));
        }
    };
    if (profile.passwordSource != PasswordSource::Keychain) {
        // Nobody wants it kept any more. Where there is no keychain there is nothing to remove either.
        whenReady(this, m_services.secrets.remove(profile.id), [](const Status&) { });
    } else if (password) {
        whenReady(this, m_services.secrets.save(profile.id, *password), tell);
    }
}

/// A profile never says that its password is kept where it is not.
void SessionOpener::askForItFromNowOn(const QString& profileId)
{
    auto profile = m_services.profiles.find(profileId);
    if (!profile) {
        return;
    }
    profile->passwordSource = PasswordSource::Asked;
    if (const auto saved = m_services.profiles.save(*profile); !saved) {
        Q_EMIT failed(errorText(saved.error()));
    }
    Q_EMIT profilesChanged();
}

void SessionOpener::askPassword(const Profile& profile, const QString& why, Take take)
{
    whenReady(this, m_services.secrets.findKeychain(), [this, profile, why, take = std::move(take)](bool keychain) {
        auto* dialog = new PasswordDialog(profile, why, keychain && !profile.id.isEmpty(), m_window);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &PasswordDialog::entered, this, [this, profile, take](const QString& password, bool keep) {
            Profile opened = profile;
            if (keep) {
                opened.passwordSource = PasswordSource::Keychain;
                if (const auto saved = m_services.profiles.save(opened); !saved) {
                    Q_EMIT failed(errorText(saved.error()));
                }
                keepPassword(opened, password);
            }
            make(opened, password, take);
        });
        dialog->open();
    });
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
    whenReady(this, m_services.secrets.remove(profile.id), [](const Status&) { });
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
