// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/index/keybytes.h"
#include "core/index/sortedrun.h"

#include <cstddef>
#include <string_view>

namespace keyglass {

/// Reads the keys of one run in order. The run must outlive it. A fresh cursor is nowhere until it is moved.
class RunCursor {
public:
    explicit RunCursor(const SortedRun* run)
        : m_run(run)
        , m_piece(run->pieces().size())
    {
    }

    /// Goes to a place of the run; at its end the cursor is not valid.
    void moveTo(const SortedRun::Place& place);
    /// Goes to the next key; not valid any more after the last.
    void next()
    {
        if (++m_at < m_count) {
            step();
        } else {
            enterNextBlock();
        }
    }

    [[nodiscard]] bool isValid() const { return m_piece < m_run->pieces().size(); }
    [[nodiscard]] std::string_view key() const { return m_key.key(); } ///< Until the cursor moves.
    /// What key() shares with the key that next() left; 0 after moveTo().
    [[nodiscard]] std::size_t shared() const { return m_shared; }
    [[nodiscard]] const SortedRun& run() const { return *m_run; }
    [[nodiscard]] SortedRun::Place place() const { return {m_piece, m_block, m_at}; }
    [[nodiscard]] bool isAtBlockStart() const { return m_at == 0; }

private:
    void step();
    void enterNextBlock();
    void enterBlock(std::size_t piece, std::size_t block);

    const SortedRun* m_run;
    std::size_t m_piece;
    std::size_t m_block = 0;
    std::size_t m_at = 0;    // in its block
    std::size_t m_count = 0; // of its block
    std::size_t m_shared = 0;
    BlockParts m_parts;
    KeyBuffer m_key;
};

inline void RunCursor::step()
{
    const auto [shared, length] = m_parts.nextHeader();
    m_key.replaceTail(shared, m_parts.suffixes, length);
    m_parts.suffixes += length;
    m_shared = shared;
}

} // namespace keyglass
