// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bulk/jobspanel.h"

#include "core/base/errortext.h"
#include "core/bulk/joboperation.h"
#include "core/session/bulkjob.h"
#include "ui/bulk/jobreportdialog.h"
#include "ui/bulk/jobrow.h"
#include "ui/common/scrollpane.h"

#include <QVBoxLayout>

#include <algorithm>

namespace keyglass::ui {

namespace {

constexpr int mostHeight = 160;

} // namespace

JobsPanel::JobsPanel(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_pane(new ScrollPane(this))
{
    setAccessibleName(tr("Jobs"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_pane);
    m_pane->column()->setSpacing(0);
    m_pane->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_pane->setMaximumHeight(mostHeight);
    connect(&session, &Session::jobsChanged, this, &JobsPanel::follow);
    follow();
}

/// Plans that are only looked through stand in their dialogs.
void JobsPanel::follow()
{
    const std::vector<BulkJob*> jobs = m_session.jobs();
    for (auto row = m_rows.begin(); row != m_rows.end();) {
        if (std::ranges::find(jobs, row->first) == jobs.end()) {
            row->second->hide();
            row->second->deleteLater();
            row = m_rows.erase(row);
        } else {
            ++row;
        }
    }
    for (BulkJob* job : jobs) {
        const bool hasBegun = job->state() != BulkJob::State::Planned && job->state() != BulkJob::State::Previewing;
        if (hasBegun && !m_rows.contains(job)) {
            addRow(*job);
        }
    }
}

void JobsPanel::addRow(BulkJob& job)
{
    auto* row = new JobRow(job, this);
    m_rows.emplace(&job, row);
    m_pane->column()->addWidget(row);
    QMetaObject::invokeMethod( // once it has its place
        row, [this, row] { m_pane->ensureWidgetVisible(row, 0, 0); }, Qt::QueuedConnection);
    connect(row, &JobRow::undoWanted, this, [this, &job](const QString& archiveFile) {
        undo(archiveFile, changesInPlace(job.plan().operation) ? UndoConflict::Replace : UndoConflict::Skip);
    });
    connect(row, &JobRow::dropWanted, this, [this, &job] { m_session.removeJob(&job); });
    connect(row, &JobRow::reportWanted, this, [this, &job] {
        auto* dialog = new JobReportDialog(job, this);
        connect(&job, &QObject::destroyed, dialog, &QDialog::reject);
        dialog->open();
    });
}

void JobsPanel::undo(const QString& archiveFile, UndoConflict conflict)
{
    const auto job = m_session.addUndo(archiveFile, conflict);
    if (!job) {
        Q_EMIT said(LogLevel::Error, errorText(job.error()));
        return;
    }
    (*job)->run(undoCommands());
}

} // namespace keyglass::ui
