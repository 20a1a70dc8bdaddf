// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/jobplan.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QSpinBox;

namespace keyglass::ui {

/// How a job is run: with an undo archive, only for keys as they were seen, how fast, and with a report of each key.
class JobWays : public QWidget {
    Q_OBJECT

public:
    explicit JobWays(QWidget* parent = nullptr);

    /// What a kept plan says.
    void setPlan(const JobPlan& plan);
    void fill(JobPlan& plan) const;
    [[nodiscard]] bool archives() const;
    [[nodiscard]] bool onlyUnchanged() const;
    /// The file for what becomes of each key; empty: none.
    [[nodiscard]] QString reportFile() const;
    /// Which of them make sense for the operation.
    void showFor(const JobOperation& operation);

Q_SIGNALS:
    /// What a look through the keys has found does not hold any more.
    void changed();

private:
    [[nodiscard]] QWidget* makeSpeed();
    [[nodiscard]] QWidget* makeReport();
    void askReportFile();

    QCheckBox* m_archives;
    QCheckBox* m_unchanged;
    QSpinBox* m_rate = nullptr;
    QComboBox* m_pace = nullptr;
    QLineEdit* m_report = nullptr;
    QString m_seenFile; ///< Of a kept plan.
};

} // namespace keyglass::ui
