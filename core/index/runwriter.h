// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/index/sortedrun.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace keyglass {

/// Writes keys that come in order into the chunks of a run.
class RunWriter {
public:
    /// Takes the next key, which shares `shared` bytes with the key before it (exactly, not at least).
    void append(std::string_view key, std::size_t shared);
    /// Takes a whole block as it is, copied; its keys are above all before.
    void appendBlock(const RunPiece& piece, std::size_t block);
    /// Takes all blocks of a piece: by sharing its chunk where that wastes little, else copied.
    void appendPiece(const RunPiece& piece);

    [[nodiscard]] std::uint64_t keyCount() const { return m_run.keyCount() + m_count; }
    /// Closes the block being filled, so that every key taken so far is in run().
    void flush();
    /// All keys of closed blocks; grows with the next one.
    [[nodiscard]] const SortedRun& run() const { return m_run; }
    /// What was taken so far, as a run that stays as it is while more keys are appended (behind it, into the same
    /// chunk).
    [[nodiscard]] std::shared_ptr<const SortedRun> publish();
    /// The whole run; the writer is empty then.
    [[nodiscard]] std::shared_ptr<const SortedRun> finish();

private:
    struct Staged {
        std::size_t shared;
        std::size_t length;
    };
    [[nodiscard]] std::size_t smallestShared() const;
    void writeHeaders(std::size_t common);
    [[nodiscard]] Byte* makeRoom(std::size_t bytes);
    [[nodiscard]] bool hasRoom(std::size_t bytes) const;
    void closeBlock(std::size_t bytes, std::size_t keys);
    void shrinkLastPiece();

    SortedRun m_run;
    bool m_isOpen = false;    // the last piece's chunk is ours and takes more blocks
    std::size_t m_next = 0;   // where its next block starts
    std::size_t m_wasted = 0; // bytes of chunks left unused by sharing

    // the block being filled
    std::size_t m_count = 0;
    std::array<Staged, keysPerBlock> m_staged{};
    std::vector<Byte> m_first;
    std::vector<Byte> m_suffixes; // longer than what is used
    std::size_t m_suffixBytes = 0;
    std::vector<Byte> m_headers;
};

/// The run without the keys at `ranks` (ascending); chunks and blocks that hold none of them are taken as they are.
[[nodiscard]] std::shared_ptr<const SortedRun> withoutKeys(const SortedRun& run, std::span<const std::uint64_t> ranks);

} // namespace keyglass
