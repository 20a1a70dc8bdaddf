// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>

namespace keyglass::ui {

enum class ActionId;
class MainWindow;
class SchemaDialog;
class SessionPage;
class WindowActions;

/// What the RedisTABLE menu does: dialogs for changes of tables' schemas and for checks, each of one session's page.
class SchemaCommands : public QObject {
    Q_OBJECT

public:
    SchemaCommands(MainWindow& window, WindowActions& actions);

    /// Asks for the undo of the change that an archive belongs to. `passphrase`: of a sealed one.
    static void undo(SessionPage& page, const QString& archiveFile, const QByteArray& passphrase, QWidget* parent);

private:
    void on(ActionId id, std::function<void(SessionPage&)> run);
    static void show(SessionPage& page, SchemaDialog* dialog);
    void askPlan(SessionPage& page);
    void askArchive(SessionPage& page);
    void askCheck(SessionPage& page);

    MainWindow& m_window;
    WindowActions& m_actions;
};

} // namespace keyglass::ui
