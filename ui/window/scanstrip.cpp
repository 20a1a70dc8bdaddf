// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/scanstrip.h"

#include "ui/common/elidedlabel.h"
#include "ui/common/sparkline.h"
#include "ui/common/texts.h"
#include "ui/window/ledgerpanel.h"
#include "ui/window/nodewording.h"
#include "ui/window/wording.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace keyglass::ui {

namespace {

constexpr std::size_t fewestSamples = 3; // of an ended scan: less is no curve

} // namespace

ScanStrip::ScanStrip(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_bar(new QProgressBar(this))
    , m_text(new ElidedLabel(this))
    , m_speed(new Sparkline(this))
    , m_ledger(new LedgerPanel(session, this))
    , m_nodes(new QToolButton(this))
{
    m_bar->setAccessibleName(tr("Scan progress"));
    m_bar->setRange(0, 1000);
    m_bar->setTextVisible(false);
    m_bar->setFixedSize(160, 8);
    m_text->setAccessibleName(tr("Scan"));
    m_nodes->setText(tr("Nodes"));
    m_nodes->setToolTip(tr("What was asked of each node, and how it answered"));
    m_nodes->setCheckable(true);
    m_nodes->setAutoRaise(true);
    m_ledger->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_ledger);
    layout->addWidget(makeRow());
    connect(m_nodes, &QToolButton::toggled, m_ledger, &QWidget::setVisible);
    connect(&session, &Session::scanStateChanged, this, &ScanStrip::showState);
    connect(&session, &Session::scanProgressChanged, this, &ScanStrip::showProgress);
    // The tree never shows more keys than the strip says.
    connect(&session, &Session::snapshotChanged, this, &ScanStrip::showProgress);
    showState(session.scanState());
}

QWidget* ScanStrip::makeRow()
{
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(8, 2, 8, 2);
    layout->setSpacing(8);
    layout->addWidget(m_bar);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_speed);
    layout->addWidget(m_nodes);
    row->setFixedHeight(28);
    return row;
}

void ScanStrip::showState(ScanState state)
{
    if (state == ScanState::Running && m_session.scanProgress().keys < m_lastKeys) {
        m_speed->clear(); // another scan, not one resumed
        m_rate = 0;
    }
    m_lastKeys = m_session.scanProgress().keys;
    m_lastElapsed = m_session.scanProgress().elapsed;
    const bool active = state == ScanState::Running || state == ScanState::Paused;
    m_bar->setVisible(active);
    m_speed->setVisible(active || m_speed->samples().size() >= fewestSamples);
    showProgress();
}

void ScanStrip::showProgress()
{
    const ScanState state = m_session.scanState();
    m_text->setToolTip(toolTipText());
    if (state != ScanState::Running && state != ScanState::Paused) {
        m_text->setText(idleText());
        return;
    }
    const ScanProgress progress = m_session.scanProgress();
    if (state == ScanState::Running) {
        addSample(progress);
    }
    m_bar->setValue(static_cast<int>(progress.share * 1000));
    m_text->setText(runningText(progress));
}

void ScanStrip::addSample(const ScanProgress& progress)
{
    const auto passed = progress.elapsed - m_lastElapsed;
    if (passed.count() < 50) {
        return; // too short to be a speed
    }
    const double keys = progress.keys >= m_lastKeys ? static_cast<double>(progress.keys - m_lastKeys) : 0;
    const double now = keys * 1000 / static_cast<double>(passed.count());
    m_rate = m_rate > 0 ? 0.6 * m_rate + 0.4 * now : now;
    m_speed->add(now);
    m_lastKeys = progress.keys;
    m_lastElapsed = progress.elapsed;
}

QString ScanStrip::runningText(const ScanProgress& progress) const
{
    QStringList parts{m_session.scanState() == ScanState::Paused ? tr("Paused at %1").arg(percentText(progress.share))
                                                                 : tr("Scan %1").arg(percentText(progress.share))};
    parts << keysText(progress.keys);
    if (!progress.waitingFor.isEmpty()) {
        return (parts << progress.waitingFor).join(u" · "_s);
    }
    if (m_session.scanState() == ScanState::Running && m_rate > 0) {
        parts << rateText(m_rate);
    }
    parts << durationText(progress.elapsed);
    if (progress.remaining) {
        parts << tr("%1 left").arg(durationText(*progress.remaining));
    }
    return parts.join(u" · "_s);
}

/// The pace, and after the scan what came more than once.
QString ScanStrip::toolTipText() const
{
    QStringList lines{paceText(m_session.scanProgress().nodes)};
    if (m_session.scanState() == ScanState::Ended && m_session.scanReport()) {
        lines << duplicatesText(*m_session.scanReport());
    }
    lines.removeAll(QString());
    return lines.join(u'\n');
}

QString ScanStrip::idleText() const
{
    if (const auto& report = m_session.scanReport()) {
        return scanSummary(*report, m_session.snapshot()->keyCount());
    }
    return tr("No scan yet");
}

} // namespace keyglass::ui
