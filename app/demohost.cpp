// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demohost.h"

#include <memory>

namespace keyglass {

DemoHost::~DemoHost() = default;

QFuture<Result<Profile>> DemoHost::profile()
{
    if (m_starting.isValid() && !m_starting.isFinished()) {
        return m_starting;
    }
    auto promise = std::make_shared<QPromise<Result<Profile>>>();
    promise->start();
    m_starting = promise->future();
    m_starter = std::jthread([this, promise](std::stop_token stop) { start(std::move(stop), *promise); });
    return m_starting;
}

void DemoHost::start(std::stop_token stop, QPromise<Result<Profile>>& promise)
{
    const std::lock_guard lock(m_mutex);
    if (!m_server) {
        auto started = DemoServer::start(std::move(stop));
        if (!started) {
            promise.addResult(std::move(started).error());
            promise.finish();
            return;
        }
        m_server = *std::move(started);
    }
    promise.addResult(m_server->profile());
    promise.finish();
}

} // namespace keyglass
