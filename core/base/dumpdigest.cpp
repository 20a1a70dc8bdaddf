// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/dumpdigest.h"

#include <array>
#include <cstddef>
#include <functional>
#include <optional>

namespace keyglass {

namespace {

/// Version of the format and checksum, at the end of what DUMP answers.
constexpr std::size_t footerBytes = 10;
constexpr unsigned char setAsTable = 2;
constexpr unsigned char hashAsTable = 4;
constexpr unsigned char hashWithEndsAsTable = 24;
constexpr unsigned char hashWithEndsAsList = 25;

std::uint64_t hashOf(std::string_view bytes)
{
    return std::hash<std::string_view>()(bytes);
}

/// Spreads a sum's parts, so that they do not cancel each other out (splitmix64's finalizer).
std::uint64_t mixed(std::uint64_t value)
{
    value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    value = (value ^ (value >> 27U)) * 0x94D049BB133111EBULL;
    return value ^ (value >> 31U);
}

/// Walks over the strings of a serialized value without unpacking them: equal strings are written alike.
class StringWalk {
public:
    explicit StringWalk(std::string_view bytes)
        : m_rest(bytes)
    {
    }
    /// How many elements follow.
    std::optional<std::uint64_t> count()
    {
        const auto length = lengthOrEncoding();
        return length && !length->isEncoding ? std::optional(length->value) : std::nullopt;
    }
    /// The bytes that the next string takes, with what stands before it.
    std::optional<std::string_view> next()
    {
        const std::string_view from = m_rest;
        const auto length = lengthOrEncoding();
        const auto bytes = length ? (length->isEncoding ? encodedBytes(length->value) : length->value) : std::nullopt;
        if (!bytes || *bytes > m_rest.size()) {
            return std::nullopt;
        }
        m_rest.remove_prefix(static_cast<std::size_t>(*bytes));
        return from.substr(0, from.size() - m_rest.size());
    }
    [[nodiscard]] bool isAtEnd() const { return m_rest.empty(); }

private:
    struct Length {
        std::uint64_t value = 0;
        bool isEncoding = false;
    };

    std::optional<std::uint64_t> bigEndian(std::size_t bytes)
    {
        if (bytes > m_rest.size()) {
            return std::nullopt;
        }
        std::uint64_t number = 0;
        for (std::size_t at = 0; at < bytes; ++at) {
            number = number << 8U | static_cast<unsigned char>(m_rest[at]);
        }
        m_rest.remove_prefix(bytes);
        return number;
    }
    std::optional<Length> lengthOrEncoding()
    {
        const auto first = bigEndian(1);
        if (!first) {
            return std::nullopt;
        }
        const std::uint64_t low = *first & 0x3FU;
        std::optional<std::uint64_t> rest;
        switch (*first >> 6U) {
        case 0:
            return Length{low};
        case 1:
            rest = bigEndian(1);
            return rest ? std::optional(Length{low << 8U | *rest}) : std::nullopt;
        case 2:
            rest = bigEndian(*first == 0x80U ? 4 : 8);
            return rest ? std::optional(Length{*rest}) : std::nullopt;
        default:
            return Length{low, true};
        }
    }
    /// A number of 1, 2 or 4 bytes, or a compressed string: its two lengths, then itself.
    std::optional<std::uint64_t> encodedBytes(std::uint64_t encoding)
    {
        if (encoding < 3) {
            return std::uint64_t{1} << encoding;
        }
        const auto compressed = encoding == 3 ? lengthOrEncoding() : std::nullopt;
        return compressed && lengthOrEncoding() ? std::optional(compressed->value) : std::nullopt;
    }

    std::string_view m_rest;
};

/// Nothing where the value is written in a way not known here.
std::optional<std::uint64_t> digestInAnyOrder(std::string_view value, std::size_t stringsEach)
{
    StringWalk walk(value);
    const auto count = walk.count();
    std::uint64_t sum = count.value_or(0);
    for (std::uint64_t at = 0; count && at < *count; ++at) {
        std::uint64_t element = 0;
        for (std::size_t part = 0; part < stringsEach; ++part) {
            const auto bytes = walk.next();
            if (!bytes) {
                return std::nullopt;
            }
            element = mixed(element + hashOf(*bytes));
        }
        sum += element;
    }
    return count && walk.isAtEnd() ? std::optional(mixed(sum)) : std::nullopt;
}

} // namespace

std::uint64_t dumpDigest(std::string_view dump)
{
    if (dump.size() <= footerBytes) {
        return hashOf(dump);
    }
    const std::string_view body = dump.substr(0, dump.size() - footerBytes);
    const auto kind = static_cast<unsigned char>(body.front());
    std::optional<std::uint64_t> digest;
    if (kind == setAsTable || kind == hashAsTable) {
        digest = digestInAnyOrder(body.substr(1), kind == setAsTable ? 1 : 2);
    }
    return digest.value_or(hashOf(body));
}

std::string_view typeOfDump(std::string_view dump)
{
    constexpr std::array<std::string_view, 26> types{"string", "list", "set", "zset", "hash", "zset", "", "module", "",
        "hash", "list", "set", "zset", "hash", "list", "stream", "hash", "zset", "list", "stream", "set", "stream",
        "hash", "hash", "hash", "hash"};
    const std::size_t kind = dump.empty() ? types.size() : static_cast<unsigned char>(dump.front());
    return kind < types.size() ? types[kind] : std::string_view();
}

std::optional<Milliseconds> firstFieldEnd(std::string_view dump)
{
    constexpr std::size_t numberBytes = 8; // the lowest byte first
    const unsigned kind = dump.empty() ? 0 : static_cast<unsigned char>(dump.front());
    if ((kind != hashWithEndsAsTable && kind != hashWithEndsAsList) || dump.size() < 1 + numberBytes + footerBytes) {
        return std::nullopt;
    }
    std::uint64_t number = 0;
    for (std::size_t at = numberBytes; at > 0; --at) {
        number = number << 8U | static_cast<unsigned char>(dump[at]);
    }
    return Milliseconds{static_cast<std::int64_t>(number)};
}

} // namespace keyglass
