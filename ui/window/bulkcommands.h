// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bulk/jobdialog.h"
#include "ui/window/windowactions.h"

#include <QObject>

#include <functional>
#include <vector>

namespace keyglass {
class Settings;
}

namespace keyglass::ui {

class MainWindow;
class OperationFields;
class SessionPage;

/// Whether "delete" means more than the current key: a folder, or several selected keys.
[[nodiscard]] bool meansSeveralKeys(SessionPage& page);
/// The keys that a job can be meant for, as the page shows them now; the most likely ones first.
[[nodiscard]] std::vector<JobScope> jobScopesOf(SessionPage& page);

/// Says what the actions do that change many keys at once: each opens the plan of a job.
class BulkCommands : public QObject {
    Q_OBJECT

public:
    BulkCommands(MainWindow& window, WindowActions& actions, Settings& settings);
    /// The plan for deleting what is selected.
    void askDelete(SessionPage& page);

private:
    using MakeFields = std::function<OperationFields*(const std::vector<JobScope>& scopes)>;
    void on(ActionId id, std::function<void(SessionPage&)> run);
    void ask(SessionPage& page, const QString& title, const MakeFields& fields);
    void plan(SessionPage& page, const QString& title, const MakeFields& fields, const std::vector<JobScope>& scopes);

    void showArchives(SessionPage& page);

    MainWindow& m_window;
    WindowActions& m_actions;
    Settings& m_settings;
};

} // namespace keyglass::ui
