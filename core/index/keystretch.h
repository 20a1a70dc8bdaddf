// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/index/keyrange.h"
#include "core/index/snapshot.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace keyglass {

struct BlockParts;
struct RunPiece;

/// Keys that follow each other in a snapshot, decoded into one buffer: what a filter looks through at once.
class KeyStretch {
public:
    [[nodiscard]] std::size_t size() const { return m_ends.size(); }
    [[nodiscard]] bool isEmpty() const { return m_ends.empty(); }
    /// Where key `at` starts and ends in bytes().
    [[nodiscard]] std::size_t begin(std::size_t at) const { return at == 0 ? 0 : m_ends[at - 1]; }
    [[nodiscard]] std::size_t end(std::size_t at) const { return m_ends[at]; }
    [[nodiscard]] std::string_view operator[](std::size_t at) const
    {
        return {m_bytes.data() + begin(at), end(at) - begin(at)};
    }
    /// All keys of the stretch, one behind the other with nothing between. At least 32 readable bytes follow the last.
    [[nodiscard]] std::string_view bytes() const { return {m_bytes.data(), m_ends.empty() ? 0 : m_ends.back()}; }

    /// A block of a run whose keys are all here, so that it can be copied as it is.
    struct WholeBlock {
        const RunPiece* piece = nullptr;
        std::size_t block = 0;
        std::size_t firstKey = 0; ///< In this stretch.
        std::size_t keys = 0;
        std::size_t common = 0; ///< Bytes that all its keys begin with, at least.
    };
    /// In order; live while the snapshot that the stretch is read from does. None where keys of several runs are mixed.
    [[nodiscard]] const std::vector<WholeBlock>& wholeBlocks() const { return m_wholeBlocks; }

private:
    friend class StretchReader;
    [[nodiscard]] unsigned char* makeRoom(std::size_t used, std::size_t length);
    void decode(BlockParts block, std::size_t from, std::size_t to);

    std::vector<char> m_bytes; // longer than what is used: decoding copies 32 bytes at a time
    std::vector<std::size_t> m_ends;
    std::vector<WholeBlock> m_wholeBlocks;
};

/// Reads the keys of a range of a snapshot in byte order, some hundred at a time: the quick way to look at all of them.
///
/// Belongs to one thread. Where the snapshot is one run, whole blocks are decoded straight into the stretch.
class StretchReader {
public:
    explicit StretchReader(std::shared_ptr<const Snapshot> snapshot, const KeyRange& range = {});
    StretchReader(StretchReader&&) noexcept;
    StretchReader& operator=(StretchReader&&) noexcept;
    StretchReader(const StretchReader&) = delete;
    StretchReader& operator=(const StretchReader&) = delete;
    ~StretchReader();

    /// Reads the next stretch. False, and an empty stretch, when the range has no more keys.
    bool next();
    [[nodiscard]] const KeyStretch& keys() const { return m_stretch; } ///< Until next() is called again.

private:
    class Private;
    void readBlocks();
    void readLiveKeys();

    KeyStretch m_stretch;
    std::unique_ptr<Private> m_d;
};

/// Calls `use(key)` for every key of the range in byte order until it returns false. True if it never did.
template <typename Use>
bool forEachKey(const std::shared_ptr<const Snapshot>& snapshot, const KeyRange& range, Use&& use)
{
    for (StretchReader reader(snapshot, range); reader.next();) {
        for (std::size_t at = 0; at < reader.keys().size(); ++at) {
            if (!use(reader.keys()[at])) {
                return false;
            }
        }
    }
    return true;
}

} // namespace keyglass
