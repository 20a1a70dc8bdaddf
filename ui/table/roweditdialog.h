// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "core/session/tablesession.h"

#include <QDialog>

#include <stop_token>
#include <string>
#include <vector>

class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace keyglass::ui {

/// Asks for edits of a table's rows and carries them out: it stays open until all are done, and says which were not and
/// why. What production wants confirmed is confirmed here, by the connection's name.
class RowEditDialog : public QDialog {
    Q_OBJECT

public:
    ~RowEditDialog() override; ///< Ends what runs.

    /// The edits as the fields say them; Input where they can't be used yet.
    [[nodiscard]] virtual Result<std::vector<RowEdit>> edits() const = 0;

    /// While edits are carried out it stops them, and shows how far they have come.
    void reject() override;

Q_SIGNALS:
    /// Some or all of the edits were carried out.
    void applied(const std::vector<keyglass::RowResult>& results);

protected:
    /// `asksName`: the connection's name has to be typed from the start.
    RowEditDialog(Session& session, TableSchema schema, const QString& title, const QString& button, QWidget* parent);

    [[nodiscard]] const TableSchema& schema() const { return m_schema; }
    [[nodiscard]] Session& session() const { return m_session; }
    [[nodiscard]] QFormLayout& form() { return *m_form; }
    void makeCancelDefault();
    void askConfirmation();
    void check();
    void send();
    /// What was not done, each with its edit; the dialog goes on with these. True: it shows itself why.
    virtual bool notDone(const std::vector<RowResult>& left) = 0;

private:
    void take(const Result<std::vector<RowResult>>& results, std::size_t asked);
    void showCommands();
    void say(const QString& text);
    [[nodiscard]] bool isConfirmed() const;
    [[nodiscard]] QString resultText(const std::vector<RowResult>& left, std::size_t done) const;

    Session& m_session;
    const TableSchema m_schema;
    QFormLayout* m_form;
    QLabel* m_problem;
    QLabel* m_confirmText;
    QLineEdit* m_confirm;
    QPlainTextEdit* m_commands;
    QProgressBar* m_progress;
    QPushButton* m_button = nullptr;
    QPushButton* m_preview = nullptr;
    QPushButton* m_cancel = nullptr;
    std::stop_source m_stop{std::nostopstate};
    bool m_isSending = false;
};

} // namespace keyglass::ui
