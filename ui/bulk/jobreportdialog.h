// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/bulkjob.h"

#include <QDialog>

namespace keyglass::ui {

/// How a job went: by node, by outcome, the keys that somebody should look at with the server's own words, and
/// the lines of a file that can't be read. A picture of the moment it is opened.
class JobReportDialog : public QDialog {
    Q_OBJECT

public:
    explicit JobReportDialog(const BulkJob& job, QWidget* parent = nullptr);

private:
    [[nodiscard]] QWidget* makeNodes(const BulkReport& report);
    [[nodiscard]] QWidget* makeTroubles(const BulkReport& report);
    [[nodiscard]] QWidget* makeProblems(const BulkReport& report);
};

} // namespace keyglass::ui
