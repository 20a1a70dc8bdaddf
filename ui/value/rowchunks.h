// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/valuepage.h"
#include "ui/value/fieldendclock.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace keyglass::ui {

/// One row of a table of elements.
struct ElementRow {
    ValueRow cells;
    std::uint64_t number = 0;                       ///< Index or rank; else its place in the order of arrival.
    FieldEndClock::Time end = FieldEndClock::never; ///< Of a hash's field.
};

/// Rows that grow at both ends at the cost of what is added, and stay where they are in memory.
///
/// Others may read them on their own threads as they were: of what is lent only those chunks are copied in which
/// something changes meanwhile.
class RowChunks {
public:
    static constexpr std::size_t chunkRows = 1024;

    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] bool empty() const { return m_size == 0; }
    [[nodiscard]] const ElementRow& operator[](std::size_t row) const
    {
        const std::size_t at = m_front + row;
        return m_chunks[at / chunkRows]->rows[at % chunkRows];
    }
    [[nodiscard]] const ElementRow& front() const { return (*this)[0]; }
    [[nodiscard]] const ElementRow& back() const { return (*this)[m_size - 1]; }

    /// The row to be changed.
    [[nodiscard]] ElementRow& change(std::size_t row);
    void append(ElementRow&& row);
    /// In the order they then have.
    void prepend(std::vector<ElementRow>&& rows);
    /// All of them as they are now; at the cost of a pointer for each chunk.
    [[nodiscard]] std::shared_ptr<const RowChunks> lend() const;

private:
    struct Chunk {
        explicit Chunk(std::uint64_t lendings)
            : madeAfter(lendings)
        {
            rows.reserve(chunkRows);
        }
        std::vector<ElementRow> rows;
        std::uint64_t madeAfter = 0; ///< How often rows had been lent before: it is not part of those.
    };
    struct Lending {
        std::atomic<int> open = 0; ///< How many others read what was lent.
        std::uint64_t count = 0;   ///< How often rows were lent so far. Of the thread that lends.
    };

    [[nodiscard]] std::shared_ptr<Chunk> newChunk() const { return std::make_shared<Chunk>(m_lending->count); }
    [[nodiscard]] std::vector<ElementRow>& own(std::size_t chunk);

    std::vector<std::shared_ptr<Chunk>> m_chunks; ///< All but the last are full.
    std::size_t m_front = 0;                      ///< Rows of the first chunk that are none, before those that are.
    std::size_t m_size = 0;
    std::shared_ptr<Lending> m_lending = std::make_shared<Lending>();
};

} // namespace keyglass::ui
