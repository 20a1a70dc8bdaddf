// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace keyglass {

/// A number for the value in what DUMP answered: the same for the same value, however the server keeps it (its
/// encoding, the order of a set or a hash, compressed or not, deleted entries of a stream that still lie in it) and
/// whichever server wrote it (Redis from 2 to 8, by kinds up to 25; Valkey to 9). Of type, number of elements and
/// elements; of hashes with the ends of their fields, of streams with what addStream() names.
///
/// Stable: it may be kept in files (valueDigestVersion). Against chance, not against somebody who makes two values of
/// one number. A module's value, one of a kind not known here, and a damaged one are told by their bytes: there the
/// number may be another though nothing has changed. Cost: O(length), strings without allocation unless compressed.
[[nodiscard]] std::uint64_t valueDigest(std::string_view dump);

/// Another one where valueDigest() gives other numbers than before.
inline constexpr std::uint64_t valueDigestVersion = 2;

/// Whether two DUMPs are of one value: by their bytes, where these are the same, else by valueDigest().
[[nodiscard]] bool isSameValue(std::string_view one, std::string_view other);

} // namespace keyglass
