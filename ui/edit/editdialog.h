// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/keyedit.h"
#include "core/session/session.h"

#include <QDialog>

class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace keyglass::ui {

/// Asks for one edit and carries it out: it stays open until the server has done it, and says why not. What production
/// wants confirmed is confirmed here, by the connection's name.
///
/// Texts with names are of the session's list; the edit itself is in the server's words.
class EditDialog : public QDialog {
    Q_OBJECT

public:
    /// The edit as the fields say it; Input where they can't be used yet.
    [[nodiscard]] virtual Result<KeyEdit> edit() const = 0;

Q_SIGNALS:
    void done(const keyglass::KeyEdit& edit, const keyglass::EditOutcome& outcome);

protected:
    EditDialog(Session& session, const QString& title, const QString& button, QWidget* parent);

    [[nodiscard]] QFormLayout& form() { return *m_form; }
    /// Return cancels: for what destroys.
    void makeCancelDefault();
    /// Looks at the fields again.
    void check();
    /// What else an outcome that is not Done offers.
    virtual void refused(const EditOutcome& /*outcome*/) { }

private:
    void send();
    void take(const KeyEdit& sent, const Result<EditOutcome>& outcome);
    void say(const QString& text);
    void warnOfTable(const KeyEdit& edit);
    void askConfirmation();
    [[nodiscard]] bool isConfirmed() const;

    Session& m_session;
    QFormLayout* m_form;
    QLabel* m_table; ///< That the key belongs to a table of RedisTABLE.
    QLabel* m_problem;
    QLabel* m_confirmText;
    QLineEdit* m_confirm;
    QPushButton* m_button;
    QPushButton* m_cancel;
    bool m_isSending = false;
};

} // namespace keyglass::ui
