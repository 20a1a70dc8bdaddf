// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/tiers.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace keyglass {

namespace {

/// Tiers by the number of keys in a run, and how many runs of one are merged. Runs as the scanners make them (64
/// thousand keys) are merged by 16, what comes of it by 4: less written than by 8 and 8, and fewer runs than by 16
/// and 16.
constexpr std::array<std::uint64_t, 4> smallTiers{512, 8'192, 48 * 1024, 512 * 1024};
constexpr std::array<std::size_t, 4> smallFanOut{8, 8, 8, 16};
constexpr std::size_t largeFanOut = 4;
/// What one merge takes at most, where runs have piled up.
constexpr std::size_t largestMerge = 32;
/// Keys merged for each that arrives: a key is moved 2.8 times on its way, so that merges always end before their tier
/// is full again.
constexpr std::size_t mergedPerArrived = 6;
/// Above that many runs merging is hurried: the time of every look-up grows with their number.
constexpr std::size_t manyRuns = 28;

std::size_t tierOf(std::uint64_t keys)
{
    std::size_t number = 0;
    while (number < smallTiers.size() && keys >= smallTiers[number]) {
        ++number;
    }
    for (std::uint64_t limit = 4 * smallTiers.back(); number >= smallTiers.size() && keys >= limit; limit *= 4) {
        ++number;
    }
    return number;
}

std::size_t fanOut(std::size_t number)
{
    return number < smallFanOut.size() ? smallFanOut[number] : largeFanOut;
}

} // namespace

Tiers::Tier& Tiers::tier(std::size_t number)
{
    if (number >= m_tiers.size()) {
        m_tiers.resize(number + 1);
    }
    return m_tiers[number];
}

void Tiers::add(KindOfRun run)
{
    const std::uint64_t keys = run.run->keyCount();
    if (keys > 0) {
        tier(tierOf(keys)).runs.push_back(std::move(run));
    }
}

void Tiers::work(std::size_t arrived)
{
    const std::size_t count = runCount();
    std::size_t budget = arrived * (mergedPerArrived + (count > manyRuns ? count - manyRuns : 0));
    for (std::size_t number = 0; number < m_tiers.size(); ++number) {
        while (budget > 0 && stepTier(number, budget)) { }
    }
}

/// False where the tier has nothing to merge.
bool Tiers::stepTier(std::size_t number, std::size_t& budget)
{
    Tier& at = m_tiers[number];
    if (!at.job) {
        if (at.runs.size() < fanOut(number)) {
            return false;
        }
        const auto end = at.runs.begin() + static_cast<std::ptrdiff_t>(std::min(at.runs.size(), largestMerge));
        std::vector<KindOfRun> sources(std::make_move_iterator(at.runs.begin()), std::make_move_iterator(end));
        at.runs.erase(at.runs.begin(), end);
        at.job = std::make_unique<MergeJob>(std::move(sources));
    }
    budget -= std::min(budget, at.job->step(budget));
    if (at.job->isDone()) {
        endJob(number);
    }
    return true;
}

void Tiers::endJob(std::size_t number)
{
    std::vector<KindOfRun> made;
    m_tiers[number].job->finish(made);
    m_tiers[number].job.reset();
    for (KindOfRun& run : made) {
        add(std::move(run));
    }
}

std::size_t Tiers::runCount() const
{
    std::size_t count = 0;
    for (const Tier& at : m_tiers) {
        count += at.runs.size() + (at.job ? at.job->runCount() : 0);
    }
    return count;
}

bool Tiers::hasTombstones() const
{
    return std::any_of(m_tiers.begin(), m_tiers.end(), [](const Tier& at) {
        const auto isTombstones = [](const KindOfRun& run) { return run.kind == RunKind::Tombstones; };
        return (at.job && at.job->hasTombstones()) || std::any_of(at.runs.begin(), at.runs.end(), isTombstones);
    });
}

/// Calls visit(contains) for every run and merge, the large ones first: `contains(key)` tells of entries of that kind.
template <typename Visit> void Tiers::forEachSource(RunKind kind, Visit&& visit)
{
    for (auto at = m_tiers.rbegin(); at != m_tiers.rend(); ++at) {
        if (at->job) {
            visit([&](std::string_view key) { return at->job->contains(key, kind); });
        }
        for (const KindOfRun& run : at->runs) {
            if (run.kind == kind) {
                visit([&](std::string_view key) { return run.run->contains(key); });
            }
        }
    }
}

namespace {
/// A key that is looked up.
struct Wanted {
    std::string key;
    std::uint64_t rank;
    bool isKey = false;
    bool isTombstone = false;
};

std::vector<Wanted> wantedKeys(const SortedRun& keys, std::span<const std::uint64_t> ranks)
{
    std::vector<Wanted> wanted;
    wanted.reserve(ranks.size());
    RunCursor cursor(&keys);
    std::uint64_t at = 0;
    for (const std::uint64_t rank : ranks) {
        if (cursor.isValid() && rank - at < keysPerBlock) {
            for (; at < rank; ++at) {
                cursor.next();
            }
        } else {
            cursor.moveTo(keys.placeOf(rank));
            at = rank;
        }
        wanted.push_back({std::string(cursor.key()), rank});
    }
    return wanted;
}
} // namespace

Tiers::Known Tiers::lookUp(const SortedRun& keys, std::span<const std::uint64_t> ranks)
{
    std::vector<Wanted> wanted = wantedKeys(keys, ranks);
    // One run after the other, the keys in their order: neighbours are found on warm memory.
    forEachSource(RunKind::Keys, [&](const auto& contains) {
        for (Wanted& one : wanted) {
            one.isKey = one.isKey || contains(one.key);
        }
    });
    if (hasTombstones()) {
        forEachSource(RunKind::Tombstones, [&](const auto& contains) {
            for (Wanted& one : wanted) {
                one.isTombstone = one.isTombstone || (one.isKey && contains(one.key));
            }
        });
    }
    Known known;
    for (const Wanted& one : wanted) {
        if (one.isKey) {
            (one.isTombstone ? known.removed : known.alive).push_back(one.rank);
        }
    }
    return known;
}

void Tiers::revive(const SortedRun& keys, std::span<const std::uint64_t> ranks)
{
    if (ranks.empty()) {
        return;
    }
    dissolveJobs(); // a run that is being merged can't be changed
    const std::vector<Wanted> wanted = wantedKeys(keys, ranks);
    for (Tier& at : m_tiers) {
        for (KindOfRun& run : at.runs) {
            if (run.kind == RunKind::Keys) {
                continue;
            }
            std::vector<std::uint64_t> dropped;
            for (const Wanted& one : wanted) {
                if (run.run->contains(one.key)) {
                    dropped.push_back(run.run->rank(one.key));
                }
            }
            if (!dropped.empty()) {
                run.run = withoutKeys(*run.run, dropped);
            }
        }
        std::erase_if(at.runs, [](const KindOfRun& run) { return run.run->keyCount() == 0; });
    }
}

std::vector<KindOfRun> Tiers::runs()
{
    std::vector<KindOfRun> all;
    for (Tier& at : m_tiers) {
        all.insert(all.end(), at.runs.begin(), at.runs.end());
        if (at.job) {
            at.job->publish(all);
        }
    }
    return all;
}

void Tiers::dissolveJobs()
{
    std::vector<KindOfRun> released;
    for (Tier& at : m_tiers) {
        if (at.job) {
            at.job->publish(released);
            at.job.reset();
        }
    }
    for (KindOfRun& run : released) {
        add(std::move(run));
    }
}

void Tiers::startLastMerge()
{
    dissolveJobs();
    if (isMerged()) {
        return;
    }
    std::vector<KindOfRun> all = runs();
    m_tiers.clear();
    std::uint64_t keys = 0;
    for (const KindOfRun& run : all) {
        keys += run.run->keyCount();
    }
    tier(tierOf(keys)).job = std::make_unique<MergeJob>(std::move(all));
}

void Tiers::stepLastMerge(std::size_t keys)
{
    const std::size_t last = m_tiers.size() - 1;
    m_tiers[last].job->step(keys);
    if (m_tiers[last].job->isDone()) {
        endJob(last);
    }
}

bool Tiers::isMerged() const
{
    std::size_t count = 0;
    for (const Tier& at : m_tiers) {
        if (at.job) {
            return false;
        }
        count += at.runs.size();
    }
    return count <= 1 && !hasTombstones();
}

} // namespace keyglass
