// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/scanpace.h"
#include "core/bulk/jobnodes.h"
#include "core/columns/columnorder.h"

#include <functional>
#include <memory>
#include <stop_token>
#include <vector>

namespace keyglass {

struct ColumnReading;

/// Where the keys of a table stand.
struct ColumnSource {
    std::vector<int> databases{0};
    bool hasRoots = false; ///< Keys stand behind their database's root (keyroot.h).
    /// How the nodes of a database are reached; their lanes spare keys' idle time where the server can (NO-TOUCH).
    std::function<JobNodes(int database)> nodes;
};

/// Reads a column of all keys of a scope and sorts them by it, on lanes of its own: a worker for each node, within the
/// pace's budget per call (SlicePace), redirects and lost lines as in a job.
///
/// Plain and blocking; run it on a worker. One run at a time per object.
class ColumnSort {
public:
    /// Called now and then with the number of keys that are read; false ends it.
    using Done = std::function<bool(std::uint64_t keys)>;

    ColumnSort(ColumnSource source, ColumnScope scope, SortColumn column, ScanPace pace);

    /// Asks about some hundred keys. Permission or Unsupported where the server does not tell this column; Limit where
    /// there are more keys than can be sorted.
    [[nodiscard]] Result<SortCost> measure(const std::stop_token& stop) const;
    /// Fails as measure(), and with Cancelled; Network where no node could be read. Keys that were gone or without an
    /// answer are counted in the order.
    [[nodiscard]] Result<std::shared_ptr<const ColumnOrder>> run(const std::stop_token& stop, const Done& done) const;

private:
    struct Read {
        std::shared_ptr<const ColumnOrder> order;
        double secondsPerKey = 0; ///< Of the slowest node.
    };
    [[nodiscard]] Result<Read> read(const std::stop_token& stop, const Done& done) const;
    [[nodiscard]] Status readDatabase(int database, ColumnReading& reading, std::uint64_t before,
        const std::stop_token& stop, const Done& done) const;
    [[nodiscard]] Status checkSize() const;

    const ColumnSource m_source;
    const ColumnScope m_scope;
    const SortColumn m_column;
    const ScanPace m_pace;
};

} // namespace keyglass
