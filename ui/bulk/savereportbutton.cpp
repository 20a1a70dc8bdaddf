// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bulk/savereportbutton.h"

#include "core/base/errortext.h"
#include "ui/common/whenready.h"

#include <QFileDialog>
#include <QFileInfo>

namespace keyglass::ui {

SaveReportButton::SaveReportButton(QWidget* parent)
    : QPushButton(tr("&Save report…"), parent)
{
    setAutoDefault(false);
    setEnabled(false);
    connect(this, &QPushButton::clicked, this, &SaveReportButton::ask);
}

void SaveReportButton::setReport(const QString& kept)
{
    m_kept = kept;
    const bool isThere = !kept.isEmpty() && QFileInfo::exists(kept);
    setEnabled(isThere);
    setToolTip(isThere ? tr("What became of each key, as CSV or JSON")
                       : tr("What became of each key of this job is not kept, or not any more."));
}

void SaveReportButton::ask()
{
    auto* dialog = new QFileDialog(this, tr("Save the report"), QString(), tr("CSV (*.csv);;JSON (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        dialog->setDefaultSuffix(
            filter.contains(QLatin1String("json")) ? QStringLiteral("json") : QStringLiteral("csv"));
    });
    connect(dialog, &QFileDialog::fileSelected, this, &SaveReportButton::saveTo);
    dialog->open();
}

void SaveReportButton::saveTo(const QString& file)
{
    setEnabled(false);
    whenReady(this, m_saver.save(m_kept, file), [this, file](const Status& saved) {
        setReport(m_kept);
        Q_EMIT said(saved ? tr("The report is in %1.").arg(file) : errorText(saved.error()));
    });
}

} // namespace keyglass::ui
