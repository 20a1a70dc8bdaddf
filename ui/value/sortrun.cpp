// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/sortrun.h"

#include <QFutureWatcher>
#include <QPromise>
#include <QThreadPool>

#include <utility>

namespace keyglass::ui {

using SharedOrder = std::shared_ptr<const RowOrder>;

SortRun::SortRun(QObject* parent)
    : QObject(parent)
{
}

SortRun::~SortRun()
{
    m_stop.request_stop();
}

void SortRun::start(SortWork work)
{
    stop();
    m_stop = std::stop_source();
    m_isRunning = true;
    m_percent = 0;
    const std::uint64_t generation = ++m_generation;
    const auto promise = std::make_shared<QPromise<SharedOrder>>();
    promise->setProgressRange(0, 100);
    auto* watcher = new QFutureWatcher<SharedOrder>(this);
    connect(watcher, &QFutureWatcherBase::progressValueChanged, this, [this, generation](int percent) {
        if (generation == m_generation) {
            m_percent = percent;
            Q_EMIT progressed();
        }
    });
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, generation] {
        watcher->deleteLater();
        const QFuture<SharedOrder> answered = watcher->future();
        if (generation == m_generation && answered.resultCount() > 0) {
            m_isRunning = false;
            Q_EMIT finished(*answered.constBegin());
        }
    });
    watcher->setFuture(promise->future());
    QThreadPool::globalInstance()->start([promise, work = std::move(work), stop = m_stop.get_token()] {
        promise->start();
        auto order = sortedOrder(work, stop, [&](int percent) { promise->setProgressValue(percent); });
        if (order) {
            promise->addResult(std::make_shared<const RowOrder>(*std::move(order)));
        }
        promise->finish();
    });
}

void SortRun::stop()
{
    m_stop.request_stop();
    ++m_generation;
    m_isRunning = false;
}

} // namespace keyglass::ui
