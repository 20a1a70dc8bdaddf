// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"

#include <QString>

#include <vector>

namespace keyglass::ui {

/// "cluster 2/3": how many of its masters answer; empty for a single server.
[[nodiscard]] QString clusterText(const std::vector<SessionNode>& nodes);
/// One line a master: its address, slots and replicas, and what is wrong with it.
[[nodiscard]] QString nodesToolTip(const std::vector<SessionNode>& nodes);
/// What can't be read while masters do not answer, naming them; empty while all do.
[[nodiscard]] QString silentNodesText(const std::vector<SessionNode>& nodes);

/// The state of a node's scan in words: "no answer since 11:42:07", "given up: …".
[[nodiscard]] QString nodeStateText(const NodeLedger& node, const QString& replacedBy);
/// "11:42:07"; empty for nothing.
[[nodiscard]] QString timeText(const std::optional<NodeLedger::WallTime>& time);
/// COUNT, calls/s and latency of each node that is under way, one a line.
[[nodiscard]] QString paceText(const std::vector<NodeLedger>& nodes);

} // namespace keyglass::ui
