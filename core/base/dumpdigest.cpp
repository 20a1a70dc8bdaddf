// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/dumpdigest.h"

#include "core/base/dumplayout.h"
#include "core/base/rdbreader.h"
#include "core/base/stablehash.h"

#include <array>
#include <cstddef>
#include <optional>

namespace keyglass {

namespace {

/// Of a table as it is written: what is compressed stays so, as equal strings are written alike. Nothing where it is
/// not a table, or written in a way not known here.
std::optional<std::uint64_t> digestInAnyOrder(const DumpParts& parts)
{
    const bool isOfValkey = parts.kind == DumpKind::HashOfValkey && parts.version >= firstVersionOfValkey;
    const bool hasEnds = parts.kind == DumpKind::HashWithEnds;
    if (parts.kind != DumpKind::Set && parts.kind != DumpKind::Hash && !hasEnds && !isOfValkey) {
        return std::nullopt;
    }
    RdbReader reader(parts.body.substr(1));
    std::uint64_t sum = hasEnds ? reader.number() : 0;
    const std::uint64_t count = reader.length();
    for (std::uint64_t left = count; left > 0 && reader.isGood(); --left) {
        std::uint64_t element = hasEnds ? reader.length() : 0;
        element = mixed(element + stableHash(reader.stringAsWritten()));
        if (parts.kind != DumpKind::Set) {
            element = mixed(element + stableHash(reader.stringAsWritten()));
        }
        sum += isOfValkey ? mixed(element + reader.number()) : element;
    }
    return reader.isWhole() ? std::optional(mixed(mixed(sum) + count)) : std::nullopt;
}

} // namespace

std::uint64_t dumpDigest(std::string_view dump)
{
    const auto parts = partsOfDump(dump);
    if (!parts) {
        return stableHash(dump);
    }
    return digestInAnyOrder(*parts).value_or(stableHash(parts->body));
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
    if ((kind != DumpKind::HashWithEnds && kind != DumpKind::HashWithEndsAsListpack)
        || dump.size() < 1 + numberBytes + dumpFooterBytes) {
        return std::nullopt;
    }
    std::uint64_t number = 0;
    for (std::size_t at = numberBytes; at > 0; --at) {
        number = number << 8U | static_cast<unsigned char>(dump[at]);
    }
    return Milliseconds{static_cast<std::int64_t>(number)};
}

} // namespace keyglass
