// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/indexbuilder.h"

#include "core/index/consistency.h"
#include "core/index/keyhash.h"
#include "core/index/seenfilter.h"
#include "core/index/snapshot_p.h"
#include "core/index/tiers.h"

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {
/// Keys of one step of the last merge: some 15 ms, so that a stop is seen in time.
constexpr std::size_t keysPerStep = 1U << 17U;
/// Keys that come after a rest before the filter is made anew: fewer are looked up one by one (about 1 us each).
constexpr std::uint64_t keysBeforeLearning = 1U << 17U;
} // namespace

class IndexBuilder::Private {
public:
    explicit Private(std::uint64_t expectedKeys)
        : seen(std::make_unique<SeenFilter>(expectedKeys))
    {
    }

    std::vector<std::uint64_t> suspects(const SmallRun& keys);
    void learn(std::uint64_t arrived);
    void rest();

    Tiers tiers;
    /// Knows every key that was ever added since it was made. Gone while the index rests; then it does not know all yet
    /// (`isLearning`) for some time after more keys came.
    std::unique_ptr<SeenFilter> seen;
    bool isLearning = false;
    std::string learnFrom; ///< The keys below are learned.
    std::uint64_t addedSinceRest = 0;

    std::uint64_t live = 0;
    std::uint64_t duplicates = 0;
    std::uint64_t generation = 0;
};

/// Ranks in the run of the keys that may be there already.
std::vector<std::uint64_t> IndexBuilder::Private::suspects(const SmallRun& keys)
{
    std::vector<std::uint64_t> found;
    if (seen) {
        seen->insert(keys.hashes(), [&](std::size_t at) { found.push_back(at); });
    }
    if (!seen || isLearning) {
        found.resize(keys.size());
        for (std::size_t at = 0; at < found.size(); ++at) {
            found[at] = at;
        }
    }
    return found;
}

/// Makes the filter anew where many keys come after a rest, a part with each add(): it walks the keys in their order,
/// so that what is merged meanwhile does not matter.
void IndexBuilder::Private::learn(std::uint64_t arrived)
{
    addedSinceRest += arrived;
    if (!seen && addedSinceRest >= std::max(keysBeforeLearning, live / 32)) {
        seen = std::make_unique<SeenFilter>(2 * live);
        isLearning = true;
        learnFrom.clear();
    }
    if (!isLearning) {
        return;
    }
    // Removed keys as well: until they meet their tombstone in a merge they are there, and must be found if they come
    // again.
    std::vector<KindOfRun> runs = tiers.runs();
    std::erase_if(runs, [](const KindOfRun& run) { return run.kind == RunKind::Tombstones; });
    const Snapshot::Private state(std::move(runs), 0);
    LiveKeys keys(state);
    keys.start(learnFrom);
    std::vector<std::uint64_t> hashes;
    for (std::uint64_t left = 8 * arrived + keysPerStep / 8; left > 0 && keys.isValid(); --left, keys.next()) {
        hashes.push_back(keyHash(keys.key()));
    }
    seen->insert(hashes, [](std::size_t) { });
    isLearning = keys.isValid();
    learnFrom = isLearning ? std::string(keys.key()) : std::string();
}

/// One run is left: what only building needs is given back.
void IndexBuilder::Private::rest()
{
    seen = live == 0 ? std::make_unique<SeenFilter>(0) : nullptr;
    isLearning = false;
    addedSinceRest = 0;
    chunkpool::trim();
}

IndexBuilder::IndexBuilder(std::uint64_t expectedKeys)
    : m_d(std::make_unique<Private>(expectedKeys))
{
}

IndexBuilder::~IndexBuilder() = default;

void IndexBuilder::add(SmallRun&& keys)
{
    const SmallRun arrived = std::move(keys);
    m_d->duplicates += arrived.duplicates();
    if (arrived.size() == 0) {
        return;
    }
    const std::vector<std::uint64_t> suspects = m_d->suspects(arrived);
    const Tiers::Known known = m_d->tiers.lookUp(*arrived.run(), suspects);
    m_d->duplicates += known.alive.size();
    m_d->tiers.revive(*arrived.run(), known.removed);
    std::vector<std::uint64_t> there;
    std::merge(
        known.alive.begin(), known.alive.end(), known.removed.begin(), known.removed.end(), std::back_inserter(there));
    m_d->live += arrived.size() - known.alive.size();
    m_d->tiers.add({there.empty() ? arrived.run() : withoutKeys(*arrived.run(), there), RunKind::Keys});
    m_d->tiers.work(arrived.size());
    m_d->learn(arrived.size());
}

void IndexBuilder::remove(SmallRun&& keys)
{
    const SmallRun gone = std::move(keys);
    if (gone.size() == 0) {
        return;
    }
    std::vector<std::uint64_t> all(gone.size());
    for (std::size_t at = 0; at < all.size(); ++at) {
        all[at] = at;
    }
    const Tiers::Known known = m_d->tiers.lookUp(*gone.run(), all);
    std::vector<std::uint64_t> missing;
    std::set_difference(all.begin(), all.end(), known.alive.begin(), known.alive.end(), std::back_inserter(missing));
    m_d->live -= known.alive.size();
    m_d->tiers.add({missing.empty() ? gone.run() : withoutKeys(*gone.run(), missing), RunKind::Tombstones});
    m_d->tiers.work(gone.size());
}

std::shared_ptr<const Snapshot> IndexBuilder::publish()
{
    return Snapshot::Private::make(m_d->tiers.runs(), ++m_d->generation);
}

bool IndexBuilder::compact(std::stop_token stop, const std::function<void()>& between)
{
    m_d->tiers.startLastMerge();
    while (!m_d->tiers.isMerged()) {
        if (stop.stop_requested()) {
            return false;
        }
        m_d->tiers.stepLastMerge(keysPerStep);
        if (between) {
            between();
        }
    }
    m_d->rest();
    return true;
}

std::uint64_t IndexBuilder::duplicates() const
{
    return m_d->duplicates;
}

std::uint64_t IndexBuilder::keyCount() const
{
    return m_d->live;
}

bool IndexBuilder::isConsistent() const
{
    const Snapshot::Private state(m_d->tiers.runs(), 0);
    return state.keys == m_d->live && areConsistent(state.runs);
}

} // namespace keyglass
