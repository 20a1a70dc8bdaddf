// SPDX-License-Identifier: GPL-3.0-or-later
// How fast keys are deleted with an undo archive, and how fast they come back. Deleting: against a plain loop over
// hiredis that does the same safe work (DUMP and PEXPIRETIME, plain write, one fsync per 16 MB, then MULTI, DUMP,
// UNLINK, EXEC), and against UNLINK alone. Restoring: against a pipeline of RESTORE from memory. All in one run against
// the same private server, taking turns; medians; JSON on stdout. The keys are in memory for all: what a scan costs is
// measured elsewhere.
//
//   bench_bulkarchive [KEYS [ROUNDS [FOLDER]]]      1000000 and 5 where nothing else is said; the archives go to FOLDER
#include "core/bulk/guardedremoval.h"
#include "core/bulk/reportfile.h"
#include "core/bulk/undorun.h"
#include "core/source/commandgate.h"
#include "core/source/lane.h"
#include "tests/bench/measuring.h"
#include "tests/servers/redisserver.h"

#include <fcntl.h>
#include <hiredis/hiredis.h>
#include <unistd.h>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <cstdlib>
#include <map>

using namespace keyglass;

namespace {

constexpr std::size_t batchKeys = 500;
constexpr std::size_t syncBytes = 16U * 1024 * 1024;

/// CPU time of this process, all threads.
double ownSeconds()
{
    timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

double loadAverage()
{
    double load = 0;
    return ::getloadavg(&load, 1) == 1 ? load : -1;
}

[[noreturn]] void fail(const char* what)
{
    std::fprintf(stderr, "%s\n", what);
    std::exit(3);
}

/// A hiredis connection; whatever goes wrong ends the program.
class Plain {
public:
    explicit Plain(const QString& socket)
        : m_context(redisConnectUnix(socket.toStdString().c_str()))
    {
        if (m_context == nullptr || m_context->err != 0) {
            fail("no connection");
        }
    }
    Plain(const Plain&) = delete;
    Plain& operator=(const Plain&) = delete;
    ~Plain() { redisFree(m_context); }

    void append(std::initializer_list<std::string_view> words)
    {
        begin();
        for (const std::string_view word : words) {
            add(word);
        }
        end();
    }
    void begin()
    {
        m_words.clear();
        m_lengths.clear();
    }
    void add(std::string_view word)
    {
        m_words.push_back(word.data());
        m_lengths.push_back(word.size());
    }
    void end()
    {
        redisAppendCommandArgv(m_context, static_cast<int>(m_words.size()), m_words.data(), m_lengths.data());
    }
    /// Free it with freeReplyObject().
    redisReply* next()
    {
        void* reply = nullptr;
        if (redisGetReply(m_context, &reply) != REDIS_OK
            || static_cast<redisReply*>(reply)->type == REDIS_REPLY_ERROR) {
            fail(reply != nullptr ? static_cast<redisReply*>(reply)->str : "the plain loop's line was lost");
        }
        return static_cast<redisReply*>(reply);
    }
    void skip(std::size_t replies)
    {
        for (std::size_t at = 0; at < replies; ++at) {
            freeReplyObject(next());
        }
    }

private:
    redisContext* m_context;
    std::vector<const char*> m_words;
    std::vector<std::size_t> m_lengths;
};

/// One key as it is in memory, to be restored from.
struct Kept {
    std::string dump;
    std::string end; ///< Empty: never.
};

class CountingSink final : public OutcomeSink {
public:
    void add(std::string_view, Outcome outcome, std::string_view) override { done += outcome == Outcome::Done ? 1 : 0; }
    void elsewhere(std::string_view, std::string_view) override { }
    std::size_t done = 0;
};

class Bench {
public:
    Bench(std::size_t count, const QString& folder)
        : m_server(test::RedisServer::start())
        , m_plain(m_server->socketPath())
        , m_folder(folder)
    {
        const bench::KeyMix mix(count);
        const std::string filling(80, 'f');
        m_server->fill(count, [&](std::size_t at) {
            test::RedisServer::Args command{"SET", mix.key(at), std::to_string(at) + filling};
            if (at % 3 == 0) {
                command.insert(command.end(), {"PX", std::to_string(86'400'000 + at)});
            }
            return command;
        });
        for (std::size_t at = 0; at < count; ++at) {
            m_keys.push_back(mix.key(at));
        }
        keep();
    }

    void round()
    {
        note("plain_safe_delete", [&] { plainSafeDelete(); });
        note("plain_restore", [&] { plainRestore(); });
        m_server->command({"CONFIG", "RESETSTAT"});
        note("keyglass_delete", [&] { ourDelete(); });
        noteCalls();
        note("keyglass_undo", [&] { ourUndo(); });
        note("plain_unlink", [&] { plainUnlink(); });
        plainRestore();
    }

    void print(int rounds) const
    {
        const auto rate = [this](const char* name) { return bench::median(m_rates.at(name)); };
        std::printf("{\"bench\": \"bulkarchive\", \"keys\": %zu, \"rounds\": %d", m_keys.size(), rounds);
        for (const auto& [name, rates] : m_rates) {
            std::printf(", \"%s_keys_per_s\": %.0f, \"%s_cpu_us\": %.2f, \"%s_server_cpu_us\": %.2f", name.c_str(),
                bench::median(rates), name.c_str(), bench::median(m_ownMicroseconds.at(name)), name.c_str(),
                bench::median(m_serverMicroseconds.at(name)));
        }
        std::printf(", \"delete_to_safe_loop\": %.3f, \"delete_to_unlink\": %.3f, \"undo_to_restore\": %.3f, "
                    "\"sync_s\": %.3f, \"syncs\": %llu, \"archive_bytes_per_key\": %.1f, \"resident_mb\": %.0f, "
                    "\"exec_p99_us\": %.0f, \"dump_p99_us\": %.0f, \"load_average\": %.1f}\n",
            rate("keyglass_delete") / rate("plain_safe_delete"), rate("keyglass_delete") / rate("plain_unlink"),
            rate("keyglass_undo") / rate("plain_restore"), std::chrono::duration<double>(m_totals.syncTime).count(),
            static_cast<unsigned long long>(m_totals.syncs),
            static_cast<double>(m_totals.written.value) / static_cast<double>(m_keys.size()),
            static_cast<double>(bench::residentBytes()) / 1e6, bench::median(m_p99.at("exec")),
            bench::median(m_p99.at("dump")), loadAverage());
    }

private:
    template <typename Work> void note(const char* name, Work&& work)
    {
        const auto start = Clock::now();
        const double own = ownSeconds();
        const double server = serverSeconds();
        work();
        const double seconds = bench::secondsSince(start);
        const double perKey = 1e6 / static_cast<double>(m_keys.size());
        m_ownMicroseconds[name].push_back((ownSeconds() - own) * perKey);
        m_serverMicroseconds[name].push_back((serverSeconds() - server) * perKey);
        m_rates[name].push_back(static_cast<double>(m_keys.size()) / seconds);
        std::fprintf(stderr, "%s %.2f s (load %.1f)\n", name, seconds, loadAverage());
    }

    /// By LATENCY HISTOGRAM: below which time 99 of 100 calls of the delete stayed, as a power of two of a microsecond.
    void noteCalls()
    {
        for (const char* const name : {"exec", "dump"}) {
            m_plain.append({"LATENCY", "HISTOGRAM", name});
            redisReply* const reply = m_plain.next(); // name, then "calls", number, "histogram_usec", bounds
            const bool isTold = reply->elements == 2 && reply->element[1]->elements == 4;
            m_p99[name].push_back(isTold ? percentileOf(*reply->element[1]) : -1);
            freeReplyObject(reply);
        }
    }

    /// `told`: its last element has pairs of a bound and how many calls stayed below it.
    static double percentileOf(const redisReply& told)
    {
        const double wanted = 0.99 * static_cast<double>(told.element[1]->integer);
        const redisReply& bounds = *told.element[3];
        for (std::size_t at = 0; at + 1 < bounds.elements; at += 2) {
            if (static_cast<double>(bounds.element[at + 1]->integer) >= wanted) {
                return static_cast<double>(bounds.element[at]->integer);
            }
        }
        return -1;
    }

    /// CPU time of the server, in steps of 10 ms.
    [[nodiscard]] double serverSeconds() const
    {
        QFile file(QStringLiteral("/proc/%1/stat").arg(m_server->processId()));
        if (!file.open(QIODevice::ReadOnly)) {
            return 0;
        }
        const QList<QByteArray> fields = file.readAll().split(')').last().simplified().split(' ');
        return (fields.value(11).toDouble() + fields.value(12).toDouble())
            / static_cast<double>(::sysconf(_SC_CLK_TCK));
    }

    /// Calls with each batch's first and last key.
    template <typename Use> void inBatches(Use&& use) const
    {
        for (std::size_t at = 0; at < m_keys.size(); at += batchKeys) {
            use(at, std::min(at + batchKeys, m_keys.size()));
        }
    }

    void keep()
    {
        inBatches([&](std::size_t from, std::size_t to) {
            for (std::size_t at = from; at < to; ++at) {
                m_plain.append({"DUMP", m_keys[at]});
                m_plain.append({"PEXPIRETIME", m_keys[at]});
            }
            for (std::size_t at = from; at < to; ++at) {
                redisReply* const dump = m_plain.next();
                redisReply* const end = m_plain.next();
                m_kept.push_back({std::string(dump->str, dump->len),
                    end->integer < 0 ? std::string() : std::to_string(end->integer)});
                freeReplyObject(dump);
                freeReplyObject(end);
            }
        });
    }

    void plainUnlink()
    {
        inBatches([&](std::size_t from, std::size_t to) {
            m_plain.begin();
            m_plain.add("UNLINK");
            for (std::size_t at = from; at < to; ++at) {
                m_plain.add(m_keys[at]);
            }
            m_plain.end();
            if (from > 0) {
                m_plain.skip(1); // the batch before
            }
        });
        m_plain.skip(1);
    }

    void plainRestore()
    {
        inBatches([&](std::size_t from, std::size_t to) {
            for (std::size_t at = from; at < to; ++at) {
                if (m_kept[at].end.empty()) {
                    m_plain.append({"RESTORE", m_keys[at], "0", m_kept[at].dump});
                } else {
                    m_plain.append({"RESTORE", m_keys[at], m_kept[at].end, m_kept[at].dump, "ABSTTL"});
                }
            }
            m_plain.skip(to - from);
        });
    }

    void plainSafeDelete()
    {
        const QByteArray path = (m_folder + QStringLiteral("/plain")).toLocal8Bit();
        const int file = ::open(path.constData(), O_CREAT | O_TRUNC | O_WRONLY, 0600);
        std::string pending;
        std::size_t deleted = 0;
        inBatches([&](std::size_t from, std::size_t to) {
            pending += plainRead(from, to);
            if (pending.size() >= syncBytes || to == m_keys.size()) {
                if (::write(file, pending.data(), pending.size()) < 0 || ::fsync(file) != 0) {
                    fail("the disk refuses");
                }
                pending.clear();
                for (; deleted < to; deleted = std::min(deleted + batchKeys, to)) {
                    plainTransaction(deleted, std::min(deleted + batchKeys, to));
                }
            }
        });
        static_cast<void>(::close(file));
        QFile::remove(QString::fromLocal8Bit(path));
    }

    std::string plainRead(std::size_t from, std::size_t to)
    {
        for (std::size_t at = from; at < to; ++at) {
            m_plain.append({"DUMP", m_keys[at]});
            m_plain.append({"PEXPIRETIME", m_keys[at]});
        }
        std::string bytes;
        for (std::size_t at = from; at < to; ++at) {
            redisReply* const dump = m_plain.next();
            redisReply* const end = m_plain.next();
            bytes.append(m_keys[at]).append(dump->str, dump->len);
            bytes.append(reinterpret_cast<const char*>(&end->integer), sizeof end->integer);
            freeReplyObject(dump);
            freeReplyObject(end);
        }
        return bytes;
    }

    void plainTransaction(std::size_t from, std::size_t to)
    {
        m_plain.append({"MULTI"});
        for (std::size_t at = from; at < to; ++at) {
            m_plain.append({"DUMP", m_keys[at]});
        }
        m_plain.begin();
        m_plain.add("UNLINK");
        for (std::size_t at = from; at < to; ++at) {
            m_plain.add(m_keys[at]);
        }
        m_plain.end();
        m_plain.append({"EXEC"});
        m_plain.skip(to - from + 3);
    }

    [[nodiscard]] std::unique_ptr<Lane> lane() const
    {
        ConnectionOptions options;
        options.endpoint.socketPath = m_server->socketPath();
        return makeLane(std::move(options), std::make_shared<CommandGate>(GateRules{}));
    }

    void ourDelete()
    {
        m_archivePath = m_folder + QStringLiteral("/ours");
        QFile::remove(m_archivePath);
        const auto archive = UndoArchiveWriter::create(m_archivePath, ArchiveInfo{});
        if (!archive) {
            fail("no archive");
        }
        const auto to = lane();
        const StepLanes lanes{*to, *to};
        GuardedRemoval removal(**archive, {});
        CountingSink sink;
        inBatches([&](std::size_t from, std::size_t end) {
            KeyBatch keys;
            for (std::size_t at = from; at < end; ++at) {
                keys.append(m_keys[at]);
            }
            if (!removal.apply(lanes, std::move(keys), sink, {})) {
                fail("the delete failed");
            }
        });
        if (!removal.finish(lanes, sink, {}) || !(*archive)->finish() || sink.done != m_keys.size()) {
            fail("the delete failed");
        }
        m_totals = (*archive)->totals();
    }

    void ourUndo()
    {
        const auto reader = UndoArchiveReader::open(m_archivePath);
        JobReport report;
        UndoRun run([this](int) { return lane(); }, {}, report);
        if (!reader || !run.run(**reader, {}) || report.counts().done() != m_keys.size()) {
            fail("the undo failed");
        }
    }

    const std::unique_ptr<test::RedisServer> m_server;
    Plain m_plain;
    const QString m_folder;
    QString m_archivePath;
    std::vector<std::string> m_keys;
    std::vector<Kept> m_kept;
    std::map<std::string, std::vector<double>> m_rates;           ///< Keys a second.
    std::map<std::string, std::vector<double>> m_ownMicroseconds; ///< CPU time for a key: ours.
    std::map<std::string, std::vector<double>> m_serverMicroseconds;
    std::map<std::string, std::vector<double>> m_p99; ///< Of the server's calls for ours, in microseconds.
    ArchiveTotals m_totals;
};

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    const std::size_t keys = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000;
    const int rounds = argc > 2 ? std::atoi(argv[2]) : 5;
    const QString where = argc > 3 ? QString::fromLocal8Bit(argv[3]) : QDir::tempPath();
    const QTemporaryDir folder(where + QStringLiteral("/bulkarchive-XXXXXX"));
    Bench bench(keys, folder.path());
    for (int round = 0; round < rounds; ++round) {
        bench.round();
    }
    bench.print(rounds);
    return 0;
}
