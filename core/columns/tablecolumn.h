// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/keydetails.h"

#include <array>
#include <cstddef>
#include <set>
#include <string_view>

namespace keyglass {

/// A column of the key table, in the order in which they stand there.
enum class TableColumn { Name, Type, Ttl, Memory, Length, Encoding, Idle, Frequency };

inline constexpr std::size_t tableColumnCount = 8;
inline constexpr std::array allTableColumns{TableColumn::Name, TableColumn::Type, TableColumn::Ttl, TableColumn::Memory,
    TableColumn::Length, TableColumn::Encoding, TableColumn::Idle, TableColumn::Frequency};

using TableColumns = std::set<TableColumn>;

/// "key", "type", "ttl_ms", "memory_bytes", "length", "encoding", "idle_s", "frequency": the head of a CSV file.
[[nodiscard]] std::string_view columnName(TableColumn column);

/// Which details fill these columns.
[[nodiscard]] DetailColumns detailsOf(const TableColumns& columns);

/// How many commands a key's value of the column takes; 0 for the name.
[[nodiscard]] int commandsFor(TableColumn column);

} // namespace keyglass
