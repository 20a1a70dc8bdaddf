// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/window/keyscopebox.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace keyglass::ui {

/// Asks for the name of a set of keys, and which keys are meant.
class SaveResultDialog : public QDialog {
    Q_OBJECT

public:
    explicit SaveResultDialog(KeyScopes scopes, QWidget* parent = nullptr);

    [[nodiscard]] KeyChoice keys() const;
    /// With its name.
    [[nodiscard]] ResultSetInfo about() const;

private:
    void refresh();

    const KeyScopes m_scopes;
    QLineEdit* m_name;
    KeyScopeBox* m_scope;
    QLabel* m_about;
    QPushButton* m_save = nullptr;
    QString m_suggested; ///< The last name that was suggested.
};

} // namespace keyglass::ui
