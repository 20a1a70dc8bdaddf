// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/modulefacts.h"
#include "core/table/tablelist.h"

#include <QString>

#include <cstddef>
#include <stop_token>
#include <vector>

namespace keyglass {

/// What all masters say of the module and of themselves, taken together.
struct NodeFacts {
    /// Loaded only where all have it; Missing where one has not. Of different scan limits the smallest.
    TableModule module;
    std::vector<QString> missingOn; ///< Nodes without the module.
    std::size_t answered = 0;       ///< Nodes that said whether they have it.
    /// AOF and replicas of any of them; numbers are sums, but the timeout, which is the shortest.
    TableSurroundings around;

    /// Some have the module and some have not.
    [[nodiscard]] bool isMissingInPart() const { return !missingOn.empty() && missingOn.size() < answered; }
};

/// Asks each node; one that does not answer is passed over, as listTables() names it. Cancelled.
[[nodiscard]] Result<NodeFacts> fetchNodeFacts(const std::vector<TableNode>& nodes, std::stop_token stop);

} // namespace keyglass
