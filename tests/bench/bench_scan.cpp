// SPDX-License-Identifier: GPL-3.0-or-later
// How long Keyglass takes from connecting to a complete browsable index, against a plain loop over hiredis that throws
// the keys away. Both in one run against the same private server, taking turns; JSON on stdout.
//
//   bench_scan [KEYS [ROUNDS]]      10000000 and 3 where nothing else is said
#include "core/session/connecting.h"
#include "core/session/scanindexer.h"
#include "tests/bench/measuring.h"
#include "tests/servers/redisserver.h"

#include <hiredis/hiredis.h>

#include <QCoreApplication>

#include <cstdio>
#include <cstdlib>

using namespace keyglass;

namespace {

/// SCAN with COUNT 10000 to the end; the keys are parsed by hiredis and thrown away.
double plainLoopSeconds(const std::string& socketPath, std::uint64_t& seen)
{
    const auto start = Clock::now();
    redisContext* const context = redisConnectUnix(socketPath.c_str());
    std::string cursor = "0";
    do {
        auto* const reply = static_cast<redisReply*>(redisCommand(context, "SCAN %s COUNT 10000", cursor.c_str()));
        if (reply == nullptr || reply->type != REDIS_REPLY_ARRAY) {
            std::fputs("the plain loop failed\n", stderr);
            std::exit(3);
        }
        cursor = reply->element[0]->str;
        seen += reply->element[1]->elements;
        freeReplyObject(reply);
    } while (cursor != "0");
    redisFree(context);
    return bench::secondsSince(start);
}

struct OurScan {
    double whole = 0;     ///< Connecting to a complete index.
    double firstKeys = 0; ///< Connecting to the first snapshot with keys.
    std::uint64_t keys = 0;
};

OurScan ourSeconds(const QString& socketPath)
{
    OurScan result;
    const auto start = Clock::now();
    ConnectionOptions options;
    options.endpoint.socketPath = socketPath;
    const auto access = openServer(options, GateRules{true, Environment::Development}, {});
    if (!access) {
        std::fputs("connecting failed\n", stderr);
        std::exit(3);
    }
    std::vector<ScanNode> nodes;
    nodes.push_back(ScanNode{makeLane(options, access->gate), {}, {}});
    const std::uint64_t expected = access->facts.keyspace.empty() ? 0 : access->facts.keyspace.front().keys.value_or(0);
    ScanIndexer indexer({}, std::move(nodes), nullptr, expected);
    const ScanReport report = indexer.run({}, [&](const std::shared_ptr<const Snapshot>& snapshot) {
        result.keys = snapshot->keyCount();
        if (result.firstKeys == 0 && result.keys > 0) {
            result.firstKeys = bench::secondsSince(start);
        }
    });
    result.whole = bench::secondsSince(start);
    if (!report.isComplete()) {
        std::fputs("the scan is not complete\n", stderr);
        std::exit(3);
    }
    return result;
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    const std::size_t keys = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 10'000'000;
    const int rounds = argc > 2 ? std::atoi(argv[2]) : 3;
    const auto server = test::RedisServer::start();
    const bench::KeyMix mix(keys);
    server->fill(keys, [&](std::size_t i) { return test::RedisServer::Args{"SET", mix.key(i), "v"}; });

    std::vector<double> plain;
    std::vector<double> ours;
    std::vector<double> first;
    for (int round = 0; round < rounds; ++round) {
        std::uint64_t seen = 0;
        plain.push_back(plainLoopSeconds(server->socketPath().toStdString(), seen));
        const OurScan scan = ourSeconds(server->socketPath());
        if (seen < keys || scan.keys != keys) {
            std::fprintf(stderr, "keys are missing: %zu, plain loop %llu, ours %llu\n", keys,
                static_cast<unsigned long long>(seen), static_cast<unsigned long long>(scan.keys));
            return 3;
        }
        ours.push_back(scan.whole);
        first.push_back(scan.firstKeys);
    }
    std::printf("{\"bench\": \"scan\", \"keys\": %zu, \"rounds\": %d, \"hiredis_s\": %.3f, \"keyglass_s\": %.3f, "
                "\"ratio\": %.3f, \"first_keys_ms\": %.1f}\n",
        keys, rounds, bench::median(plain), bench::median(ours), bench::median(ours) / bench::median(plain),
        bench::median(first) * 1000);
    return 0;
}
