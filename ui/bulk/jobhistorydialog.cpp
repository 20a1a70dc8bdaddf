// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bulk/jobhistorydialog.h"

#include "ui/bulk/jobwording.h"
#include "ui/bulk/savereportbutton.h"
#include "ui/common/texts.h"

#include <QDialogButtonBox>
#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include <array>

namespace keyglass::ui {

namespace {

enum Column { Ended, Title, Connection, Keys, Done, Trouble, Took, ColumnCount };

void setCell(QTableWidget& table, int row, Column column, const QString& text, bool isNumber = false)
{
    auto* item = new QTableWidgetItem(text);
    item->setToolTip(text);
    if (isNumber) {
        item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    }
    table.setItem(row, column, item);
}

QString titleOf(const PastJob& job)
{
    return job.undone.isEmpty() ? planTitle(job.plan, job.hadChoice)
                                : JobHistoryDialog::tr("Undo of %1").arg(QFileInfo(job.undone).fileName());
}

QString endOf(const PastJob& job)
{
    switch (job.state) {
    case PastJob::State::Ended:
        break;
    case PastJob::State::Running:
        return JobHistoryDialog::tr("is running");
    case PastJob::State::CutOff:
        return JobHistoryDialog::tr("cut off");
    }
    return timeText(job.ended.toLocalTime());
}

/// What there is to know beside its counts.
QString aboutState(const PastJob& job)
{
    const QString begun = timeText(job.begun.toLocalTime());
    if (job.state == PastJob::State::Running) {
        return JobHistoryDialog::tr("It began %1 and is running still, in this window or another program.").arg(begun);
    }
    return job.archive.isEmpty()
        ? JobHistoryDialog::tr(
              "It began %1 and was cut off: its program was killed, or the power was lost. What it had "
              "done by then is not known.")
              .arg(begun)
        : JobHistoryDialog::tr(
              "It began %1 and was cut off: its program was killed, or the power was lost. What it had "
              "done by then can be undone by its archive.")
              .arg(begun);
}

} // namespace

JobHistoryDialog::JobHistoryDialog(std::vector<PastJob> jobs, bool canPlan, QWidget* parent)
    : QDialog(parent)
    , m_jobs(std::move(jobs))
    , m_canPlan(canPlan)
    , m_table(new QTableWidget(static_cast<int>(m_jobs.size()), ColumnCount, this))
    , m_about(new QLabel(this))
{
    setWindowTitle(tr("Job history"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_table->setHorizontalHeaderLabels(
        {tr("Ended"), tr("Job"), tr("Connection"), tr("Keys"), tr("Done"), tr("To be looked at"), tr("Took")});
    m_table->setAccessibleName(tr("Past jobs"));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + 6);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    fill();
    m_about->setTextFormat(Qt::PlainText);
    m_about->setWordWrap(true);
    m_about->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_about->setAccessibleName(tr("About the job"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_save = new SaveReportButton(this);
    buttons->addButton(m_save, QDialogButtonBox::ActionRole);
    connect(m_save, &SaveReportButton::said, m_about, &QLabel::setText);
    m_plan = buttons->addButton(tr("&Plan it again…"), QDialogButtonBox::ActionRole);
    m_plan->setAutoDefault(false);
    m_archives = buttons->addButton(tr("&Undo archives…"), QDialogButtonBox::ActionRole);
    m_archives->setAutoDefault(false);
    connect(m_archives, &QPushButton::clicked, this, [this] {
        accept();
        Q_EMIT archivesWanted();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_plan, &QPushButton::clicked, this, [this] {
        if (const PastJob* job = chosen()) {
            const JobPlan plan = job->plan;
            accept();
            Q_EMIT planWanted(plan);
        }
    });
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &JobHistoryDialog::showChosen);
    auto* find = new QLineEdit(this);
    find->setAccessibleName(tr("Find job"));
    find->setPlaceholderText(tr("Find: a part of the job, its connection or its day"));
    find->setClearButtonEnabled(true);
    connect(find, &QLineEdit::textChanged, this, &JobHistoryDialog::find);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(find);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_about);
    layout->addWidget(buttons);
    resize(860, 480);
    if (!m_jobs.empty()) {
        m_table->selectRow(0);
    }
    showChosen();
}

void JobHistoryDialog::fill()
{
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const PastJob& job = m_jobs[static_cast<std::size_t>(row)];
        setCell(*m_table, row, Ended, endOf(job));
        m_table->item(row, Ended)->setToolTip(isoTimeText(job.ended.isValid() ? job.ended : job.begun));
        setCell(*m_table, row, Title, titleOf(job));
        setCell(*m_table, row, Connection, job.connection);
        if (job.state != PastJob::State::Ended) {
            continue; // nothing is known of its keys
        }
        setCell(*m_table, row, Keys, numberText(job.keys), true);
        setCell(*m_table, row, Done, numberText(job.done), true);
        setCell(*m_table, row, Trouble, numberText(job.troubled), true);
        setCell(*m_table, row, Took, durationText(job.elapsed), true);
    }
    m_table->resizeColumnsToContents();
    m_table->horizontalHeader()->setSectionResizeMode(Title, QHeaderView::Stretch);
}

/// Only the jobs with this in one of their columns; the first of them is chosen where the one before is not among them.
void JobHistoryDialog::find(const QString& text)
{
    int first = -1;
    for (int row = 0; row < m_table->rowCount(); ++row) {
        bool isFound = false;
        for (const int column : {Ended, Title, Connection}) {
            isFound = isFound || m_table->item(row, column)->text().contains(text, Qt::CaseInsensitive);
        }
        m_table->setRowHidden(row, !isFound);
        first = first < 0 && isFound ? row : first;
    }
    if (first < 0) {
        m_table->setCurrentItem(nullptr);
        m_about->setText(tr("No job has that in it."));
    } else if (!chosen() || m_table->isRowHidden(m_table->currentRow())) {
        m_table->selectRow(first);
    }
}

const PastJob* JobHistoryDialog::chosen() const
{
    const int row = m_table->currentRow();
    return row < 0 || m_table->selectedItems().isEmpty() ? nullptr : &m_jobs[static_cast<std::size_t>(row)];
}

void JobHistoryDialog::showChosen()
{
    const PastJob* const job = chosen();
    m_save->setReport(job ? job->reportFile : QString());
    m_plan->setEnabled(job && m_canPlan && !job->hadChoice && job->undone.isEmpty());
    m_archives->setEnabled(job && m_canPlan && !job->archive.isEmpty());
    if (!job) {
        m_about->setText(m_jobs.empty() ? tr("No job was run yet.") : QString());
        return;
    }
    QStringList lines{job->undone.isEmpty() ? operationText(job->plan.operation)
                                            : tr("Brought back what is archived in %1").arg(job->undone)};
    if (job->state != PastJob::State::Ended) {
        lines << aboutState(*job);
    }
    if (!job->failure.isEmpty()) {
        lines << job->failure;
    }
    if (!job->archive.isEmpty()) {
        lines << tr("Undo archive: %1").arg(job->archive);
    }
    if (!job->reportFile.isEmpty()) {
        lines << tr("Report: %1").arg(job->reportFile);
    }
    if (job->hadChoice) {
        lines << tr("Its keys were chosen by hand and are not listed: it can't be planned again.");
    }
    m_about->setText(lines.join(u'\n'));
}

} // namespace keyglass::ui
