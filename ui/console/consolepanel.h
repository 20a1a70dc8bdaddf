// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"

#include <QTextCharFormat>
#include <QTimer>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QPlainTextEdit;
class QToolButton;
class QTreeView;

namespace keyglass::ui {

class CommandLine;
class ReplyModel;

/// The console of one session: a line for commands with its history, what they answered as text and, of the last one,
/// as a tree. What the gate asks is asked here.
class ConsolePanel : public QWidget {
    Q_OBJECT

public:
    /// `session` must outlive the panel.
    explicit ConsolePanel(Session& session, QWidget* parent = nullptr);

    /// As if it had been typed.
    void run(const QString& line);
    /// Puts the cursor into the command line.
    void takeFocus();

Q_SIGNALS:
    void closeWanted();

protected:
    void changeEvent(QEvent* event) override;
    /// Esc anywhere in the panel ends the command that runs.
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] QWidget* makeReplies();
    [[nodiscard]] QWidget* makeInput();
    void followNodes();
    void followState();
    void send(const QString& line, const ConsoleChoice& choice);
    void take(const QString& line, const ConsoleChoice& choice, const Result<ConsoleAnswer>& answer);
    void ask(const QString& line, const ConsoleChoice& choice, const Error& why);
    void display(const ConsoleAnswer& answer);
    void showProgress(const ConsoleProgress& progress);
    void showWaiting();
    enum class Voice { Command, Reply, Note, Error };
    void say(const QString& text, Voice voice);
    [[nodiscard]] QTextCharFormat formatOf(Voice voice) const;
    void paintAgain();
    void clearReplies();

    Session& m_session;
    QPlainTextEdit* m_output;
    ReplyModel* m_reply;
    QTreeView* m_tree;
    QLabel* m_prompt;
    CommandLine* m_line;
    QComboBox* m_node;
    QCheckBox* m_all;
    QLabel* m_progress;
    QToolButton* m_stop;
    QTimer m_late;     ///< Fires where an answer takes so long that the user should know it is waited for.
    int m_waiting = 0; ///< Commands sent whose answers are still to come.
};

} // namespace keyglass::ui
