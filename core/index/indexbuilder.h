// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/index/run.h"
#include "core/index/snapshot.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace keyglass {

/// Builds the index: takes small sorted runs, keeps the keys distinct, merges runs in tiers, publishes snapshots.
///
/// Lives on one thread (the session's index thread) and starts none of its own. Everything it publishes is immutable.
class IndexBuilder {
public:
    /// `expectedKeys`: DBSIZE where it is known, sizes the filter that keeps runs disjoint; a wrong guess costs speed
    /// only.
    explicit IndexBuilder(std::uint64_t expectedKeys = 0);
    IndexBuilder(const IndexBuilder&) = delete;
    IndexBuilder& operator=(const IndexBuilder&) = delete;
    ~IndexBuilder();

    /// Takes the keys of a run; those already there are dropped. Does its share of merging on the way.
    void add(SmallRun&& keys);
    /// Takes keys out (deleted by us, or seen to be gone); those that are not there are ignored.
    void remove(SmallRun&& keys);
    /// The state as of now. Cheap (under 1 ms at 100M keys): call it a few times a second. Later snapshots share what
    /// did not change.
    [[nodiscard]] std::shared_ptr<const Snapshot> publish();
    /// Merges what is left into one run, in steps that look at `stop` (at least every 50 ms); what is done stays done
    /// when stopped. `between` is called between steps (may publish). True when one run is left.
    bool compact(std::stop_token stop, const std::function<void()>& between = {});
    /// Keys taken so far that were already there: what SCAN returned twice.
    [[nodiscard]] std::uint64_t duplicates() const;
    [[nodiscard]] std::uint64_t keyCount() const;
    /// Whether every invariant of the structure holds: order, counts, distinctness. Reads everything: for tests.
    [[nodiscard]] bool isConsistent() const;

private:
    class Private;
    std::unique_ptr<Private> m_d;
};

} // namespace keyglass
