// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/servers/rediscluster.h"

namespace keyglass::test {

/// A migration of slots from one master to another, done step by step so that a test can look at it half-done: the
/// target is importing and the source migrating from the start, until finish(). Not finished, it stays as it is.
class SlotMove {
public:
    /// Sets the marks. `cluster` must outlive the move.
    SlotMove(RedisCluster& cluster, int from, int to, std::vector<int> slots);

    /// Moves all keys of the next `count` slots; the slots still belong to the source.
    void moveKeysOfSlots(std::size_t count);
    /// Moves half of the keys of the next slot, so that it is on both nodes. Gives the slot.
    int moveHalfOfNextSlot();
    /// Moves the keys that are left and gives the slots to the target; all masters are told.
    void finish();

private:
    void moveKeys(int slot, std::size_t leave);

    RedisCluster& m_cluster;
    int m_from;
    int m_to;
    std::vector<int> m_slots;
    std::size_t m_moved = 0; ///< Slots whose keys are all on the target.
};

} // namespace keyglass::test
