// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/formatters/datanode.h"
#include "core/value/formatters/decoder.h"

namespace keyglass {

/// A format whose content is bytes again: compression, base64.
struct ByteFormat {
    std::string_view name;
    const char* title;
    Confidence (*detect)(std::string_view bytes, TextEnd end);
    Result<std::string> (*decode)(std::string_view bytes, const DecodeLimits& limits);
    /// Null where it is not reversible.
    Result<std::string> (*encode)(std::string_view content, std::string_view before);
};

/// A format whose content is a structure, shown and edited as JSON.
struct TreeFormat {
    std::string_view name;
    const char* title;
    Confidence (*detect)(std::string_view bytes, TextEnd end);
    Result<DataNode> (*read)(std::string_view bytes, const DecodeLimits& limits);
    /// Null where it is not reversible. Gets the structure that an editor gave back.
    Result<std::string> (*write)(const DataNode& root, const DecodeLimits& limits);
};

/// A format that tells something in words and can't be written from them.
struct TextFormat {
    std::string_view name;
    const char* title;
    Confidence (*detect)(std::string_view bytes, TextEnd end);
    Result<std::string> (*describe)(std::string_view bytes);
};

[[nodiscard]] DecoderPtr makeDecoder(const ByteFormat& format);
[[nodiscard]] DecoderPtr makeDecoder(const TreeFormat& format);
[[nodiscard]] DecoderPtr makeDecoder(const TextFormat& format);

/// "It is no gzip: …" for a decoder's error.
[[nodiscard]] Error notThis(const QString& why);

/// What detect() of a binary structure looks at, and what it may take: long enough to be sure, short enough for a
/// guess.
inline constexpr std::size_t detectedBytes = 64ULL * 1024;
[[nodiscard]] DecodeLimits detectLimits();

/// Likely where all of `bytes` can be read as a structure that `read` knows; No where `bytes` are text or only a
/// beginning.
[[nodiscard]] Confidence detectTree(
    std::string_view bytes, TextEnd end, Result<DataNode> (*read)(std::string_view, const DecodeLimits&));

/// True for UTF-8 in which hardly a control character stands, as detectFormat() has it.
[[nodiscard]] bool looksLikeText(std::string_view bytes, TextEnd end);

DecoderPtr plainDecoder();
DecoderPtr jsonDecoder();
DecoderPtr hexDecoder();
DecoderPtr base64Decoder();
DecoderPtr gzipDecoder();
DecoderPtr zlibDecoder();
DecoderPtr deflateDecoder();
DecoderPtr zstdDecoder();
DecoderPtr lz4Decoder();
DecoderPtr messagePackDecoder();
DecoderPtr cborDecoder();
DecoderPtr phpDecoder();
DecoderPtr phpSessionDecoder();
DecoderPtr rawProtobufDecoder();
DecoderPtr brotliDecoder();
DecoderPtr snappyDecoder();
DecoderPtr lz4BlockDecoder();
DecoderPtr bsonDecoder();
DecoderPtr javaDecoder();
DecoderPtr pickleDecoder();
DecoderPtr unixTimeDecoder();
DecoderPtr uuidDecoder();
DecoderPtr flagsDecoder();
DecoderPtr hyperLogLogDecoder();

} // namespace keyglass
