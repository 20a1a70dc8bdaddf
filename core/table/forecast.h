// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/table/modulefacts.h"
#include "core/table/tableschema.h"

#include <QString>

#include <cstdint>
#include <stop_token>

namespace keyglass {

class Lane;

/// What the module does in one go, while everybody waits; each unit of it takes about the same time.
enum class ModuleWork {
    Select,    ///< A row of the reply.
    Test,      ///< A row tested by one condition.
    AddIndex,  ///< A row of the table.
    DropIndex, ///< A key of the database: all are looked at, whatever the index holds.
    DropTable, ///< A row.
    Update,    ///< A row that is changed.
};

/// How long `units` of it take a server that is `slowness` times slower than the one of the figures. Expect a factor of
/// two either way.
[[nodiscard]] Milliseconds timeOf(ModuleWork work, std::uint64_t units, double slowness);

/// How many times slower this server and this way to it are than the machine the figures are from, by some rows and
/// answers of its own: 0.5 to 20. 1 for a table without rows.
[[nodiscard]] Result<double> measureSlowness(Lane& lane, const TableKeys& keys, std::stop_token stop);

/// Why everybody must not wait that long: in a cluster, a third of cluster-node-timeout, as a master that says nothing
/// is replaced by a replica that has nothing of the table. Empty: it may be.
[[nodiscard]] QString whyTooLong(Milliseconds standstill, const TableSurroundings& around);

} // namespace keyglass
