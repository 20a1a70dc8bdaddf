// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/draftkeeper.h"
#include "core/profile/profilestore.h"
#include "core/profile/secrets.h"
#include "core/profile/settings.h"
#include "core/session/resultlibrary.h"
#include "core/session/session.h"
#include "tests/servers/redisserver.h"
#include "ui/common/messagelog.h"
#include "ui/window/mainwindow.h"
#include "ui/window/sessionpage.h"

#include <QPointer>
#include <QPushButton>
#include <QTemporaryDir>

namespace keyglass::test {

/// Keys as user:0:item:0 to user:99:item:<keys - 1>: a hundred folders below one.
void fillUsers(RedisServer& server, std::size_t keys);

[[nodiscard]] bool hasEnded(ui::SessionPage& page);

/// A real window with settings and profiles of its own, and ways to find what a user would look for in it.
class WindowFixture {
public:
    /// `folder`: where settings, profiles and drafts are kept; one of its own if empty.
    explicit WindowFixture(const QString& folder = {});
    WindowFixture(const WindowFixture&) = delete;
    WindowFixture& operator=(const WindowFixture&) = delete;
    ~WindowFixture();

    /// The profile that leads to the server by its unix socket.
    [[nodiscard]] static Profile profileOf(const RedisServer& server);
    /// Opens it in the window; the page is in front. The password is also that of the Sentinels.
    ui::SessionPage& open(const Profile& profile, const QString& password = {});
    ui::SessionPage& open(const RedisServer& server) { return open(profileOf(server)); }

    [[nodiscard]] ui::MainWindow& window() { return *m_window; }
    [[nodiscard]] bool isOpen() const { return !m_window.isNull(); }
    [[nodiscard]] Settings& settings() { return m_settings; }
    [[nodiscard]] ProfileStore& profiles() { return m_profiles; }
    [[nodiscard]] ResultLibrary& results() { return m_results; }
    [[nodiscard]] ui::WindowServices services();
    /// Where settings and profiles are kept.
    [[nodiscard]] QString folder() const { return m_given.isEmpty() ? m_folder.path() : m_given; }
    [[nodiscard]] DraftKeeper& drafts() { return m_drafts; }

    /// The visible widget of this type and accessible name within `in`; null where there is none.
    template <typename W> [[nodiscard]] static W* named(const QWidget& in, const QString& name)
    {
        for (W* widget : in.findChildren<W*>()) {
            if (widget->accessibleName() == name && widget->isVisible()) {
                return widget;
            }
        }
        return nullptr;
    }
    /// The visible push button with this text; null where there is none.
    [[nodiscard]] static QPushButton* button(const QWidget& in, const QString& text);
    /// Waits for that button and clicks it; false where it does not come.
    [[nodiscard]] static bool press(const QWidget& in, const QString& text);
    /// All texts of visible labels, one a line.
    [[nodiscard]] static QString words(const QWidget& in);
    void trigger(ui::ActionId id);

private:
    QTemporaryDir m_folder;
    const QString m_given;
    Settings m_settings;
    ProfileStore m_profiles;
    ResultLibrary m_results;
    DraftKeeper m_drafts;
    SecretStore m_secrets;
    ui::MessageLog m_log;
    QPointer<ui::MainWindow> m_window;
};

} // namespace keyglass::test
