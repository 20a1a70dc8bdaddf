// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/demoserver.h"

#include <QFuture>
#include <QPromise>

#include <mutex>
#include <thread>

namespace keyglass {

/// Keeps the application's one demo server: started at the first wish, removed with this object.
class DemoHost {
public:
    DemoHost() = default;
    DemoHost(const DemoHost&) = delete;
    DemoHost& operator=(const DemoHost&) = delete;
    ~DemoHost(); ///< Also ends a start that is under way.

    /// The profile that leads to the demo; an error says why there is none, and another call tries again. Returns at
    /// once. Thread: one.
    [[nodiscard]] QFuture<Result<Profile>> profile();

private:
    void start(std::stop_token stop, QPromise<Result<Profile>>& promise);

    std::mutex m_mutex; ///< Guards m_server, made on the starting thread and looked at by the other.
    std::unique_ptr<DemoServer> m_server;
    QFuture<Result<Profile>> m_starting;
    std::jthread m_starter; // last: joined first
};

} // namespace keyglass
