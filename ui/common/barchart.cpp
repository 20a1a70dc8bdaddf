// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/barchart.h"

#include "ui/common/texts.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPen>
#include <QVector>
#include <qcustomplot.h>

#include <algorithm>

namespace keyglass::ui {

namespace {

constexpr double barWidth = 0.6;
constexpr double roomForNumbers = 1.35; ///< Of the largest bar's height.

} // namespace

BarChart::BarChart(const QStringList& names, QWidget* parent)
    : QWidget(parent)
    , m_names(names)
    , m_plot(new QCustomPlot(this))
    , m_bars(new QCPBars(m_plot->xAxis, m_plot->yAxis))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_plot);
    m_plot->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_plot->yAxis->setVisible(false);
    m_plot->xAxis->grid()->setVisible(false);
    m_plot->xAxis->setTickLength(0);
    m_bars->setWidth(barWidth);
    const QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
    for (qsizetype at = 0; at < m_names.size(); ++at) {
        ticker->addTick(static_cast<double>(at), m_names[at]);
        auto* label = new QCPItemText(m_plot);
        label->setPositionAlignment(Qt::AlignHCenter | Qt::AlignBottom);
        m_labels.push_back(label);
    }
    m_plot->xAxis->setTicker(ticker);
    m_plot->xAxis->setRange(-0.5, static_cast<double>(m_names.size()) - 0.5);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    applyPalette();
    showCounts(std::vector<std::uint64_t>(m_labels.size()));
}

QSize BarChart::sizeHint() const
{
    return {360, 96};
}

void BarChart::showCounts(const std::vector<std::uint64_t>& counts)
{
    Q_ASSERT(counts.size() == m_labels.size());
    QVector<double> at;
    QVector<double> heights;
    QStringList words;
    double largest = 1;
    for (std::size_t bar = 0; bar < counts.size(); ++bar) {
        at.append(static_cast<double>(bar));
        heights.append(static_cast<double>(counts[bar]));
        largest = std::max(largest, heights.last());
        m_labels[bar]->position->setCoords(at.last(), heights.last());
        m_labels[bar]->setText(counts[bar] > 0 ? numberText(counts[bar]) : QString());
        if (counts[bar] > 0) {
            words << QStringLiteral("%1: %2").arg(m_names[static_cast<qsizetype>(bar)], numberText(counts[bar]));
        }
    }
    m_bars->setData(at, heights, true);
    m_plot->yAxis->setRange(0, largest * roomForNumbers);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
    setAccessibleDescription(words.join(QStringLiteral(", ")));
}

void BarChart::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        applyPalette();
        m_plot->replot(QCustomPlot::rpQueuedReplot);
    }
}

void BarChart::applyPalette()
{
    const QColor text = palette().color(QPalette::WindowText);
    QColor line = text;
    line.setAlpha(80);
    const QColor bar = palette().color(QPalette::Highlight);
    QColor below = bar;
    below.setAlpha(96);
    m_bars->setPen(QPen(bar, 1));
    m_bars->setBrush(below);
    m_plot->xAxis->setBasePen(QPen(line, 1));
    m_plot->xAxis->setTickLabelColor(text);
    m_plot->xAxis->setTickLabelFont(font());
    for (QCPItemText* label : m_labels) {
        label->setColor(text);
        label->setFont(font());
    }
    m_plot->setBackground(palette().color(QPalette::Window));
}

} // namespace keyglass::ui
