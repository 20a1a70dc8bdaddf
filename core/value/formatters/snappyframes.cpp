// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/formatters/snappyframes.h"

#include "core/value/formatters/datanode.h"
#include "core/value/formatters/decompression.h"

#include <snappy-c.h>

#include <QCoreApplication>

#include <array>

namespace keyglass {

namespace {

constexpr std::string_view streamBegins{"\xff\x06\x00\x00sNaPpY", 10};
constexpr std::size_t headBytes = 4; ///< A chunk's kind and the length of what follows, little endian.
constexpr std::size_t sumBytes = 4;
constexpr std::size_t mostInChunk = 65536;

enum ChunkKind : unsigned char { Compressed = 0x00, Uncompressed = 0x01, FirstSkippable = 0x80, Begin = 0xFF };

/// CRC-32C, a nibble a step: a stream is checked once, and not on any way that has to be fast.
std::uint32_t checksum(std::string_view bytes)
{
    static constexpr std::array<std::uint32_t, 16> steps = [] {
        std::array<std::uint32_t, 16> table{};
        for (std::uint32_t at = 0; at < table.size(); ++at) {
            std::uint32_t value = at;
            for (int bit = 0; bit < 4; ++bit) {
                value = (value >> 1U) ^ ((value & 1U) != 0 ? 0x82F63B78U : 0U);
            }
            table[at] = value;
        }
        return table;
    }();
    std::uint32_t sum = 0xFFFFFFFFU;
    for (const char c : bytes) {
        sum ^= static_cast<unsigned char>(c);
        sum = (sum >> 4U) ^ steps[sum & 0xFU];
        sum = (sum >> 4U) ^ steps[sum & 0xFU];
    }
    return sum ^ 0xFFFFFFFFU;
}

/// As it stands in a stream: sums of what holds sums itself are weak.
std::uint32_t maskedChecksum(std::string_view bytes)
{
    const std::uint32_t sum = checksum(bytes);
    return ((sum >> 15U) | (sum << 17U)) + 0xA282EAD8U;
}

std::uint32_t littleEndian(std::string_view bytes)
{
    std::uint32_t value = 0;
    for (std::size_t at = bytes.size(); at-- > 0;) {
        value = (value << 8U) | static_cast<unsigned char>(bytes[at]);
    }
    return value;
}

void addLittleEndian(std::string& out, std::uint32_t value, std::size_t bytes)
{
    for (std::size_t at = 0; at < bytes; ++at) {
        out += static_cast<char>((value >> (at * 8U)) & 0xFFU);
    }
}

Error wrongChecksum()
{
    return damagedBytes(QCoreApplication::translate("decoders", "a checksum is another"));
}

/// What a chunk of data holds, behind its sum.
Result<std::string> contentOf(unsigned char kind, std::string_view data)
{
    if (kind == Uncompressed) {
        return std::string(data);
    }
    std::size_t size = 0;
    if (snappy_uncompressed_length(data.data(), data.size(), &size) != SNAPPY_OK || size > mostInChunk) {
        return damagedBytes({});
    }
    std::string out(size, '\0');
    if (snappy_uncompress(data.data(), data.size(), out.data(), &size) != SNAPPY_OK) {
        return damagedBytes({});
    }
    return out;
}

Status takeData(unsigned char kind, std::string_view chunk, std::string& out)
{
    if (chunk.size() < sumBytes) {
        return damagedBytes({});
    }
    const auto content = contentOf(kind, chunk.substr(sumBytes));
    if (!content) {
        return content.error();
    }
    if (content->size() > mostInChunk) {
        return damagedBytes({});
    }
    if (maskedChecksum(*content) != littleEndian(chunk.substr(0, sumBytes))) {
        return wrongChecksum();
    }
    out += *content;
    return ok();
}

} // namespace

bool isSnappyStream(std::string_view bytes)
{
    return bytes.starts_with(streamBegins);
}

Result<std::string> decodeSnappyStream(std::string_view bytes, const DecodeLimits& limits)
{
    std::string out;
    while (!bytes.empty()) {
        if (bytes.size() < headBytes) {
            return brokenOffBytes();
        }
        const auto kind = static_cast<unsigned char>(bytes[0]);
        const std::size_t length = littleEndian(bytes.substr(1, headBytes - 1));
        if (bytes.size() - headBytes < length) {
            return brokenOffBytes();
        }
        const std::string_view chunk = bytes.substr(headBytes, length);
        if (kind <= Uncompressed) {
            if (Status taken = takeData(kind, chunk, out); !taken) {
                return std::move(taken).error();
            }
            if (out.size() > limits.output.value) {
                return tooLarge(limits.output);
            }
        } else if (kind < FirstSkippable || (kind == Begin && !isSnappyStream(bytes))) {
            return Error{ErrorKind::Unsupported, {},
                QCoreApplication::translate("decoders", "A chunk of a kind that is not known here")};
        }
        bytes.remove_prefix(headBytes + length);
    }
    return out;
}

Result<std::string> encodeSnappyStream(std::string_view content)
{
    std::string out(streamBegins);
    for (std::size_t at = 0; at < content.size(); at += mostInChunk) {
        const std::string_view part = content.substr(at, mostInChunk);
        std::size_t size = snappy_max_compressed_length(part.size());
        std::string packed(size, '\0');
        if (snappy_compress(part.data(), part.size(), packed.data(), &size) != SNAPPY_OK) {
            return Error{ErrorKind::Limit, {}, QCoreApplication::translate("decoders", "It could not be compressed")};
        }
        packed.resize(size);
        const bool isShorter = size < part.size();
        out += static_cast<char>(isShorter ? Compressed : Uncompressed);
        addLittleEndian(
            out, static_cast<std::uint32_t>(sumBytes + (isShorter ? packed.size() : part.size())), headBytes - 1);
        addLittleEndian(out, maskedChecksum(part), sumBytes);
        out += isShorter ? std::string_view(packed) : part;
    }
    return out;
}

} // namespace keyglass
