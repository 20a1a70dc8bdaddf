// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/runcursor.h"

namespace keyglass {

void RunCursor::moveTo(const SortedRun::Place& place)
{
    m_piece = place.piece;
    if (!isValid()) {
        return;
    }
    m_key.clear();
    enterBlock(place.piece, place.block);
    while (m_at < place.at) {
        ++m_at;
        step();
    }
    m_shared = 0;
}

void RunCursor::enterNextBlock()
{
    const SortedRun::Place next = m_run->nextBlock(place());
    if (next.piece < m_run->pieces().size()) {
        enterBlock(next.piece, next.block);
    } else {
        m_piece = next.piece;
    }
}

void RunCursor::enterBlock(std::size_t piece, std::size_t block)
{
    const RunPiece& in = m_run->pieces()[piece];
    m_piece = piece;
    m_block = block;
    m_at = 0;
    m_count = in.keysInBlock(block);
    m_parts = BlockParts(in.data + in.blockBegin(block));
    m_shared = sharedPrefix(m_key.key(), asKey(m_parts.first, m_parts.firstLength));
    m_key.replaceTail(m_shared, m_parts.first + m_shared, m_parts.firstLength - m_shared);
}

} // namespace keyglass
