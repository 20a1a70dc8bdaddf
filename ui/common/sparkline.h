// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <deque>

class QCPGraph;
class QCustomPlot;

namespace keyglass::ui {

/// A thin line of the last minute's keys per second. Has no axes: its largest and newest value stand in the accessible
/// description and in the tooltip.
class Sparkline : public QWidget {
    Q_OBJECT

public:
    explicit Sparkline(QWidget* parent = nullptr);

    void add(double keysPerSecond);
    void clear();
    [[nodiscard]] const std::deque<double>& samples() const { return m_samples; }

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void applyPalette();
    void redraw();
    void drawSoon();

    QCustomPlot* m_plot;
    QCPGraph* m_graph;
    std::deque<double> m_samples; ///< Oldest first.
};

} // namespace keyglass::ui
