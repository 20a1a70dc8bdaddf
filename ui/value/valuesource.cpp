// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/valuesource.h"

#include <QPromise>

namespace keyglass::ui {

namespace {

template <typename T> QFuture<Result<T>> unsupported()
{
    QPromise<Result<T>> promise;
    promise.start();
    promise.addResult(Result<T>(Error{ErrorKind::Unsupported, {}, {}}));
    promise.finish();
    return promise.future();
}

} // namespace

QFuture<Result<std::uint64_t>> ValueSource::countBits(std::string /*key*/)
{
    return unsupported<std::uint64_t>();
}

ResultWork<std::uint64_t> ValueSource::saveString(
    const std::string& /*key*/, const QString& /*path*/, std::uint64_t /*size*/)
{
    return {unsupported<std::uint64_t>()};
}

QFuture<Result<std::vector<ServerModule>>> ValueSource::loadModules(std::string /*key*/)
{
    return unsupported<std::vector<ServerModule>>();
}

} // namespace keyglass::ui
