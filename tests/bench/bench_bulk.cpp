// SPDX-License-Identifier: GPL-3.0-or-later
// How fast half of a server's keys are deleted by pattern, without an archive and with one: against a plain loop over
// hiredis that pipelines SCAN MATCH COUNT 500 and UNLINK of 500, and, once, against redis-cli and xargs. All in one run
// against the same private server, taking turns; the keys are put back between them; medians; JSON on stdout. Also how
// much memory a job without an archive takes at its peak, and how long one call of it kept the server at most (p99 of
// INFO latencystats). "archived_rate_to_hiredis" is the rate with an archive as a part of the loop's, which has none.
//
//   bench_bulk [KEYS [ROUNDS [xargs]]]      2000000 (of which half are deleted) and 5 where nothing else is said
#include "core/session/bulkrun.h"
#include "tests/bench/scanning.h"

#include <hiredis/hiredis.h>

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <cstdlib>
#include <cstring>
#include <string_view>
#include <thread>

using namespace keyglass;

namespace {

constexpr std::size_t batchKeys = 500;
constexpr std::string_view pattern = "drop:*";

[[noreturn]] void fail(const char* what)
{
    std::fprintf(stderr, "%s\n", what);
    std::exit(3);
}

void putBack(test::RedisServer& server, std::size_t keys)
{
    server.fill(keys, [](std::size_t at) {
        return test::RedisServer::Args{"SET", "drop:user:" + std::to_string(at) + ":profile", "a value"};
    });
    server.command({"CONFIG", "RESETSTAT"});
}

/// SCAN and UNLINK, each sent before the other's answer is read.
class PlainDelete {
public:
    explicit PlainDelete(const QString& socket)
        : m_context(redisConnectUnix(socket.toStdString().c_str()))
    {
        if (m_context == nullptr || m_context->err != 0) {
            fail("no connection");
        }
    }
    PlainDelete(const PlainDelete&) = delete;
    PlainDelete& operator=(const PlainDelete&) = delete;
    ~PlainDelete() { redisFree(m_context); }

    std::uint64_t run()
    {
        scan("0");
        for (bool goesOn = true; goesOn;) {
            redisReply* const reply = next();
            goesOn = std::strcmp(reply->element[0]->str, "0") != 0;
            if (goesOn) {
                scan(reply->element[0]->str);
            }
            const redisReply& keys = *reply->element[1];
            for (std::size_t at = 0; at < keys.elements; ++at) {
                m_keys.emplace_back(keys.element[at]->str, keys.element[at]->len);
            }
            if (m_keys.size() >= batchKeys || !goesOn) {
                unlink(goesOn); // its answer comes behind that of the SCAN under way
            }
            freeReplyObject(reply);
        }
        takeUnlinked();
        return m_deleted;
    }

private:
    void scan(const char* cursor)
    {
        redisAppendCommand(m_context, "SCAN %s MATCH %b COUNT 500", cursor, pattern.data(), pattern.size());
    }
    void unlink(bool scanUnderWay)
    {
        takeUnlinked();
        if (m_keys.empty()) {
            return;
        }
        std::vector<const char*> words{"UNLINK"};
        std::vector<std::size_t> lengths{6};
        for (const std::string& key : m_keys) {
            words.push_back(key.data());
            lengths.push_back(key.size());
        }
        redisAppendCommandArgv(m_context, static_cast<int>(words.size()), words.data(), lengths.data());
        m_keys.clear();
        m_owesUnlink = true;
        m_scanFirst = scanUnderWay;
    }
    /// The next reply of a SCAN: that of an UNLINK sent before it is counted on the way.
    redisReply* next()
    {
        if (m_owesUnlink && !m_scanFirst) {
            takeUnlinked();
        }
        redisReply* const reply = read();
        m_scanFirst = false;
        return reply;
    }
    void takeUnlinked()
    {
        if (m_owesUnlink) {
            redisReply* const reply = read();
            m_deleted += static_cast<std::uint64_t>(reply->integer);
            freeReplyObject(reply);
            m_owesUnlink = false;
        }
    }
    redisReply* read()
    {
        void* reply = nullptr;
        if (redisGetReply(m_context, &reply) != REDIS_OK
            || static_cast<redisReply*>(reply)->type == REDIS_REPLY_ERROR) {
            fail("the plain loop failed");
        }
        return static_cast<redisReply*>(reply);
    }

    redisContext* m_context;
    std::vector<std::string> m_keys;
    std::uint64_t m_deleted = 0;
    bool m_owesUnlink = false;
    bool m_scanFirst = false; ///< The answer to a SCAN comes before that to the UNLINK.
};

/// Our job, from connecting to its report, and the most memory it took beyond what there was.
struct OurDelete {
    double seconds = 0;
    double peakMegabytes = 0;
    BulkReport report;
};

OurDelete ourDelete(const QString& socket, const QString& archive = {})
{
    const std::size_t before = bench::residentBytes();
    std::atomic<std::size_t> peak{before};
    std::jthread watch([&peak](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            peak = std::max(peak.load(), bench::residentBytes());
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
    });
    const auto start = Clock::now();
    Profile profile;
    profile.socketPath = socket;
    auto source = openSource(profile, {}, GateRules{}, {});
    if (!source) {
        fail("no connection");
    }
    JobPlan plan;
    plan.keys = {KeyQuery::Kind::Glob, std::string(pattern), {}, false, {}};
    plan.archives = !archive.isEmpty();
    plan.archiveFile = archive;
    BulkSetting setting;
    setting.source = *std::move(source);
    BulkRun run(std::move(setting), plan);
    auto report = run.run({});
    OurDelete result{bench::secondsSince(start), 0, report ? *std::move(report) : BulkReport{}};
    watch.request_stop();
    watch.join();
    result.peakMegabytes = static_cast<double>(peak - before) / 1e6;
    return result;
}

double xargsDelete(const QString& socket)
{
    const auto start = Clock::now();
    QProcess shell;
    shell.start(QStringLiteral("sh"),
        {QStringLiteral("-c"),
            QStringLiteral("redis-cli -s '%1' --scan --pattern 'drop:*' | xargs -n 1000 redis-cli -s '%1' unlink "
                           "> /dev/null")
                .arg(socket)});
    shell.waitForFinished(-1);
    return bench::secondsSince(start);
}

/// "unlink p99=503.807" in microseconds, of the server; 0 where it does not tell.
double p99Of(test::RedisServer& server, const std::string& command)
{
    const std::string info = server.command({"INFO", "latencystats"});
    const std::size_t line = info.find("latency_percentiles_usec_" + command + ':');
    const std::size_t at = line == std::string::npos ? line : info.find("p99=", line);
    return at == std::string::npos ? 0 : std::strtod(info.c_str() + at + 4, nullptr);
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    const std::size_t keys = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 2'000'000;
    const int rounds = argc > 2 ? std::atoi(argv[2]) : 5;
    const std::size_t dropped = keys / 2;
    const auto server = bench::filledServer(bench::KeyMix(keys - dropped));
    std::vector<double> plain;
    std::vector<double> ours;
    std::vector<double> archived;
    const QTemporaryDir folder;
    std::vector<double> peak;
    std::vector<double> unlinkP99;
    std::vector<double> scanP99;
    for (int round = 0; round < rounds; ++round) {
        putBack(*server, dropped);
        auto start = Clock::now();
        if (PlainDelete(server->socketPath()).run() != dropped) {
            fail("the plain loop left keys");
        }
        plain.push_back(bench::secondsSince(start));
        putBack(*server, dropped);
        const OurDelete done = ourDelete(server->socketPath());
        if (done.report.counts.done() != dropped || !done.report.isWhole()) {
            fail("ours left keys");
        }
        ours.push_back(done.seconds);
        peak.push_back(done.peakMegabytes);
        unlinkP99.push_back(p99Of(*server, "unlink"));
        scanP99.push_back(p99Of(*server, "scan"));
        putBack(*server, dropped);
        const OurDelete kept = ourDelete(server->socketPath(), folder.filePath(QStringLiteral("archive")));
        if (kept.report.counts.done() != dropped || !kept.report.isWhole()) {
            fail("ours left keys");
        }
        QFile::remove(folder.filePath(QStringLiteral("archive")));
        archived.push_back(kept.seconds);
        std::fprintf(stderr, "round %d: plain %.2f s, ours %.2f s, %.0f MB, archived %.2f s (load %.1f)\n", round,
            plain.back(), ours.back(), peak.back(), archived.back(), bench::loadAverage());
    }
    double xargs = 0;
    if (argc > 3) {
        putBack(*server, dropped);
        xargs = xargsDelete(server->socketPath());
    }
    const double perSecond = static_cast<double>(dropped);
    std::printf("{\"bench\": \"bulk\", \"keys\": %zu, \"deleted\": %zu, \"rounds\": %d, \"hiredis_s\": %.3f, "
                "\"keyglass_s\": %.3f, \"ratio\": %.3f, \"keyglass_keys_per_s\": %.0f, \"archived_s\": %.3f, "
                "\"archived_rate_to_hiredis\": %.3f, \"xargs_s\": %.3f, "
                "\"times_xargs\": %.2f, \"peak_mb\": %.1f, \"unlink_p99_us\": %.0f, \"scan_p99_us\": %.0f, "
                "\"load_average\": %.1f}\n",
        keys, dropped, rounds, bench::median(plain), bench::median(ours), bench::median(ours) / bench::median(plain),
        perSecond / bench::median(ours), bench::median(archived), bench::median(plain) / bench::median(archived), xargs,
        xargs / bench::median(ours), bench::median(peak), bench::median(unlinkP99), bench::median(scanP99),
        bench::loadAverage());
    return 0;
}
