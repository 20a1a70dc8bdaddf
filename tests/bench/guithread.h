// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/measuring.h"
#include "ui/tree/keytreeview.h"

#include <QAbstractEventDispatcher>
#include <QApplication>
#include <QJsonObject>
#include <QScrollBar>
#include <QWheelEvent>

#include <cstdlib>
#include <functional>
#include <string>
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

/// Sees paint events of the tree.
class PaintWatch : public QObject {
public:
    explicit PaintWatch(QWidget* watched) { watched->installEventFilter(this); }
    bool eventFilter(QObject* /*watched*/, QEvent* event) override
    {
        m_paints += event->type() == QEvent::Paint ? 1 : 0;
        return false;
    }
    [[nodiscard]] int paints() const { return m_paints; }

private:
    int m_paints = 0;
};

/// Milliseconds of wall time until `isDone` after `act`, with the event loop running; a stall of 60 s ends the bench.
inline double timeUntil(const std::function<void()>& act, const std::function<bool()>& isDone)
{
    const auto start = Clock::now();
    act();
    while (!isDone()) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
        if (secondsSince(start) > 60) {
            std::fputs("nothing came within 60 s\n", stderr);
            std::exit(3);
        }
    }
    return secondsSince(start) * 1e3;
}

/// Milliseconds of wall time from asking for a folder to the first picture of its rows.
inline double expandToPaint(ui::KeyTreeView& view, const std::string& prefix, const PaintWatch& watch)
{
    const quint64 closed = view.rows()->rowCount();
    return timeUntil([&] { view.expandFolder(prefix); },
        [&, paints = -1]() mutable {
            if (paints < 0 && view.rows()->rowCount() > closed) {
                paints = watch.paints();
            }
            return paints >= 0 && watch.paints() > paints;
        });
}

} // namespace keyglass::bench
