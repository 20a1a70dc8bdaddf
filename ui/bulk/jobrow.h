// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/bulkjob.h"

#include <QWidget>

class QComboBox;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace keyglass::ui {

class ElidedLabel;
class Sparkline;

/// One job in the list of jobs: what, how far, how fast, and what can be done about it; once it has ended, how it went,
/// its undo and its report.
class JobRow : public QWidget {
    Q_OBJECT

public:
    explicit JobRow(BulkJob& job, QWidget* parent = nullptr);

    [[nodiscard]] BulkJob& job() const { return m_job; }
    /// Its undo has begun: it is not offered again.
    void setUndone();

Q_SIGNALS:
    void undoWanted();
    void reportWanted();
    void dropWanted();

private:
    void showState();
    void showProgress();
    void sample();
    [[nodiscard]] std::optional<std::chrono::milliseconds> timeLeft() const;
    void fillRates();

    BulkJob& m_job;
    QProgressBar* m_bar;
    ElidedLabel* m_text;
    Sparkline* m_speed;
    QComboBox* m_limit; ///< Keys a second.
    QPushButton* m_pause;
    QPushButton* m_cancel;
    QPushButton* m_undo;
    QPushButton* m_report;
    QToolButton* m_drop;
    bool m_isUndone = false;
    std::uint64_t m_lastKeys = 0;
    std::chrono::milliseconds m_lastElapsed{0};
    double m_rate = 0; ///< Keys/s, smoothed over the last ticks.
};

} // namespace keyglass::ui
