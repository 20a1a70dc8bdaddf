// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/formatters/bytewriter.h"
#include "core/value/formatters/datanode.h"

#include <cstdint>
#include <optional>

namespace keyglass {

/// How a field's content is written: https://protobuf.dev/programming-guides/encoding/
enum class WireType : std::uint8_t { Varint = 0, Fixed64 = 1, Bytes = 2, GroupBegins = 3, GroupEnds = 4, Fixed32 = 5 };

/// What stands in front of a field.
struct WireTag {
    std::uint32_t field = 0;
    WireType type = WireType::Varint;
};

/// At most ten bytes, the least significant first. Fails for more.
[[nodiscard]] std::uint64_t takeVarint(TreeReader& in);
void putVarint(TreeWriter& out, std::uint64_t value);

/// Fails for the field 0, and wire types that there are not.
[[nodiscard]] WireTag takeTag(TreeReader& in);
void putTag(TreeWriter& out, std::uint32_t field, WireType type);

/// The content of one field of an unknown meaning, behind its tag: an integer; {"$fixed64": n}, {"$fixed32": n};
/// {"$group": …}; what has a length becomes a text where it is one, else a message where it can be read as one, else
/// bytes.
[[nodiscard]] DataNode readUnknown(TreeReader& in, const WireTag& tag);
/// The inverse, with its tag. Input for what can't be written so.
void writeUnknown(TreeWriter& out, std::uint32_t field, const DataNode& node);

/// "12" as a field's number.
[[nodiscard]] std::optional<std::uint32_t> fieldNumber(std::string_view name);

} // namespace keyglass
