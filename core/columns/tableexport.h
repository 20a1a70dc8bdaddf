// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/columns/tablerows.h"

#include <QString>

#include <functional>
#include <memory>
#include <stop_token>
#include <string_view>

namespace keyglass {

class Lane;

/// Takes text as it is made. False ends it.
using TakeText = std::function<bool(std::string_view text)>;
/// Told now and then with the number of rows that are written; false ends it.
using RowsDone = std::function<bool(std::uint64_t rows)>;
/// A lane to a database that finds every key's owner and spares idle times.
using MakeTableLane = std::function<std::unique_ptr<Lane>(int database)>;

/// Writes rows as CSV (RFC 4180) with a head line, in the table's order: names escaped as in `keyglass keys --format
/// lines`, times to live in milliseconds (empty: none), sizes in bytes; empty where something is not known, and `none`
/// as the type of a key that is gone. Asks for some hundred keys at once, so memory does not grow with the rows.
/// The number of rows. Cancelled by `stop` or where `done` or `take` say so; Network and the like where a line is lost.
[[nodiscard]] Result<std::uint64_t> writeTable(const TableExport& what, const MakeTableLane& lanes,
    const TakeText& take, const std::stop_token& stop, const RowsDone& done);

/// The same into a file, whole or not at all. File where the disk refuses.
[[nodiscard]] Result<std::uint64_t> exportTable(const TableExport& what, const MakeTableLane& lanes,
    const QString& path, const std::stop_token& stop, const RowsDone& done);

} // namespace keyglass
