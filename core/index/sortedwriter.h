// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/index/snapshot.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace keyglass {

struct RunPiece;

/// Builds a snapshot from keys that come in byte order, as the hits of a filter do: no sorting, no merging, no
/// look-ups.
///
/// Belongs to one thread; what it publishes is immutable and may be read anywhere while more keys are appended.
class SortedSnapshotWriter {
public:
    SortedSnapshotWriter();
    SortedSnapshotWriter(SortedSnapshotWriter&&) noexcept;
    SortedSnapshotWriter& operator=(SortedSnapshotWriter&&) noexcept;
    SortedSnapshotWriter(const SortedSnapshotWriter&) = delete;
    SortedSnapshotWriter& operator=(const SortedSnapshotWriter&) = delete;
    ~SortedSnapshotWriter();

    /// Takes the next key, above all keys before it. A key equal to the last one is ignored.
    void append(std::string_view key);
    /// Takes all keys of a block, copied as it is; they are above all keys before, and `last` is the last of them.
    void appendBlock(const RunPiece& piece, std::size_t block, std::string_view last);
    [[nodiscard]] std::uint64_t keyCount() const;
    /// What was appended so far, as a snapshot of one run. Cost: one pointer per 64 KiB of keys, nothing is copied.
    [[nodiscard]] std::shared_ptr<const Snapshot> publish();

private:
    class Private;
    std::unique_ptr<Private> m_d;
};

/// One snapshot of one run out of several whose keys follow each other: every key of a part is above all keys of the
/// parts before it (the parts of splitPoints(), filtered side by side), each made by a SortedSnapshotWriter. Shares
/// their memory. Null and empty parts are left out.
[[nodiscard]] std::shared_ptr<const Snapshot> joinedSnapshot(std::span<const std::shared_ptr<const Snapshot>> parts);

} // namespace keyglass
