// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/keptreports.h"

#include <QPushButton>
#include <QString>

namespace keyglass::ui {

/// Saves what became of each key of a job in a file that the user names, as CSV or JSON.
class SaveReportButton : public QPushButton {
    Q_OBJECT

public:
    explicit SaveReportButton(QWidget* parent = nullptr);

    /// The report that is kept; where there is none (any more) nothing can be saved.
    void setReport(const QString& kept);
    /// Saves it there, without asking.
    void saveTo(const QString& file);

Q_SIGNALS:
    /// How it went, in a sentence.
    void said(const QString& text);

private:
    void ask();

    QString m_kept;
    ReportSaver m_saver;
};

} // namespace keyglass::ui
