// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/seenfilter.h"

#include <algorithm>
#include <array>

namespace keyglass {

namespace {
/// One false suspect in a thousand when it is full, less on the way there.
constexpr std::uint64_t bitsPerHash = 16;
/// The first part is small and asked for every hash that ever comes, so it is to err hardly ever.
constexpr std::uint64_t bitsPerHashFirst = 32;
/// Size of the first part, whatever is expected: a pattern that matches little is not to touch a filter for everything.
constexpr std::uint64_t firstRoom = 1U << 17U;
/// A server's own count is not trusted beyond this (256 MB of filter); more is added when more comes.
constexpr std::uint64_t mostExpected = 1U << 27U;

constexpr std::array<std::uint32_t, 8> laneOdds = {
    0x47b6137bU, 0x44974d91U, 0x8824ad5bU, 0xa2b7289dU, 0x705495c7U, 0x2df1424bU, 0x9efc4947U, 0x5c6bfb31U};

std::uint32_t laneBit(std::uint64_t hash, std::size_t lane)
{
    return 1U << ((static_cast<std::uint32_t>(hash) * laneOdds[lane]) >> 27U);
}
} // namespace

SeenFilter::SeenFilter(std::uint64_t expected)
    : m_expected(std::min(expected, mostExpected))
{
}

void SeenFilter::expect(std::uint64_t expected)
{
    m_expected = std::min(expected, mostExpected);
}

SeenFilter::Block& SeenFilter::Part::blockOf(std::uint64_t hash) const
{
    return blocks[static_cast<std::size_t>(((hash >> 32U) * count) >> 32U)];
}

void SeenFilter::prefetch(std::uint64_t hash) const
{
    for (const Part& part : m_parts) {
        __builtin_prefetch(&part.blockOf(hash), 1);
    }
}

/// False if the hash may have been there.
bool SeenFilter::insertOne(std::uint64_t hash)
{
    if (m_parts.empty() || m_parts.back().taken >= m_parts.back().room) {
        addPart(m_parts.empty() ? firstRoom : std::max(2 * m_parts.back().room, m_expected));
    }
    bool isNew = true;
    for (std::size_t at = 0; at + 1 < m_parts.size(); ++at) {
        const Block& block = m_parts[at].blockOf(hash);
        std::uint32_t missing = 0;
        for (std::size_t lane = 0; lane < 8; ++lane) {
            missing |= ~block.lanes[lane] & laneBit(hash, lane);
        }
        isNew = isNew && missing != 0;
    }
    Block& block = m_parts.back().blockOf(hash);
    std::uint32_t missing = 0;
    for (std::size_t lane = 0; lane < 8; ++lane) {
        const std::uint32_t bit = laneBit(hash, lane);
        missing |= ~block.lanes[lane] & bit;
        block.lanes[lane] |= bit;
    }
    isNew = isNew && missing != 0;
    m_parts.back().taken += isNew ? 1 : 0;
    return isNew;
}

void SeenFilter::addPart(std::uint64_t room)
{
    Part part;
    part.room = room;
    part.count = room * (m_parts.empty() ? bitsPerHashFirst : bitsPerHash) / 256;
    part.blocks = std::make_unique<Block[]>(part.count);
    m_parts.push_back(std::move(part));
}

std::size_t SeenFilter::residentBytes() const
{
    std::size_t bytes = 0;
    for (const Part& part : m_parts) {
        bytes += part.count * sizeof(Block);
    }
    return bytes;
}

} // namespace keyglass
