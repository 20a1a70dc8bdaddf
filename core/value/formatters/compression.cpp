// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/formatters/decompression.h"
#include "core/value/formatters/formatdecoder.h"

#include <lz4frame.h>
#include <zlib.h>
#include <zstd.h>

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <memory>

namespace keyglass {

namespace {

constexpr int windowOfZlib = 15;
constexpr int windowOfGzip = 15 + 16;
constexpr int windowOfDeflate = -15;

QString tr(const char* text)
{
    return QCoreApplication::translate("decoders", text);
}

bool startsWith(std::string_view bytes, std::string_view magic)
{
    return bytes.size() > magic.size() && bytes.starts_with(magic);
}

Result<std::string> inflated(std::string_view bytes, int window, const DecodeLimits& limits)
{
    z_stream stream{};
    if (inflateInit2(&stream, window) != Z_OK) {
        return noMemory();
    }
    const std::unique_ptr<z_stream, decltype(&inflateEnd)> ends(&stream, inflateEnd);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data())); // zlib only reads it
    stream.avail_in = static_cast<uInt>(bytes.size());
    std::string out;
    std::size_t written = 0;
    while (true) {
        if (!growForMore(out, written, limits)) {
            return tooLarge(limits.output);
        }
        stream.next_out = reinterpret_cast<Bytef*>(out.data() + written);
        stream.avail_out = static_cast<uInt>(out.size() - written);
        const int outcome = inflate(&stream, Z_NO_FLUSH);
        written = out.size() - stream.avail_out;
        if (outcome == Z_STREAM_END && stream.avail_in > 0 && window == windowOfGzip) {
            if (inflateReset(&stream) != Z_OK) { // gzip: members may follow one another
                return damagedBytes({});
            }
        } else if (outcome == Z_STREAM_END) {
            break;
        } else if (outcome == Z_BUF_ERROR || (outcome == Z_OK && stream.avail_in == 0 && stream.avail_out > 0)) {
            return brokenOffBytes();
        } else if (outcome != Z_OK) {
            return damagedBytes(stream.msg == nullptr ? QString() : QString::fromUtf8(stream.msg));
        }
    }
    if (stream.avail_in > 0) {
        return bytesBehindTheEnd();
    }
    if (written > limits.output.value) {
        return tooLarge(limits.output);
    }
    out.resize(written);
    return out;
}

Result<std::string> deflated(std::string_view content, int window)
{
    z_stream stream{};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        return noMemory();
    }
    const std::unique_ptr<z_stream, decltype(&deflateEnd)> ends(&stream, deflateEnd);
    std::string out(deflateBound(&stream, static_cast<uLong>(content.size())), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
    stream.avail_in = static_cast<uInt>(content.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    if (deflate(&stream, Z_FINISH) != Z_STREAM_END) {
        return Error{ErrorKind::Limit, {}, tr("It could not be compressed")};
    }
    out.resize(out.size() - stream.avail_out);
    return out;
}

template <int window> Result<std::string> decodeInflate(std::string_view bytes, const DecodeLimits& limits)
{
    return inflated(bytes, window, limits);
}

template <int window> Result<std::string> encodeDeflate(std::string_view content, std::string_view /*before*/)
{
    return deflated(content, window);
}

Confidence detectGzip(std::string_view bytes, TextEnd /*end*/)
{
    const bool isGzip = startsWith(bytes, "\x1f\x8b\x08") && static_cast<unsigned char>(bytes[3]) < 0x20;
    return isGzip ? Confidence::Certain : Confidence::No;
}

/// Its two bytes of header are those of many a text ("x^"), so that it is tried.
Confidence detectZlib(std::string_view bytes, TextEnd end)
{
    if (bytes.size() < 6) {
        return Confidence::No;
    }
    const auto first = static_cast<unsigned>(static_cast<unsigned char>(bytes[0]));
    const auto second = static_cast<unsigned>(static_cast<unsigned char>(bytes[1]));
    if ((first & 0x0FU) != 8 || (first >> 4U) > 7 || (first * 256 + second) % 31 != 0 || looksLikeText(bytes, end)) {
        return Confidence::No;
    }
    const auto tried = inflated(bytes.substr(0, detectedBytes), windowOfZlib, detectLimits());
    const bool isPart = end == TextEnd::MoreFollows || bytes.size() > detectedBytes;
    const bool brokeOff = !tried && tried.error() == brokenOffBytes();
    return tried || (isPart && brokeOff) || (!tried && tried.error().kind == ErrorKind::Limit) ? Confidence::Likely
                                                                                               : Confidence::No;
}

Confidence neverDetected(std::string_view /*bytes*/, TextEnd /*end*/)
{
    return Confidence::No;
}

Result<std::string> decodeZstd(std::string_view bytes, const DecodeLimits& limits)
{
    const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(), ZSTD_freeDCtx);
    if (!context) {
        return noMemory();
    }
    // A frame may ask for a window of any size, which is allocated before a byte is decoded: 27 is zstd's own default.
    ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, 27);
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    std::string out;
    std::size_t written = 0;
    std::size_t hint = 1;
    while (in.pos < in.size || hint != 0) {
        if (!growForMore(out, written, limits)) {
            return tooLarge(limits.output);
        }
        ZSTD_outBuffer target{out.data(), out.size(), written};
        const std::size_t before = in.pos;
        hint = ZSTD_decompressStream(context.get(), &target, &in);
        if (ZSTD_isError(hint) != 0) {
            return damagedBytes(QString::fromUtf8(ZSTD_getErrorName(hint)));
        }
        const bool stands = in.pos == before && target.pos == written;
        written = target.pos;
        if (hint != 0 && in.pos == in.size && written < out.size() && stands) {
            return brokenOffBytes();
        }
    }
    if (written > limits.output.value) {
        return tooLarge(limits.output);
    }
    out.resize(written);
    return out;
}

Result<std::string> encodeZstd(std::string_view content, std::string_view /*before*/)
{
    std::string out(ZSTD_compressBound(content.size()), '\0');
    const std::size_t size = ZSTD_compress(out.data(), out.size(), content.data(), content.size(), ZSTD_CLEVEL_DEFAULT);
    if (ZSTD_isError(size) != 0) {
        return Error{ErrorKind::Limit, {}, QString::fromUtf8(ZSTD_getErrorName(size))};
    }
    out.resize(size);
    return out;
}

Confidence detectZstd(std::string_view bytes, TextEnd /*end*/)
{
    return startsWith(bytes, "\x28\xb5\x2f\xfd") ? Confidence::Certain : Confidence::No;
}

Result<std::string> decodeLz4(std::string_view bytes, const DecodeLimits& limits)
{
    LZ4F_dctx* raw = nullptr;
    if (LZ4F_isError(LZ4F_createDecompressionContext(&raw, LZ4F_VERSION)) != 0) {
        return noMemory();
    }
    const std::unique_ptr<LZ4F_dctx, decltype(&LZ4F_freeDecompressionContext)> context(
        raw, LZ4F_freeDecompressionContext);
    std::string out;
    std::size_t written = 0;
    std::size_t taken = 0;
    std::size_t hint = 1;
    while (taken < bytes.size() || hint != 0) {
        if (!growForMore(out, written, limits)) {
            return tooLarge(limits.output);
        }
        std::size_t room = out.size() - written;
        std::size_t given = bytes.size() - taken;
        hint = LZ4F_decompress(context.get(), out.data() + written, &room, bytes.data() + taken, &given, nullptr);
        if (LZ4F_isError(hint) != 0) {
            return damagedBytes(QString::fromUtf8(LZ4F_getErrorName(hint)));
        }
        taken += given;
        written += room;
        if (hint != 0 && given == 0 && room == 0) {
            return brokenOffBytes();
        }
    }
    if (written > limits.output.value) {
        return tooLarge(limits.output);
    }
    out.resize(written);
    return out;
}

Result<std::string> encodeLz4(std::string_view content, std::string_view /*before*/)
{
    LZ4F_preferences_t preferences{};
    preferences.frameInfo.contentSize = content.size();
    preferences.frameInfo.contentChecksumFlag = LZ4F_contentChecksumEnabled;
    std::string out(LZ4F_compressFrameBound(content.size(), &preferences), '\0');
    const std::size_t size = LZ4F_compressFrame(out.data(), out.size(), content.data(), content.size(), &preferences);
    if (LZ4F_isError(size) != 0) {
        return Error{ErrorKind::Limit, {}, QString::fromUtf8(LZ4F_getErrorName(size))};
    }
    out.resize(size);
    return out;
}

Confidence detectLz4(std::string_view bytes, TextEnd /*end*/)
{
    return startsWith(bytes, "\x04\x22\x4d\x18") ? Confidence::Certain : Confidence::No;
}

} // namespace

DecoderPtr gzipDecoder()
{
    return makeDecoder(
        ByteFormat{"gzip", "gzip", detectGzip, decodeInflate<windowOfGzip>, encodeDeflate<windowOfGzip>});
}

DecoderPtr zlibDecoder()
{
    return makeDecoder(
        ByteFormat{"zlib", "zlib", detectZlib, decodeInflate<windowOfZlib>, encodeDeflate<windowOfZlib>});
}

DecoderPtr deflateDecoder()
{
    return makeDecoder(ByteFormat{
        "deflate", "deflate", neverDetected, decodeInflate<windowOfDeflate>, encodeDeflate<windowOfDeflate>});
}

DecoderPtr zstdDecoder()
{
    return makeDecoder(ByteFormat{"zstd", "zstd", detectZstd, decodeZstd, encodeZstd});
}

DecoderPtr lz4Decoder()
{
    return makeDecoder(ByteFormat{"lz4", "LZ4", detectLz4, decodeLz4, encodeLz4});
}

} // namespace keyglass
