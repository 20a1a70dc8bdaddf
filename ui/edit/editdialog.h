// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/draftstore.h"
#include "core/edit/keyedit.h"
#include "core/session/session.h"

#include <QDialog>
#include <QJsonObject>

class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace keyglass {
class DraftKeeper;
}

namespace keyglass::ui {

class NoticeBar;

/// Asks for one edit and carries it out: it stays open until the server has done it, and says why not. What production
/// wants confirmed is confirmed here, by the connection's name.
///
/// What is typed for something new is kept as a draft from its first letter on: closing asks, and what was lost with
/// the program, or the connection, is here again when the dialog is opened the next time.
///
/// Texts with names are of the session's list; the edit itself is in the server's words.
class EditDialog : public QDialog {
    Q_OBJECT

public:
    /// The edit as the fields say it; Input where they can't be used yet.
    [[nodiscard]] virtual Result<KeyEdit> edit() const = 0;

    /// Keeps what is typed under this key and kind from now on, and brings back what was typed before.
    void keepDrafts(DraftKeeper& drafts, const DraftKey& key, CellKind kind);
    ~EditDialog() override;
    /// Asks first where something is typed.
    void reject() override;

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
    /// What is typed: `texts`, and under `choices` what alone is not worth keeping. Empty: nothing is kept.
    [[nodiscard]] virtual QJsonObject typed() const { return {}; }
    /// The fields as typed() gave them; what no longer fits is passed over.
    virtual void retype(const QJsonObject& /*typed*/) { }

private:
    [[nodiscard]] bool isTyped() const;
    void noteTyped();
    void bringBack(const Draft& draft);
    void dropDraft();
    void releaseDraft();
    void askWhatBecomesOfIt();
    void send();
    void take(const KeyEdit& sent, const Result<EditOutcome>& outcome);
    void say(const QString& text);
    void warnOfTable(const KeyEdit& edit);
    void tellUncompared(const KeyEdit& edit);
    void askConfirmation();
    [[nodiscard]] bool isConfirmed() const;

    Session& m_session;
    QFormLayout* m_form;
    QLabel* m_table;      ///< That the key belongs to a table of RedisTABLE.
    QLabel* m_uncompared; ///< What of the place was not read.
    QLabel* m_problem;
    QLabel* m_confirmText;
    QLineEdit* m_confirm;
    QPushButton* m_button;
    QPushButton* m_cancel;
    bool m_isSending = false;
    NoticeBar* m_broughtBack;
    DraftKeeper* m_drafts = nullptr;
    DraftKey m_draftKey;
    EditedCell m_draftCell; ///< Of its kind, no more.
    QJsonObject m_untouched;
    bool m_keepsOther = false; ///< The draft is of something that does not fit here.
    QDialog* m_question = nullptr;
};

} // namespace keyglass::ui
