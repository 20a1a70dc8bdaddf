// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/index/chunkpool.h"
#include "core/index/keybytes.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace keyglass {

/// Keys per block; the last block before a cut may have fewer, and so has one of long keys.
inline constexpr std::size_t keysPerBlock = 32;

/// Some consecutive blocks of a run in one chunk. At the chunk's end stands, growing downwards, a table of
/// {u16 offset, u16 keys before} per block.
struct RunPiece {
    ChunkRef chunk;
    const Byte* data = nullptr;
    const Byte* tableEnd = nullptr;
    std::uint64_t keysBefore = 0; ///< In the run, from its first piece on.
    std::uint32_t used = 0;       ///< Bytes of blocks.
    std::uint32_t keys = 0;
    std::uint32_t blocks = 0;

    [[nodiscard]] std::size_t blockBegin(std::size_t block) const { return load16(tableEnd - 4 * (block + 1)); }
    [[nodiscard]] std::size_t blockEnd(std::size_t block) const
    {
        return block + 1 < blocks ? blockBegin(block + 1) : used;
    }
    [[nodiscard]] std::size_t keysBeforeBlock(std::size_t block) const
    {
        return load16(tableEnd - 4 * (block + 1) + 2);
    }
    [[nodiscard]] std::size_t keysInBlock(std::size_t block) const
    {
        return (block + 1 < blocks ? keysBeforeBlock(block + 1) : keys) - keysBeforeBlock(block);
    }
    /// The block that holds key `at` of this piece.
    [[nodiscard]] std::size_t blockOfKey(std::size_t at) const;
    [[nodiscard]] std::string_view firstKeyOfBlock(std::size_t block) const;
    [[nodiscard]] std::string_view firstKey() const { return firstKeyOfBlock(0); }
};

/// A block taken apart. Its bytes: [common][length of headers][length of first key][headers][first key][suffixes].
/// `common` is what every key shares with the one before it at least. A header is one byte, 3 bits of what is shared
/// beyond `common` and 5 bits of suffix length, or 255 and both as varints. A block stands alone and can be copied as
/// it is.
struct BlockParts {
    BlockParts() = default;
    explicit BlockParts(const Byte* block);

    std::size_t common = 0;
    std::size_t firstLength = 0;
    const Byte* headers = nullptr;
    const Byte* first = nullptr;
    const Byte* suffixes = nullptr;

    struct Header {
        std::size_t shared;
        std::size_t length;
    };
    /// Reads the header at `headers` and goes to the next.
    Header nextHeader()
    {
        const std::size_t byte = *headers++;
        return byte != 255 ? Header{common + (byte >> 5U), byte & 31U} : longHeader();
    }

private:
    Header longHeader();
};

/// Sorted, front-coded keys in chunks. Immutable once anyone else sees it; only its writer lets it grow.
class SortedRun {
public:
    /// A key's place; `piece` is pieces().size() behind the last key.
    struct Place {
        std::size_t piece = 0;
        std::size_t block = 0;
        std::size_t at = 0; ///< In its block.
    };

    SortedRun() = default;
    /// `skipped`: keys at the start of the first piece that are not part of the run (a merge has taken them already).
    explicit SortedRun(std::vector<RunPiece> pieces, std::size_t skipped = 0);

    [[nodiscard]] std::uint64_t keyCount() const { return m_keys; }
    [[nodiscard]] const std::vector<RunPiece>& pieces() const { return m_pieces; }
    [[nodiscard]] std::size_t skipped() const
    {
        return m_skipped;
    } ///< Keys of the first piece that are not part of it.
    [[nodiscard]] std::size_t residentBytes() const;

    /// The first key >= `key`, looked for from piece `from` on.
    [[nodiscard]] Place lowerBound(std::string_view key, std::size_t from = 0) const { return find(key, from).place; }
    /// Number of keys < `key`.
    [[nodiscard]] std::uint64_t rank(std::string_view key) const { return rankOf(lowerBound(key)); }
    [[nodiscard]] std::uint64_t rankOf(const Place& place) const;
    /// The place of the key at `rank`.
    [[nodiscard]] Place placeOf(std::uint64_t rank) const;
    /// The first key of the block of a place.
    [[nodiscard]] std::string_view firstKeyAt(const Place& place) const
    {
        return m_pieces[place.piece].firstKeyOfBlock(place.block);
    }
    /// The start of the next block, and of the next piece.
    [[nodiscard]] Place nextBlock(const Place& place) const
    {
        const bool isLast = place.block + 1 == m_pieces[place.piece].blocks;
        return isLast ? nextPiece(place) : Place{place.piece, place.block + 1, 0};
    }
    [[nodiscard]] Place nextPiece(const Place& place) const { return {place.piece + 1, 0, 0}; }
    /// Whether `key` is in the run, looked for from piece `from` on.
    [[nodiscard]] bool contains(std::string_view key, std::size_t from = 0) const { return find(key, from).isEqual; }
    /// The run of the keys from `place` on, in the same chunks.
    [[nodiscard]] std::shared_ptr<const SortedRun> startingAt(const Place& place) const;

    /// For the one who owns this run alone and never looks back: lets go of the chunks before `piece`.
    void forgetBefore(std::size_t piece);
    /// For its writer: a further piece; its place among the keys is set here.
    void addPiece(RunPiece piece);
    /// For its writer: the same keys in another chunk.
    void replaceLastPiece(RunPiece piece);
    /// For its writer: a further block in the last piece, from `begin` on.
    void addBlock(std::size_t begin, std::size_t bytes, std::size_t keys);

private:
    struct Found {
        Place place;
        bool isEqual;
    };
    [[nodiscard]] Found find(std::string_view key, std::size_t from) const;
    [[nodiscard]] Found atBlock(const Place& place, std::string_view key) const;
    [[nodiscard]] Place firstPlace() const;

    std::vector<RunPiece> m_pieces;
    std::uint64_t m_keys = 0;
    std::size_t m_skipped = 0;
    std::size_t m_forgotten = 0;
};

} // namespace keyglass
