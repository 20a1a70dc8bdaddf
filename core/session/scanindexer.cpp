// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/scanindexer.h"

#include "core/scan/boundedqueue.h"
#include "core/session/batchsorters.h"

#include <thread>

namespace keyglass {

namespace {

using namespace std::chrono_literals;

/// Runs that may wait for the index thread: half a million keys at most, then the scanners wait.
constexpr std::size_t queuedRuns = 8;
constexpr auto publishEvery = 100ms;
/// The first keys are shown at once, the next ones soon.
constexpr auto firstPublishes = 20ms;
constexpr int hurriedPublishes = 5;

/// Ends the threads of a run also where the index could not take what they gave.
struct Closing {
    BatchSorters& sorters;
    BoundedQueue<SmallRun>& runs;
    ~Closing()
    {
        sorters.close();
        runs.close();
    }
};

KeyBatch batchOf(const std::vector<std::string>& keys)
{
    KeyBatch batch;
    for (const std::string& key : keys) {
        batch.append(key);
    }
    return batch;
}

KeyBatch copyOf(const SmallRun& run)
{
    KeyBatch copy;
    copy.reserve(run.size(), run.size() * 32);
    for (std::size_t at = 0; at < run.size(); ++at) {
        copy.append(run[at]);
    }
    return copy;
}

} // namespace

ScanIndexer::ScanIndexer(ScanRequest request, std::vector<ScanNode> nodes, std::unique_ptr<IndexBuilder> builder,
    std::uint64_t expectedKeys, std::optional<std::string> refresh)
    : ScanIndexer(std::make_unique<ScanEngine>(std::move(request), std::move(nodes)), std::move(builder), expectedKeys,
          std::move(refresh))
{
}

ScanIndexer::ScanIndexer(std::unique_ptr<ScanEngine> engine, std::unique_ptr<IndexBuilder> builder,
    std::uint64_t expectedKeys, std::optional<std::string> refresh)
    : m_engine(std::move(engine))
    , m_builder(builder ? std::move(builder) : std::make_unique<IndexBuilder>(expectedKeys))
    , m_refresh(std::move(refresh))
{
    if (m_refresh) {
        m_found = std::make_unique<IndexBuilder>();
    }
}

ScanIndexer::~ScanIndexer() = default;

ScanReport ScanIndexer::run(std::stop_token stop, const Publish& publish)
{
    const auto before = m_refresh ? m_builder->publish() : nullptr;
    const std::uint64_t duplicatesBefore = m_builder->duplicates();
    BoundedQueue<SmallRun> queue(queuedRuns);
    ScanReport report;
    {
        BatchSorters sorters(BatchSorters::threadsFor(m_engine->progress().nodes.size()), queue);
        std::jthread scanning([&] {
            report = m_engine->run(stop, [&](KeyBatch&& keys) { return sorters.push(std::move(keys), stop); });
            sorters.close();
        });
        const Closing closing{sorters, queue};
        auto nextPublish = Clock::now();
        int published = 0;
        bool changed = false;
        while (!queue.isDrained()) {
            if (auto keys = queue.pop({}, publishEvery)) {
                if (m_found) {
                    m_found->add(SmallRun::sorted(copyOf(*keys)));
                }
                m_builder->add(*std::move(keys));
                changed = true;
            }
            changed = takeAmendments() || changed;
            if (changed && Clock::now() >= nextPublish) {
                publish(m_builder->publish());
                changed = false;
                nextPublish = Clock::now() + (++published < hurriedPublishes ? firstPublishes : publishEvery);
            }
        }
    }
    if (!m_refresh) { // else all that was known comes again
        report.duplicates = m_builder->duplicates() - duplicatesBefore;
    }
    if (before && report.isComplete()) {
        removeVanished(before);
    }
    m_found.reset();
    static_cast<void>(takeAmendments());
    publish(m_builder->publish());
    return report;
}

/// Takes out the keys that were there when the refreshing scan began and that it did not find.
void ScanIndexer::removeVanished(const std::shared_ptr<const Snapshot>& before)
{
    constexpr std::size_t keysAtOnce = 65536;
    const auto found = m_found->publish();
    const KeyRange range = prefixRange(*m_refresh);
    SnapshotCursor old(before);
    KeyBatch vanished;
    const auto removeThem = [&] { m_builder->remove(SmallRun::sorted(std::exchange(vanished, KeyBatch()))); };
    for (bool more = old.seek(range.first); more && (!range.end || old.key() < *range.end); more = old.next()) {
        if (!found->contains(old.key())) {
            vanished.append(old.key());
        }
        if (vanished.size() >= keysAtOnce) {
            removeThem();
        }
    }
    removeThem();
}

void ScanIndexer::compact(std::stop_token stop, const Publish& publish)
{
    auto nextPublish = Clock::now() + publishEvery;
    m_builder->compact(stop, [&] {
        if (Clock::now() >= nextPublish) {
            publish(m_builder->publish());
            nextPublish = Clock::now() + publishEvery;
        }
    });
    publish(m_builder->publish());
}

void ScanIndexer::amend(std::vector<std::string> added, std::vector<std::string> removed)
{
    {
        const std::lock_guard lock(m_mutex);
        m_amendments.push_back({std::move(added), std::move(removed)});
    }
    m_amended.notify_all();
}

bool ScanIndexer::takeAmendments()
{
    std::vector<Amendment> amendments;
    {
        const std::lock_guard lock(m_mutex);
        amendments.swap(m_amendments);
    }
    for (const Amendment& amendment : amendments) {
        m_builder->remove(SmallRun::sorted(batchOf(amendment.removed)));
        m_builder->add(SmallRun::sorted(batchOf(amendment.added)));
    }
    return !amendments.empty();
}

void ScanIndexer::follow(std::stop_token stop, const Publish& publish)
{
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(m_mutex);
            m_amended.wait(lock, stop, [this] { return !m_amendments.empty(); });
        }
        if (takeAmendments()) {
            publish(m_builder->publish());
        }
    }
}

std::unique_ptr<IndexBuilder> ScanIndexer::takeBuilder()
{
    return std::move(m_builder);
}

} // namespace keyglass
