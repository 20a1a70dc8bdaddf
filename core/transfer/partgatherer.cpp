// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/partgatherer.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace keyglass {

namespace {

template <typename T> void append(std::vector<T>& to, std::vector<T>&& from)
{
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

void addGroup(StreamPart& to, GroupPart&& group)
{
    const auto known = std::ranges::find(to.groups, group.name, &GroupPart::name);
    if (known == to.groups.end()) {
        to.groups.push_back(std::move(group));
        return;
    }
    append(known->consumers, std::move(group.consumers));
    append(known->pending, std::move(group.pending));
}

void addStream(KeyPart& to, StreamPart&& stream)
{
    if (!to.stream) {
        to.stream = std::move(stream);
        return;
    }
    if (!stream.lastId.empty()) {
        to.stream->lastId = std::move(stream.lastId);
        to.stream->entriesAdded = stream.entriesAdded;
        to.stream->maxDeletedId = std::move(stream.maxDeletedId);
    }
    for (GroupPart& group : stream.groups) {
        addGroup(*to.stream, std::move(group));
    }
}

} // namespace

bool PartGatherer::joinsLastEntry(const KeyPart& piece) const
{
    return m_joinsEntries && m_open->type == KeyType::Stream && !m_open->rows.empty() && piece.rows.size() == 1
        && m_open->rows.back().front() == piece.rows.front().front();
}

std::optional<KeyPart> PartGatherer::add(KeyPart&& piece)
{
    const std::size_t bytes = byteCountOf(piece);
    const bool goesOn = m_open && !piece.isFirst && m_open->key == piece.key;
    m_bytes += goesOn ? bytes : 0;
    if (goesOn && joinsLastEntry(piece)) {
        append(m_open->rows.back(), {piece.rows[0].begin() + 1, piece.rows[0].end()});
        return std::nullopt;
    }
    const bool isFull = m_bytes > bytesInPart || (m_open && m_open->rows.size() >= rowsInPart);
    if (!goesOn || (isFull && !piece.rows.empty())) {
        auto ready = std::exchange(m_open, std::nullopt);
        if (ready) {
            ready->isLast = !goesOn;
        }
        const KeyType type = goesOn ? ready->type : piece.type;
        const auto expireAt = goesOn && !piece.expireAt ? ready->expireAt : piece.expireAt;
        m_open = std::move(piece);
        m_open->isFirst = !goesOn;
        m_open->type = type;
        m_open->expireAt = expireAt;
        if (goesOn && ready->stream) {
            m_open->stream = std::exchange(ready->stream, std::nullopt);
        }
        m_bytes = bytes;
        return ready;
    }
    append(m_open->rows, std::move(piece.rows));
    append(m_open->fieldEnds, std::move(piece.fieldEnds));
    if (piece.expireAt) {
        m_open->expireAt = piece.expireAt;
    }
    if (piece.stream) {
        addStream(*m_open, *std::move(piece.stream));
    }
    return std::nullopt;
}

std::optional<KeyPart> PartGatherer::finish()
{
    auto ready = std::exchange(m_open, std::nullopt);
    if (ready) {
        ready->isLast = true;
    }
    return ready;
}

std::optional<std::string> PartGatherer::openKey() const
{
    return m_open ? std::optional(m_open->key) : std::nullopt;
}

} // namespace keyglass
