// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/sparkline.h"

#include "ui/common/texts.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPen>
#include <QVector>
#include <qcustomplot.h>

#include <algorithm>

namespace keyglass::ui {

namespace {

constexpr std::size_t samplesKept = 240; // a minute at four a second
constexpr std::size_t fewestShown = 40;  // so that the first samples are a line and not a wall

} // namespace

Sparkline::Sparkline(QWidget* parent)
    : QWidget(parent)
    , m_plot(new QCustomPlot(this))
    , m_graph(m_plot->addGraph())
{
    setAccessibleName(tr("Scan speed"));
    setFocusPolicy(Qt::NoFocus);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_plot);
    m_plot->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_plot->axisRect()->setAutoMargins(QCP::msNone);
    m_plot->axisRect()->setMargins(QMargins(0, 2, 0, 2));
    for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->setVisible(false);
        axis->grid()->setVisible(false);
    }
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    applyPalette();
    redraw();
}

QSize Sparkline::sizeHint() const
{
    return {120, 20};
}

void Sparkline::add(double keysPerSecond)
{
    m_samples.push_back(std::max(0.0, keysPerSecond));
    if (m_samples.size() > samplesKept) {
        m_samples.pop_front();
    }
    redraw();
}

void Sparkline::clear()
{
    m_samples.clear();
    redraw();
}

void Sparkline::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        applyPalette();
        drawSoon();
    }
}

void Sparkline::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    drawSoon();
}

void Sparkline::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    drawSoon();
}

/// Nothing where there is no room, which can't be painted on; it comes with its size.
void Sparkline::drawSoon()
{
    if (isVisible() && !m_plot->size().isEmpty()) {
        m_plot->replot(QCustomPlot::rpQueuedReplot);
    }
}

void Sparkline::applyPalette()
{
    const QColor line = palette().color(QPalette::Highlight);
    QColor below = line;
    below.setAlpha(48);
    m_graph->setPen(QPen(line, 1));
    m_graph->setBrush(below);
    m_plot->setBackground(palette().color(QPalette::Window));
}

void Sparkline::redraw()
{
    QVector<double> at;
    QVector<double> values;
    double largest = 1;
    for (std::size_t i = 0; i < m_samples.size(); ++i) {
        at.append(static_cast<double>(i));
        values.append(m_samples[i]);
        largest = std::max(largest, m_samples[i]);
    }
    m_graph->setData(at, values, true);
    m_plot->xAxis->setRange(0, static_cast<double>(std::max(fewestShown, m_samples.size()) - 1));
    m_plot->yAxis->setRange(0, largest * 1.05);
    drawSoon();
    const QString words = m_samples.empty()
        ? tr("Nothing is running.")
        : tr("%1 keys now, %2 at most").arg(rateText(m_samples.back()), rateText(largest));
    setAccessibleDescription(words);
    setToolTip(words);
}

} // namespace keyglass::ui
