// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/keydetails.h"

#include <array>
#include <cstddef>
#include <set>
#include <string_view>

namespace keyglass {

/// A column of the key table, in the order in which they stand there.
enum class SortColumn { Name, Type, Ttl, Memory, Length, Encoding, Idle, Frequency };

inline constexpr std::size_t tableColumnCount = 8;
inline constexpr std::array allTableColumns{SortColumn::Name, SortColumn::Type, SortColumn::Ttl, SortColumn::Memory,
    SortColumn::Length, SortColumn::Encoding, SortColumn::Idle, SortColumn::Frequency};

using TableColumns = std::set<SortColumn>;

/// "key", "type", "ttl_ms", "memory_bytes", "length", "encoding", "idle_s", "frequency": the head of a CSV file.
[[nodiscard]] std::string_view columnName(SortColumn column);

/// Which details fill these columns.
[[nodiscard]] DetailColumns detailsOf(const TableColumns& columns);

/// How many commands a key's value of the column takes; 0 for the name.
[[nodiscard]] int commandsFor(SortColumn column);

} // namespace keyglass
