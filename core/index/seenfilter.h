// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace keyglass {

/// Remembers which hashes were seen, in two bytes each: "no" is certain, "yes" is wrong about once in a thousand times.
///
/// A split-block Bloom filter: a hash chooses a block of 256 bits (one cache line at most) and one bit in each of its
/// eight lanes. It grows by further filters, each at least twice the last, so a wrong guess of the size costs only
/// speed.
class SeenFilter {
public:
    /// `expected` hashes in all; 0 where that is not known.
    explicit SeenFilter(std::uint64_t expected);
    /// So many in all are expected by now: for what is added from here on.
    void expect(std::uint64_t expected);

    /// Adds the hashes and calls suspect(i) for each that may have been there before, in order. Hashes of one call are
    /// taken as different.
    template <typename Suspect> void insert(std::span<const std::uint64_t> hashes, Suspect&& suspect)
    {
        for (std::size_t at = 0; at < hashes.size(); ++at) {
            if (at + prefetched < hashes.size()) {
                prefetch(hashes[at + prefetched]);
            }
            if (!insertOne(hashes[at])) {
                suspect(at);
            }
        }
    }
    [[nodiscard]] std::size_t residentBytes() const;

private:
    static constexpr std::size_t prefetched = 16;

    struct alignas(32) Block {
        std::uint32_t lanes[8];
    };
    struct Part {
        std::unique_ptr<Block[]> blocks;
        std::uint64_t count = 0; ///< Of blocks.
        std::uint64_t room = 0;  ///< Hashes it takes before the next part is added.
        std::uint64_t taken = 0;
        [[nodiscard]] Block& blockOf(std::uint64_t hash) const;
    };
    void prefetch(std::uint64_t hash) const;
    bool insertOne(std::uint64_t hash);
    void addPart(std::uint64_t room);

    std::vector<Part> m_parts;
    std::uint64_t m_expected;
};

} // namespace keyglass
