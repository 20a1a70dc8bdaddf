// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/chunkpool.h"

#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <new>
#include <vector>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(address, size) static_cast<void>(0)
#define ASAN_UNPOISON_MEMORY_REGION(address, size) static_cast<void>(0)
#endif

namespace keyglass {

namespace {
constexpr std::size_t slotsPerSlab = 64;
constexpr std::size_t slabBytes = slotsPerSlab * chunkBytes;
constexpr std::size_t hugePage = std::size_t{2} << 20U;
/// Slabs before the first one that asks for huge pages: a small keyspace is not to cost 2 MiB at a time.
constexpr std::size_t smallSlabs = 4;

/// A slab's address space, aligned to huge pages.
Byte* mapSlab()
{
    const std::size_t asked = slabBytes + hugePage;
    void* const mapped = ::mmap(nullptr, asked, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED) {
        throw std::bad_alloc();
    }
    auto* const start = static_cast<Byte*>(mapped);
    const std::size_t before = (hugePage - reinterpret_cast<std::uintptr_t>(start) % hugePage) % hugePage;
    if (before > 0) {
        ::munmap(start, before);
    }
    ::munmap(start + before + slabBytes, hugePage - before);
    return start + before;
}
} // namespace

struct Slab {
    explicit Slab(bool large)
        : memory(mapSlab())
    {
        if (large) {
            ::madvise(memory, slabBytes, MADV_HUGEPAGE); // look-ups miss the TLB a third less; failing costs only that
        }
        for (std::size_t at = 0; at < slotsPerSlab; ++at) {
            slots[at].slab = this;
            slots[at].data = memory + at * chunkBytes;
            slots[at].size = chunkBytes;
        }
        ASAN_POISON_MEMORY_REGION(memory, slabBytes);
    }
    Slab(const Slab&) = delete;
    Slab& operator=(const Slab&) = delete;
    ~Slab()
    {
        ASAN_UNPOISON_MEMORY_REGION(memory, slabBytes);
        ::munmap(memory, slabBytes);
    }

    Byte* memory;
    std::size_t used = 0; ///< Slots handed out.
    std::array<ChunkSlot, slotsPerSlab> slots;
};

namespace {

class Pool {
public:
    ChunkRef take()
    {
        const std::lock_guard lock(m_mutex);
        m_resting = false;
        if (m_idle.empty() && m_fresh.empty()) {
            addSlab();
        }
        std::vector<ChunkSlot*>& from = m_idle.empty() ? m_fresh : m_idle;
        ChunkSlot* const slot = from.back();
        from.pop_back();
        ++slot->slab->used;
        ASAN_UNPOISON_MEMORY_REGION(slot->data, slot->size);
        return ChunkRef(slot);
    }

    void putBack(ChunkSlot* slot)
    {
        const std::lock_guard lock(m_mutex);
        ASAN_POISON_MEMORY_REGION(slot->data, slot->size);
        --slot->slab->used;
        m_idle.push_back(slot);
        if (m_resting) {
            release();
        }
    }

    void trim()
    {
        const std::lock_guard lock(m_mutex);
        release();
        m_resting = true;
    }

    chunkpool::Usage usage()
    {
        const std::lock_guard lock(m_mutex);
        const std::size_t free = m_idle.size() + m_fresh.size();
        return {(m_slabs.size() * slotsPerSlab - free) * chunkBytes, m_idle.size() * chunkBytes};
    }

private:
    void addSlab()
    {
        const auto& slab = m_slabs.emplace_back(std::make_unique<Slab>(m_slabs.size() >= smallSlabs));
        for (auto slot = slab->slots.rbegin(); slot != slab->slots.rend(); ++slot) {
            m_fresh.push_back(&*slot); // the lowest address is handed out first
        }
    }

    /// Gives the memory of idle slots back; slabs without any used slot go as a whole.
    void release()
    {
        const bool anyUnused = std::any_of(m_idle.begin(), m_idle.end(), isInUnusedSlab);
        if (anyUnused) {
            std::erase_if(m_idle, isInUnusedSlab);
            std::erase_if(m_fresh, isInUnusedSlab);
            std::erase_if(m_slabs, [](const std::unique_ptr<Slab>& slab) { return slab->used == 0; });
        }
        for (const ChunkSlot* slot : m_idle) {
            ::madvise(slot->data, slot->size, MADV_DONTNEED);
        }
        m_fresh.insert(m_fresh.end(), m_idle.begin(), m_idle.end());
        m_idle.clear();
    }
    static bool isInUnusedSlab(const ChunkSlot* slot) { return slot->slab->used == 0; }

    // Guards all below. Snapshots are let go on any thread, so their chunks come back on any; once per 64 KiB of keys.
    std::mutex m_mutex;
    std::vector<std::unique_ptr<Slab>> m_slabs;
    std::vector<ChunkSlot*> m_idle;  ///< Free, and still holding memory: handed out first.
    std::vector<ChunkSlot*> m_fresh; ///< Free, without memory.
    bool m_resting = false;
};

Pool& pool()
{
    static Pool& onlyOne = *new Pool; // never destroyed: a snapshot may be let go after main()
    return onlyOne;
}

} // namespace

void ChunkRef::giveBack(ChunkSlot* slot)
{
    if (slot->slab) {
        pool().putBack(slot);
    } else {
        ::operator delete(slot->data);
        delete slot;
    }
}

ChunkRef chunkpool::allocate()
{
    return pool().take();
}

ChunkRef chunkpool::allocate(std::size_t bytes)
{
    auto slot = std::make_unique<ChunkSlot>();
    slot->data = static_cast<Byte*>(::operator new(bytes));
    slot->size = bytes;
    return ChunkRef(slot.release());
}

void chunkpool::trim()
{
    pool().trim();
}

chunkpool::Usage chunkpool::usage()
{
    return pool().usage();
}

} // namespace keyglass
