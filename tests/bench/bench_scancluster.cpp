// SPDX-License-Identifier: GPL-3.0-or-later
// A cluster of three masters: our scan of all of them at once, until there is a whole browsable index, against three
// plain hiredis loops side by side that throw the keys away. Both by TCP, as a cluster can't be reached otherwise; the
// same loops over the nodes' unix sockets are told beside it.
//
//   bench_scancluster [KEYS [ROUNDS]]      6,000,000 keys and 5 rounds if nothing is said
#include "core/session/scanindexer.h"
#include "core/session/sourceaccess.h"
#include "tests/bench/scanning.h"
#include "tests/servers/rediscluster.h"

#include <QCoreApplication>
#include <QDir>

#include <thread>

using namespace keyglass;

namespace {

constexpr int masters = 3;
constexpr int plainCount = 1000;

Profile profileOf(const test::RedisCluster& cluster)
{
    Profile profile;
    profile.kind = ProfileKind::Cluster;
    profile.host = QStringLiteral("127.0.0.1");
    profile.port = cluster.port(0);
    return profile;
}

/// Threads of this process, as the kernel counts them.
std::size_t threadCount()
{
    return static_cast<std::size_t>(
        QDir(QStringLiteral("/proc/self/task")).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size());
}

/// CPU time of all masters.
double serverSeconds(test::RedisCluster& cluster)
{
    double sum = 0;
    for (int master = 0; master < masters; ++master) {
        sum += bench::serverSeconds(cluster.server(master));
    }
    return sum;
}

struct ClusterRun {
    double seconds = 0;
    double cpuSeconds = 0;
    std::uint64_t keys = 0;
    std::size_t threads = 0; ///< The most at once.
    std::uint64_t calls = 0;
};

ClusterRun ourRun(const Profile& profile)
{
    ClusterRun run;
    const auto start = Clock::now();
    const double cpu = bench::processSeconds();
    const auto access = openSource(profile, {}, GateRules{true, Environment::Development}, {});
    if (!access) {
        std::fputs("connecting failed\n", stderr);
        std::exit(3);
    }
    ScanIndexer indexer(makeScan(*access, {}, {}), nullptr, access->facts.keyspace.front().keys.value_or(0));
    const ScanReport report = indexer.run({}, [&](const std::shared_ptr<const Snapshot>& snapshot) {
        run.keys = snapshot->keyCount();
        run.threads = std::max(run.threads, threadCount());
    });
    run.seconds = bench::secondsSince(start);
    run.cpuSeconds = bench::processSeconds() - cpu;
    run.calls = report.calls();
    if (!report.isComplete()) {
        std::fputs("the scan is not complete\n", stderr);
        std::exit(3);
    }
    return run;
}

enum class Way { Tcp, UnixSocket };

ClusterRun plainRun(test::RedisCluster& cluster, Way way)
{
    ClusterRun run;
    const auto start = Clock::now();
    const double cpu = bench::processSeconds();
    std::array<std::uint64_t, masters> keys{};
    {
        std::vector<std::jthread> loops;
        for (int master = 0; master < masters; ++master) {
            test::ProxyTarget server;
            if (way == Way::Tcp) {
                server.port = cluster.port(master);
            } else {
                server.socketPath = cluster.server(master).socketPath();
            }
            loops.emplace_back([&keys, master, server] {
                keys[static_cast<std::size_t>(master)] = bench::plainScan(server, plainCount).keys;
            });
        }
    }
    run.seconds = bench::secondsSince(start);
    run.cpuSeconds = bench::processSeconds() - cpu;
    run.keys = keys[0] + keys[1] + keys[2];
    return run;
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    const std::size_t keys = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 6'000'000;
    const int rounds = argc > 2 ? std::atoi(argv[2]) : 5;
    test::ClusterOptions options;
    options.replicasPerMaster = 0;
    const auto cluster = test::RedisCluster::start(options);
    const bench::KeyMix mix(keys);
    cluster->fill(keys, [&](std::size_t i) { return test::RedisCluster::Args{"SET", mix.key(i), "v"}; });
    const double loadBefore = bench::loadAverage();
    const Profile profile = profileOf(*cluster);
    std::vector<double> ours;
    std::vector<double> plain;
    std::vector<double> bySocket;
    std::vector<double> ratios;
    std::vector<double> servers;
    std::vector<double> plainServers;
    ClusterRun last;
    for (int round = 0; round < rounds; ++round) {
        const double began = serverSeconds(*cluster);
        const ClusterRun theirs = plainRun(*cluster, Way::Tcp);
        plainServers.push_back(serverSeconds(*cluster) - began);
        bySocket.push_back(plainRun(*cluster, Way::UnixSocket).seconds);
        const double before = serverSeconds(*cluster);
        last = ourRun(profile);
        servers.push_back(serverSeconds(*cluster) - before);
        plain.push_back(theirs.seconds);
        ours.push_back(last.seconds);
        ratios.push_back(last.seconds / theirs.seconds);
        std::fprintf(stderr, "round %d: plain %.2f s, keyglass %.2f s, ratio %.3f\n", round + 1, theirs.seconds,
            last.seconds, ratios.back());
    }
    std::printf("{\n  \"bench\": \"scancluster\", \"keys\": %zu, \"masters\": %d, \"rounds\": %d, \"cores\": %u,\n",
        keys, masters, rounds, std::thread::hardware_concurrency());
    std::printf("  \"plain_s\": %.3f, \"plain_unix_s\": %.3f, \"keyglass_s\": %.3f, \"ratio\": %.3f,\n",
        bench::median(plain), bench::median(bySocket), bench::median(ours), bench::median(ours) / bench::median(plain));
    const double perKey = 1e6 / static_cast<double>(keys);
    std::printf("  \"servers_us_per_key\": %.3f, \"plain_servers_us_per_key\": %.3f, \"calls\": %llu,\n",
        bench::median(servers) * perKey, bench::median(plainServers) * perKey,
        static_cast<unsigned long long>(last.calls));
    std::printf("  \"keys_found\": %llu, \"client_us_per_key\": %.3f, \"threads\": %zu, \"load_before\": %.1f, "
                "\"load_after\": %.1f\n}\n",
        static_cast<unsigned long long>(last.keys), last.cpuSeconds * perKey, last.threads, loadBefore,
        bench::loadAverage());
    return 0;
}
