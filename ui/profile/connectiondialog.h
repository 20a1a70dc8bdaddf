// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/profile/credentials.h"
#include "core/profile/profile.h"

#include <QDialog>
#include <QFuture>

#include <functional>
#include <optional>

class QLabel;
class QPushButton;
class QTabWidget;

namespace keyglass::ui {

class KeysPage;
class NodesPage;
class ServerPage;
class TlsPage;

/// Edits a connection, new or saved; tries it, saves it, connects to it. Touches no store and no server itself: it says
/// what is wanted.
class ConnectionDialog : public QDialog {
    Q_OBJECT

public:
    /// Tries to connect with the profile as it stands and tells in a sentence what was found. What is not `known` of
    /// the passwords is in the keychain.
    using Test = std::function<QFuture<Result<QString>>(Profile profile, KnownCredentials known)>;

    /// What the user asked for.
    struct Wish {
        Profile profile;        ///< Without problems; its id as given.
        KnownCredentials known; ///< As typed; nothing: the one in the keychain, unchanged.
        bool save = false;      ///< It is to be saved: asked for, or it has a name or was saved before.
        bool connect = false;
    };

    /// `profile` with an id is a saved one; a default Profile begins a new one.
    explicit ConnectionDialog(const Profile& profile, QWidget* parent = nullptr);

    /// Without a test there is no Test button.
    void setTest(Test test);
    /// Known from the session or typed before; for a profile whose passwords are asked for.
    void setPasswords(const Credentials& passwords);
    void setKeychainAvailable(bool available);

    [[nodiscard]] Profile profile() const;

Q_SIGNALS:
    /// Save or Connect was pressed and nothing was wrong; the dialog closes.
    void wished(const keyglass::ui::ConnectionDialog::Wish& wish);

private:
    void build();
    void showKind();
    [[nodiscard]] KnownCredentials known() const;
    void wish(bool connect);
    void test();
    void dropTest();
    void showTested(const Result<QString>& found);
    [[nodiscard]] bool showProblems();
    void clearProblems();
    void fieldsChanged();
    void changeEvent(QEvent* event) override;
    void say(const QString& text, std::optional<bool> good);

    const Profile m_given; ///< What no page shows of it stays.
    Test m_test;
    QFuture<Result<QString>> m_testing;
    quint64 m_testNumber = 0; ///< Of the current test: answers to earlier ones are dropped.
    std::optional<bool> m_saidGood;
    QTabWidget* m_pages;
    ServerPage* m_server;
    NodesPage* m_nodes;
    TlsPage* m_tls;
    TlsPage* m_sentinelTls;
    KeysPage* m_keys;
    QLabel* m_said;
    QPushButton* m_testButton;
};

} // namespace keyglass::ui
