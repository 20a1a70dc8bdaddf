// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/nodesurvey.h"
#include "core/session/sentinelsurvey.h"

namespace keyglass::cli {

/// Writes the nodes of a cluster, or a server that is alone, as JSON, and says on stderr who does not answer. Gives the
/// exit status: done in part where a node does not answer or a slot has none.
[[nodiscard]] int writeNodes(const std::vector<NodeSurvey>& nodes, const SlotSet& orphans);

/// The same for a master that Sentinels watch, with its replicas and the Sentinels.
[[nodiscard]] int writeNodes(const SentinelSurvey& survey);

} // namespace keyglass::cli
