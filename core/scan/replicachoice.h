// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/redis/clustermap.h"

#include <stop_token>

namespace keyglass {

/// A replica of `master` that has all that its master had when this was called, as both say themselves; null where
/// there is none.
///
/// One that is not connected shows an old table, or an empty one; one that lags behind is waited for, a second or two.
/// Where ROLE is forbidden it is taken on trust. Blocks.
[[nodiscard]] const ClusterNode* replicaInStep(
    const ClusterMap& map, const ClusterTopology& topology, const ClusterNode& master, const std::stop_token& stop);

} // namespace keyglass
