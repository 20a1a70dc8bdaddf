// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bulk/jobways.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace keyglass::ui {

namespace {

constexpr int fastestRate = 10'000'000;

} // namespace

JobWays::JobWays(QWidget* parent)
    : QWidget(parent)
    , m_archives(
          new QCheckBox(tr("&Keep an undo archive: each key is on this computer's disk before it is touched"), this))
    , m_unchanged(new QCheckBox(tr("Leave keys alone whose &value is not what the preview saw"), this))
{
    m_archives->setChecked(true);
    m_unchanged->setToolTip(tr("Reads each value for the preview and again before the key is touched. Their types are "
                               "compared in any case."));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_archives);
    layout->addWidget(m_unchanged);
    layout->addWidget(makeSpeed());
    layout->addWidget(makeReport());
    connect(m_archives, &QCheckBox::toggled, this, &JobWays::changed);
    connect(m_unchanged, &QCheckBox::toggled, this, &JobWays::changed);
}

QWidget* JobWays::makeSpeed()
{
    auto* box = new QWidget(this);
    m_pace = new QComboBox(box);
    m_pace->addItems({tr("Gentle"), tr("Balanced"), tr("Full")});
    m_pace->setCurrentIndex(static_cast<int>(ScanPace::Full));
    m_pace->setAccessibleName(tr("Pace"));
    m_pace->setToolTip(tr("How long the server may be busy with one call of the job, and how often"));
    auto* paceLabel = new QLabel(tr("Pac&e"), box);
    paceLabel->setBuddy(m_pace);
    m_rate = new QSpinBox(box);
    m_rate->setRange(0, fastestRate);
    m_rate->setSingleStep(1000);
    m_rate->setGroupSeparatorShown(true);
    m_rate->setSpecialValueText(tr("as fast as the server lets"));
    m_rate->setSuffix(tr(" keys/s"));
    m_rate->setAccessibleName(tr("Rate limit"));
    auto* rateLabel = new QLabel(tr("&At most"), box);
    rateLabel->setBuddy(m_rate);
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins({});
    for (QWidget* each : std::initializer_list<QWidget*>{paceLabel, m_pace, rateLabel, m_rate}) {
        row->addWidget(each);
    }
    row->addStretch(1);
    return box;
}

QWidget* JobWays::makeReport()
{
    auto* box = new QWidget(this);
    m_report = new QLineEdit(box);
    m_report->setAccessibleName(tr("Report file"));
    m_report->setPlaceholderText(tr("no file; .csv or .json"));
    auto* label = new QLabel(tr("&Report of each key"), box);
    label->setBuddy(m_report);
    auto* choose = new QPushButton(tr("C&hoose…"), box);
    choose->setAutoDefault(false);
    choose->setAccessibleName(tr("Choose report file"));
    connect(choose, &QPushButton::clicked, this, &JobWays::askReportFile);
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins({});
    row->addWidget(label);
    row->addWidget(m_report, 1);
    row->addWidget(choose);
    return box;
}

void JobWays::askReportFile()
{
    auto* dialog = new QFileDialog(this, tr("Report of each key"), QString(), tr("Reports (*.csv *.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    connect(dialog, &QFileDialog::fileSelected, m_report, &QLineEdit::setText);
    dialog->open();
}

void JobWays::setPlan(const JobPlan& plan)
{
    m_archives->setChecked(plan.archives);
    m_unchanged->setChecked(plan.onlyUnchanged);
    m_pace->setCurrentIndex(static_cast<int>(plan.pace));
    m_rate->setValue(static_cast<int>(std::min<std::uint64_t>(plan.keysPerSecond.value_or(0), fastestRate)));
    m_seenFile = plan.seenFile;
}

void JobWays::fill(JobPlan& plan) const
{
    plan.archives = m_archives->isChecked();
    plan.onlyUnchanged = m_unchanged->isChecked();
    plan.pace = static_cast<ScanPace>(m_pace->currentIndex());
    plan.seenFile = m_seenFile;
    if (m_rate->value() > 0) {
        plan.keysPerSecond = static_cast<std::uint64_t>(m_rate->value());
    }
}

bool JobWays::archives() const
{
    return m_archives->isChecked();
}

bool JobWays::onlyUnchanged() const
{
    return m_unchanged->isChecked();
}

QString JobWays::reportFile() const
{
    return m_report->text().trimmed();
}

void JobWays::showFor(const JobOperation& operation)
{
    m_archives->setVisible(destroys(operation));
    m_unchanged->setVisible(!std::holds_alternative<ImportKeys>(operation));
}

} // namespace keyglass::ui
