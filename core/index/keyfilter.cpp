// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/keyfilter.h"

#include "core/base/clock.h"
#include "core/index/bytesearch.h"
#include "core/index/keyregex.h"
#include "core/index/keystretch.h"
#include "core/index/sortedwriter.h"

#include <QCoreApplication>

#include <algorithm>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

// The keys are cut into more parts than there are threads, and each thread takes the first part that nobody has taken:
// so no thread waits long for another, and what is found first stands high up in the tree. A part's hits are an index
// of its own. As the parts follow each other, the hits of all of them joined are one index, at any moment.

namespace keyglass {

namespace {

constexpr std::uint64_t keysWorthAPart = 32768;
constexpr std::size_t partsPerThread = 8;
constexpr Milliseconds tellEvery{35};  // the caller
constexpr Milliseconds shareEvery{20}; // a thread's hits so far with the calling thread

/// Finds the keys of a stretch that match. Belongs to one thread.
class StretchMatcher {
public:
    StretchMatcher() = default;
    StretchMatcher(const StretchMatcher&) = delete;
    StretchMatcher& operator=(const StretchMatcher&) = delete;
    virtual ~StretchMatcher() = default;
    virtual Status appendHits(const KeyStretch& keys, const std::stop_token& stop, SortedSnapshotWriter& hits) = 0;
};

/// A checked FilterSpec; shared by the threads, never changed.
class Pattern {
public:
    Pattern() = default;
    Pattern(const Pattern&) = delete;
    Pattern& operator=(const Pattern&) = delete;
    virtual ~Pattern() = default;
    /// A matcher for one thread; the pattern must outlive it.
    virtual std::unique_ptr<StretchMatcher> makeMatcher() const = 0;
};

class SubstringMatcher : public StretchMatcher {
public:
    explicit SubstringMatcher(const ByteSearch& search)
        : m_search(search)
    {
    }
    Status appendHits(const KeyStretch& keys, const std::stop_token&, SortedSnapshotWriter& hits) override
    {
        const std::string_view bytes = keys.bytes();
        std::size_t at = 0; // the key that `place` stands in
        for (std::size_t place = m_search.find(bytes); place != ByteSearch::npos;) {
            while (keys.end(at) <= place) {
                ++at;
            }
            const bool isWithinKey = place + m_search.size() <= keys.end(at);
            if (isWithinKey) {
                hits.append(keys[at]);
            }
            place = m_search.find(bytes, isWithinKey ? keys.end(at) : place + 1);
        }
        return ok();
    }

private:
    const ByteSearch& m_search;
};

class SubstringPattern : public Pattern {
public:
    explicit SubstringPattern(const FilterSpec& spec)
        : m_search(spec.needle, spec.caseSensitive)
    {
    }
    std::unique_ptr<StretchMatcher> makeMatcher() const override
    {
        return std::make_unique<SubstringMatcher>(m_search);
    }

private:
    const ByteSearch m_search;
};

class RegexMatcher : public StretchMatcher {
public:
    explicit RegexMatcher(const KeyRegex& regex)
        : m_matcher(regex)
    {
    }
    Status appendHits(const KeyStretch& keys, const std::stop_token& stop, SortedSnapshotWriter& hits) override
    {
        for (std::size_t at = 0; at < keys.size(); ++at) {
            const Result<bool> matches = m_matcher.matches(keys[at], stop);
            if (!matches) {
                return matches.error();
            }
            if (*matches) {
                hits.append(keys[at]);
            }
        }
        return ok();
    }

private:
    KeyRegex::Matcher m_matcher;
};

class RegexPattern : public Pattern {
public:
    explicit RegexPattern(KeyRegex regex)
        : m_regex(std::move(regex))
    {
    }
    std::unique_ptr<StretchMatcher> makeMatcher() const override { return std::make_unique<RegexMatcher>(m_regex); }

private:
    const KeyRegex m_regex;
};

Result<std::unique_ptr<const Pattern>> compiled(const FilterSpec& spec)
{
    if (spec.kind == FilterSpec::Kind::Substring) {
        return std::unique_ptr<const Pattern>(std::make_unique<SubstringPattern>(spec));
    }
    auto regex = KeyRegex::compile(spec.needle, spec.caseSensitive);
    if (!regex) {
        return std::move(regex).error();
    }
    return std::unique_ptr<const Pattern>(std::make_unique<RegexPattern>(std::move(regex).value()));
}

std::vector<KeyRange> partsOf(const Snapshot& snapshot, std::size_t most)
{
    const std::uint64_t worth = snapshot.keyCount() / keysWorthAPart + 1;
    const auto parts = static_cast<std::size_t>(std::min<std::uint64_t>(most, worth));
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
    Filtering(const std::shared_ptr<const Snapshot>& snapshot, const Pattern& pattern, std::vector<KeyRange> parts);

    /// A thread's work: part after part until none is left or somebody failed.
    void work(const std::stop_token& stop) noexcept;
    /// Starts the threads, waits for them and tells what they found meanwhile.
    Status run(
        std::size_t threadCount, const std::stop_token& stop, const std::function<void(FilterProgress&&)>& progress);

private:
    struct Part {
        KeyRange keys;
        std::shared_ptr<const Snapshot> hits;
        std::uint64_t looked = 0;
    };

    Status filterParts(const std::stop_token& stop);
    Status filterPart(Part& part, StretchMatcher& matcher, const std::stop_token& stop);
    Part* takePart();
    void share(Part& part, std::uint64_t looked, SortedSnapshotWriter& hits);
    void ended(Status status);
    void startThreads(std::vector<std::jthread>& threads, std::size_t count);
    bool waitForEnd(Milliseconds atMost);
    FilterProgress progressSoFar(bool complete);

    const std::shared_ptr<const Snapshot> m_snapshot;
    const Pattern& m_pattern;
    std::stop_source m_stopAll; ///< One thread's failure ends the others.

    std::mutex m_mutex; ///< Guards all below. The threads come here some fifty times a second, to show what they have.
    std::condition_variable m_threadEnded;
    std::vector<Part> m_parts;
    std::size_t m_taken = 0;   ///< Parts that a thread has begun.
    std::size_t m_running = 0; ///< Threads.
    std::optional<Error> m_failure;
};

Filtering::Filtering(
    const std::shared_ptr<const Snapshot>& snapshot, const Pattern& pattern, std::vector<KeyRange> parts)
    : m_snapshot(snapshot)
    , m_pattern(pattern)
{
    m_parts.reserve(parts.size());
    for (KeyRange& keys : parts) {
        m_parts.push_back({std::move(keys), nullptr, 0});
    }
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
        if (Status done = filterPart(*part, *matcher, stop); !done) {
            return done;
        }
    }
    return ok();
}

Status Filtering::filterPart(Part& part, StretchMatcher& matcher, const std::stop_token& stop)
{
    StretchReader reader(m_snapshot, part.keys); // the range does not change; the rest of a part is shared
    SortedSnapshotWriter hits;
    std::uint64_t looked = 0;
    for (auto shared = Clock::now(); reader.next(); looked += reader.keys().size()) {
        if (stop.stop_requested()) {
            return cancelled();
        }
        if (const auto now = Clock::now(); now - shared >= shareEvery) {
            share(part, looked, hits);
            shared = now;
        }
        if (Status done = matcher.appendHits(reader.keys(), stop, hits); !done) {
            return done;
        }
    }
    share(part, looked, hits);
    return ok();
}

Filtering::Part* Filtering::takePart()
{
    const std::lock_guard lock(m_mutex);
    return m_taken < m_parts.size() ? &m_parts[m_taken++] : nullptr;
}

void Filtering::share(Part& part, std::uint64_t looked, SortedSnapshotWriter& hits)
{
    auto found = hits.publish();
    const std::lock_guard lock(m_mutex);
    part.hits = std::move(found);
    part.looked = looked;
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
    FilterProgress progress;
    progress.complete = complete;
    std::vector<std::shared_ptr<const Snapshot>> hits;
    {
        const std::lock_guard lock(m_mutex);
        for (const Part& part : m_parts) {
            hits.push_back(part.hits);
            progress.keysLookedAt += part.looked;
        }
    }
    progress.hits = joinedSnapshot(hits);
    return progress;
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
    while (!waitForEnd(tellEvery)) {
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
    const auto pattern = compiled(spec);
    return pattern ? ok() : Status(pattern.error());
}

bool narrows(const FilterSpec& wider, const FilterSpec& narrower)
{
    if (wider.isEmpty() || wider == narrower) {
        return true;
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
    const auto pattern = compiled(spec);
    if (!pattern) {
        return pattern.error();
    }
    const auto most = static_cast<std::size_t>(std::max(threads, 1));
    std::vector<KeyRange> parts = partsOf(*snapshot, most == 1 ? 1 : most * partsPerThread);
    const std::size_t useful = std::min(most, parts.size());
    return Filtering(snapshot, **pattern, std::move(parts)).run(useful, stop, progress);
}

} // namespace keyglass
