// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/runwriter.h"

#include "core/index/varint.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace keyglass {

namespace {
/// A block of long keys is closed before it has all its keys: reading one key walks a block, and offsets have 16 bits.
constexpr std::size_t blockBytesEnough = 8192;
/// Highest number of keys and offset that a chunk's table can name.
constexpr std::size_t tableLimit = 65'535;

/// Room left unused in favour of sharing chunks: a chunk, and one in so many.
constexpr std::size_t wasteShare = 32;

std::size_t roomFor(std::size_t blockBytes, std::size_t blocks)
{
    return blockBytes + 4 * blocks + copySlack;
}

RunPiece pieceIn(ChunkRef chunk)
{
    RunPiece piece;
    piece.data = chunk.data();
    piece.tableEnd = chunk.data() + chunk.size() - copySlack;
    piece.chunk = std::move(chunk);
    return piece;
}
} // namespace

void RunWriter::append(std::string_view key, std::size_t shared)
{
    if (m_count == 0) {
        m_first.assign(asBytes(key), asBytes(key) + key.size());
    } else {
        const std::size_t length = key.size() - shared;
        m_staged[m_count] = {shared, length};
        if (m_suffixBytes + length > m_suffixes.size()) {
            m_suffixes.resize(2 * (m_suffixBytes + length) + blockBytesEnough);
        }
        std::memcpy(m_suffixes.data() + m_suffixBytes, asBytes(key) + shared, length);
        m_suffixBytes += length;
    }
    if (++m_count == keysPerBlock || m_first.size() + m_suffixBytes > blockBytesEnough) {
        flush();
    }
}

void RunWriter::flush()
{
    if (m_count == 0) {
        return;
    }
    const std::size_t common = smallestShared();
    writeHeaders(common);
    const std::size_t bytes = varintSize(common) + varintSize(m_headers.size()) + varintSize(m_first.size())
        + m_headers.size() + m_first.size() + m_suffixBytes;
    Byte* to = makeRoom(bytes);
    to = writeVarint(to, common);
    to = writeVarint(to, m_headers.size());
    to = writeVarint(to, m_first.size());
    to = std::copy(m_headers.begin(), m_headers.end(), to);
    to = std::copy(m_first.begin(), m_first.end(), to);
    std::copy_n(m_suffixes.begin(), m_suffixBytes, to);
    closeBlock(bytes, std::exchange(m_count, 0));
    m_suffixBytes = 0;
}

std::size_t RunWriter::smallestShared() const
{
    if (m_count < 2) {
        return 0;
    }
    const auto isLess = [](const Staged& a, const Staged& b) { return a.shared < b.shared; };
    return std::min_element(m_staged.begin() + 1, m_staged.begin() + static_cast<std::ptrdiff_t>(m_count), isLess)
        ->shared;
}

void RunWriter::writeHeaders(std::size_t common)
{
    m_headers.clear();
    for (std::size_t at = 1; at < m_count; ++at) {
        const std::size_t beyond = m_staged[at].shared - common;
        const std::size_t length = m_staged[at].length;
        if (beyond < 8 && length < 32 && beyond * 32 + length != 255) {
            m_headers.push_back(static_cast<Byte>(beyond * 32 + length));
            continue;
        }
        const std::size_t before = m_headers.size();
        m_headers.resize(before + 1 + varintSize(beyond) + varintSize(length));
        m_headers[before] = 255;
        writeVarint(writeVarint(m_headers.data() + before + 1, beyond), length);
    }
}

bool RunWriter::hasRoom(std::size_t bytes) const
{
    if (!m_isOpen) {
        return false;
    }
    const RunPiece& piece = m_run.pieces().back();
    return roomFor(m_next + bytes, piece.blocks + std::size_t{1}) <= piece.chunk.size() && m_next <= tableLimit
        && piece.keys + keysPerBlock <= tableLimit;
}

/// Where a block of that many bytes can be written: in the open chunk, a new one, or one of its own size.
Byte* RunWriter::makeRoom(std::size_t bytes)
{
    if (!hasRoom(bytes)) {
        const std::size_t needed = roomFor(bytes, 1);
        m_run.addPiece(pieceIn(needed <= chunkBytes ? chunkpool::allocate() : chunkpool::allocate(needed)));
        m_isOpen = true;
        m_next = 0;
    }
    return m_run.pieces().back().chunk.data() + m_next;
}

void RunWriter::closeBlock(std::size_t bytes, std::size_t keys)
{
    m_run.addBlock(m_next, bytes, keys);
    m_next += bytes;
}

void RunWriter::appendBlock(const RunPiece& piece, std::size_t block)
{
    flush();
    const std::size_t begin = piece.blockBegin(block);
    const std::size_t bytes = piece.blockEnd(block) - begin;
    std::memcpy(makeRoom(bytes), piece.data + begin, bytes);
    closeBlock(bytes, piece.keysInBlock(block));
}

void RunWriter::appendPiece(const RunPiece& piece)
{
    flush();
    const std::size_t left = m_isOpen && m_next < chunkBytes ? chunkBytes - m_next : 0;
    const std::size_t wasted = m_wasted + left + (piece.chunk.size() - piece.used);
    if (wasted <= chunkBytes + m_run.pieces().size() * chunkBytes / wasteShare) {
        m_wasted = wasted;
        m_run.addPiece(piece);
        m_isOpen = false; // what follows goes to a chunk of our own
        return;
    }
    for (std::size_t block = 0; block < piece.blocks; ++block) {
        appendBlock(piece, block);
    }
}

std::shared_ptr<const SortedRun> RunWriter::publish()
{
    flush();
    if (m_isOpen) {
        m_next =
            m_run.pieces().back().used + copySlack; // readers may look that far, so nothing is written there any more
    }
    return std::make_shared<const SortedRun>(m_run);
}

std::shared_ptr<const SortedRun> RunWriter::finish()
{
    flush();
    shrinkLastPiece();
    m_isOpen = false;
    m_wasted = 0;
    return std::make_shared<const SortedRun>(std::exchange(m_run, {}));
}

/// Moves the end of a run into a chunk of its own size where it would leave much of a slot empty.
void RunWriter::shrinkLastPiece()
{
    if (!m_isOpen) {
        return;
    }
    const RunPiece last = m_run.pieces().back();
    const std::size_t needed = roomFor(last.used, last.blocks);
    if (needed > chunkBytes / 4 * 3) {
        return;
    }
    RunPiece moved = pieceIn(chunkpool::allocate(needed));
    std::memcpy(moved.chunk.data(), last.data, last.used);
    const std::size_t table = 4 * std::size_t{last.blocks};
    std::memcpy(moved.chunk.data() + last.used, last.tableEnd - table, table);
    moved.used = last.used;
    moved.keys = last.keys;
    moved.blocks = last.blocks;
    m_run.replaceLastPiece(std::move(moved));
}

} // namespace keyglass
