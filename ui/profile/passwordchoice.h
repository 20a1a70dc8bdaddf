// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/profile/profile.h"

#include <QObject>

#include <optional>

class QComboBox;
class QFormLayout;
class QWidget;

namespace keyglass::ui {

class PasswordField;

/// Two rows of a form: a password, and where it comes from the next time.
class PasswordChoice : public QObject {
    Q_OBJECT

public:
    /// The fields are children of `page`; their accessible names are as given.
    PasswordChoice(const QString& passwordName, const QString& keepName, QWidget* page);

    void addTo(QFormLayout* form, const QString& label);
    void setVisible(QFormLayout* form, bool visible);
    /// `kept`: the keychain has a password already.
    void setSource(PasswordSource source, bool kept);
    [[nodiscard]] PasswordSource source() const;
    void setPassword(const QString& password);
    /// The password in the field; nothing where it is empty because the keychain has it and that is not to change.
    [[nodiscard]] std::optional<QString> password() const;
    /// Whether passwords can be kept; without a keychain they are asked for.
    void setKeychainAvailable(bool available);

Q_SIGNALS:
    void changed();

private:
    void edited(const QString& text);
    void choose(PasswordSource source);
    void showHint();

    PasswordField* m_password;
    QComboBox* m_keep;
    bool m_keychainAvailable = true;
    bool m_wasKept = false; ///< The keychain has a password for this profile.
};

} // namespace keyglass::ui
