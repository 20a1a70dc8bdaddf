// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bulk/jobrow.h"

#include "ui/bulk/jobwording.h"
#include "ui/common/elidedlabel.h"
#include "ui/common/icons.h"
#include "ui/common/sparkline.h"
#include "ui/common/texts.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>

#include <cmath>
#include <set>

namespace keyglass::ui {

namespace {

constexpr int whole = 1000;
constexpr double newShare = 0.3;     ///< Of the newest tick in the smoothed rate.
constexpr double longestTold = 1e10; ///< Seconds that a job takes.

/// What a job waits for.
QString lostText(LostNode lost)
{
    switch (lost) {
    case LostNode::NoAnswer:
        break;
    case LostNode::RunsScript:
        return JobRow::tr("waits for a server that runs a script");
    case LostNode::Loads:
        return JobRow::tr("waits for a server that loads its data");
    case LostNode::ClusterDown:
        return JobRow::tr("waits for a cluster that is down");
    case LostNode::NoMaster:
        return JobRow::tr("waits for a replica that has lost its master");
    }
    return JobRow::tr("waits for a server that does not answer");
}

} // namespace

JobRow::JobRow(BulkJob& job, QWidget* parent)
    : QWidget(parent)
    , m_job(job)
    , m_bar(new QProgressBar(this))
    , m_text(new ElidedLabel(this))
    , m_speed(new Sparkline(this))
    , m_limit(new QComboBox(this))
    , m_pause(new QPushButton(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_undo(new QPushButton(tr("Undo"), this))
    , m_report(new QPushButton(tr("Report…"), this))
    , m_drop(new QToolButton(this))
{
    setAccessibleName(jobTitle(job));
    m_bar->setAccessibleName(jobTitle(job));
    m_bar->setRange(0, whole);
    m_bar->setTextVisible(false);
    m_bar->setFixedSize(160, 8);
    m_text->setAccessibleName(tr("Job"));
    m_speed->setAccessibleName(tr("Job speed"));
    m_drop->setIcon(icon(QStringLiteral("close")));
    m_drop->setAutoRaise(true);
    m_drop->setToolTip(tr("Take this job off the list; its undo archive stays"));
    m_drop->setAccessibleName(tr("Close job"));
    m_undo->setToolTip(tr("Bring the keys back as they were, with their exact ends"));
    for (QWidget* each : std::initializer_list<QWidget*>{m_limit, m_pause, m_cancel, m_undo, m_report, m_drop}) {
        each->setAccessibleDescription(jobTitle(job)); // of several rows
    }
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 2, 8, 2);
    layout->setSpacing(8);
    layout->addWidget(m_bar);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_speed);
    layout->addWidget(m_limit);
    for (QWidget* button : std::initializer_list<QWidget*>{m_pause, m_cancel, m_undo, m_report, m_drop}) {
        layout->addWidget(button);
    }
    connect(&job, &BulkJob::changed, this, &JobRow::showState);
    connect(&job, &BulkJob::progressed, this, [this] {
        sample();
        showProgress();
    });
    connect(m_pause, &QPushButton::clicked, &job, [&job] {
        if (job.state() == BulkJob::State::Paused) {
            job.resume();
        } else {
            job.pause();
        }
    });
    connect(m_cancel, &QPushButton::clicked, &job, &BulkJob::cancel);
    connect(m_undo, &QPushButton::clicked, this, &JobRow::undoWanted);
    connect(m_report, &QPushButton::clicked, this, &JobRow::reportWanted);
    connect(m_drop, &QToolButton::clicked, this, &JobRow::dropWanted);
    fillRates();
    showState();
}

void JobRow::setUndone()
{
    m_isUndone = true;
    showState();
}

/// What the plan says, and some more.
void JobRow::fillRates()
{
    m_limit->setAccessibleName(tr("Rate limit"));
    m_limit->setToolTip(tr("How many keys a second at most; holds from now on"));
    m_limit->addItem(tr("as fast as it can"), QVariant());
    std::set<std::uint64_t> rates{100, 1000, 10'000, 100'000};
    const auto planned = m_job.plan().keysPerSecond;
    if (planned) {
        rates.insert(*planned);
    }
    for (const std::uint64_t rate : rates) {
        m_limit->addItem(tr("at most %1 a second").arg(numberText(rate)), QVariant::fromValue<qulonglong>(rate));
    }
    m_limit->setCurrentIndex(planned ? m_limit->findData(QVariant::fromValue<qulonglong>(*planned)) : 0);
    connect(m_limit, &QComboBox::activated, this, [this] {
        const QVariant chosen = m_limit->currentData();
        m_job.setRate(chosen.isValid() ? std::optional<std::uint64_t>(chosen.toULongLong()) : std::nullopt);
    });
}

void JobRow::showState()
{
    const bool isWorking = m_job.isWorking();
    const bool hasReport = m_job.report() && *m_job.report();
    m_bar->setVisible(isWorking);
    m_speed->setVisible(isWorking);
    m_pause->setVisible(isWorking);
    m_limit->setVisible(isWorking);
    m_pause->setText(m_job.state() == BulkJob::State::Paused ? tr("Go on") : tr("Pause"));
    m_cancel->setVisible(isWorking);
    const bool isForRow = !m_job.isUndo() && !m_job.isArchiveElsewhere() && !movesOver(m_job.plan().operation);
    m_undo->setVisible(!isWorking && !m_isUndone && isForRow && !m_job.archiveFile().isEmpty());
    m_report->setVisible(!isWorking && hasReport);
    m_drop->setVisible(!isWorking);
    showProgress();
}

void JobRow::showProgress()
{
    if (!m_job.isWorking()) {
        const QString end = endText(m_job); // of several rows each says which it is
        QString text = m_job.isUndo() ? end : jobTitle(m_job) + QStringLiteral(" · ") + end;
        if (keepsOverwritten(m_job)) {
            text += u' ' + tr("What was overwritten can be brought back in “Undo archives”.");
        }
        m_text->setText(text);
        return;
    }
    const std::uint64_t settled = m_job.progress().settled;
    if (const auto expected = m_job.expectedKeys(); expected && *expected > 0) {
        m_bar->setRange(0, whole);
        m_bar->setValue(static_cast<int>(whole * std::min(settled, *expected) / *expected));
    } else {
        m_bar->setRange(0, 0); // how much there is to come is not known
    }
    QString text = tr("%1: %2").arg(jobTitle(m_job), progressText(m_job));
    if (m_job.state() == BulkJob::State::Paused) {
        text += QStringLiteral(" · ") + tr("paused");
    } else if (m_job.progress().waitingNodes > 0) {
        text += QStringLiteral(" · ") + tr("waits for an earlier job");
    } else if (m_job.progress().lostNodes > 0) {
        text += QStringLiteral(" · ") + lostText(m_job.progress().lost);
    } else if (m_rate > 0) {
        text += QStringLiteral(" · ") + rateText(m_rate);
        if (const auto remaining = timeLeft()) {
            text += QStringLiteral(" · ") + tr("%1 left").arg(durationText(*remaining));
        }
    }
    if (const std::uint64_t troubled = m_job.progress().counts.troubled(); troubled > 0) {
        text += QStringLiteral(" · ") + tr("%1 to be looked at").arg(numberText(troubled));
    }
    m_text->setText(text);
}

/// At the rate that it has now.
std::optional<std::chrono::milliseconds> JobRow::timeLeft() const
{
    const auto expected = m_job.expectedKeys();
    const std::uint64_t settled = m_job.progress().settled;
    if (!expected || *expected <= settled) {
        return std::nullopt;
    }
    const double seconds = static_cast<double>(*expected - settled) / m_rate;
    const auto whole = std::ceil(std::min(seconds, longestTold));
    return std::chrono::seconds(static_cast<std::int64_t>(whole));
}

void JobRow::sample()
{
    const std::uint64_t keys = m_job.progress().settled;
    const auto elapsed = m_job.elapsed();
    const auto passed = elapsed - m_lastElapsed;
    if (passed.count() <= 0 || keys < m_lastKeys) {
        return;
    }
    const double now = 1000.0 * static_cast<double>(keys - m_lastKeys) / static_cast<double>(passed.count());
    m_rate = m_rate > 0 ? (1 - newShare) * m_rate + newShare * now : now;
    m_lastKeys = keys;
    m_lastElapsed = elapsed;
    m_speed->add(now);
}

} // namespace keyglass::ui
