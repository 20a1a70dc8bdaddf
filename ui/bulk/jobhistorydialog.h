// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/jobhistory.h"

#include <QDialog>

#include <vector>

class QLabel;
class QPushButton;
class QTableWidget;

namespace keyglass::ui {

class SaveReportButton;

/// The jobs that were run, with how they ended; their plans can be opened again.
class JobHistoryDialog : public QDialog {
    Q_OBJECT

public:
    JobHistoryDialog(std::vector<PastJob> jobs, bool canPlan, QWidget* parent);

Q_SIGNALS:
    /// The plan of a past job is wanted again.
    void planWanted(const keyglass::JobPlan& plan);
    /// The undo archives are.
    void archivesWanted();

private:
    void fill();
    void find(const QString& text);
    void showChosen();
    [[nodiscard]] const PastJob* chosen() const;

    const std::vector<PastJob> m_jobs;
    const bool m_canPlan;
    QTableWidget* m_table;
    QLabel* m_about;
    QPushButton* m_plan = nullptr;
    QPushButton* m_archives = nullptr;
    SaveReportButton* m_save = nullptr;
};

} // namespace keyglass::ui
