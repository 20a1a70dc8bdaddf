// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass::test {

using Texts = std::vector<std::string>;

/// The lowest byte first.
inline std::string little(std::uint64_t number, std::size_t bytes)
{
    std::string text;
    for (std::size_t at = 0; at < bytes; ++at) {
        text += static_cast<char>(number >> (at * 8) & 0xFFU);
    }
    return text;
}

inline std::string big(std::uint64_t number, std::size_t bytes)
{
    const std::string text = little(number, bytes);
    return {text.rbegin(), text.rend()};
}

inline std::string byte(std::uint64_t number)
{
    return little(number, 1);
}

/// The number that a text is, where it is written as servers write numbers.
inline std::optional<std::int64_t> wholeNumber(const std::string& text)
{
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isOne = read.ec == std::errc() && std::to_string(number) == text;
    return isOne ? std::optional(number) : std::nullopt;
}

template <typename Number> bool fits(std::int64_t number)
{
    return number >= std::numeric_limits<Number>::min() && number <= std::numeric_limits<Number>::max();
}

/// What values are made of in DUMPs, as servers write it.
inline std::string rdbLength(std::uint64_t length)
{
    if (length < 64) {
        return byte(length);
    }
    if (length < 16384) {
        return big(length | 0x4000U, 2);
    }
    return length <= 0xFFFFFFFFU ? "\x80" + big(length, 4) : "\x81" + big(length, 8);
}

inline std::string rdbString(const std::string& text)
{
    return rdbLength(text.size()) + text;
}

/// The same as a number, where it is one of at most 32 bits.
inline std::string rdbNumber(const std::string& text)
{
    const std::int64_t number = wholeNumber(text).value_or(std::numeric_limits<std::int64_t>::max());
    const auto bits = static_cast<std::uint64_t>(number);
    if (fits<std::int8_t>(number)) {
        return "\xC0" + little(bits, 1);
    }
    if (fits<std::int16_t>(number)) {
        return "\xC1" + little(bits, 2);
    }
    return fits<std::int32_t>(number) ? "\xC2" + little(bits, 4) : rdbString(text);
}

inline std::string rdbStrings(const Texts& texts)
{
    std::string bytes;
    for (const std::string& text : texts) {
        bytes += rdbString(text);
    }
    return bytes;
}

inline std::string scoreBytes(double score)
{
    return little(std::bit_cast<std::uint64_t>(score), 8);
}

inline std::string listpackEntry(const std::string& text)
{
    const auto number = wholeNumber(text);
    const auto bits = static_cast<std::uint64_t>(number.value_or(0));
    constexpr std::int64_t most24 = 0x7FFFFF;
    if (!number) {
        if (text.size() < 64) {
            return byte(0x80U | text.size()) + text;
        }
        return text.size() < 4096 ? big(0xE000U | text.size(), 2) + text : "\xF0" + little(text.size(), 4) + text;
    }
    if (*number >= 0 && *number <= 127) {
        return byte(bits);
    }
    if (*number >= -4096 && *number <= 4095) {
        return big(0xC000U | (bits & 0x1FFFU), 2);
    }
    if (fits<std::int16_t>(*number)) {
        return "\xF1" + little(bits, 2);
    }
    if (*number >= -most24 - 1 && *number <= most24) {
        return "\xF2" + little(bits, 3);
    }
    return fits<std::int32_t>(*number) ? "\xF3" + little(bits, 4) : "\xF4" + little(bits, 8);
}

inline std::string listpack(const Texts& texts)
{
    std::string entries;
    for (const std::string& text : texts) {
        const std::string entry = listpackEntry(text);
        const std::size_t size = entry.size();
        if (size <= 127) {
            entries += entry + byte(size);
        } else if (size < 16383) {
            entries += entry + byte(size >> 7U) + byte((size & 127U) | 128U);
        } else {
            entries += entry + byte(size >> 14U) + byte((size >> 7U & 127U) | 128U) + byte((size & 127U) | 128U);
        }
    }
    return little(entries.size() + 7, 4) + little(texts.size(), 2) + entries + "\xFF";
}

inline std::string ziplistEntry(const std::string& text)
{
    const auto number = wholeNumber(text);
    const auto bits = static_cast<std::uint64_t>(number.value_or(0));
    constexpr std::int64_t most24 = 0x7FFFFF;
    if (!number) {
        if (text.size() < 64) {
            return byte(text.size()) + text;
        }
        return text.size() < 16384 ? big(0x4000U | text.size(), 2) + text : "\x80" + big(text.size(), 4) + text;
    }
    if (*number >= 0 && *number <= 12) {
        return byte(0xF1U + bits);
    }
    if (fits<std::int8_t>(*number)) {
        return "\xFE" + little(bits, 1);
    }
    if (fits<std::int16_t>(*number)) {
        return "\xC0" + little(bits, 2);
    }
    if (*number >= -most24 - 1 && *number <= most24) {
        return "\xF0" + little(bits, 3);
    }
    return fits<std::int32_t>(*number) ? "\xD0" + little(bits, 4) : "\xE0" + little(bits, 8);
}

inline std::string ziplist(const Texts& texts)
{
    constexpr std::size_t headerBytes = 10;
    std::string entries;
    std::size_t last = 0; // where the last entry begins
    std::size_t before = 0;
    for (const std::string& text : texts) {
        last = entries.size();
        entries += before < 254 ? byte(before) : "\xFE" + little(before, 4);
        entries += ziplistEntry(text);
        before = entries.size() - last;
    }
    return little(headerBytes + entries.size() + 1, 4) + little(headerBytes + last, 4) + little(texts.size(), 2)
        + entries + "\xFF";
}

/// Ascending numbers, each in so many bytes.
inline std::string intset(std::initializer_list<std::int64_t> numbers, std::size_t width)
{
    std::string bytes = little(width, 4) + little(numbers.size(), 4);
    for (const std::int64_t number : numbers) {
        bytes += little(static_cast<std::uint64_t>(number), width);
    }
    return bytes;
}

/// Fields and values in turn; behind each value `unused` bytes.
inline std::string zipmap(const Texts& texts, std::size_t unused = 0)
{
    std::string bytes = byte(texts.size() / 2);
    for (std::size_t at = 0; at < texts.size(); ++at) {
        const std::string& text = texts[at];
        bytes += text.size() < 254 ? byte(text.size()) : "\xFE" + little(text.size(), 4);
        bytes += at % 2 == 0 ? text : byte(unused) + text + std::string(unused, '?');
    }
    return bytes + "\xFF";
}

/// Bytes compressed by LZF that are only said as they are, 32 at a time.
inline std::string rdbCompressed(const std::string& text)
{
    std::string packed;
    for (std::size_t at = 0; at < text.size(); at += 32) {
        const std::string part = text.substr(at, 32);
        packed += byte(part.size() - 1) + part;
    }
    return "\xC3" + rdbLength(packed.size()) + rdbLength(text.size()) + packed;
}

/// As servers check it in DUMPs (CRC-64 of Jones, reflected).
inline std::uint64_t crc64(std::string_view bytes)
{
    std::uint64_t sum = 0;
    for (const char byte : bytes) {
        sum ^= static_cast<unsigned char>(byte);
        for (int bit = 0; bit < 8; ++bit) {
            sum = (sum & 1U) != 0 ? (sum >> 1U) ^ 0x95AC9329AC4BC9B5ULL : sum >> 1U;
        }
    }
    return sum;
}

/// A whole DUMP: of Redis 2.8, which all of today's servers take, where nothing else is said.
inline std::string dumpOf(unsigned kind, const std::string& value, unsigned version = 6)
{
    const std::string bytes = byte(kind) + value + little(version, 2);
    return bytes + little(crc64(bytes), 8);
}

} // namespace keyglass::test
