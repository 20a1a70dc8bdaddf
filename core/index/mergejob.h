// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/index/mergetree.h"
#include "core/index/runwriter.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

/// A run, and what its entries say.
struct KindOfRun {
    std::shared_ptr<const SortedRun> run;
    RunKind kind = RunKind::Keys;
};

/// Merges runs into one of keys and one of tombstones, in steps between which the state can be published.
class MergeJob {
public:
    /// Takes the runs over: what nobody else holds of them is given back as it is consumed.
    explicit MergeJob(std::vector<KindOfRun>&& sources);
    MergeJob(const MergeJob&) = delete;
    MergeJob& operator=(const MergeJob&) = delete;

    /// Merges about `budget` keys and returns how many it took; 0 once it is done. Whole blocks may go beyond the
    /// budget.
    std::size_t step(std::size_t budget);
    [[nodiscard]] bool isDone() const { return !m_tree.isValid(); }
    /// Appends the runs that stand for the state as of now: what is merged, and what is left of each source.
    void publish(std::vector<KindOfRun>& into);
    /// Appends the runs it made, once it is done.
    void finish(std::vector<KindOfRun>& into);
    /// Whether an entry of that kind is there, in what is merged or in what is left.
    [[nodiscard]] bool contains(std::string_view key, RunKind kind);
    [[nodiscard]] std::size_t runCount() const { return m_sources.size() + 1; }
    [[nodiscard]] bool hasTombstones() const { return m_hasTombstones; }

private:
    std::size_t takeKey();
    std::size_t takeEqualKeys();
    std::size_t takeBlocks();
    [[nodiscard]] std::size_t copyBlocksBelow(std::size_t stream, const std::string* bound);
    void write(RunKind kind, std::string_view key);
    void forgetConsumed();
    RunWriter& writer(RunKind kind) { return kind == RunKind::Keys ? m_keys : m_tombstones; }
    std::size_t& shared(RunKind kind) { return kind == RunKind::Keys ? m_keysShared : m_tombstonesShared; }

    std::deque<SortedRun> m_sources; // our own lists of chunks; a deque, because cursors point at them
    MergeTree m_tree;
    bool m_hasTombstones = false;
    RunWriter m_keys;
    RunWriter m_tombstones;
    // what the next key shares with the last one written, where keys between were not written
    std::size_t m_keysShared = 0;
    std::size_t m_tombstonesShared = 0;
    KeyBuffer m_group; // the key whose equals are being counted

    std::size_t m_lastWinner = 0;
    std::size_t m_wins = 0; // keys in a row from that run
};

} // namespace keyglass
