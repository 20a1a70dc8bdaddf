// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/profile/credentials.h"
#include "core/profile/profile.h"

#include <QDialog>

class QBoxLayout;
class QCheckBox;

namespace keyglass::ui {

class PasswordField;

/// Asks for a connection's password, and for that of its Sentinels.
class PasswordDialog : public QDialog {
    Q_OBJECT

public:
    /// Which passwords are asked for.
    struct Asked {
        bool server = true;
        bool sentinels = false;
    };

    /// `why` is a sentence on why it is asked, such as that the last one was refused; may be empty. With `canKeep` the
    /// user may choose to keep it in the keychain.
    PasswordDialog(const Profile& profile, const QString& why, bool canKeep, Asked asked, QWidget* parent = nullptr);

    /// Of those not asked for, empty.
    [[nodiscard]] Credentials passwords() const;
    [[nodiscard]] bool keepsInKeychain() const;

Q_SIGNALS:
    /// Connect was pressed; the dialog closes.
    void entered(const keyglass::Credentials& passwords, bool keep);

private:
    void addField(PasswordField* field, const QString& question, QBoxLayout* layout);

    PasswordField* m_password;
    PasswordField* m_sentinelPassword;
    QCheckBox* m_keep;
};

} // namespace keyglass::ui
