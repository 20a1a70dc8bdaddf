// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytecursor.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace keyglass {

/// One element of a small value that a server keeps as one piece of bytes: its text, or the number that stands for it.
struct PackedElement {
    std::string_view text;
    std::int64_t number = 0;
    bool isNumber = false;
};

/// The four ways to keep small values in one piece, which DUMP gives as they are. Each gives its elements one by one;
/// nothing: at the end, or where it is damaged, which isWhole() tells apart then. The bytes must outlive the reader.

/// Since Redis 5 (https://github.com/antirez/listpack/blob/master/listpack.md).
class ListpackReader {
public:
    explicit ListpackReader(std::string_view bytes);
    [[nodiscard]] std::optional<PackedElement> next();
    [[nodiscard]] bool isWhole() const { return m_isAtEnd && m_cursor.isGood() && m_cursor.isAtEnd(); }

private:
    ByteCursor m_cursor;
    bool m_isAtEnd = false;
};

/// Before Redis 7 (https://github.com/redis/redis/blob/6.2/src/ziplist.c).
class ZiplistReader {
public:
    explicit ZiplistReader(std::string_view bytes);
    [[nodiscard]] std::optional<PackedElement> next();
    [[nodiscard]] bool isWhole() const { return m_isAtEnd && m_cursor.isGood() && m_cursor.isAtEnd(); }

private:
    ByteCursor m_cursor;
    bool m_isAtEnd = false;
};

/// Sets of whole numbers (https://github.com/redis/redis/blob/7.0/src/intset.h).
class IntsetReader {
public:
    explicit IntsetReader(std::string_view bytes);
    [[nodiscard]] std::optional<PackedElement> next();
    [[nodiscard]] bool isWhole() const { return m_left == 0 && m_cursor.isGood() && m_cursor.isAtEnd(); }

private:
    ByteCursor m_cursor;
    std::size_t m_width = 0;
    std::uint64_t m_left = 0;
};

/// Hashes before Redis 2.6: fields and values in turn (https://github.com/redis/redis/blob/2.4/src/zipmap.c).
class ZipmapReader {
public:
    explicit ZipmapReader(std::string_view bytes);
    [[nodiscard]] std::optional<PackedElement> next();
    [[nodiscard]] bool isWhole() const { return m_isAtEnd && m_cursor.isGood() && m_cursor.isAtEnd(); }

private:
    ByteCursor m_cursor;
    bool m_isValue = false;
    bool m_isAtEnd = false;
};

} // namespace keyglass
