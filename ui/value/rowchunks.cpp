// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/rowchunks.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace keyglass::ui {

ElementRow& RowChunks::change(std::size_t row)
{
    const std::size_t at = m_front + row;
    return own(at / chunkRows)[at % chunkRows];
}

void RowChunks::append(ElementRow&& row)
{
    if (m_chunks.empty() || m_chunks.back()->rows.size() == chunkRows) {
        m_chunks.push_back(newChunk());
    }
    own(m_chunks.size() - 1).push_back(std::move(row));
    ++m_size;
}

void RowChunks::prepend(std::vector<ElementRow>&& rows)
{
    if (rows.size() > m_front) {
        const std::size_t more = (rows.size() - m_front + chunkRows - 1) / chunkRows;
        std::vector<std::shared_ptr<Chunk>> chunks;
        for (std::size_t which = 0; which < more; ++which) {
            chunks.push_back(newChunk());
            chunks.back()->rows.resize(chunkRows);
        }
        m_chunks.insert(
            m_chunks.begin(), std::make_move_iterator(chunks.begin()), std::make_move_iterator(chunks.end()));
        m_front += more * chunkRows;
    }
    m_front -= rows.size();
    m_size += rows.size();
    for (std::size_t row = 0; row < rows.size(); ++row) {
        change(row) = std::move(rows[row]);
    }
}

std::shared_ptr<const RowChunks> RowChunks::lend() const
{
    auto copy = std::make_shared<const RowChunks>(*this);
    const RowChunks* rows = copy.get();
    m_lending->open.fetch_add(1);
    ++m_lending->count;
    return {rows, [copy = std::move(copy), lending = m_lending](const RowChunks*) mutable {
                copy.reset();
                lending->open.fetch_sub(1); // what was read there was read before what own() lets change
            }};
}

std::vector<ElementRow>& RowChunks::own(std::size_t chunk)
{
    std::shared_ptr<Chunk>& mine = m_chunks[chunk];
    if (mine->madeAfter < m_lending->count && m_lending->open.load() > 0) {
        auto copy = newChunk();
        copy->rows.assign(mine->rows.begin(), mine->rows.end());
        mine = std::move(copy);
    }
    return mine->rows;
}

} // namespace keyglass::ui
