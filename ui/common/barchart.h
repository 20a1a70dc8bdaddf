// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

#include <cstdint>
#include <vector>

class QCPBars;
class QCPItemText;
class QCustomPlot;

namespace keyglass::ui {

/// A few counts as bars, each with its name and its number. Lives on the GUI thread.
class BarChart : public QWidget {
    Q_OBJECT

public:
    explicit BarChart(const QStringList& names, QWidget* parent = nullptr);

    /// One for each name.
    void showCounts(const std::vector<std::uint64_t>& counts);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void changeEvent(QEvent* event) override;

private:
    void applyPalette();

    const QStringList m_names;
    QCustomPlot* m_plot;
    QCPBars* m_bars;                    ///< The plot's.
    std::vector<QCPItemText*> m_labels; ///< The plot's; a number above each bar.
};

} // namespace keyglass::ui
