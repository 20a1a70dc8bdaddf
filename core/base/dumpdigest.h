// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace keyglass {

/// A number for what DUMP answered, for finding out within one run, and with one server, whether a key was written to:
/// by the bytes, but the members of a set and the fields of a hash count in any order, since a hash table that nobody
/// writes to gives them in another one after it has been resized. Whether two values are the same however they are
/// kept: valueDigest(), which is slower. Cost: O(length).
[[nodiscard]] std::uint64_t dumpDigest(std::string_view dump);

/// "string", "hash" …: the type that a DUMP is of, by its first byte
/// (https://github.com/redis/redis/blob/7.0/src/rdb.h); empty for one not known.
[[nodiscard]] std::string_view typeOfDump(std::string_view dump);

/// When the first of a hash's fields ends that have an end, as Unix time; nothing where none has, or where a server
/// other than Redis from 7.4 on has written it (https://github.com/redis/redis/blob/7.4/src/rdb.c, rdbSaveObject).
[[nodiscard]] std::optional<Milliseconds> firstFieldEnd(std::string_view dump);

} // namespace keyglass
