// SPDX-License-Identifier: GPL-3.0-or-later
//
// Builds an index of N distinct keys (10 million, or the first argument) of a realistic mix, as a scan does: one thread
// makes and sorts batches, one builds and publishes ten times a second, one reads the newest snapshot all the while.
// Prints one JSON object: bytes per key by resident memory and by the index's own count, CPU time per key, latencies.
#include "core/index/indexbuilder.h"
#include "core/scan/boundedqueue.h"
#include "tests/bench/measuring.h"

#include <malloc.h>

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <random>
#include <thread>
#include <vector>

using namespace keyglass;
using namespace keyglass::bench;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

class Latencies {
public:
    void add(Clock::duration time) { m_us.push_back(std::chrono::duration<double, std::micro>(time).count()); }
    QJsonObject toJson()
    {
        std::sort(m_us.begin(), m_us.end());
        const auto at = [&](double part) {
            return m_us.empty() ? 0 : m_us[std::size_t(part * double(m_us.size() - 1))];
        };
        return {
            {u"p50_us"_s, at(0.5)}, {u"p99_us"_s, at(0.99)}, {u"max_us"_s, at(1)}, {u"samples"_s, qint64(m_us.size())}};
    }

private:
    std::vector<double> m_us;
};

/// What the threads share: the newest snapshot.
class Mailbox {
public:
    void put(std::shared_ptr<const Snapshot> snapshot)
    {
        const std::lock_guard lock(m_mutex);
        m_newest.swap(snapshot); // the old one goes outside the lock
    }
    std::shared_ptr<const Snapshot> newest()
    {
        const std::lock_guard lock(m_mutex);
        return m_newest;
    }

private:
    std::mutex m_mutex; // guards m_newest
    std::shared_ptr<const Snapshot> m_newest = emptySnapshot();
};

std::uint64_t readRows(const std::shared_ptr<const Snapshot>& snapshot, std::uint64_t row)
{
    SnapshotCursor cursor(snapshot);
    std::uint64_t bytes = 0;
    cursor.seekRank(row);
    for (int rows = 0; rows < 60 && cursor.isValid(); ++rows, cursor.next()) {
        bytes += cursor.key().size();
    }
    return bytes;
}

struct Reader {
    Latencies rows;
    double peakBytes = 0;
    std::size_t mostRuns = 0;
    std::uint64_t used = 0; // so that nothing read is optimized away

    void run(Mailbox& mailbox, const std::stop_token& stop)
    {
        std::mt19937_64 random(1);
        for (int round = 0; !stop.stop_requested(); ++round) {
            const auto snapshot = mailbox.newest();
            if (snapshot->keyCount() > 0) {
                const auto start = Clock::now();
                used += readRows(snapshot, random() % snapshot->keyCount());
                used += snapshot->rank("session:8") + snapshot->rank("user:5");
                rows.add(Clock::now() - start);
                mostRuns = std::max(mostRuns, snapshot->runCount());
            }
            if (round % 8 == 0) {
                peakBytes = std::max(peakBytes, double(residentBytes()));
            }
            std::this_thread::sleep_for(1ms);
        }
    }
};

QJsonObject queries(const std::shared_ptr<const Snapshot>& snapshot, std::uint64_t& used)
{
    Latencies rank;
    Latencies select;
    Latencies rows;
    std::mt19937_64 random(2);
    for (int look = 0; look < 5000; ++look) {
        const std::uint64_t row = random() % snapshot->keyCount();
        const auto start = Clock::now();
        const std::string key = snapshot->select(row);
        const auto selected = Clock::now();
        used += readRows(snapshot, random() % snapshot->keyCount());
        const auto read = Clock::now();
        const std::string other = snapshot->select(random() % snapshot->keyCount());
        const auto before = Clock::now();
        used += snapshot->rank(other) + key.size();
        rank.add(Clock::now() - before);
        select.add(selected - start);
        rows.add(read - selected);
    }
    return {{u"runs"_s, qint64(snapshot->runCount())}, {u"rank"_s, rank.toJson()}, {u"select"_s, select.toJson()},
        {u"rows_60_anywhere"_s, rows.toJson()}};
}

struct Sorting {
    double seconds = 0;
    double keyBytes = 0;
};

/// Makes the keys, one in a thousand of them twice.
void produce(std::uint64_t keys, std::size_t perRun, BoundedQueue<SmallRun>& queue, const std::stop_token& stop,
    Sorting& sorting)
{
    const KeyMix mix(keys);
    for (std::uint64_t from = 0; from < keys; from += perRun) {
        KeyBatch batch;
        batch.reserve(perRun + perRun / 1000 + 1, perRun * 40);
        for (std::uint64_t at = from; at < std::min<std::uint64_t>(keys, from + perRun); ++at) {
            batch.append(mix.key(at));
            if (at % 1000 == 0) {
                batch.append(mix.key(at / 2));
            }
        }
        sorting.keyBytes += double(batch.byteCount());
        const double start = threadSeconds();
        SmallRun run = SmallRun::sorted(std::move(batch));
        sorting.seconds += threadSeconds() - start;
        if (!queue.push(std::move(run), stop)) {
            return;
        }
    }
    queue.close();
}

struct Building {
    double addSeconds = 0;
    double publishSeconds = 0;
    double compactSeconds = 0;
    int published = 0;
};

/// What the index thread does.
void build(IndexBuilder& builder, BoundedQueue<SmallRun>& queue, Mailbox& mailbox, Building& spent)
{
    auto last = Clock::now();
    const auto publish = [&] {
        if (Clock::now() - last > 100ms) {
            const double from = threadSeconds();
            mailbox.put(builder.publish());
            spent.publishSeconds += threadSeconds() - from;
            ++spent.published;
            last = Clock::now();
        }
    };
    while (auto run = queue.pop({}, 1h)) {
        const double from = threadSeconds();
        builder.add(std::move(*run));
        spent.addSeconds += threadSeconds() - from;
        publish();
    }
    mailbox.put(builder.publish());
    const double from = threadSeconds();
    const double publishedBefore = spent.publishSeconds;
    builder.compact({}, publish);
    spent.compactSeconds = threadSeconds() - from - (spent.publishSeconds - publishedBefore);
    mailbox.put(builder.publish());
}

QJsonObject cpuPerKey(const Sorting& sorting, const Building& spent, double keys)
{
    const double ns = 1e9 / keys;
    return {{u"sort_and_encode"_s, sorting.seconds * ns}, {u"add"_s, spent.addSeconds * ns},
        {u"publish"_s, spent.publishSeconds * ns}, {u"last_merge"_s, spent.compactSeconds * ns},
        {u"total"_s, (sorting.seconds + spent.addSeconds + spent.publishSeconds + spent.compactSeconds) * ns}};
}

} // namespace

int main(int argc, char* argv[])
{
    const std::uint64_t keys = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 10'000'000;
    const std::size_t perRun = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 65'536;
    const auto baseline = double(residentBytes());

    Mailbox mailbox;
    Reader reader;
    Sorting sorting;
    Building spent;
    IndexBuilder builder(keys);
    const auto start = Clock::now();
    {
        BoundedQueue<SmallRun> queue(2);
        const std::jthread reading([&](const std::stop_token& stop) { reader.run(mailbox, stop); });
        const std::jthread scanning([&](const std::stop_token& stop) { produce(keys, perRun, queue, stop, sorting); });
        build(builder, queue, mailbox, spent);
    }
    const double seconds = secondsSince(start);
    ::malloc_trim(0); // what the C library keeps of batches is not the index's
    const double atRest = double(residentBytes()) - baseline;
    const auto snapshot = mailbox.newest();
    const auto count = double(snapshot->keyCount());
    std::uint64_t used = reader.used;
    const QJsonObject result{
        {u"bench"_s, u"index"_s},
        {u"keys"_s, count},
        {u"keys_per_run"_s, qint64(perRun)},
        {u"raw_bytes_per_key"_s, sorting.keyBytes / count},
        {u"duplicates"_s, qint64(builder.duplicates())},
        {u"exact"_s, snapshot->keyCount() == keys},
        {u"wall_s"_s, seconds},
        {u"bytes_per_key"_s,
            QJsonObject{{u"rest_rss"_s, atRest / count}, {u"rest_counted"_s, double(snapshot->residentBytes()) / count},
                {u"peak_rss"_s, (reader.peakBytes - baseline) / count}}},
        {u"cpu_ns_per_key"_s, cpuPerKey(sorting, spent, count)},
        {u"publish_cpu_ms"_s, spent.published > 0 ? spent.publishSeconds * 1e3 / spent.published : 0},
        {u"while_building"_s,
            QJsonObject{{u"most_runs"_s, qint64(reader.mostRuns)}, {u"rows_60_and_2_ranks"_s, reader.rows.toJson()}}},
        {u"at_rest"_s, queries(snapshot, used)},
        {u"checksum"_s, double(used)},
    };
    std::fputs(QJsonDocument(result).toJson().constData(), stdout);
    return snapshot->keyCount() == keys ? 0 : 1;
}
