// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/packedreaders.h"

namespace keyglass {

namespace {

constexpr std::uint64_t endMark = 0xFF;

PackedElement numberElement(std::int64_t number)
{
    return {{}, number, true};
}

/// How many bytes tell a listpack's entry's length once more, behind it.
std::size_t backLengthBytes(std::size_t entryBytes)
{
    if (entryBytes <= 127) {
        return 1;
    }
    if (entryBytes < 16383) {
        return 2;
    }
    if (entryBytes < 2097151) {
        return 3;
    }
    return entryBytes < 268435455 ? 4 : 5;
}

PackedElement listpackElement(ByteCursor& cursor)
{
    const std::uint64_t first = cursor.little(1);
    if (first < 0x80U) {
        return numberElement(static_cast<std::int64_t>(first));
    }
    if (first < 0xC0U) {
        return {cursor.take(first & 0x3FU)};
    }
    if (first < 0xE0U) { // 13 bits, the highest one being the sign
        const auto number = static_cast<std::int64_t>((first & 0x1FU) << 8U | cursor.little(1));
        return numberElement(number < 4096 ? number : number - 8192);
    }
    if (first < 0xF0U) {
        return {cursor.take((first & 0x0FU) << 8U | cursor.little(1))};
    }
    switch (first) {
    case 0xF0U:
        return {cursor.take(cursor.little(4))};
    case 0xF1U:
        return numberElement(cursor.littleSigned(2));
    case 0xF2U:
        return numberElement(cursor.littleSigned(3));
    case 0xF3U:
        return numberElement(cursor.littleSigned(4));
    case 0xF4U:
        return numberElement(cursor.littleSigned(8));
    default:
        cursor.fail();
        return {};
    }
}

PackedElement ziplistElement(ByteCursor& cursor)
{
    if (cursor.little(1) == 0xFEU) { // the length of the entry before
        cursor.skip(4);
    }
    const std::uint64_t first = cursor.little(1);
    if (first < 0x40U) {
        return {cursor.take(first)};
    }
    if (first < 0x80U) {
        return {cursor.take((first & 0x3FU) << 8U | cursor.little(1))};
    }
    if (first < 0xC0U) {
        return {cursor.take(cursor.big(4))};
    }
    switch (first) {
    case 0xC0U:
        return numberElement(cursor.littleSigned(2));
    case 0xD0U:
        return numberElement(cursor.littleSigned(4));
    case 0xE0U:
        return numberElement(cursor.littleSigned(8));
    case 0xF0U:
        return numberElement(cursor.littleSigned(3));
    case 0xFEU:
        return numberElement(cursor.littleSigned(1));
    default:
        break;
    }
    if (first <= 0xF0U || first > 0xFDU) {
        cursor.fail();
    }
    return numberElement(static_cast<std::int64_t>(first & 0x0FU) - 1);
}

} // namespace

/// Their own length, and how many elements there are, as far as 16 bits can tell: both are known without.
ListpackReader::ListpackReader(std::string_view bytes)
    : m_cursor(bytes)
{
    m_cursor.skip(4 + 2);
}

std::optional<PackedElement> ListpackReader::next()
{
    if (m_isAtEnd || !m_cursor.isGood()) {
        return std::nullopt;
    }
    if (m_cursor.peek() == endMark) {
        m_cursor.skip(1);
        m_isAtEnd = true;
        return std::nullopt;
    }
    const std::size_t before = m_cursor.left();
    const PackedElement element = listpackElement(m_cursor);
    m_cursor.skip(backLengthBytes(before - m_cursor.left()));
    return m_cursor.isGood() ? std::optional(element) : std::nullopt;
}

/// Their own length, where the last element stands, and how many there are.
ZiplistReader::ZiplistReader(std::string_view bytes)
    : m_cursor(bytes)
{
    m_cursor.skip(4 + 4 + 2);
}

std::optional<PackedElement> ZiplistReader::next()
{
    if (m_isAtEnd || !m_cursor.isGood()) {
        return std::nullopt;
    }
    if (m_cursor.peek() == endMark) {
        m_cursor.skip(1);
        m_isAtEnd = true;
        return std::nullopt;
    }
    const PackedElement element = ziplistElement(m_cursor);
    return m_cursor.isGood() ? std::optional(element) : std::nullopt;
}

IntsetReader::IntsetReader(std::string_view bytes)
    : m_cursor(bytes)
{
    m_width = static_cast<std::size_t>(m_cursor.little(4));
    m_left = m_cursor.little(4);
    if (m_width != 2 && m_width != 4 && m_width != 8) {
        m_cursor.fail();
    }
}

std::optional<PackedElement> IntsetReader::next()
{
    if (m_left == 0 || !m_cursor.isGood()) {
        return std::nullopt;
    }
    --m_left;
    const PackedElement element = numberElement(m_cursor.littleSigned(m_width));
    return m_cursor.isGood() ? std::optional(element) : std::nullopt;
}

/// How many fields there are, as far as a byte can tell: that is known without.
ZipmapReader::ZipmapReader(std::string_view bytes)
    : m_cursor(bytes)
{
    m_cursor.skip(1);
}

std::optional<PackedElement> ZipmapReader::next()
{
    constexpr std::uint64_t longLength = 0xFE;
    if (m_isAtEnd || !m_cursor.isGood()) {
        return std::nullopt;
    }
    const std::uint64_t first = m_cursor.little(1);
    if (first == endMark) {
        m_isAtEnd = true;
        if (m_isValue) {
            m_cursor.fail();
        }
        return std::nullopt;
    }
    const std::uint64_t length = first == longLength ? m_cursor.little(4) : first;
    const std::uint64_t unused = m_isValue ? m_cursor.little(1) : 0; // room behind a value
    const PackedElement element{m_cursor.take(length)};
    m_cursor.skip(unused);
    m_isValue = !m_isValue;
    return m_cursor.isGood() ? std::optional(element) : std::nullopt;
}

} // namespace keyglass
