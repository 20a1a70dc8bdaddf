// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/rdbreader.h"

#include <lzf.h>

#include <charconv>
#include <limits>
#include <system_error>

namespace keyglass {

namespace {

enum StringEncoding : std::uint64_t {
    Byte,
    TwoBytes,
    FourBytes,
    Compressed,
};

/// LZF makes at most 264 bytes of three.
constexpr std::uint64_t mostTimesPacked = 88;

} // namespace

std::string_view decimalOf(std::int64_t number, std::array<char, 24>& room)
{
    const auto end = std::to_chars(room.data(), room.data() + room.size(), number);
    return {room.data(), static_cast<std::size_t>(end.ptr - room.data())};
}

double scoreOf(std::string_view text, bool& isGood)
{
    double score = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), score);
    isGood = isGood && read.ec == std::errc() && read.ptr == text.data() + text.size();
    return score;
}

RdbReader::Length RdbReader::lengthOrEncoding()
{
    const std::uint64_t first = m_cursor.little(1);
    const std::uint64_t low = first & 0x3FU;
    switch (first >> 6U) {
    case 0:
        return {low, false};
    case 1:
        return {low << 8U | m_cursor.little(1), false};
    case 2:
        if (first > 0x81U) {
            fail();
        }
        return {m_cursor.big(first == 0x80U ? 4 : 8), false};
    default:
        return {low, true};
    }
}

std::uint64_t RdbReader::length()
{
    const Length length = lengthOrEncoding();
    if (length.isEncoding) {
        fail();
    }
    return isGood() ? length.value : 0;
}

std::string_view RdbReader::string()
{
    const Length length = lengthOrEncoding();
    if (!length.isEncoding) {
        return m_cursor.take(length.value);
    }
    switch (length.value) {
    case Byte:
    case TwoBytes:
    case FourBytes: {
        const std::int64_t number = m_cursor.littleSigned(std::size_t{1} << length.value);
        return isGood() ? decimalOf(number, m_decimal) : std::string_view();
    }
    case Compressed: {
        const std::uint64_t packedBytes = this->length();
        const std::uint64_t bytes = this->length();
        return unpacked(packedBytes, bytes);
    }
    default:
        fail();
        return {};
    }
}

std::string_view RdbReader::unpacked(std::uint64_t packedBytes, std::uint64_t bytes)
{
    const std::string_view packed = m_cursor.take(packedBytes);
    if (packed.empty() || packed.size() > largestString || bytes == 0 || bytes > largestString
        || bytes > packed.size() * mostTimesPacked) {
        fail();
        return {};
    }
    if (bytes > m_capacity) {
        m_unpacked = std::make_unique_for_overwrite<char[]>(bytes);
        m_capacity = bytes;
    }
    const unsigned made = lzf_decompress(
        packed.data(), static_cast<unsigned>(packed.size()), m_unpacked.get(), static_cast<unsigned>(bytes));
    if (made != bytes) {
        fail();
        return {};
    }
    return {m_unpacked.get(), static_cast<std::size_t>(bytes)};
}

std::string_view RdbReader::stringAsWritten()
{
    const char* const from = m_cursor.position();
    const std::size_t before = m_cursor.left();
    const Length length = lengthOrEncoding();
    if (!length.isEncoding) {
        m_cursor.skip(length.value);
    } else if (length.value < Compressed) {
        m_cursor.skip(std::uint64_t{1} << length.value);
    } else if (length.value == Compressed) {
        const std::uint64_t packedBytes = this->length();
        static_cast<void>(this->length());
        m_cursor.skip(packedBytes);
    } else {
        fail();
    }
    return isGood() ? std::string_view(from, before - m_cursor.left()) : std::string_view();
}

double RdbReader::oldScore()
{
    constexpr std::uint64_t notANumber = 253;
    constexpr std::uint64_t infinite = 254;
    constexpr std::uint64_t minusInfinite = 255;
    const std::uint64_t bytes = m_cursor.little(1);
    switch (bytes) {
    case notANumber:
        return std::numeric_limits<double>::quiet_NaN();
    case infinite:
        return std::numeric_limits<double>::infinity();
    case minusInfinite:
        return -std::numeric_limits<double>::infinity();
    default:
        break;
    }
    bool isNumber = true;
    const double score = scoreOf(m_cursor.take(bytes), isNumber);
    if (!isNumber) {
        fail();
    }
    return score;
}

} // namespace keyglass
