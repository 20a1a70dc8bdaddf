// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/sortedrun.h"

#include "core/index/varint.h"

#include <array>
#include <cstring>
#include <utility>

namespace keyglass {

namespace {

/// The first number in [low, high) for which `isAbove` holds, where it holds from some number on; else `high`.
template <typename Test> std::size_t firstThat(std::size_t low, std::size_t high, Test&& isAbove)
{
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (isAbove(middle)) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

struct FoundInBlock {
    std::size_t at;
    bool isEqual;
};

/// The first key >= `key` of a block; `count` where all are below. Walks by what neighbours share: bytes are compared
/// only where a key shares exactly as much with its neighbour as that did with `key`.
FoundInBlock findInBlock(BlockParts block, std::size_t count, std::string_view key)
{
    const std::string_view first = asKey(block.first, block.firstLength);
    std::size_t matched = sharedPrefix(first, key);
    if (!isBelow(first, key, matched)) {
        return {0, matched == first.size() && matched == key.size()};
    }
    for (std::size_t at = 1; at < count; ++at) {
        const auto [shared, length] = block.nextHeader();
        const std::string_view suffix = asKey(block.suffixes, length);
        block.suffixes += length;
        if (shared < matched) {
            return {at, false}; // it left the way that the key before shared with `key`, so it is above
        }
        if (shared == matched) {
            const std::string_view rest = key.substr(matched);
            const std::size_t more = sharedPrefix(suffix, rest);
            if (!isBelow(suffix, rest, more)) {
                return {at, more == suffix.size() && more == rest.size()};
            }
            matched += more;
        }
    }
    return {count, false};
}

} // namespace

std::size_t RunPiece::blockOfKey(std::size_t at) const
{
    return firstThat(1, blocks, [&](std::size_t block) { return keysBeforeBlock(block) > at; }) - 1;
}

std::string_view RunPiece::firstKeyOfBlock(std::size_t block) const
{
    const BlockParts parts(data + blockBegin(block));
    return asKey(parts.first, parts.firstLength);
}

BlockParts::BlockParts(const Byte* block)
{
    common = readVarint(block);
    const std::size_t headerBytes = readVarint(block);
    firstLength = readVarint(block);
    headers = block;
    first = headers + headerBytes;
    suffixes = first + firstLength;
}

BlockParts::Header BlockParts::longHeader()
{
    const std::size_t beyond = readVarint(headers);
    const std::size_t length = readVarint(headers);
    return {common + beyond, length};
}

SortedRun::SortedRun(std::vector<RunPiece> pieces, std::size_t skipped)
    : m_pieces(std::move(pieces))
    , m_skipped(skipped)
{
    for (RunPiece& piece : m_pieces) {
        piece.keysBefore = m_keys;
        m_keys += piece.keys;
    }
    m_keys -= m_skipped;
}

void SortedRun::addPiece(RunPiece piece)
{
    piece.keysBefore = m_keys + m_skipped;
    m_keys += piece.keys;
    m_pieces.push_back(std::move(piece));
}

void SortedRun::replaceLastPiece(RunPiece piece)
{
    piece.keysBefore = m_pieces.back().keysBefore;
    m_pieces.back() = std::move(piece);
}

void SortedRun::addBlock(std::size_t begin, std::size_t bytes, std::size_t keys)
{
    RunPiece& piece = m_pieces.back();
    Byte* const entry = piece.chunk.data() + (piece.tableEnd - piece.data) - 4 * (piece.blocks + std::size_t{1});
    const std::array<std::uint16_t, 2> words{static_cast<std::uint16_t>(begin), static_cast<std::uint16_t>(piece.keys)};
    std::memcpy(entry, words.data(), sizeof words);
    piece.used = static_cast<std::uint32_t>(begin + bytes);
    piece.keys += static_cast<std::uint32_t>(keys);
    ++piece.blocks;
    m_keys += keys;
}

std::size_t SortedRun::residentBytes() const
{
    std::size_t bytes = m_pieces.capacity() * sizeof(RunPiece);
    for (const RunPiece& piece : m_pieces) {
        bytes += piece.chunk ? piece.chunk.size() : 0;
    }
    return bytes;
}

SortedRun::Place SortedRun::firstPlace() const
{
    if (m_keys == 0) {
        return {m_pieces.size(), 0, 0};
    }
    const std::size_t block = m_pieces[0].blockOfKey(m_skipped);
    return {0, block, m_skipped - m_pieces[0].keysBeforeBlock(block)};
}

SortedRun::Found SortedRun::find(std::string_view key, std::size_t from) const
{
    const std::size_t piece =
        firstThat(from + 1, m_pieces.size(), [&](std::size_t at) { return m_pieces[at].firstKey() >= key; }) - 1;
    if (piece >= m_pieces.size()) {
        return {{m_pieces.size(), 0, 0}, false};
    }
    const RunPiece& in = m_pieces[piece];
    const std::size_t block =
        firstThat(1, in.blocks, [&](std::size_t at) { return in.firstKeyOfBlock(at) >= key; }) - 1;
    const std::size_t count = in.keysInBlock(block);
    const auto [at, isEqual] = findInBlock(BlockParts(in.data + in.blockBegin(block)), count, key);
    if (at == count) {
        return atBlock(block + 1 < in.blocks ? Place{piece, block + 1, 0} : Place{piece + 1, 0, 0}, key);
    }
    const bool isSkipped = piece == 0 && m_skipped > 0 && in.keysBeforeBlock(block) + at < m_skipped;
    return isSkipped ? Found{firstPlace(), false} : Found{{piece, block, at}, isEqual};
}

/// The start of a block that is known to be >= `key`; of what is skipped, the first key that is not.
SortedRun::Found SortedRun::atBlock(const Place& place, std::string_view key) const
{
    if (place.piece >= m_pieces.size()) {
        return {place, false};
    }
    const RunPiece& piece = m_pieces[place.piece];
    if (place.piece == 0 && piece.keysBeforeBlock(place.block) < m_skipped) {
        return {firstPlace(), false};
    }
    return {place, piece.firstKeyOfBlock(place.block) == key};
}

std::uint64_t SortedRun::rankOf(const Place& place) const
{
    if (place.piece >= m_pieces.size()) {
        return m_keys;
    }
    const RunPiece& piece = m_pieces[place.piece];
    return piece.keysBefore + piece.keysBeforeBlock(place.block) + place.at - m_skipped;
}

SortedRun::Place SortedRun::placeOf(std::uint64_t rank) const
{
    if (rank >= m_keys) {
        return {m_pieces.size(), 0, 0};
    }
    rank += m_skipped;
    const std::size_t at =
        firstThat(1, m_pieces.size(), [&](std::size_t piece) { return m_pieces[piece].keysBefore > rank; }) - 1;
    const RunPiece& piece = m_pieces[at];
    const auto inPiece = static_cast<std::size_t>(rank - piece.keysBefore);
    const std::size_t block = piece.blockOfKey(inPiece);
    return {at, block, inPiece - piece.keysBeforeBlock(block)};
}

std::shared_ptr<const SortedRun> SortedRun::startingAt(const Place& place) const
{
    if (place.piece >= m_pieces.size()) {
        return std::make_shared<const SortedRun>();
    }
    const auto first = m_pieces.begin() + static_cast<std::ptrdiff_t>(place.piece);
    const std::size_t skipped = first->keysBeforeBlock(place.block) + place.at;
    return std::make_shared<const SortedRun>(std::vector<RunPiece>(first, m_pieces.end()), skipped);
}

void SortedRun::forgetBefore(std::size_t piece)
{
    for (; m_forgotten < piece && m_forgotten < m_pieces.size(); ++m_forgotten) {
        m_pieces[m_forgotten].chunk.reset();
    }
}

} // namespace keyglass
