// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace keyglass {

/// The first byte of a DUMP: of which type the value is, and how it is written
/// (https://github.com/redis/redis/blob/8.0/src/rdb.h). Valkey gives 22 and 23 another meaning
/// (https://github.com/valkey-io/valkey/blob/9.0/src/rdb.h).
struct DumpKind {
    enum : unsigned {
        String = 0,
        List = 1,
        Set = 2,
        SortedSetAsText = 3,
        Hash = 4,
        SortedSet = 5,
        HashAsZipmap = 9,
        ListAsZiplist = 10,
        SetAsIntset = 11,
        SortedSetAsZiplist = 12,
        HashAsZiplist = 13,
        ListAsZiplists = 14,
        Stream = 15,
        HashAsListpack = 16,
        SortedSetAsListpack = 17,
        ListAsListpacks = 18,
        Stream2 = 19,
        SetAsListpack = 20,
        Stream3 = 21,
        HashOfValkey = 22, ///< With ends of fields; of Redis: EarlyHashWithEnds.
        EarlyHashWithEnds = 22,
        EarlyHashWithEndsAsListpack = 23,
        HashWithEnds = 24,
        HashWithEndsAsListpack = 25,
    };
};

/// Formats from this number on are Valkey's own; those of Redis stay below.
inline constexpr unsigned firstVersionOfValkey = 80;

/// Version of the format in two bytes, the lower one first, and checksum, at the end of what DUMP answers.
inline constexpr std::size_t dumpFooterBytes = 10;

struct DumpParts {
    unsigned kind = 0;
    unsigned version = 0;
    std::string_view body; ///< With the kind, without the footer.
};

/// Nothing: it is too short to be a DUMP.
[[nodiscard]] inline std::optional<DumpParts> partsOfDump(std::string_view dump)
{
    if (dump.size() <= dumpFooterBytes) {
        return std::nullopt;
    }
    const std::string_view body = dump.substr(0, dump.size() - dumpFooterBytes);
    const auto byteAt = [dump](std::size_t at) { return static_cast<unsigned>(static_cast<unsigned char>(dump[at])); };
    return DumpParts{byteAt(0), byteAt(body.size()) | byteAt(body.size() + 1) << 8U, body};
}

} // namespace keyglass
