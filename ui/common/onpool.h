// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/common/whenready.h"

#include <QPromise>
#include <QThreadPool>

#include <exception>
#include <memory>
#include <utility>

namespace keyglass::ui {

/// Runs `work`, which gives a Result<T>, on a thread of the pool, then `then(const Result<T>&)` on `owner`'s thread;
/// never if `owner` is gone by then. What `work` throws becomes an Error of Limit.
template <typename T, typename Work, typename Then> void onPool(QObject* owner, Work work, Then then)
{
    const auto promise = std::make_shared<QPromise<Result<T>>>();
    whenReady(owner, promise->future(), std::move(then));
    QThreadPool::globalInstance()->start([promise, work = std::move(work)]() mutable {
        promise->start();
        try {
            promise->addResult(Result<T>(work()));
        } catch (const std::exception& trouble) {
            promise->addResult(Result<T>(Error{ErrorKind::Limit, {}, QString::fromLatin1(trouble.what())}));
        }
        promise->finish();
    });
}

} // namespace keyglass::ui
