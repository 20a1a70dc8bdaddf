// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/tableremains.h"

#include <cstdint>
#include <functional>

namespace keyglass {

struct TableReport;

/// What a change is at, and how far it is with that.
struct SchemaStep {
    enum class Kind {
        Rows,      ///< Rows of the table, looked at or changed.
        Keys,      ///< Keys of the node, looked at.
        Removing,  ///< Keys of the node, looked at for those that go: `removed`.
        Restoring, ///< Keys of an undo archive.
        Repairing, ///< Findings of a check.
    };
    Kind kind = Kind::Rows;
    std::uint64_t done = 0;
    std::uint64_t of = 0; ///< About; 0: not known.
    std::uint64_t removed = 0;
};
using SchemaProgress = std::function<void(const SchemaStep&)>; ///< Told while it runs.

/// As the steps of a walk over the node's keys; empty where nobody wants to be told. `progress` must outlive it.
[[nodiscard]] KeyProgress keysTold(const SchemaProgress& progress);
/// How far a check is.
[[nodiscard]] SchemaStep stepOf(const TableReport& soFar);

} // namespace keyglass
