// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/measuring.h"
#include "ui/tree/keytreeview.h"

#include <QAbstractEventDispatcher>
#include <QApplication>
#include <QJsonObject>
#include <QScrollBar>
#include <QWheelEvent>

#include <utility>
#include <vector>

/// What the GUI thread does while the tree is scrolled, for the benches with a window.
namespace keyglass::bench {

/// CPU and wall time of the GUI thread between two returns to its event loop. Needs QT_NO_GLIB: Qt's own dispatcher
/// says when it awakes and when it is about to block.
class TurnWatch : public QObject {
public:
    TurnWatch()
    {
        auto* dispatcher = QAbstractEventDispatcher::instance();
        connect(dispatcher, &QAbstractEventDispatcher::awake, this, [this] {
            m_cpu = threadSeconds();
            m_wall = Clock::now();
            m_runs = true;
        });
        connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, [this] {
            if (std::exchange(m_runs, false)) {
                m_cpuTimes.push_back((threadSeconds() - m_cpu) * 1e3);
                m_wallTimes.push_back(secondsSince(m_wall) * 1e3);
            }
        });
    }
    [[nodiscard]] QJsonObject asJson() const
    {
        return {{QStringLiteral("turns"), static_cast<qint64>(m_cpuTimes.size())},
            {QStringLiteral("cpu_p50_ms"), percentile(m_cpuTimes, 0.5)},
            {QStringLiteral("cpu_p99_ms"), percentile(m_cpuTimes, 0.99)},
            {QStringLiteral("cpu_worst_ms"), percentile(m_cpuTimes, 1)},
            {QStringLiteral("wall_p99_ms"), percentile(m_wallTimes, 0.99)},
            {QStringLiteral("wall_worst_ms"), percentile(m_wallTimes, 1)}};
    }

private:
    std::vector<double> m_cpuTimes; // ms
    std::vector<double> m_wallTimes;
    double m_cpu = 0;
    Clock::time_point m_wall;
    bool m_runs = false;
};

/// The `tick`-th move of a user who scrolls all the time: the wheel, and once a second a jump by the scroll bar.
inline void scroll(ui::KeyTreeView& view, int tick)
{
    constexpr int ticksPerJump = 60;
    if (tick % ticksPerJump == ticksPerJump - 1) {
        view.verticalScrollBar()->setValue(
            static_cast<int>((static_cast<qint64>(view.verticalScrollBar()->maximum()) * (tick * 37 % 101)) / 101));
        return;
    }
    const QPointF at(50, 50);
    QWheelEvent turn(at, view.viewport()->mapToGlobal(at), {}, QPoint(0, tick / ticksPerJump % 3 == 2 ? 240 : -240),
        Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(view.viewport(), &turn);
}

} // namespace keyglass::bench
