// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bulk/jobspanel.h"

#include "core/base/errortext.h"
#include "core/bulk/joboperation.h"
#include "core/session/bulkjob.h"
#include "ui/bulk/jobconfirmation.h"
#include "ui/bulk/jobdialog.h"
#include "ui/bulk/jobreportdialog.h"
#include "ui/bulk/jobrow.h"
#include "ui/bulk/jobwording.h"
#include "ui/common/scrollpane.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QTimer>
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
    QTimer::singleShot(0, row, [this, row] { m_pane->ensureWidgetVisible(row, 0, 0); }); // once it has its place
    connect(row, &JobRow::undoWanted, this, [this, row] {
        if (m_session.profile().environment == Environment::Production) {
            askUndo(*row);
        } else {
            undo(*row);
        }
    });
    connect(row, &JobRow::dropWanted, this, [this, &job] { m_session.removeJob(&job); });
    connect(row, &JobRow::reportWanted, this, [this, &job] {
        auto* dialog = new JobReportDialog(job, this);
        connect(&job, &QObject::destroyed, dialog, &QDialog::reject);
        dialog->open();
    });
}

/// On a production connection its name is typed before anything is written.
void JobsPanel::askUndo(JobRow& row)
{
    auto* dialog = new QDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Undo a job"));
    auto* text =
        new QLabel(tr("%1 is undone: its keys are brought back as they were.").arg(jobTitle(row.job())), dialog);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    auto* confirmation = new JobConfirmation(dialog);
    confirmation->ask({JobDialog::productionQuestion(m_session.profile())});
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, dialog);
    QPushButton* begin = buttons->addButton(tr("Bring the keys back"), QDialogButtonBox::AcceptRole);
    begin->setAutoDefault(false);
    begin->setEnabled(false);
    buttons->button(QDialogButtonBox::Cancel)->setDefault(true);
    auto* layout = new QVBoxLayout(dialog);
    layout->setSpacing(12);
    layout->addWidget(text);
    layout->addWidget(confirmation);
    layout->addWidget(buttons);
    connect(confirmation, &JobConfirmation::changed, begin,
        [begin, confirmation] { begin->setEnabled(confirmation->isGiven()); });
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    connect(dialog, &QDialog::accepted, &row, [this, &row] { undo(row); });
    connect(&row.job(), &QObject::destroyed, dialog, &QDialog::reject);
    dialog->open();
}

/// Its button stays where the undo is refused: it may be tried again.
void JobsPanel::undo(JobRow& row)
{
    const bool isInPlace = changesInPlace(row.job().plan().operation);
    const auto job = m_session.addUndo(row.job().archiveFile(), isInPlace ? UndoConflict::Replace : UndoConflict::Skip);
    if (!job) {
        Q_EMIT said(LogLevel::Error, errorText(job.error()));
        return;
    }
    row.setUndone();
    (*job)->run(undoCommands());
}

} // namespace keyglass::ui
