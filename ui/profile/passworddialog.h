// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/profile/profile.h"

#include <QDialog>

class QCheckBox;

namespace keyglass::ui {

class PasswordField;

/// Asks for a connection's password.
class PasswordDialog : public QDialog {
    Q_OBJECT

public:
    /// `why` is a sentence on why it is asked, such as that the last one was refused; may be empty. With `canKeep` the
    /// user may choose to keep it in the keychain.
    PasswordDialog(const Profile& profile, const QString& why, bool canKeep, QWidget* parent = nullptr);

    [[nodiscard]] QString password() const;
    [[nodiscard]] bool keepsInKeychain() const;

Q_SIGNALS:
    /// Connect was pressed; the dialog closes.
    void entered(const QString& password, bool keep);

private:
    PasswordField* m_password;
    QCheckBox* m_keep;
};

} // namespace keyglass::ui
