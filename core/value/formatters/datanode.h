// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/value/formatters/decoder.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

/// What all structured formats have in common. Numbers are kept as decimal text, so that no digit is lost.
struct DataNode {
    enum class Kind : std::uint8_t {
        Null,
        Bool,    ///< `text` is "true" or "false".
        Integer, ///< Decimal digits, maybe with a minus.
        Float,   ///< A JSON number with a point or an exponent; "nan", "inf", "-inf".
        Text,
        Bytes,
        List,
        Map,    ///< `children` are key, value, key, value, …
        Tagged, ///< One child, which is what `text` says: "float32", "object Cart".
    };
    Kind kind = Kind::Null;
    std::string text;
    std::vector<DataNode> children;

    [[nodiscard]] static DataNode null() { return {}; }
    [[nodiscard]] static DataNode boolean(bool value) { return {Kind::Bool, value ? "true" : "false", {}}; }
    [[nodiscard]] static DataNode integer(std::int64_t value) { return {Kind::Integer, std::to_string(value), {}}; }
    [[nodiscard]] static DataNode integer(std::uint64_t value) { return {Kind::Integer, std::to_string(value), {}}; }
    [[nodiscard]] static DataNode number(double value);
    /// Its shortest digits as a 32-bit number: 0.1, not 0.10000000149011612.
    [[nodiscard]] static DataNode number(float value);
    [[nodiscard]] static DataNode string(std::string_view utf8) { return {Kind::Text, std::string(utf8), {}}; }
    [[nodiscard]] static DataNode bytes(std::string_view bytes) { return {Kind::Bytes, std::string(bytes), {}}; }
    /// Text where it is UTF-8, else Bytes: for formats that don't tell them apart.
    [[nodiscard]] static DataNode textOrBytes(std::string_view bytes);
    [[nodiscard]] static DataNode tagged(std::string tag, DataNode child);

    friend bool operator==(const DataNode&, const DataNode&) = default;
};

/// The number a node holds. Input, naming the text, where it is no such number or out of range.
[[nodiscard]] Result<std::int64_t> signedNumber(const DataNode& node);
[[nodiscard]] Result<std::uint64_t> unsignedNumber(const DataNode& node);
/// Of a Float or an Integer.
[[nodiscard]] Result<double> floatingNumber(const DataNode& node);

/// "2026-01-31T12:00:00.000000001Z" for a point in time from year 1 to 9999; empty outside of it. Trailing groups of
/// three zeros of the fraction are left out.
[[nodiscard]] std::string timeText(std::int64_t seconds, std::uint32_t nanoseconds);
/// What timeText() wrote; nothing for any other text.
struct TimePoint {
    std::int64_t seconds = 0;
    std::uint32_t nanoseconds = 0;
};
[[nodiscard]] std::optional<TimePoint> timeFromText(std::string_view text);

/// What the readers of structured formats share: bytes taken from the front, what the structure may still cost, and the
/// first thing that was wrong. Once that is there, everything taken is empty.
class TreeReader {
public:
    TreeReader(std::string_view bytes, const DecodeLimits& limits)
        : m_bytes(bytes)
        , m_limits(limits)
    {
    }

    [[nodiscard]] bool failed() const { return m_error.has_value(); }
    [[nodiscard]] std::size_t at() const { return m_at; }
    [[nodiscard]] std::size_t left() const { return m_bytes.size() - m_at; }
    [[nodiscard]] bool atEnd() const { return m_at == m_bytes.size(); }
    [[nodiscard]] const DecodeLimits& limits() const { return m_limits; }

    /// The next `count` bytes; fails where there are fewer.
    std::string_view take(std::uint64_t count);
    unsigned char takeByte();
    /// The next byte without taking it; 0 at the end.
    [[nodiscard]] unsigned char peek() const;
    std::uint64_t takeBig(std::size_t bytes);
    std::uint64_t takeLittle(std::size_t bytes);
    /// Up to and without `end`, which is taken, too.
    std::string_view takeUntil(char end);

    /// One element more; fails once there are too many.
    bool addNode();
    /// One level down; fails where that is too deep. leave() goes up again.
    bool enter();
    void leave() { --m_depth; }
    /// How many children to make room for, for a number that came with the bytes.
    [[nodiscard]] std::size_t roomFor(std::uint64_t announced) const;

    /// The first failure stays. Gives an empty node, so that a reader can return it.
    DataNode fail(const QString& why);
    DataNode fail(Error error);
    DataNode failAt(std::size_t at, const QString& why);

    /// The structure, where nothing went wrong and all bytes were taken.
    [[nodiscard]] Result<DataNode> finished(DataNode&& root);
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }

    struct Mark {
        std::size_t at;
        std::size_t nodes;
    };
    [[nodiscard]] Mark mark() const { return {m_at, m_nodes}; }

private:
    const std::string_view m_bytes;
    const DecodeLimits m_limits;
    std::size_t m_at = 0;
    std::size_t m_nodes = 0;
    std::size_t m_depth = 0;
    std::optional<Error> m_error;
};

[[nodiscard]] Error tooDeep(std::size_t depth);
[[nodiscard]] Error tooManyNodes(std::size_t nodes);
[[nodiscard]] Error tooLarge(ByteCount output);
/// "This can't be written as MessagePack": what an encoder says of a node it has no form for.
[[nodiscard]] Error notWritable(const DataNode& node, const QString& format);

} // namespace keyglass
