// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/source/redis/clustermap.h"

#include <stop_token>

namespace keyglass {

/// A replica of `master` that has all that its master had when this was called, as both say themselves; null where
/// there is none.
///
/// One that is not connected shows an old table, or an empty one; one that lags behind is waited for while
/// `patienceWithAll` lasts, and looked at once after it. Where ROLE is forbidden it is taken on trust. Blocks.
[[nodiscard]] const ClusterNode* replicaInStep(const ClusterMap& map, const ClusterTopology& topology,
    const ClusterNode& master, const Deadline& patienceWithAll, const std::stop_token& stop);

/// How long replicas that lag behind are waited for, all of them together.
inline constexpr Milliseconds lagTolerated{2000};

} // namespace keyglass
