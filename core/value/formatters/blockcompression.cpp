// SPDX-License-Identifier: GPL-3.0-or-later
// Compression that does not say what it is in its first bytes: a guess has to unpack it.
#include "core/value/formatters/decompression.h"
#include "core/value/formatters/formatdecoder.h"
#include "core/value/formatters/snappyframes.h"

#include <brotli/decode.h>
#include <brotli/encode.h>
#include <lz4.h>
#include <snappy-c.h>

#include <QCoreApplication>

#include <algorithm>
#include <limits>
#include <memory>

namespace keyglass {

namespace {

constexpr std::size_t shortestGuessed = 12;
constexpr std::size_t lengthBytes = 4;     ///< In front of an LZ4 block, little endian, as most libraries put it there.
constexpr std::uint64_t mostOfLz4 = 255;   ///< Bytes out of one byte.
constexpr std::uint64_t mostOfSnappy = 64; ///< Three bytes can stand for 64.

QString tr(const char* text)
{
    return QCoreApplication::translate("decoders", text);
}

Error notCompressed()
{
    return Error{ErrorKind::Limit, {}, tr("It could not be compressed")};
}

Confidence detectByUnpacking(std::string_view bytes, TextEnd end,
    Result<std::string> (*decode)(std::string_view bytes, const DecodeLimits& limits))
{
    const bool isWhole = end == TextEnd::Whole && bytes.size() <= detectedBytes;
    if (!isWhole || bytes.size() < shortestGuessed || looksLikeText(bytes, end)) {
        return Confidence::No;
    }
    const auto unpacked = decode(bytes, detectLimits());
    const bool isText = unpacked && unpacked->size() >= shortestGuessed && looksLikeText(*unpacked, TextEnd::Whole);
    return isText ? Confidence::Likely : Confidence::No;
}

Result<std::string> decodeBrotli(std::string_view bytes, const DecodeLimits& limits)
{
    const std::unique_ptr<BrotliDecoderState, decltype(&BrotliDecoderDestroyInstance)> state(
        BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), BrotliDecoderDestroyInstance);
    if (!state) {
        return noMemory();
    }
    std::size_t left = bytes.size();
    const auto* next = reinterpret_cast<const std::uint8_t*>(bytes.data());
    std::string out;
    std::size_t written = 0;
    while (true) {
        if (!growForMore(out, written, limits)) {
            return tooLarge(limits.output);
        }
        std::size_t room = out.size() - written;
        auto* target = reinterpret_cast<std::uint8_t*>(out.data() + written);
        const auto outcome = BrotliDecoderDecompressStream(state.get(), &left, &next, &room, &target, nullptr);
        written = out.size() - room;
        if (outcome == BROTLI_DECODER_RESULT_SUCCESS) {
            break;
        }
        if (outcome == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT) {
            return brokenOffBytes();
        }
        if (outcome == BROTLI_DECODER_RESULT_ERROR) {
            return damagedBytes(
                QString::fromUtf8(BrotliDecoderErrorString(BrotliDecoderGetErrorCode(state.get()))).toLower());
        }
    }
    if (left > 0) {
        return bytesBehindTheEnd();
    }
    if (written > limits.output.value) {
        return tooLarge(limits.output);
    }
    out.resize(written);
    return out;
}

Result<std::string> encodeBrotli(std::string_view content, std::string_view /*before*/)
{
    constexpr int quality = 6; // much faster than the highest, and hardly larger
    std::size_t size = BrotliEncoderMaxCompressedSize(content.size());
    std::string out(size, '\0');
    const bool done =
        BrotliEncoderCompress(quality, BROTLI_DEFAULT_WINDOW, BROTLI_DEFAULT_MODE, content.size(),
            reinterpret_cast<const std::uint8_t*>(content.data()), &size, reinterpret_cast<std::uint8_t*>(out.data()))
        != BROTLI_FALSE;
    if (!done) {
        return notCompressed();
    }
    out.resize(size);
    return out;
}

Confidence detectBrotli(std::string_view bytes, TextEnd end)
{
    return detectByUnpacking(bytes, end, decodeBrotli);
}

/// A block by itself, or a stream of them.
Result<std::string> decodeSnappy(std::string_view bytes, const DecodeLimits& limits)
{
    if (isSnappyStream(bytes)) {
        return decodeSnappyStream(bytes, limits);
    }
    std::size_t size = 0;
    if (snappy_uncompressed_length(bytes.data(), bytes.size(), &size) != SNAPPY_OK
        || size > bytes.size() * mostOfSnappy) {
        return damagedBytes({});
    }
    if (size > limits.output.value) {
        return tooLarge(limits.output);
    }
    std::string out(size, '\0');
    if (snappy_uncompress(bytes.data(), bytes.size(), out.data(), &size) != SNAPPY_OK) {
        return damagedBytes({});
    }
    return out;
}

Result<std::string> encodeSnappy(std::string_view content, std::string_view before)
{
    if (isSnappyStream(before)) {
        return encodeSnappyStream(content);
    }
    std::size_t size = snappy_max_compressed_length(content.size());
    std::string out(size, '\0');
    if (snappy_compress(content.data(), content.size(), out.data(), &size) != SNAPPY_OK) {
        return notCompressed();
    }
    out.resize(size);
    return out;
}

Confidence detectSnappy(std::string_view bytes, TextEnd end)
{
    return isSnappyStream(bytes) ? Confidence::Certain : detectByUnpacking(bytes, end, decodeSnappy);
}

std::uint64_t leadingLength(std::string_view bytes)
{
    return TreeReader(bytes, {}).takeLittle(lengthBytes);
}

/// A block behind its length; nothing where it is none.
std::optional<std::string> blockWithLength(std::string_view bytes, const DecodeLimits& limits)
{
    const std::uint64_t size = leadingLength(bytes);
    if (bytes.size() <= lengthBytes || size > bytes.size() * mostOfLz4 || size > limits.output.value) {
        return std::nullopt;
    }
    std::string out(size, '\0');
    const std::string_view block = bytes.substr(lengthBytes);
    const int written =
        LZ4_decompress_safe(block.data(), out.data(), static_cast<int>(block.size()), static_cast<int>(out.size()));
    return written >= 0 && static_cast<std::uint64_t>(written) == size ? std::optional(std::move(out)) : std::nullopt;
}

/// Whether a block unpacks to more than is allowed.
bool passesLimit(std::string_view block, const DecodeLimits& limits)
{
    const std::uint64_t most = std::min<std::uint64_t>(limits.output.value + 1, std::numeric_limits<int>::max());
    if (block.size() * mostOfLz4 < most) {
        return false;
    }
    std::string out(most, '\0');
    const auto room = static_cast<int>(most);
    return LZ4_decompress_safe_partial(block.data(), out.data(), static_cast<int>(block.size()), room, room) == room;
}

Result<std::string> decodeLz4Block(std::string_view bytes, const DecodeLimits& limits)
{
    if (bytes.empty() || bytes.size() > LZ4_MAX_INPUT_SIZE) {
        return damagedBytes({});
    }
    if (auto out = blockWithLength(bytes, limits)) {
        return *std::move(out);
    }
    const bool saysTooLarge = bytes.size() > lengthBytes && leadingLength(bytes) > limits.output.value;
    if (passesLimit(bytes, limits) || (saysTooLarge && passesLimit(bytes.substr(lengthBytes), limits))) {
        return tooLarge(limits.output);
    }
    const std::uint64_t most =
        std::min<std::uint64_t>({bytes.size() * mostOfLz4 + 64, limits.output.value, std::numeric_limits<int>::max()});
    std::string out(most, '\0');
    const int written =
        LZ4_decompress_safe(bytes.data(), out.data(), static_cast<int>(bytes.size()), static_cast<int>(most));
    if (written < 0) {
        return damagedBytes({});
    }
    out.resize(static_cast<std::size_t>(written));
    return out;
}

/// With its length in front, unless what stood there had none.
Result<std::string> encodeLz4Block(std::string_view content, std::string_view before)
{
    if (content.size() > LZ4_MAX_INPUT_SIZE) {
        return notCompressed();
    }
    const bool hadLength = before.empty() || blockWithLength(before, {}).has_value();
    std::string out(hadLength ? lengthBytes : 0, '\0');
    for (std::size_t at = 0; at < out.size(); ++at) {
        out[at] = static_cast<char>((content.size() >> (at * 8)) & 0xFFU);
    }
    const std::size_t head = out.size();
    out.resize(head + static_cast<std::size_t>(LZ4_compressBound(static_cast<int>(content.size()))));
    const int size = LZ4_compress_default(
        content.data(), out.data() + head, static_cast<int>(content.size()), static_cast<int>(out.size() - head));
    if (size <= 0) {
        return notCompressed();
    }
    out.resize(head + static_cast<std::size_t>(size));
    return out;
}

Result<std::string> decodeBlockWithLength(std::string_view bytes, const DecodeLimits& limits)
{
    auto out = blockWithLength(bytes, limits);
    return out ? Result<std::string>(*std::move(out)) : Result<std::string>(damagedBytes({}));
}

Confidence detectLz4Block(std::string_view bytes, TextEnd end)
{
    return detectByUnpacking(bytes, end, decodeBlockWithLength);
}

} // namespace

DecoderPtr brotliDecoder()
{
    return makeDecoder(ByteFormat{"brotli", "Brotli", detectBrotli, decodeBrotli, encodeBrotli});
}

DecoderPtr snappyDecoder()
{
    return makeDecoder(ByteFormat{"snappy", "Snappy", detectSnappy, decodeSnappy, encodeSnappy});
}

DecoderPtr lz4BlockDecoder()
{
    return makeDecoder(ByteFormat{"lz4-block", "LZ4 block", detectLz4Block, decodeLz4Block, encodeLz4Block});
}

} // namespace keyglass
