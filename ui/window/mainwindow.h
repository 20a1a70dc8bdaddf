// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/window/sessionopener.h"
#include "ui/window/windowactions.h"
#include "ui/window/windowservices.h"

#include <QHash>
#include <QMainWindow>

#include <optional>
#include <vector>

class QSplitter;
class QStackedWidget;

namespace keyglass::ui {

class EnvironmentLine;
class SessionBar;
class SessionPage;
class StartPage;
class UnsavedQuestion;
class WindowCommands;

/// One window: its sessions on the left, the one in front on the right, and the actions for it.
///
/// Deletes itself when closed. Asks first while work is running that closing would cut off.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    explicit MainWindow(WindowServices services, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// For passwords that are known nobody is asked.
    void open(const Profile& profile, const KnownCredentials& known = {});
    void openDemo();
    /// Opens the profiles that were open when the app was last left.
    void reopenLast();
    void newConnection();
    /// Another session on the page's server.
    void openAgain(SessionPage& page);
    /// The whole cluster that the page shows one node of.
    void openCluster(SessionPage& page);
    void editConnection(SessionPage& page);
    void closePageAsking(SessionPage& page);
    /// To the next session (1) or the one before (-1), around the end.
    void stepSession(int by);
    /// Closes all windows, and remembers what is open in all of them. Asks where work is running, unless `unasked`:
    /// then the system or the user's shell wants the app to end.
    static void closeAll(bool unasked);

    [[nodiscard]] WindowActions& actions() { return *m_actions; }
    [[nodiscard]] int sessionCount() const { return static_cast<int>(m_pages.size()); }
    /// Null while the start page is in front.
    [[nodiscard]] SessionPage* currentPage() const;

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void buildFrame();
    void buildStartPage();
    void buildLog();
    void addPage(Opened opened);
    /// Puts what is opened into the place of `page`.
    [[nodiscard]] SessionOpener::Take replacing(SessionPage& page);
    void wire(SessionPage& page);
    void showCurrent();
    void closePage(SessionPage& page);
    void askBeforeClosing(const QStringList& work, std::function<void()> close);
    void askPassword(SessionPage& page);
    void refresh();
    void refreshTitle();
    void closeUnasked();
    [[nodiscard]] QStringList openProfiles() const;
    [[nodiscard]] bool isLastWindow() const;
    void rememberOpen();
    void restore();
    void save();
    void say(LogLevel level, const QString& text);

    WindowServices m_services;
    WindowActions* m_actions;
    WindowCommands* m_commands;
    UnsavedQuestion* m_unsaved = nullptr;
    SessionOpener* m_opener;
    EnvironmentLine* m_environment = nullptr;
    SessionBar* m_bar = nullptr;
    QSplitter* m_splitter = nullptr;
    QStackedWidget* m_stack = nullptr;
    StartPage* m_start = nullptr;
    std::vector<SessionPage*> m_pages;                  ///< In the order of the bar; children of the stack.
    QHash<const SessionPage*, Credentials> m_passwords; ///< For another session on the same server; in memory only.
    bool m_closesUnasked = false;
};

} // namespace keyglass::ui
