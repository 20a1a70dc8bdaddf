// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/scanning.h"

#include "core/session/connecting.h"
#include "core/session/scanindexer.h"

#include <hiredis/hiredis.h>

#include <QFile>

#include <cstdlib>

namespace keyglass::bench {

namespace {

[[noreturn]] void fail(const char* what)
{
    std::fprintf(stderr, "%s\n", what);
    std::exit(3);
}

} // namespace

double processSeconds()
{
    timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

double serverSeconds(const test::RedisServer& server)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(server.processId()));
    if (!file.open(QIODevice::ReadOnly)) {
        return 0;
    }
    // "… (name) S ppid …": user and system time are the 12th and 13th field after the name.
    const QList<QByteArray> fields = file.readAll().split(')').last().simplified().split(' ');
    const double ticks = fields.value(11).toDouble() + fields.value(12).toDouble();
    return ticks / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

double loadAverage()
{
    double load = 0;
    return ::getloadavg(&load, 1) == 1 ? load : -1;
}

std::unique_ptr<test::RedisServer> filledServer(const KeyMix& mix)
{
    auto server = test::RedisServer::start();
    server->fill(static_cast<std::size_t>(mix.size()),
        [&](std::size_t i) { return test::RedisServer::Args{"SET", mix.key(i), "v"}; });
    return server;
}

PlainScan plainScan(const test::ProxyTarget& server, int count, std::stop_token stop)
{
    PlainScan scan;
    const auto start = Clock::now();
    const double cpu = processSeconds();
    redisContext* const context = server.socketPath.isEmpty()
        ? redisConnect("127.0.0.1", server.port)
        : redisConnectUnix(server.socketPath.toStdString().c_str());
    std::string cursor = "0";
    do {
        auto* const reply = static_cast<redisReply*>(redisCommand(context, "SCAN %s COUNT %d", cursor.c_str(), count));
        if (reply == nullptr || reply->type != REDIS_REPLY_ARRAY) {
            fail("the plain loop failed");
        }
        cursor = reply->element[0]->str;
        scan.keys += reply->element[1]->elements;
        freeReplyObject(reply);
    } while (cursor != "0" && !stop.stop_requested());
    redisFree(context);
    scan.seconds = secondsSince(start);
    scan.cpuSeconds = processSeconds() - cpu;
    return scan;
}

OurScan ourScan(const QString& socketPath, const ScanRequest& request, std::stop_token stop)
{
    OurScan scan;
    const auto start = Clock::now();
    const double cpu = processSeconds();
    ConnectionOptions options;
    options.endpoint.socketPath = socketPath;
    const auto access = openServer(options, GateRules{true, Environment::Development}, {});
    if (!access) {
        fail("connecting failed");
    }
    std::vector<ScanNode> nodes;
    nodes.push_back(ScanNode{makeLane(options, access->gate), {}, {}});
    const std::uint64_t expected = access->facts.keyspace.empty() ? 0 : access->facts.keyspace.front().keys.value_or(0);
    ScanIndexer indexer(request, std::move(nodes), nullptr, expected);
    scan.report = indexer.run(stop, [&](const std::shared_ptr<const Snapshot>& snapshot) {
        scan.keys = snapshot->keyCount();
        if (scan.firstKeys == 0 && scan.keys > 0) {
            scan.firstKeys = secondsSince(start);
        }
    });
    scan.seconds = secondsSince(start);
    scan.cpuSeconds = processSeconds() - cpu;
    if (!scan.report.isComplete() && !stop.stop_requested()) {
        fail("the scan is not complete");
    }
    return scan;
}

} // namespace keyglass::bench
