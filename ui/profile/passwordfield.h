// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

class QAction;

namespace keyglass::ui {

/// A hidden password with a button that shows it.
class PasswordField : public QLineEdit {
    Q_OBJECT

public:
    explicit PasswordField(QWidget* parent = nullptr);

private:
    void showPassword(bool shown);

    QAction* m_show;
};

} // namespace keyglass::ui
