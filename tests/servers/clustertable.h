// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace keyglass::test {

inline constexpr int clusterSlots = 16384;

/// The hash slot of a key: CRC16 of what stands between the first { and the next }, or of all of it.
/// https://redis.io/docs/reference/cluster-spec/#hash-tags
[[nodiscard]] int slotOf(std::string_view key);

/// One line of CLUSTER NODES: what a node believes of another, or of itself.
struct ClusterLine {
    std::string id;
    std::string masterId; ///< "-" for a master.
    bool isMyself = false;
    bool isMaster = false;
    bool hasFailed = false;   ///< "fail": a majority says so.
    bool isUnsettled = false; ///< "fail?", "handshake" or "noaddr": will be something else soon.
    bool hasMarks = false;    ///< Slots of it are migrating or importing. Nodes tell this of themselves alone.
    std::vector<int> slots{}; ///< Ascending.

    /// What nodes must agree about: id, role, master, whether it failed, slots.
    [[nodiscard]] std::string belief() const;
};

[[nodiscard]] std::vector<ClusterLine> clusterLines(const std::string& clusterNodes);

} // namespace keyglass::test
