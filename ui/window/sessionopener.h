// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "ui/profile/connectiondialog.h"
#include "ui/window/windowservices.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

class QWidget;

namespace keyglass::ui {

/// A session that can be opened, and the passwords it was made with.
struct Opened {
    std::unique_ptr<Session> session;
    Credentials passwords;
};

/// Gets from a profile to a session: asks for the profile, finds its passwords in the keychain or asks the user for
/// them, starts the demo. Connects nothing itself; where it comes to a session, `take` is called with it, once, later
/// or at once.
class SessionOpener : public QObject {
    Q_OBJECT

public:
    using Take = std::function<void(Opened)>;

    /// `window` is what questions are asked over.
    SessionOpener(WindowServices services, QWidget* window);

    /// For what is known nobody is asked.
    void open(const Profile& profile, const KnownCredentials& known, Take take);
    /// As it was open when the app was last left: for a password that nobody knows the page asks, not a dialog.
    void reopen(const Profile& profile, Take take);
    void openDemo(Take take);
    /// Asks for a new connection.
    void askNew(Take take);
    /// Lets the user change a connection. Without passwords, the keychain's are meant.
    void askEdited(const Profile& profile, const std::optional<Credentials>& passwords, Take take);
    /// Asks for the passwords even where they are known; `why` says what was wrong with them.
    void askPassword(const Profile& profile, const QString& why, Take take);
    void duplicate(const Profile& profile);
    void remove(const Profile& profile);
    /// It has been connected to: it stands first among the recent ones.
    void noteUse(const Profile& profile);
    /// For the profile, where it is saved; else for all that are not.
    void saveSeparator(const Profile& profile, const QString& separator);
    /// Keeps the rules in the saved profile; those of a connection that is not saved are kept nowhere.
    void saveDecoderRules(const Profile& profile, const std::vector<DecoderRule>& rules);

Q_SIGNALS:
    /// It did not come to a session, or something was not saved, in a sentence for people.
    void failed(const QString& why);
    /// Profiles were saved, changed or removed.
    void profilesChanged();
    void demoStartingChanged(bool starting);

private:
    void takeKeptRules(Profile& profile) const;
    void make(const Profile& profile, const Credentials& passwords, const Take& take);
    void ask(const Profile& profile, const QString& why, const KnownCredentials& known, Take take);
    void entered(Profile profile, const KnownCredentials& known, const Credentials& typed, bool keep, Take take);
    void setDemoStarting(bool starting);
    void edit(const Profile& profile, const std::optional<Credentials>& passwords, Take take);
    void grant(const ConnectionDialog::Wish& wish, const Take& take);
    void keepPasswords(const Profile& profile, const KnownCredentials& known);
    void keep(const QString& secretId, PasswordSource source, const std::optional<QString>& password,
        const std::function<void()>& notKept);
    void askForItFromNowOn(const QString& profileId, PasswordSource Profile::* source);

    WindowServices m_services;
    QWidget* m_window;
    bool m_startingDemo = false;
};

} // namespace keyglass::ui
