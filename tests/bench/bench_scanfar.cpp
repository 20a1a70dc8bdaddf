// SPDX-License-Identifier: GPL-3.0-or-later
// Scanning over a long network: full and balanced pace against a plain loop over hiredis with COUNT 10000 through the
// same proxy, which adds 20 ms to every round trip. Taking turns; medians; JSON on stdout. With "one cursor", what is
// left where several are not proven to be safe.
//
//   bench_scanfar [KEYS [ROUNDS]]      1000000 and 5 where nothing else is said
#include "tests/bench/delayproxy.h"
#include "tests/bench/scanning.h"

#include <QCoreApplication>

#include <cstdlib>

using namespace keyglass;
using namespace std::chrono_literals;

namespace {

struct Way {
    const char* name;
    ScanRequest request;
    std::vector<double> seconds{};
    NodeLedger line{};
};

ScanRequest requestOf(ScanPace pace, SeveralCursors cursors)
{
    ScanRequest request;
    request.pace = pace;
    request.severalCursors = cursors;
    return request;
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    const std::size_t keys = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000;
    const int rounds = argc > 2 ? std::atoi(argv[2]) : 5;
    const auto server = bench::filledServer(bench::KeyMix(keys));
    const bench::DelayProxy proxy(server->socketPath(), 20ms);

    std::vector<double> plain;
    Way ways[] = {{"full", requestOf(ScanPace::Full, SeveralCursors::WhereProven)},
        {"balanced", requestOf(ScanPace::Balanced, SeveralCursors::WhereProven)},
        {"full, one cursor", requestOf(ScanPace::Full, SeveralCursors::Never)}};
    for (int round = 0; round < rounds; ++round) {
        plain.push_back(bench::plainScan(proxy.socketPath(), 10'000).seconds);
        std::fprintf(stderr, "round %d: COUNT 10000 %.2f s", round, plain.back());
        for (Way& way : ways) {
            const bench::OurScan scan = bench::ourScan(proxy.socketPath(), way.request);
            if (scan.keys != keys) {
                std::fprintf(stderr, "keys are missing: %llu\n", static_cast<unsigned long long>(scan.keys));
                return 3;
            }
            way.seconds.push_back(scan.seconds);
            way.line = scan.report.nodes.front().ledger;
            std::fprintf(stderr, ", %s %.2f s", way.name, scan.seconds);
        }
        std::fprintf(stderr, " (load %.1f)\n", bench::loadAverage());
    }
    std::printf("{\"bench\": \"scan over 20 ms\", \"keys\": %zu, \"rounds\": %d, \"hiredis_10000_s\": %.3f, "
                "\"load_average\": %.1f, \"ways\": [",
        keys, rounds, bench::median(plain), bench::loadAverage());
    for (const Way& way : ways) {
        const NodeLedger& line = way.line;
        std::printf("%s{\"way\": \"%s\", \"keyglass_s\": %.3f, \"ratio\": %.3f, \"count\": %d, \"under_way\": %d, "
                    "\"server_us_per_call\": %lld, \"keys_came\": %llu}",
            &way == ways ? "" : ", ", way.name, bench::median(way.seconds),
            bench::median(way.seconds) / bench::median(plain), line.count, line.underWay,
            static_cast<long long>(line.serverTime.value_or(0us).count()), static_cast<unsigned long long>(line.keys));
    }
    std::puts("]}");
    return 0;
}
