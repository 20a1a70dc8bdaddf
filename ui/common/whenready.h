// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>

#include <utility>

namespace keyglass::ui {

/// Calls `then(const T&)` on `owner`'s thread once `future` has its answer; never if `owner` is gone by then, or if the
/// future was cancelled or dropped without an answer.
///
/// Instead of QFuture::then(context, …), which asserts in Qt 6.4 when the context was destroyed first.
template <typename T, typename Then> void whenReady(QObject* owner, const QFuture<T>& future, Then then)
{
    auto* watcher = new QFutureWatcher<T>(owner);
    QObject::connect(watcher, &QFutureWatcherBase::finished, owner, [watcher, then = std::move(then)]() mutable {
        watcher->deleteLater();
        const QFuture<T> answered = watcher->future();
        if (!answered.isCanceled() && answered.resultCount() > 0) {
            then(*answered.constBegin());
        }
    });
    watcher->setFuture(future);
}

} // namespace keyglass::ui
