// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scan/scanreport.h"
#include "core/scan/scanrequest.h"
#include "tests/bench/measuring.h"
#include "tests/servers/redisserver.h"
#include "tests/servers/sockets.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <stop_token>

/// What the benches of scanning share: a filled server, the plain loop that is compared with, and our scan.
namespace keyglass::bench {

/// A private server with `mix`.
[[nodiscard]] std::unique_ptr<test::RedisServer> filledServer(const KeyMix& mix);

/// SCAN with this COUNT, keys parsed by hiredis and thrown away, until the end or `stop`. Ends the program where it
/// fails.
struct PlainScan {
    double seconds = 0;
    double cpuSeconds = 0; ///< Of this process.
    std::uint64_t keys = 0;
};
[[nodiscard]] PlainScan plainScan(const test::ProxyTarget& server, int count, std::stop_token stop = {});
[[nodiscard]] inline PlainScan plainScan(const QString& socketPath, int count, std::stop_token stop = {})
{
    return plainScan(test::ProxyTarget{socketPath}, count, std::move(stop));
}

/// From connecting to a complete browsable index, or until `stop`. Ends the program where it fails.
struct OurScan {
    double seconds = 0;
    double firstKeys = 0;  ///< Seconds to the first snapshot with keys.
    double cpuSeconds = 0; ///< Of this process, all threads.
    std::uint64_t keys = 0;
    ScanReport report;
};
[[nodiscard]] OurScan ourScan(const QString& socketPath, const ScanRequest& request, std::stop_token stop = {});

/// CPU time of this process.
[[nodiscard]] double processSeconds();
/// CPU time of the server, in steps of 10 ms.
[[nodiscard]] double serverSeconds(const test::RedisServer& server);
/// "4.5": how many threads wanted to run over the last minute, everybody's.
[[nodiscard]] double loadAverage();

} // namespace keyglass::bench
