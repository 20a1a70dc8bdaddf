// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/profile/credentials.h"
#include "core/profile/profile.h"

#include <QFuture>

#include <functional>
#include <memory>

namespace keyglass {
class ProfileStore;
class DraftKeeper;
class ResultLibrary;
class SecretStore;
class Session;
class Settings;
} // namespace keyglass

namespace keyglass::ui {

class MessageLog;

/// What the windows of the application share. All of it outlives every window.
struct WindowServices {
    Settings& settings;
    ProfileStore& profiles;
    SecretStore& secrets;
    MessageLog& log;
    /// Makes the session for a profile; the passwords may be empty.
    std::function<std::unique_ptr<Session>(Profile profile, Credentials passwords)> newSession;
    /// Starts the demo server, or finds it running, and gives the profile that leads to it.
    std::function<QFuture<Result<Profile>>()> startDemo;
    /// Tries a connection and tells in a sentence what is there; what is not `known` is in the keychain.
    std::function<QFuture<Result<QString>>(Profile profile, KnownCredentials known)> testConnection;
    /// The saved sets of keys.
    ResultLibrary& results;
    /// Unsaved edits.
    DraftKeeper& drafts;
};

} // namespace keyglass::ui
