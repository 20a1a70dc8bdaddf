// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bulk/jobreportdialog.h"

#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "ui/bulk/jobwording.h"
#include "ui/bulk/reasonwording.h"
#include "ui/bulk/savereportbutton.h"
#include "ui/common/fonts.h"
#include "ui/common/texts.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QTableWidget>
#include <QVBoxLayout>

namespace keyglass::ui {

namespace {

QTableWidget* makeTable(const QStringList& headers, std::size_t rows, QWidget* parent)
{
    auto* table = new QTableWidget(static_cast<int>(rows), static_cast<int>(headers.size()), parent);
    table->setHorizontalHeaderLabels(headers);
    table->verticalHeader()->hide();
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->horizontalHeader()->setStretchLastSection(true);
    return table;
}

void setCell(QTableWidget& table, int row, int column, const QString& text)
{
    auto* item = new QTableWidgetItem(text);
    item->setToolTip(text);
    table.setItem(row, column, item);
}

/// Where the archive is, and how it is undone where the job's row can't.
QString archiveText(const BulkJob& job, const QString& archive)
{
    if (job.isArchiveElsewhere()) {
        return JobReportDialog::tr("What was overwritten at the target is in the undo archive %1. Open a connection to "
                                   "the target, undo it there in “Undo archives”, and choose that keys that are there "
                                   "again are replaced by what was archived.")
            .arg(archive);
    }
    if (keepsOverwritten(job)) {
        return JobReportDialog::tr("What was overwritten is in the undo archive %1. Undo it in “Undo archives”, and "
                                   "choose there that keys that are there again are replaced by what was archived: "
                                   "what has their names now is archived first.")
            .arg(archive);
    }
    return JobReportDialog::tr("Undo archive: %1").arg(archive);
}

} // namespace

JobReportDialog::JobReportDialog(const BulkJob& job, QWidget* parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Report: %1").arg(jobTitle(job)));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* layout = new QVBoxLayout(this);
    auto* summary = new QLabel(endText(job), this);
    summary->setTextFormat(Qt::PlainText);
    summary->setWordWrap(true);
    summary->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    summary->setAccessibleName(tr("Summary"));
    layout->addWidget(summary);
    if (const QString archive = job.archiveFile(); !archive.isEmpty()) {
        auto* file = new QLabel(archiveText(job, archive), this);
        file->setTextFormat(Qt::PlainText);
        file->setWordWrap(true);
        file->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        layout->addWidget(file);
    }
    if (job.report() && *job.report()) {
        const BulkReport& report = **job.report();
        layout->addWidget(makeNodes(report), 1);
        if (!report.troubles.empty()) {
            layout->addWidget(makeTroubles(report), 2);
        }
        if (!report.problems.empty()) {
            layout->addWidget(makeProblems(report), 2);
        }
    }
    if (job.report() && *job.report() && (*job.report())->isReportCut) {
        auto* some = new QLabel(
            tr("The report keeps the first %1, and every key to be looked at.").arg(countOfKeys(rowsKept)), this);
        some->setWordWrap(true);
        layout->addWidget(some);
    }
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto* save = new SaveReportButton(this);
    save->setReport(job.reportFile());
    buttons->addButton(save, QDialogButtonBox::ActionRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* saved = new QLabel(this);
    saved->setTextFormat(Qt::PlainText);
    saved->setWordWrap(true);
    saved->setAccessibleName(tr("Saving"));
    saved->hide();
    connect(save, &SaveReportButton::said, saved, [saved](const QString& text) {
        saved->setText(text);
        saved->show();
    });
    layout->addWidget(saved);
    layout->addWidget(buttons);
    resize(720, 480);
}

QWidget* JobReportDialog::makeNodes(const BulkReport& report)
{
    QTableWidget* table =
        makeTable({tr("Node"), tr("Keys"), tr("Done"), tr("To be looked at"), tr("Lines lost"), tr("Given up")},
            report.nodes.size(), this);
    table->setAccessibleName(tr("Nodes"));
    for (int row = 0; row < table->rowCount(); ++row) {
        const NodeOutcomes& node = report.nodes[static_cast<std::size_t>(row)];
        setCell(*table, row, 0, node.node);
        setCell(*table, row, 1, numberText(node.counts.keys()));
        setCell(*table, row, 2, numberText(node.counts.done()));
        setCell(*table, row, 3, numberText(node.counts.troubled()));
        setCell(*table, row, 4, numberText(node.retries));
        setCell(*table, row, 5, node.givenUp ? errorText(*node.givenUp) : QString());
    }
    return table;
}

QWidget* JobReportDialog::makeTroubles(const BulkReport& report)
{
    QTableWidget* table = makeTable({tr("Key"), tr("Outcome"), tr("Node"), tr("Detail")}, report.troubles.size(), this);
    table->setAccessibleName(tr("Keys to be looked at"));
    table->setColumnWidth(0, 240);
    table->setColumnWidth(1, 180);
    for (int row = 0; row < table->rowCount(); ++row) {
        const KeyOutcome& each = report.troubles[static_cast<std::size_t>(row)];
        setCell(*table, row, 0, displayText(each.key));
        table->item(row, 0)->setFont(keyFont());
        setCell(*table, row, 1, outcomeText(each.outcome));
        setCell(*table, row, 2, each.node);
        setCell(*table, row, 3, reasonText(each.detail));
    }
    return table;
}

QWidget* JobReportDialog::makeProblems(const BulkReport& report)
{
    QTableWidget* table = makeTable({tr("Line"), tr("Why it can't be read")}, report.problems.size(), this);
    table->setAccessibleName(tr("Lines that can't be read"));
    for (int row = 0; row < table->rowCount(); ++row) {
        const ImportProblem& each = report.problems[static_cast<std::size_t>(row)];
        setCell(*table, row, 0, numberText(each.line));
        setCell(*table, row, 1, each.text);
    }
    return table;
}

} // namespace keyglass::ui
