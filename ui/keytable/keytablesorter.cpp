// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/keytable/keytablesorter.h"

#include "ui/common/whenready.h"

#include <QFutureWatcher>

#include <utility>

namespace keyglass::ui {

KeyTableSorter::KeyTableSorter(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
{
}

KeyTableSorter::~KeyTableSorter()
{
    stopWork();
}

void KeyTableSorter::sort(const ColumnScope& scope, SortColumn column, SortDirection direction)
{
    stopWork();
    m_scope = scope;
    m_column = column;
    m_direction = direction;
    m_cost = SortCost{scope.count(), commandsFor(column), {}, ByteCount{ColumnOrder::bytesFor(scope.count())}};
    if (m_cost.keys <= unasked) {
        begin();
        return;
    }
    const ResultWork<SortCost> work = m_session.measureSort(scope, column);
    m_stop = work.stop;
    setState(State::Measuring);
    whenReady(this, work.answer, [this, generation = m_generation](const Result<SortCost>& cost) {
        if (generation == m_generation) {
            tookCost(cost);
        }
    });
}

void KeyTableSorter::tookCost(const Result<SortCost>& cost)
{
    if (!cost) {
        fail(cost.error());
        return;
    }
    m_cost = *cost;
    setState(State::Asking);
}

void KeyTableSorter::begin()
{
    stopWork();
    const auto work = m_session.sortKeys(m_scope, m_column);
    m_stop = work.stop;
    m_progress = 0;
    m_since.start();
    setState(State::Sorting);
    using Answer = Result<std::shared_ptr<const ColumnOrder>>;
    auto* watcher = new QFutureWatcher<Answer>(this);
    connect(watcher, &QFutureWatcherBase::progressValueChanged, this, [this, generation = m_generation](int value) {
        if (generation == m_generation) {
            m_progress = static_cast<double>(value) / WorkTasks::wholeProgress;
            Q_EMIT changed();
        }
    });
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, generation = m_generation] {
        watcher->deleteLater();
        const QFuture<Answer> answered = watcher->future();
        if (generation == m_generation && answered.resultCount() > 0) {
            tookOrder(*answered.constBegin());
        }
    });
    watcher->setFuture(work.answer);
}

void KeyTableSorter::tookOrder(const Result<std::shared_ptr<const ColumnOrder>>& order)
{
    if (!order) {
        fail(order.error());
        return;
    }
    m_scope = {};
    setState(State::Idle);
    Q_EMIT sorted(*order, m_direction);
}

void KeyTableSorter::cancel()
{
    stopWork();
    setState(State::Idle);
}

void KeyTableSorter::stopWork()
{
    ++m_generation;
    m_stop.request_stop();
    m_stop = std::stop_source(std::nostopstate);
}

void KeyTableSorter::fail(const Error& why)
{
    m_failure = why;
    setState(why.kind == ErrorKind::Cancelled ? State::Idle : State::Failed);
}

void KeyTableSorter::setState(State state)
{
    m_state = state;
    Q_EMIT changed();
}

std::optional<std::chrono::milliseconds> KeyTableSorter::timeLeft() const
{
    constexpr double sure = 0.02; // of the work done
    constexpr qint64 soonest = 500;
    const qint64 passed = m_since.elapsed();
    if (m_state != State::Sorting || m_progress < sure || passed < soonest) {
        return std::nullopt;
    }
    return std::chrono::milliseconds(static_cast<qint64>(static_cast<double>(passed) * (1 - m_progress) / m_progress));
}

} // namespace keyglass::ui
