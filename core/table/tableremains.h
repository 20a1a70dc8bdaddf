// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/table/tablename.h"

#include <QString>

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace keyglass {

class Lane;
class TableTransaction;

/// Takes keys as they are found, none too, so that it is told of each step; an Error ends the walk with it.
using KeySink = std::function<Status(std::vector<std::string>&& keys)>;

/// Told of each step of a walk, after its keys were taken: how many keys of the node were looked at, of about how many
/// (0: not known).
using KeyProgress = std::function<void(std::uint64_t looked, std::uint64_t of)>;

/// Walks the keys of one node that begin with `prefix`, in small commands. As SCAN does: one may come twice.
///
/// Fails as the line does, Protocol, and with what the sink fails with.
[[nodiscard]] Status scanKeys(Lane& node, const std::string& prefix, const std::stop_token& stop, const KeySink& take,
    const KeyProgress& progress = {});
/// The same of the node that has the table, where `take` commits: is the transaction sent to another node by that, the
/// walk begins again there.
[[nodiscard]] Status scanKeys(TableTransaction& transaction, const std::string& prefix, const std::stop_token& stop,
    const KeySink& take, const KeyProgress& progress = {});

/// What is there of a table's keys beside its schema.
struct TableRemains {
    std::uint64_t rows = 0;    ///< Keys of rows, listed or not.
    std::uint64_t entries = 0; ///< Index entries.
    std::uint64_t others = 0;  ///< The list of rows, the counter of ids, the list of indexed columns.
    std::uint64_t highestId = 0;

    [[nodiscard]] std::uint64_t total() const { return rows + entries + others; }
    /// "12 rows, 3 index entries and 2 other keys", for people.
    [[nodiscard]] QString text() const;
};

/// Counts them on the node that has the table; only of one column's index where `column` is not empty.
[[nodiscard]] Result<TableRemains> findRemains(Lane& node, const TableKeys& keys, const std::string& column,
    const std::stop_token& stop, const KeyProgress& progress = {});

} // namespace keyglass
