// SPDX-License-Identifier: GPL-3.0-or-later
// What a scan does to a server and to its other clients, for each pace and for a plain loop over hiredis with COUNT
// 10000: how long each SCAN takes the server by its own histogram, first alone and then beside another client, and how
// long that client's GETs take. The histogram counts wall time: on a machine with few cores the other client takes some
// of it away from the server. JSON on stdout.
//
//   bench_scanpace [KEYS [SECONDS]]      10000000, and 10 seconds for each of both, where nothing else is said
#include "tests/bench/scanning.h"

#include <hiredis/hiredis.h>

#include <QCoreApplication>

#include <cstdlib>
#include <functional>
#include <thread>

using namespace keyglass;
using namespace std::chrono_literals;

namespace {

/// Another client: GETs of keys that exist, 0.2 ms apart, until it is stopped. Microseconds of each.
std::vector<double> getLoop(const QString& socketPath, const bench::KeyMix& mix, const std::stop_token& stop)
{
    std::vector<double> times;
    redisContext* const context = redisConnectUnix(socketPath.toStdString().c_str());
    for (std::uint64_t at = 0; !stop.stop_requested(); at = (at + 7919) % mix.size()) {
        const std::string key = mix.key(at);
        const auto start = Clock::now();
        freeReplyObject(redisCommand(context, "GET %b", key.data(), key.size()));
        times.push_back(bench::secondsSince(start) * 1e6);
        std::this_thread::sleep_for(200us);
    }
    redisFree(context);
    return times;
}

/// The server's own p99 of a SCAN: as INFO says it, and the histogram's bucket that it lies in.
struct ServerSide {
    double p99 = 0;
    double bucket = 0;
    std::uint64_t calls = 0;
};

ServerSide serverSide(test::RedisServer& server)
{
    ServerSide side;
    const QString stats = QString::fromStdString(server.command({"INFO", "latencystats"}));
    side.p99 = stats.section(QStringLiteral("latency_percentiles_usec_scan:"), 1)
                   .section(QStringLiteral("p99="), 1)
                   .section(u',', 0, 0)
                   .toDouble();
    // "scan", "calls", n, "histogram_usec", then pairs of an upper bound and how many took no longer.
    const QStringList words = QString::fromStdString(server.command({"LATENCY", "HISTOGRAM", "scan"})).split(u'\n');
    const auto calls = words.indexOf(QStringLiteral("calls"));
    side.calls = words.value(calls + 1).toULongLong();
    for (qsizetype at = calls + 3; calls >= 0 && at + 1 < words.size(); at += 2) {
        side.bucket = words[at].toDouble();
        if (words[at + 1].toDouble() >= 0.99 * static_cast<double>(side.calls)) {
            break;
        }
    }
    return side;
}

using ScanUntil = std::function<std::uint64_t(const std::stop_token&)>;

/// Scans for so many seconds. The keys that came.
std::uint64_t scanFor(int seconds, const ScanUntil& scan)
{
    std::stop_source stop;
    std::jthread ending([&](const std::stop_token& ended) {
        const auto end = Clock::now() + std::chrono::seconds(seconds);
        while (Clock::now() < end && !ended.stop_requested()) {
            std::this_thread::sleep_for(10ms);
        }
        stop.request_stop();
    });
    return scan(stop.get_token());
}

void measure(const char* name, test::RedisServer& server, const bench::KeyMix& mix, int seconds, const ScanUntil& scan)
{
    server.command({"CONFIG", "RESETSTAT"});
    const auto start = Clock::now();
    const std::uint64_t keys = scanFor(seconds, scan);
    const double took = bench::secondsSince(start);
    const ServerSide alone = serverSide(server);
    server.command({"CONFIG", "RESETSTAT"});
    std::vector<double> gets;
    {
        std::jthread other([&](const std::stop_token& stop) { gets = getLoop(server.socketPath(), mix, stop); });
        scanFor(seconds, scan);
    }
    const ServerSide beside = serverSide(server);
    std::printf("%s{\"scan\": \"%s\", \"seconds\": %.1f, \"keys\": %llu, \"scan_calls\": %llu, \"scan_p99_us\": %.0f, "
                "\"scan_p99_bucket_us\": %.0f, \"scan_p99_beside_gets_us\": %.0f, \"get_p50_us\": %.0f, "
                "\"get_p99_us\": %.0f, \"load_average\": %.1f}",
        std::string_view(name) == "idle" ? "" : ", ", name, took, static_cast<unsigned long long>(keys),
        static_cast<unsigned long long>(alone.calls), alone.p99, alone.bucket, beside.p99, bench::median(gets),
        bench::percentile(gets, 0.99), bench::loadAverage());
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    const std::size_t keys = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 10'000'000;
    const int seconds = argc > 2 ? std::atoi(argv[2]) : 10;
    const bench::KeyMix mix(keys);
    const auto server = bench::filledServer(mix);
    const QString socket = server->socketPath();

    std::printf("{\"bench\": \"scan beside others\", \"keys\": %zu, \"runs\": [", keys);
    measure("idle", *server, mix, seconds, [](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            std::this_thread::sleep_for(10ms);
        }
        return std::uint64_t{0};
    });
    const std::pair<const char*, ScanPace> paces[] = {
        {"gentle", ScanPace::Gentle}, {"balanced", ScanPace::Balanced}, {"full", ScanPace::Full}};
    for (const auto& [name, pace] : paces) {
        measure(name, *server, mix, seconds, [&socket, pace = pace](const std::stop_token& stop) {
            ScanRequest request;
            request.pace = pace;
            return bench::ourScan(socket, request, stop).report.keys();
        });
    }
    measure("hiredis COUNT 10000", *server, mix, seconds,
        [&socket](const std::stop_token& stop) { return bench::plainScan(socket, 10'000, stop).keys; });
    std::puts("]}");
    return 0;
}
