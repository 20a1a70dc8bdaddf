// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "tests/servers/redisserver.h"

#include <QFuture>
#include <QString>
#include <QTest>

namespace keyglass::test {

inline Profile profileFor(const QString& socketPath)
{
    Profile profile;
    profile.socketPath = socketPath;
    return profile;
}

inline Profile profileFor(const RedisServer& server)
{
    return profileFor(server.socketPath());
}

/// Opens it and waits until it is connected; false where it does not come about.
[[nodiscard]] inline bool opens(Session& session)
{
    session.open();
    return QTest::qWaitFor([&session] { return session.state() == SessionState::Connected; }, 20'000);
}

/// Waits for the future without blocking the event loop that it needs.
template <typename T> Result<T> answerOf(QFuture<Result<T>> future)
{
    [&] { QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), 20'000); }();
    return future.isFinished() ? future.result() : Result<T>(Error{ErrorKind::Timeout, {}, {}});
}

} // namespace keyglass::test
