// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/profile/profile.h"

#include <memory>
#include <stop_token>

namespace keyglass {

/// A private redis-server or valkey-server, whichever is installed, filled with a shop's keys for trying things out.
///
/// It listens on a unix socket in a private folder (0700), writes nothing to disk, and is gone with its folder when the
/// object is destroyed, and just as well when this process crashes or is killed: a small watchdog process waits for
/// that. Any thread may make, use and destroy it.
class DemoServer {
public:
    /// Starts and fills it: about a second. Unsupported (no server program is installed; the detail says what to
    /// install), File (no folder could be made), Server (it ended at once; the detail has its words), Timeout,
    /// Cancelled.
    [[nodiscard]] static Result<std::unique_ptr<DemoServer>> start(std::stop_token stop);

    DemoServer(const DemoServer&) = delete;
    DemoServer& operator=(const DemoServer&) = delete;
    ~DemoServer();

    /// How to connect to it.
    [[nodiscard]] Profile profile() const;
    /// Its private folder.
    [[nodiscard]] QString folder() const { return m_folder; }

private:
    DemoServer(QString folder, int lifeline, int watchdog);

    QString m_folder;
    int m_lifeline; ///< Write end of a pipe: the watchdog cleans up once every copy of it is closed.
    int m_watchdog; ///< The watchdog's process id.
};

} // namespace keyglass
