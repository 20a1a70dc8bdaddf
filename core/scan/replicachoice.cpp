// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scan/replicachoice.h"

#include "core/base/clock.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>

namespace keyglass {

namespace {

using namespace std::chrono_literals;

constexpr Milliseconds patience{1500}; // another replica, or the master, can be read as well
constexpr Milliseconds leastPatience{500};
constexpr auto askAgainAfter = 50ms;

/// What a node says of its replication, https://redis.io/commands/role.
struct Place {
    bool isRefused = false;   ///< It may not be asked.
    bool isConnected = false; ///< A replica whose link to its master is up.
    std::optional<std::int64_t> offset;
};

std::optional<std::int64_t> numberAt(const Reply& role, std::size_t at)
{
    const bool isNumber = role.elements.size() > at && role.elements[at].isInteger();
    return isNumber ? std::optional(role.elements[at].integer) : std::nullopt;
}

Place placeOf(Lane& lane, const std::stop_token& stop)
{
    const auto role = lane.call(Command{"ROLE"}, stop);
    Place place;
    if (!role) {
        place.isRefused = role.error().kind == ErrorKind::Permission;
        return place;
    }
    constexpr std::size_t masterOffset = 1;
    constexpr std::size_t state = 3;
    constexpr std::size_t replicaOffset = 4;
    const bool isReplica = !role->elements.empty() && role->elements.front().text == "slave";
    place.isConnected = isReplica && role->elements.size() > state && role->elements[state].text == "connected";
    place.offset = numberAt(*role, isReplica ? replicaOffset : masterOffset);
    return place;
}

std::unique_ptr<Lane> hurriedLane(const ClusterMap& map, const ClusterNode& node, const Deadline& patienceWithAll)
{
    ConnectionOptions options = map.optionsFor(node);
    const Milliseconds most = std::clamp(patienceWithAll.left(), leastPatience, patience);
    options.connectTimeout = std::min(options.connectTimeout, most);
    options.callTimeout = std::min(options.callTimeout, most);
    return makeLane(std::move(options), map.gate());
}

void wait(const std::stop_token& stop)
{
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, stop, askAgainAfter, [] { return false; });
}

/// `wanted`: where its master was; nothing where that is not told. Looks once, whenever that is.
bool isInStep(Lane& replica, const std::optional<std::int64_t>& wanted, const Deadline& patienceWithAll,
    const std::stop_token& stop)
{
    for (; !stop.stop_requested(); wait(stop)) {
        const Place place = placeOf(replica, stop);
        if (place.isRefused) {
            return true;
        }
        if (!place.isConnected) {
            return false;
        }
        if (!wanted || (place.offset && *place.offset >= *wanted)) {
            return true;
        }
        if (patienceWithAll.hasPassed()) {
            return false;
        }
    }
    return false;
}

} // namespace

const ClusterNode* replicaInStep(const ClusterMap& map, const ClusterTopology& topology, const ClusterNode& master,
    const Deadline& patienceWithAll, const std::stop_token& stop)
{
    std::optional<Place> ofMaster;
    for (const ClusterNode* replica : topology.replicasOf(master.id)) {
        if (replica->health == NodeHealth::Failed) {
            continue;
        }
        if (!ofMaster) {
            ofMaster = placeOf(*hurriedLane(map, master, patienceWithAll), stop);
        }
        if (isInStep(*hurriedLane(map, *replica, patienceWithAll), ofMaster->offset, patienceWithAll, stop)) {
            return replica;
        }
    }
    return nullptr;
}

} // namespace keyglass
