// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transfer/keypart.h"

#include <optional>
#include <string>
#include <string_view>

namespace keyglass {

/// A part as it stands in an undo archive: all of it but its key and its end, which the archive's record has, and the
/// whole key's length. Not for parts with a dump.
[[nodiscard]] std::string bytesOfPart(const KeyPart& part, std::uint64_t keyLength);

/// A part, and how many elements (of a string: bytes) the whole key has.
struct StoredPart {
    KeyPart part;
    std::uint64_t keyLength = 0;
};
/// Nothing where they are not what bytesOfPart() gives. Takes no more memory than the bytes ask for.
[[nodiscard]] std::optional<StoredPart> partOfBytes(std::string_view bytes);

} // namespace keyglass
