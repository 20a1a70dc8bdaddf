// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"

#include <QDialog>

class QLineEdit;
class QPushButton;

namespace keyglass::ui {

/// Asks whether a command that the gate has held back is to be sent: in production by typing the connection's name. The
/// default button is never the one that sends it.
class ConfirmDialog : public QDialog {
    Q_OBJECT

public:
    /// `why`: the gate's error of kind Confirm for the command line.
    ConfirmDialog(const Profile& profile, const QString& line, const Error& why, QWidget* parent = nullptr);

private:
    void check();

    const QString m_name; ///< What has to be typed; empty: nothing.
    QLineEdit* m_typed;
    QPushButton* m_run;
};

} // namespace keyglass::ui
