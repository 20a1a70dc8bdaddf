// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bulk/jobdialog.h"
#include "ui/window/windowactions.h"
#include "ui/window/windowservices.h"

#include <QObject>

#include <functional>
#include <vector>

namespace keyglass {
}

namespace keyglass::ui {

class MainWindow;
class OperationFields;
class SessionOpener;
class SessionPage;

/// Says what the actions do that change many keys at once: each opens the plan of a job.
class BulkCommands : public QObject {
    Q_OBJECT

public:
    BulkCommands(MainWindow& window, WindowServices services, WindowActions& actions);
    /// The plan for deleting what is selected.
    void askDelete(SessionPage& page);

private:
    using MakeFields = std::function<OperationFields*(const std::vector<JobScope>& scopes)>;
    void on(ActionId id, std::function<void(SessionPage&)> run);
    void ask(SessionPage& page, const QString& title, const MakeFields& fields);
    [[nodiscard]] static bool isOneDatabase(SessionPage& page);
    void askImport(SessionPage& page);
    void askPlanFile(SessionPage& page);
    void openPlan(SessionPage& page, const JobPlan& kept);
    void showHistory();
    JobDialog* plan(
        SessionPage& page, const QString& title, const MakeFields& fields, const std::vector<JobScope>& scopes);

    void showArchives(SessionPage& page);

    MainWindow& m_window;
    WindowServices m_services;
    WindowActions& m_actions;
    SessionOpener* m_passwords; ///< For where keys are copied to.
};

} // namespace keyglass::ui
