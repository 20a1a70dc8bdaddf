// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/edit/editconnection.h"

#include <optional>
#include <stop_token>
#include <string>

namespace keyglass {

/// A digest of a key's elements, the same for equal values whatever node keeps them and in whatever way: fields with
/// the time when they end, members and fields in any order. Nothing for types whose elements can't be asked for.
///
/// Reads the whole value: for those whose DUMP is no longer than largestCompared. Blocks for one or two round trips.
[[nodiscard]] std::optional<std::string> contentDigest(
    EditConnection& connection, const std::string& key, const std::string& typeName, std::stop_token stop);
inline constexpr std::size_t largestCompared = std::size_t{16} * 1024 * 1024;

} // namespace keyglass
