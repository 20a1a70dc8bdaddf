// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/keyfilter.h"

#include "core/base/clock.h"
#include "core/index/bytesearch.h"
#include "core/index/snapshot_p.h"
#include "core/index/stretchmatcher.h"

#include <QCoreApplication>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <new>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

// The keys are cut into more parts than there are threads, and each thread takes the first part that nobody has taken:
// so no thread waits long for another, and what is found first stands high up in the tree.
//
// Whether a key matches depends on nothing but the key. So each run of the snapshot is filtered by itself, which takes
// a quarter of what merging sixteen of them key by key does, and its hits are a run again. A run of tombstones is
// filtered like any other: what is left are the tombstones of the keys left. All runs of hits together are a snapshot
// as good as the one they are from. And as the parts follow each other, that is so at any moment for those of them that
// were looked at.

namespace keyglass {

namespace {

using SnapshotPointer = std::shared_ptr<const Snapshot>;

constexpr std::uint64_t keysWorthAPart = 32768;
constexpr std::size_t partsPerThread = 8;
constexpr Milliseconds firstTell{20}; // the caller
constexpr Milliseconds tellEvery{35};
constexpr Milliseconds shareEvery{15}; // a thread's hits so far with the calling thread

std::vector<KeyRange> partsOf(const Snapshot& snapshot, std::size_t threads)
{
    const std::uint64_t worth = snapshot.keyCount() / keysWorthAPart + 1;
    const auto parts = static_cast<std::size_t>(std::min<std::uint64_t>(threads * partsPerThread, worth));
    std::vector<KeyRange> ranges(1);
    for (std::string& point : snapshot.splitPoints(parts)) {
        ranges.back().end = point;
        ranges.push_back({std::move(point), std::nullopt});
    }
    return ranges;
}

QString tr(const char* text)
{
    return QCoreApplication::translate("keyfilter", text);
}

Error cancelled()
{
    return {ErrorKind::Cancelled, tr("The filter"), {}};
}

Error noRoom()
{
    return {ErrorKind::Limit, tr("The filter"), tr("There is not enough memory for it.")};
}

/// One call of filterKeys(): what its threads share.
class Filtering {
public:
    Filtering(const SnapshotPointer& snapshot, const FilterPattern& pattern, std::vector<KeyRange> parts);

    /// A thread's work: part after part until none is left or somebody failed.
    void work(const std::stop_token& stop) noexcept;
    /// Starts the threads, waits for them and tells what they found meanwhile.
    Status run(
        std::size_t threadCount, const std::stop_token& stop, const std::function<void(FilterProgress&&)>& progress);

private:
    /// One run of the snapshot.
    struct Source {
        SnapshotPointer keys; ///< As a snapshot.
        RunKind kind;
    };
    struct Part {
        KeyRange range;
        std::vector<SnapshotPointer> hits; ///< One per source; null where it was not looked at yet.
        std::int64_t looked = 0;           ///< Keys, less the tombstones.
    };
    class PartWork;

    Status filterParts(const std::stop_token& stop);
    Part* takePart();
    void ended(Status status);
    void startThreads(std::vector<std::jthread>& threads, std::size_t count);
    bool waitForEnd(Milliseconds atMost);
    FilterProgress progressSoFar(bool complete);

    const std::uint64_t m_generation;
    const FilterPattern& m_pattern;
    std::vector<Source> m_sources;
    bool m_hasTombstones = false;
    std::stop_source m_stopAll; ///< One thread's failure ends the others.

    std::mutex m_mutex; ///< Guards all below. The threads come here some fifty times a second, to show what they have.
    std::condition_variable m_threadEnded;
    std::vector<Part> m_parts;
    std::size_t m_taken = 0;   ///< Parts that a thread has begun.
    std::size_t m_running = 0; ///< Threads.
    std::optional<Error> m_failure;
};

Filtering::Filtering(const SnapshotPointer& snapshot, const FilterPattern& pattern, std::vector<KeyRange> parts)
    : m_generation(snapshot->generation())
    , m_pattern(pattern)
{
    for (const KindOfRun& run : snapshot->internals().runs) {
        m_sources.push_back({Snapshot::Private::make({{run.run, RunKind::Keys}}, m_generation), run.kind});
        m_hasTombstones = m_hasTombstones || run.kind == RunKind::Tombstones;
    }
    m_parts.reserve(parts.size());
    for (KeyRange& range : parts) {
        m_parts.push_back({std::move(range), std::vector<SnapshotPointer>(m_sources.size()), 0});
    }
}

/// One part, filtered by one thread.
class Filtering::PartWork {
public:
    PartWork(Filtering& all, Part& part, StretchMatcher& matcher, const std::stop_token& stop)
        : m_all(all)
        , m_part(part)
        , m_matcher(matcher)
        , m_stop(stop)
        , m_hits(all.m_sources.size())
    {
    }
    Status run();

private:
    Status filterSource(std::size_t at);
    void shareNowAndThen(SnapshotPointer& place, SortedSnapshotWriter& hits);
    void share();

    Filtering& m_all;
    Part& m_part; ///< Its range is only read; what it holds else is written by share() alone.
    StretchMatcher& m_matcher;
    const std::stop_token& m_stop;
    std::vector<SnapshotPointer> m_hits;
    std::int64_t m_looked = 0;
    Clock::time_point m_shared = Clock::now();
};

Status Filtering::PartWork::run()
{
    for (std::size_t at = 0; at < m_hits.size(); ++at) {
        if (Status done = filterSource(at); !done) {
            return done;
        }
    }
    share();
    return ok();
}

Status Filtering::PartWork::filterSource(std::size_t at)
{
    const Source& source = m_all.m_sources[at];
    SortedSnapshotWriter hits;
    for (StretchReader reader(source.keys, m_part.range); reader.next();) {
        if (m_stop.stop_requested()) {
            return cancelled();
        }
        if (Status done = m_matcher.appendHits(reader.keys(), m_stop, hits); !done) {
            return done;
        }
        m_looked += sign(source.kind) * static_cast<std::int64_t>(reader.keys().size());
        shareNowAndThen(m_hits[at], hits);
    }
    m_hits[at] = hits.publish();
    return ok();
}

/// Not where there are tombstones: these without their keys, or keys without them, would be told as hits.
void Filtering::PartWork::shareNowAndThen(SnapshotPointer& place, SortedSnapshotWriter& hits)
{
    const auto now = Clock::now();
    if (m_all.m_hasTombstones || now - m_shared < shareEvery) {
        return;
    }
    m_shared = now;
    place = hits.publish();
    share();
}

void Filtering::PartWork::share()
{
    auto hits = m_hits;
    const std::lock_guard lock(m_all.m_mutex);
    m_part.hits.swap(hits); // what was there is let go after the lock
    m_part.looked = m_looked;
}

void Filtering::work(const std::stop_token& stop) noexcept
{
    Status status = ok();
    try {
        status = filterParts(stop);
    } catch (const std::bad_alloc&) {
        status = noRoom();
    }
    ended(std::move(status));
}

Status Filtering::filterParts(const std::stop_token& stop)
{
    const auto matcher = m_pattern.makeMatcher();
    while (Part* part = takePart()) {
        if (Status done = PartWork(*this, *part, *matcher, stop).run(); !done) {
            return done;
        }
    }
    return ok();
}

Filtering::Part* Filtering::takePart()
{
    const std::lock_guard lock(m_mutex);
    return m_taken < m_parts.size() ? &m_parts[m_taken++] : nullptr;
}

void Filtering::ended(Status status)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!status && !m_failure) { // the others' Cancelled, which follows from the first failure, comes later
            m_failure = std::move(status).error();
        }
        --m_running;
        if (m_failure) {
            m_stopAll.request_stop();
        }
    }
    m_threadEnded.notify_one();
}

void Filtering::startThreads(std::vector<std::jthread>& threads, std::size_t count)
{
    for (std::size_t started = 0; started < count; ++started) {
        {
            const std::lock_guard lock(m_mutex);
            ++m_running;
        }
        try {
            threads.emplace_back([this, stop = m_stopAll.get_token()] { work(stop); });
        } catch (const std::system_error&) { // no more threads to be had: those that run share the work
            const std::lock_guard lock(m_mutex);
            --m_running;
            return;
        }
    }
}

bool Filtering::waitForEnd(Milliseconds atMost)
{
    std::unique_lock lock(m_mutex);
    return m_threadEnded.wait_for(lock, atMost, [this] { return m_running == 0; });
}

FilterProgress Filtering::progressSoFar(bool complete)
{
    std::vector<std::vector<SnapshotPointer>> hitsOf(m_sources.size());
    std::int64_t looked = 0;
    {
        const std::lock_guard lock(m_mutex);
        for (const Part& part : m_parts) {
            looked += part.looked;
            for (std::size_t at = 0; at < hitsOf.size(); ++at) {
                hitsOf[at].push_back(part.hits[at]);
            }
        }
    }
    std::vector<KindOfRun> runs;
    for (std::size_t at = 0; at < hitsOf.size(); ++at) {
        const SnapshotPointer joined = joinedSnapshot(hitsOf[at]);
        for (const KindOfRun& run : joined->internals().runs) { // one, or none where nothing was hit
            runs.push_back({run.run, m_sources[at].kind});
        }
    }
    return {Snapshot::Private::make(std::move(runs), m_generation), static_cast<std::uint64_t>(looked), complete};
}

Status Filtering::run(
    std::size_t threadCount, const std::stop_token& stop, const std::function<void(FilterProgress&&)>& progress)
{
    const std::stop_callback stopAll(stop, [this] { m_stopAll.request_stop(); });
    std::vector<std::jthread> threads;
    startThreads(threads, threadCount);
    if (threads.empty()) {
        return noRoom();
    }
    for (Milliseconds wait = firstTell; !waitForEnd(wait); wait = tellEvery) {
        if (!stop.stop_requested()) {
            progress(progressSoFar(false));
        }
    }
    threads.clear(); // joins
    if (m_failure) {
        return *m_failure;
    }
    progress(progressSoFar(true));
    return ok();
}

} // namespace

Status checkFilter(const FilterSpec& spec)
{
    if (spec.isEmpty()) {
        return ok();
    }
    const auto pattern = FilterPattern::compile(spec);
    return pattern ? ok() : Status(pattern.error());
}

bool narrows(const FilterSpec& wider, const FilterSpec& narrower)
{
    if (wider.isEmpty() || wider == narrower) {
        return true;
    }
    if (wider.hasRoots != narrower.hasRoots) {
        return false;
    }
    if (wider.kind != FilterSpec::Kind::Substring || narrower.kind != wider.kind || narrower.isEmpty()) {
        return false;
    }
    if (wider.caseSensitive && !narrower.caseSensitive) {
        return false;
    }
    std::string within = narrower.needle;
    within.resize(within.size() + ByteSearch::slack);
    return ByteSearch(wider.needle, wider.caseSensitive).find({within.data(), narrower.needle.size()})
        != ByteSearch::npos;
}

Status filterKeys(const std::shared_ptr<const Snapshot>& snapshot, const FilterSpec& spec, int threads,
    std::stop_token stop, const std::function<void(FilterProgress&&)>& progress)
{
    Q_ASSERT(snapshot && threads > 0);
    if (spec.isEmpty()) {
        progress({snapshot, snapshot->keyCount(), true});
        return ok();
    }
    const auto pattern = FilterPattern::compile(spec);
    if (!pattern) {
        return pattern.error();
    }
    const auto most = static_cast<std::size_t>(std::max(threads, 1));
    std::vector<KeyRange> parts = partsOf(*snapshot, most);
    const std::size_t useful = std::min(most, parts.size());
    return Filtering(snapshot, **pattern, std::move(parts)).run(useful, stop, progress);
}

} // namespace keyglass
