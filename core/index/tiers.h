// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/index/mergejob.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace keyglass {

/// The runs of an index by size, and the merges that keep their number small.
///
/// Each tier has one merge at most; while keys arrive the lowest are worked on first, so that a large merge never lets
/// small runs pile up. Invariants: no key is in two runs of a kind, and every tombstone has its key.
class Tiers {
public:
    void add(KindOfRun run);
    /// Merges in proportion to the keys that arrived.
    void work(std::size_t arrived);

    /// Of the keys at `ranks` of a run: those that are there, and those that are there with a tombstone, as ranks.
    struct Known {
        std::vector<std::uint64_t> alive;
        std::vector<std::uint64_t> removed;
    };
    [[nodiscard]] Known lookUp(const SortedRun& keys, std::span<const std::uint64_t> ranks);
    /// Takes the tombstones of the keys at `ranks` away.
    void revive(const SortedRun& keys, std::span<const std::uint64_t> ranks);

    /// All runs as of now, those of unfinished merges too.
    [[nodiscard]] std::vector<KindOfRun> runs();

    /// One merge of everything instead of those under way (what they have done stays done).
    void startLastMerge();
    void stepLastMerge(std::size_t keys);
    [[nodiscard]] bool isMerged() const; ///< One run at most, no tombstones, nothing under way.

private:
    struct Tier {
        std::vector<KindOfRun> runs;
        std::unique_ptr<MergeJob> job;
    };
    Tier& tier(std::size_t number);
    [[nodiscard]] std::size_t runCount() const;
    bool stepTier(std::size_t number, std::size_t& budget);
    void endJob(std::size_t number);
    void dissolveJobs();
    [[nodiscard]] bool hasTombstones() const;
    template <typename Visit> void forEachSource(RunKind kind, Visit&& visit);

    std::vector<Tier> m_tiers;
};

} // namespace keyglass
