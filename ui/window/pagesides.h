// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSplitter>

namespace keyglass {
class Session;
} // namespace keyglass

namespace keyglass::ui {

class ConsolePanel;
class KeyPanel;
class KeyTabs;

/// The two sides of a session's page: the keys on the left; on the right what is open, and below that the console.
class PageSides : public QSplitter {
    Q_OBJECT

public:
    /// Takes the panel and the tabs; the session outlives it.
    PageSides(Session& session, KeyPanel& keys, KeyTabs& tabs, QWidget* parent = nullptr);

    /// Shows the console and goes there; hides it where the user is in it, by what is in focus on the page.
    void toggleConsole(const QWidget* inFocus);

private:
    void leaveConsole();

    Session& m_session;
    KeyPanel& m_keys;
    QSplitter* m_right;
    ConsolePanel* m_console = nullptr; ///< Null before it is first wanted.
};

} // namespace keyglass::ui
