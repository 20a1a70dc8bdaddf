// SPDX-License-Identifier: GPL-3.0-or-later
// What receiving a keyspace costs: our Connection with a sink that keeps the keys' bytes, and hiredis's own blocking
// calls that make reply objects and throw them away. Not a test; prints one line of JSON per run.
#include "core/base/keybatch.h"
#include "core/net/connection.h"
#include "core/net/respreader.h"
#include "tests/servers/redisserver.h"

#include <hiredis/hiredis.h>
#include <time.h>

#include <QCoreApplication>

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

double seconds(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

/// Asks for the next SCAN as soon as the cursor is read, and keeps the keys.
class KeySink : public ReplySink {
public:
    KeySink(Connection& connection, std::string count)
        : m_connection(connection)
        , m_count(std::move(count))
    {
    }
    void arrayBegins(int, std::size_t, std::size_t) override { }
    void integer(int, std::size_t, std::int64_t) override { }
    void nil(int, std::size_t) override { }
    void text(Reply::Type, int depth, std::size_t, std::string_view bytes) override
    {
        if (depth == 2) {
            batch.append(bytes);
        } else if (bytes != "0" && !m_connection.send({"SCAN", bytes, "COUNT", m_count})) {
            std::abort();
        }
    }
    KeyBatch batch;

private:
    Connection& m_connection;
    std::string m_count;
};

std::size_t scanByConnection(const ConnectionOptions& options, const std::string& count)
{
    const auto opened = Connection::open(options, {});
    if (!opened) {
        qFatal("%s", qPrintable(opened.error().detail));
    }
    Connection& connection = **opened;
    const std::stop_source stop; // as in the program, where every wait can be stopped
    KeySink sink(connection, count);
    std::size_t keys = 0;
    for (bool sent = connection.send({"SCAN", "0", "COUNT", count}).has_value();
        sent && connection.pendingReplies() > 0;) {
        if (const Status received = connection.receive(sink, stop.get_token()); !received) {
            qFatal("%s", qPrintable(received.error().detail));
        }
        keys += sink.batch.size();
        sink.batch.clear();
    }
    return keys;
}

std::size_t scanByHiredis(const ConnectionOptions& options, const std::string& count)
{
    redisContext* context = redisConnectUnix(qPrintable(options.endpoint.socketPath));
    std::size_t keys = 0;
    std::string cursor = "0";
    do {
        auto* reply =
            static_cast<redisReply*>(redisCommand(context, "SCAN %s COUNT %s", cursor.c_str(), count.c_str()));
        if (reply == nullptr) {
            qFatal("%s", context->errstr);
        }
        cursor = reply->element[0]->str;
        keys += reply->element[1]->elements;
        freeReplyObject(reply);
    } while (cursor != "0");
    redisFree(context);
    return keys;
}

class MemorySink : public ReplySink {
public:
    void arrayBegins(int, std::size_t, std::size_t) override { }
    void integer(int, std::size_t, std::int64_t) override { }
    void nil(int, std::size_t) override { }
    void text(Reply::Type, int depth, std::size_t, std::string_view bytes) override
    {
        if (depth == 2) {
            batch.append(bytes);
        }
    }
    KeyBatch batch;
};

/// The parsing alone: a reply of 500 keys again and again, without socket or server.
std::size_t parseFromMemory()
{
    constexpr std::size_t replies = 20'000;
    std::string reply = "*2\r\n$7\r\n1234567\r\n*500\r\n";
    for (int i = 0; i < 500; ++i) {
        reply += "$32\r\ncache:page:/products/items:" + std::to_string(10'000 + i) + "\r\n";
    }
    RespReader reader(std::size_t{64} * 1024 * 1024);
    MemorySink sink;
    std::size_t keys = 0;
    for (std::size_t i = 0; i < replies; ++i) {
        if (!reader.feed(reply) || !reader.parse(sink).value_or(false)) {
            qFatal("no reply");
        }
        keys += sink.batch.size();
        sink.batch.clear();
    }
    return keys;
}

void measure(const char* what, const char* way, const std::function<std::size_t()>& scan)
{
    const double wall = seconds(CLOCK_MONOTONIC);
    const double cpu = seconds(CLOCK_THREAD_CPUTIME_ID);
    const auto keys = static_cast<double>(scan());
    const double cpuTook = seconds(CLOCK_THREAD_CPUTIME_ID) - cpu;
    const double wallTook = seconds(CLOCK_MONOTONIC) - wall;
    std::printf(
        R"({"reader": "%s", "way": "%s", "keys": %.0f, "seconds": %.3f, "keysPerSecond": %.0f, "cpuNsPerKey": %.1f})"
        "\n",
        what, way, keys, wallTook, keys / wallTook, cpuTook * 1e9 / keys);
}

} // namespace

/// bench_scanstream [keys] [COUNT] [rounds]
int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    const std::string keys = argc > 1 ? argv[1] : "1000000";
    const std::string count = argc > 2 ? argv[2] : "500";
    const int rounds = argc > 3 ? std::atoi(argv[3]) : 3;
    const auto server = RedisServer::start(
        ServerOptions{.arguments = {u"--enable-debug-command"_s, u"yes"_s}, .tcp = true, .tls = true});
    server->command({"DEBUG", "POPULATE", keys, "cache:page:/products/items", "1"});
    ConnectionOptions viaSocket;
    viaSocket.endpoint.socketPath = server->socketPath();
    ConnectionOptions viaTcp;
    viaTcp.endpoint.host = u"127.0.0.1"_s;
    viaTcp.endpoint.port = server->port();
    ConnectionOptions viaTls = viaTcp;
    viaTls.endpoint.port = server->tlsPort();
    viaTls.endpoint.tls = TlsOptions{.caFile = Certificates::shared().authority()};
    for (int i = 0; i < rounds; ++i) {
        measure("keyglass", "memory", parseFromMemory);
        measure("hiredis", "unix", [&] { return scanByHiredis(viaSocket, count); });
        measure("keyglass", "unix", [&] { return scanByConnection(viaSocket, count); });
        measure("keyglass", "tcp", [&] { return scanByConnection(viaTcp, count); });
        measure("keyglass", "tls", [&] { return scanByConnection(viaTls, count); });
    }
    return 0;
}
