// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/window/windowactions.h"
#include "ui/window/windowservices.h"

#include <QObject>

#include <functional>
#include <string>

class QDialog;

namespace keyglass::ui {

class MainWindow;
class SessionPage;

/// Says what each action of a window does: the part of it that is not layout.
class WindowCommands : public QObject {
    Q_OBJECT

public:
    WindowCommands(MainWindow& window, WindowServices services);

    void showKeyMenu(const QPoint& at);

private:
    void connectApplication();
    void connectConnections();
    void connectView();
    void connectKeys();
    void connectScan();
    void connectTabs();
    void onPage(ActionId id, std::function<void(SessionPage&)> run);

    void showDialog(QDialog* dialog);
    void newWindow();
    void showCommands();
    void changeFont(int by);
    void copyKey(bool escaped);

    MainWindow& m_window;
    WindowServices m_services;
    WindowActions& m_actions;
};

} // namespace keyglass::ui
