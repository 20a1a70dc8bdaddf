// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace keyglass {

class Lane;
struct Reply;

/// One consumer group of a stream.
struct StreamGroup {
    std::string name;
    std::uint64_t consumers = 0;
    std::uint64_t pending = 0;                ///< Entries that were delivered and not acknowledged.
    std::string lastDelivered;                ///< ID of the last entry that was delivered to any of its consumers.
    std::optional<std::uint64_t> entriesRead; ///< So far; nothing before 7.0, or where the server has lost count.
    std::optional<std::uint64_t> lag;         ///< Entries still to be delivered; nothing as above.

    friend bool operator==(const StreamGroup&, const StreamGroup&) = default;
};

/// One consumer of a group.
struct StreamConsumer {
    std::string name;
    std::uint64_t pending = 0;
    Milliseconds idle{0};                 ///< Since it last asked for anything.
    std::optional<Milliseconds> inactive; ///< Since it last got something (7.2).

    friend bool operator==(const StreamConsumer&, const StreamConsumer&) = default;
};

/// An entry that was delivered to a consumer and not acknowledged.
struct PendingEntry {
    std::string id;
    std::string consumer;
    Milliseconds idle{0}; ///< Since it was last delivered.
    std::uint64_t deliveries = 0;

    friend bool operator==(const PendingEntry&, const PendingEntry&) = default;
};

/// One page of a group's pending entries, in the order of their IDs.
struct PendingRequest {
    std::string key;
    std::string group;
    std::string consumer;         ///< Empty: of all.
    Milliseconds minIdle{0};      ///< Only those idle for so long (6.2).
    std::string after;            ///< ID behind which the page begins; empty: the start.
    std::size_t maxEntries = 500; ///< At least 1.
};
struct PendingPage {
    std::vector<PendingEntry> entries;
    bool complete = false; ///< Nothing follows.
};

/// The groups of a stream, in the server's order; all of them at once, as there is no other way.
///
/// Blocks for a round trip, as the others here. Gone for a key or group that is not there (any more), WrongType,
/// Permission; else as Lane::call.
[[nodiscard]] Result<std::vector<StreamGroup>> fetchStreamGroups(
    Lane& lane, const std::string& key, std::stop_token stop);
[[nodiscard]] Result<std::vector<StreamConsumer>> fetchStreamConsumers(
    Lane& lane, const std::string& key, const std::string& group, std::stop_token stop);
[[nodiscard]] Result<PendingPage> fetchPendingEntries(Lane& lane, const PendingRequest& request, std::stop_token stop);

/// The groups in a reply to XINFO GROUPS; what is not understood of it is left out.
[[nodiscard]] std::vector<StreamGroup> streamGroupsIn(const Reply& reply);
/// The entries in a reply to XPENDING with a range.
[[nodiscard]] std::vector<PendingEntry> pendingEntriesIn(const Reply& reply);

} // namespace keyglass
