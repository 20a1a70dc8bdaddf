// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"

#include <QWidget>

class QProgressBar;
class QToolButton;

namespace keyglass::ui {

class ElidedLabel;
class LedgerPanel;
class Sparkline;

/// The strip below a session: how far the scan is, how fast, how long still; after it, what it came to. Always there,
/// so that nothing jumps when a scan begins. Its button opens the ledger of the nodes above it.
class ScanStrip : public QWidget {
    Q_OBJECT

public:
    explicit ScanStrip(Session& session, QWidget* parent = nullptr);

private:
    [[nodiscard]] QWidget* makeRow();
    void showState(ScanState state);
    void showProgress();
    void addSample(const ScanProgress& progress);
    [[nodiscard]] QString runningText(const ScanProgress& progress) const;
    [[nodiscard]] QString toolTipText() const;
    [[nodiscard]] QString idleText() const;

    Session& m_session;
    QProgressBar* m_bar;
    ElidedLabel* m_text;
    Sparkline* m_speed;
    LedgerPanel* m_ledger;
    QToolButton* m_nodes;
    std::uint64_t m_lastKeys = 0;
    std::chrono::milliseconds m_lastElapsed{0};
    double m_rate = 0; ///< Keys/s, smoothed over the last ticks.
};

} // namespace keyglass::ui
