// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace keyglass {

using Byte = unsigned char;

/// Size of the chunks that runs are made of; 16-bit offsets within one tie the format to it.
inline constexpr std::size_t chunkBytes = 65'536;
/// Bytes that may be read (never used) behind a key, because short copies move 32 bytes at a time.
inline constexpr std::size_t copySlack = 32;

struct Slab;

/// Where a chunk stands; kept apart from its bytes so that counting references touches no page of keys.
struct ChunkSlot {
    std::atomic<std::uint32_t> references = 0;
    Slab* slab = nullptr; ///< Null for a chunk of its own size, which has its own allocation.
    Byte* data = nullptr;
    std::size_t size = 0;
};

/// A counted reference to a chunk. The last one to go gives the memory back, on whatever thread that happens.
class ChunkRef {
public:
    ChunkRef() = default;
    explicit ChunkRef(ChunkSlot* slot)
        : m_slot(slot)
    {
        retain();
    }
    ChunkRef(const ChunkRef& other)
        : m_slot(other.m_slot)
    {
        retain();
    }
    ChunkRef(ChunkRef&& other) noexcept
        : m_slot(std::exchange(other.m_slot, nullptr))
    {
    }
    ChunkRef& operator=(ChunkRef other) noexcept
    {
        std::swap(m_slot, other.m_slot);
        return *this;
    }
    ~ChunkRef() { reset(); }

    void reset()
    {
        if (m_slot && m_slot->references.fetch_sub(1, std::memory_order_acq_rel) == 1) {
            giveBack(m_slot);
        }
        m_slot = nullptr;
    }
    [[nodiscard]] explicit operator bool() const { return m_slot != nullptr; }
    [[nodiscard]] Byte* data() const { return m_slot->data; }
    [[nodiscard]] std::size_t size() const { return m_slot->size; }

private:
    void retain() const
    {
        if (m_slot) {
            m_slot->references.fetch_add(1, std::memory_order_relaxed);
        }
    }
    static void giveBack(ChunkSlot* slot);

    ChunkSlot* m_slot = nullptr;
};

/// The process's memory for keys: slabs of 4 MiB cut into chunks, handed out and taken back on any thread.
namespace chunkpool {

/// A chunk of chunkBytes.
[[nodiscard]] ChunkRef allocate();
/// A chunk of its own size, for what is much smaller or larger than a slot.
[[nodiscard]] ChunkRef allocate(std::size_t bytes);
/// Gives the memory of all free slots back to the system, and from now on that of each slot as it gets free, until the
/// next allocate(): what an index does when it comes to rest.
void trim();
/// Bytes of chunks in use, and of free slots that still hold memory.
struct Usage {
    std::size_t used = 0;
    std::size_t idle = 0;
};
[[nodiscard]] Usage usage();

} // namespace chunkpool

} // namespace keyglass
