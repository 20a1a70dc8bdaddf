// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <functional>

class QFormLayout;

namespace keyglass {
class Settings;
}

namespace keyglass::ui {

/// The user's settings. Every change applies at once, in all windows; there is nothing to confirm.
class SettingsDialog : public QDialog {
    Q_OBJECT

public:
    explicit SettingsDialog(Settings& settings, QWidget* parent = nullptr);

private:
    void addKeys(QFormLayout* form);
    void addLook(QFormLayout* form);
    void addConfirmations(QFormLayout* form);
    void addDecoders(QFormLayout* form);
    void addArchives(QFormLayout* form);
    void addCheck(QFormLayout* form, const QString& text, bool checked, std::function<void(bool)> changed);

    Settings& m_settings;
};

} // namespace keyglass::ui
