// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/scan/testscan.h"

#include <QTest>

#include <atomic>
#include <cstddef>
#include <stop_token>
#include <thread>

namespace keyglass::test {

/// It is stopped where it takes too long, which its end then tells.
inline NodeScanEnd endOf(Scan& scan)
{
    NodeScanEnd end;
    std::atomic<bool> ended = false;
    std::jthread scanner([&](std::stop_token stop) {
        end = scan.run(stop);
        ended = true;
    });
    static_cast<void>(QTest::qWaitFor([&] { return ended.load(); }, 30000));
    scanner.request_stop();
    scanner.join();
    return end;
}

/// Once more than `keys` were found, the server is killed and starts anew: `wasKilled` then.
inline void restartInTheMiddle(Scan& scan, RedisServer& server, std::size_t keys, bool& wasKilled)
{
    scan.afterBatch = [&scan, &server, keys, &wasKilled] {
        if (!wasKilled && scan.found.size() > keys) {
            wasKilled = true;
            server.kill();
            server.restart();
        }
        return true;
    };
}

} // namespace keyglass::test
