// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/value/formatters/valueformat.h"

#include <QString>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace keyglass {

/// What decoding may cost. Whatever passes one of these ends with ErrorKind::Limit and gives nothing.
struct DecodeLimits {
    ByteCount output{64ULL * 1024 * 1024}; ///< Of one layer: a small gzip can hold gigabytes.
    std::size_t depth = 200;               ///< Structures within structures.
    std::size_t nodes = 1'000'000;         ///< Elements, names included, of one structure.
};

/// What a decoder made of bytes.
struct DecodedValue {
    enum class Kind {
        Bytes, ///< Anything, to be decoded further or shown by detectFormat().
        Text,  ///< UTF-8 for people.
        Json,  ///< JSON laid out over lines; what JSON has no word for stands as datajson.h says.
    };
    Kind kind = Kind::Bytes;
    std::string content;

    friend bool operator==(const DecodedValue&, const DecodedValue&) = default;
};

/// How sure a guess is. Only Likely and Certain are taken without being asked for.
enum class Confidence {
    No,
    Possible, ///< It can be read so, as many other bytes can.
    Likely,   ///< All of it was read so, or its beginning where there is no more of it.
    Certain,  ///< It says so itself.
};

/// One way of reading bytes, and of writing them again where nothing is lost on the way. Without state: usable from
/// several threads at once.
class Decoder {
public:
    virtual ~Decoder() = default;

    /// Its name on the command line and in a profile: "gzip", "protobuf:shop.Order@orders.desc".
    [[nodiscard]] virtual std::string name() const = 0;
    /// Its name on screen: "gzip", "MessagePack".
    [[nodiscard]] virtual QString title() const = 0;

    /// Whether `bytes` look like it. With MoreFollows they are the beginning of a value. Cost: O(length).
    [[nodiscard]] virtual Confidence detect(std::string_view bytes, TextEnd end) const = 0;

    /// WrongType with what is wrong and where, for bytes that are something else or damaged; Limit; Unsupported for
    /// parts of the format that are not known here. Never executes anything that is in the bytes.
    [[nodiscard]] virtual Result<DecodedValue> decode(std::string_view bytes, const DecodeLimits& limits) const = 0;

    /// Whether decode() and encode() may wait for something else than the processor: not for a thread that paints.
    [[nodiscard]] virtual bool isSlow() const { return false; }

    /// Whether encode() can give back what decode() took.
    [[nodiscard]] virtual bool isReversible() const = 0;

    /// The bytes whose decoding is `content`. `before` are the bytes that stood there: its choices (layout, alphabet)
    /// are kept, it may be empty. Input with what is wrong and where for content that can't be written so; Unsupported
    /// where it is not reversible; Limit.
    [[nodiscard]] virtual Result<std::string> encode(
        std::string_view content, std::string_view before, const DecodeLimits& limits) const = 0;
};

using DecoderPtr = std::shared_ptr<const Decoder>;

} // namespace keyglass
