// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scan/scanreply.h"

#include <QCoreApplication>

#include <charconv>

namespace keyglass {

ScanReply::ScanReply(Shape shape, const KeyPattern& pattern, KeyBatch& batch, CursorSeen cursorSeen)
    : m_shape(shape)
    , m_pattern(pattern)
    , m_batch(batch)
    , m_cursorSeen(std::move(cursorSeen))
    , m_keyDepth(shape == Shape::Scan ? 2 : 1)
{
}

void ScanReply::begin()
{
    m_cursor.reset();
    m_error.reset();
    m_keysBegan = false;
    m_malformed = false;
    m_elements = 0;
}

Result<Cursor> ScanReply::finished() const
{
    if (m_error) {
        return *m_error;
    }
    const bool whole = m_keysBegan && (m_cursor || m_shape == Shape::Keys);
    if (m_malformed || !whole) {
        return Error{ErrorKind::Protocol, {},
            QCoreApplication::translate("NodeScanner", "The reply to SCAN is not a cursor and a list of keys")};
    }
    return m_cursor.value_or(Cursor{});
}

void ScanReply::arrayBegins(int depth, std::size_t index, std::size_t /*size*/)
{
    const bool outer = depth == 0;
    const bool keys = m_shape == Shape::Scan ? depth == 1 && index == 1 : outer;
    m_keysBegan = m_keysBegan || keys;
    m_malformed = m_malformed || (!outer && !keys);
}

void ScanReply::text(Reply::Type type, int depth, std::size_t index, std::string_view bytes)
{
    if (type == Reply::Type::Error) {
        m_error = replyError(bytes);
    } else if (depth == m_keyDepth && m_keysBegan) {
        ++m_elements;
        if (m_pattern.accepts(bytes)) {
            m_batch.append(bytes);
        }
    } else if (m_shape == Shape::Scan && depth == 1 && index == 0) {
        takeCursor(bytes);
    } else {
        m_malformed = true;
    }
}

void ScanReply::integer(int /*depth*/, std::size_t /*index*/, std::int64_t /*value*/)
{
    m_malformed = true;
}

void ScanReply::nil(int /*depth*/, std::size_t /*index*/)
{
    m_malformed = true;
}

void ScanReply::takeCursor(std::string_view digits)
{
    Cursor cursor;
    const char* end = digits.data() + digits.size();
    const auto [stoppedAt, problem] = std::from_chars(digits.data(), end, cursor.value);
    if (problem != std::errc() || stoppedAt != end) {
        m_malformed = true;
        return;
    }
    m_cursor = cursor;
    if (m_cursorSeen) {
        m_cursorSeen(cursor);
    }
}

} // namespace keyglass
