// SPDX-License-Identifier: GPL-3.0-or-later
// How long Keyglass takes from connecting to a complete browsable index at full pace, against the better of two plain
// loops over hiredis (COUNT 1000 and 10000) that throw the keys away. All in one run against the same private server,
// taking turns; medians; JSON on stdout.
//
//   bench_scan [KEYS [ROUNDS]]      10000000 and 5 where nothing else is said
#include "tests/bench/scanning.h"

#include <QCoreApplication>

#include <cstdlib>

using namespace keyglass;

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    const std::size_t keys = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 10'000'000;
    const int rounds = argc > 2 ? std::atoi(argv[2]) : 5;
    const auto server = bench::filledServer(bench::KeyMix(keys));

    std::vector<double> small;
    std::vector<double> large;
    std::vector<double> ours;
    std::vector<double> first;
    std::vector<double> cpu;
    std::vector<double> plainCpu;
    bench::OurScan last;
    std::vector<double> serverCpu;
    std::vector<double> plainServerCpu;
    for (int round = 0; round < rounds; ++round) {
        const bench::PlainScan thousand = bench::plainScan(server->socketPath(), 1000);
        const double before = bench::serverSeconds(*server);
        const bench::PlainScan tenThousand = bench::plainScan(server->socketPath(), 10'000);
        const double between = bench::serverSeconds(*server);
        last = bench::ourScan(server->socketPath(), {});
        serverCpu.push_back(bench::serverSeconds(*server) - between);
        plainServerCpu.push_back(between - before);
        if (thousand.keys < keys || tenThousand.keys < keys || last.keys != keys) {
            std::fprintf(
                stderr, "keys are missing: %zu, ours %llu\n", keys, static_cast<unsigned long long>(last.keys));
            return 3;
        }
        small.push_back(thousand.seconds);
        large.push_back(tenThousand.seconds);
        ours.push_back(last.seconds);
        first.push_back(last.firstKeys);
        cpu.push_back(last.cpuSeconds);
        plainCpu.push_back(tenThousand.cpuSeconds);
        std::fprintf(stderr, "round %d: COUNT 1000 %.2f s, COUNT 10000 %.2f s, ours %.2f s (load %.1f)\n", round,
            thousand.seconds, tenThousand.seconds, last.seconds, bench::loadAverage());
    }
    const double better = std::min(bench::median(small), bench::median(large));
    const NodeLedger& line = last.report.nodes.front().ledger;
    const double perKey = 1e6 / static_cast<double>(keys);
    std::printf("{\"bench\": \"scan\", \"keys\": %zu, \"rounds\": %d, \"hiredis_1000_s\": %.3f, "
                "\"hiredis_10000_s\": %.3f, \"keyglass_s\": %.3f, \"ratio\": %.3f, \"first_keys_ms\": %.1f, "
                "\"client_cpu_us_per_key\": %.3f, \"hiredis_10000_cpu_us_per_key\": %.3f, "
                "\"server_cpu_us_per_key\": %.3f, \"hiredis_10000_server_cpu_us_per_key\": %.3f, \"count\": %d, "
                "\"count_max\": %d, \"under_way\": %d, \"calls\": %llu, \"load_average\": %.1f}\n",
        keys, rounds, bench::median(small), bench::median(large), bench::median(ours), bench::median(ours) / better,
        bench::median(first) * 1000, bench::median(cpu) * perKey, bench::median(plainCpu) * perKey,
        bench::median(serverCpu) * perKey, bench::median(plainServerCpu) * perKey, line.count, line.largestCount,
        line.underWay, static_cast<unsigned long long>(line.calls), bench::loadAverage());
    return 0;
}
