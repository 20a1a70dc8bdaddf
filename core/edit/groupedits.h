// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/value/streamgroups.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace keyglass {

// What can be done to the consumer groups of a stream. How many entries it was done to is in EditOutcome::count; where
// that is none, the outcome is a Conflict: nothing was as it was seen.

/// A new group, which begins behind `from`: "$" is the last entry there is, "0" gives it everything. Refused with
/// Conflict where there is one of that name.
struct CreateGroup {
    std::string group;
    std::string from = "$";
};
/// With its consumers and what is pending.
struct DestroyGroup {
    std::string group;
};
/// The group goes on behind `id` ("$" as above); refused with Conflict where it has moved on since it was seen.
struct MoveGroup {
    std::string group;
    std::string id;
    std::optional<std::string> seen{}; ///< The last ID it was delivered; nothing: not compared.
};
/// XACK: they are no longer pending.
///
/// `seen` are entries among them as they were seen: Conflict where one is another consumer's by now, or was delivered
/// again. No WATCH notices what becomes of pending entries: one that is claimed between the look and the writing is
/// told with what was done. Empty: not compared. So it is with ClaimEntries.
struct AcknowledgeEntries {
    std::string group;
    std::vector<std::string> ids; ///< At least one.
    std::vector<PendingEntry> seen{};
};
/// XCLAIM: they are pending for `consumer` from now on, those that are idle for `minIdle` at least. Their number of
/// deliveries stays as it is.
struct ClaimEntries {
    std::string group;
    std::string consumer;
    std::vector<std::string> ids; ///< At least one.
    Milliseconds minIdle{0};
    std::vector<PendingEntry> seen{};
};
/// XAUTOCLAIM (6.2): the same for up to `most` of all that are pending, the oldest first.
struct ClaimIdleEntries {
    std::string group;
    std::string consumer;
    Milliseconds minIdle{0};
    std::size_t most = 1000;
};

} // namespace keyglass
