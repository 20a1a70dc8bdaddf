// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/runcursor.h"
#include "core/index/runwriter.h"

#include <algorithm>
#include <limits>

namespace keyglass {

namespace {

/// Copies a run block by block, and key by key where one is to be left out.
class Copier {
public:
    Copier(const SortedRun& run, std::span<const std::uint64_t> ranks)
        : m_run(run)
        , m_dropped(ranks)
        , m_cursor(&run)
    {
    }

    std::shared_ptr<const SortedRun> copy()
    {
        for (SortedRun::Place place = m_run.placeOf(0); place.piece < m_run.pieces().size();) {
            const RunPiece& piece = m_run.pieces()[place.piece];
            if (place.block == 0 && place.at == 0 && nextDropped() >= m_run.rankOf(m_run.nextPiece(place))) {
                m_writer.appendPiece(piece);
                place = m_run.nextPiece(place);
            } else {
                copyBlock(piece, place);
                place = m_run.nextBlock(place);
            }
        }
        return m_writer.finish();
    }

private:
    [[nodiscard]] std::uint64_t nextDropped() const
    {
        return m_dropped.empty() ? std::numeric_limits<std::uint64_t>::max() : m_dropped.front();
    }

    void copyBlock(const RunPiece& piece, const SortedRun::Place& place)
    {
        std::uint64_t rank = m_run.rankOf(place);
        const std::size_t keys = piece.keysInBlock(place.block);
        if (place.at == 0 && nextDropped() >= rank + keys) {
            m_writer.appendBlock(piece, place.block);
            return;
        }
        m_writer.flush(); // the cursor does not know what its first key shares with the one written last
        m_cursor.moveTo(place);
        std::size_t shared = 0;
        for (std::size_t at = place.at; at < keys; ++at, ++rank, m_cursor.next()) {
            shared = std::min(shared, m_cursor.shared());
            if (rank == nextDropped()) {
                m_dropped = m_dropped.subspan(1);
            } else {
                m_writer.append(m_cursor.key(), shared);
                shared = m_cursor.key().size();
            }
        }
    }

    const SortedRun& m_run;
    std::span<const std::uint64_t> m_dropped;
    RunCursor m_cursor;
    RunWriter m_writer;
};

} // namespace

std::shared_ptr<const SortedRun> withoutKeys(const SortedRun& run, std::span<const std::uint64_t> ranks)
{
    return Copier(run, ranks).copy();
}

} // namespace keyglass
