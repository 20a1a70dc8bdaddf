// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QFuture>
#include <QPromise>

#include <utility>

namespace keyglass::test {

/// A question that has its answer already.
template <typename T> [[nodiscard]] QFuture<Result<T>> answered(Result<T> answer)
{
    QPromise<Result<T>> promise;
    promise.start();
    promise.addResult(std::move(answer));
    promise.finish();
    return promise.future();
}

} // namespace keyglass::test
