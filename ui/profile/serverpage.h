// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/profile/profile.h"
#include "core/profile/uri.h"

#include <QHash>
#include <QWidget>

#include <optional>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;
class QSpinBox;

namespace keyglass::ui {

class CheckedField;
class PasswordChoice;

/// The page of a connection's kind and address, user and password, database, environment and read-only mode.
///
/// A URI pasted into its own field or into the host's fills the others in.
class ServerPage : public QWidget {
    Q_OBJECT

public:
    explicit ServerPage(QWidget* parent = nullptr);

    void setProfile(const Profile& profile);
    void writeTo(Profile& profile) const;
    [[nodiscard]] bool isBySocket() const;
    [[nodiscard]] ProfileKind kind() const;

    void setPassword(const QString& password);
    /// The password in the field; nothing where it is empty because the keychain has it and that is not to change.
    [[nodiscard]] std::optional<QString> password() const;
    /// Whether passwords can be kept; without a keychain they are asked for.
    void setKeychainAvailable(bool available);

    /// Puts the problem beside its field; false where the field isn't on this page.
    bool showProblem(const ProfileProblem& problem);
    void clearProblems();

Q_SIGNALS:
    void changed();
    /// A URI was pasted and fills in what other pages show.
    void targetPasted(const keyglass::ConnectTarget& target);

private:
    void buildWhere(QFormLayout* form);
    void buildWho(QFormLayout* form);
    void buildHow(QFormLayout* form);
    void connectChanges();
    [[nodiscard]] CheckedField* addChecked(QFormLayout* form, const QString& label, QWidget* field);
    void showWhere();
    void hostEdited(const QString& text);
    void takeUri(const QString& text, CheckedField* from);
    void followKind();

    QFormLayout* m_form;
    QLineEdit* m_uri;
    QLineEdit* m_name;
    QComboBox* m_where;
    QLineEdit* m_host;
    QSpinBox* m_port;
    QLineEdit* m_socket;
    QLineEdit* m_user;
    PasswordChoice* m_password;
    QSpinBox* m_database;
    QComboBox* m_environment;
    QCheckBox* m_readOnly;
    QWidget* m_hostRow = nullptr;
    CheckedField* m_checkedUri = nullptr;
    CheckedField* m_checkedHost = nullptr;
    CheckedField* m_checkedSocket = nullptr;
    CheckedField* m_checkedDatabase = nullptr;
    QString m_hostBefore;                               ///< The last edit, to tell a paste from a key press.
    ProfileKind m_kindBefore = ProfileKind::Standalone; ///< Its usual port goes when another kind is chosen.
};

} // namespace keyglass::ui
