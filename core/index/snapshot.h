// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/keybatch.h"
#include "core/index/keyrange.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

/// One immutable state of the index: every key seen so far, once, in byte order. Made by an IndexBuilder.
///
/// Any number of threads may read it at once. Ranks are 64-bit positions in byte order, exact at any moment. A held
/// Snapshot keeps the memory of its runs alive: hold the newest one only.
class Snapshot {
public:
    /// Counts up with every snapshot a builder publishes.
    [[nodiscard]] std::uint64_t generation() const;
    /// Exact number of distinct live keys.
    [[nodiscard]] std::uint64_t keyCount() const;
    /// Number of keys < `key`, so the row of `key` if it is there. O(runs x log keys).
    [[nodiscard]] std::uint64_t rank(std::string_view key) const;
    [[nodiscard]] bool contains(std::string_view key) const;
    /// The key at `rank`; empty from keyCount() on. O(runs x log^2 keys): anchor on keys, not on ranks, while
    /// scrolling.
    [[nodiscard]] std::string select(std::uint64_t rank) const;
    /// Number of keys in the range: the difference of two ranks.
    [[nodiscard]] std::uint64_t count(const KeyRange& range) const;
    /// At most `parts` - 1 keys, ascending, that cut the keys into parts of about the same size (within a few blocks):
    /// part i is [point i-1, point i). Fewer where there are few keys. O(parts x runs x log^2 keys).
    [[nodiscard]] std::vector<std::string> splitPoints(std::size_t parts) const;
    /// Bytes of memory the index keeps resident for this snapshot, slack included.
    [[nodiscard]] std::size_t residentBytes() const;
    /// Sorted runs it is made of; 1 once everything is merged.
    [[nodiscard]] std::size_t runCount() const;

    class Private;
    explicit Snapshot(std::shared_ptr<const Private> d);
    [[nodiscard]] const Private& internals() const { return *m_d; } ///< For core/index itself.

private:
    std::shared_ptr<const Private> m_d;
};

/// An empty snapshot, for before the first scan.
[[nodiscard]] std::shared_ptr<const Snapshot> emptySnapshot();

/// Walks the keys of a snapshot in byte order, over all its runs at once, tombstones left out.
///
/// Belongs to one thread. `key()` lives until the cursor moves or dies. A fresh cursor is nowhere until it is sought.
class SnapshotCursor {
public:
    explicit SnapshotCursor(std::shared_ptr<const Snapshot> snapshot);
    SnapshotCursor(SnapshotCursor&&) noexcept;
    SnapshotCursor& operator=(SnapshotCursor&&) noexcept;
    SnapshotCursor(const SnapshotCursor&) = delete;
    SnapshotCursor& operator=(const SnapshotCursor&) = delete;
    ~SnapshotCursor();

    /// Goes to the first key >= `key`. O(runs x log keys). False, and not valid, where there is none.
    bool seek(std::string_view key);
    /// Goes to the key at `rank`.
    bool seekRank(std::uint64_t rank);
    /// Goes to the next key. False, and not valid any more, after the last.
    bool next();
    [[nodiscard]] bool isValid() const;
    [[nodiscard]] std::string_view key() const;
    /// Length of the prefix that key() shares with the key before next() moved here; 0 after a seek. Comes for free
    /// from the front coding: the quick way to see that the next key is still in the same folder.
    [[nodiscard]] std::size_t sharedWithPrevious() const;

private:
    class Private;
    std::unique_ptr<Private> m_d;
};

} // namespace keyglass
