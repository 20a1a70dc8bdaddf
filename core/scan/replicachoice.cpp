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
constexpr auto lagTolerated = 2s;
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

std::unique_ptr<Lane> hurriedLane(const ClusterMap& map, const ClusterNode& node)
{
    ConnectionOptions options = map.optionsFor(node);
    options.connectTimeout = std::min(options.connectTimeout, patience);
    options.callTimeout = std::min(options.callTimeout, patience);
    return makeLane(std::move(options), map.gate());
}

void wait(const std::stop_token& stop)
{
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, stop, askAgainAfter, [] { return false; });
}

/// `wanted`: where its master was; nothing where that is not told.
bool isInStep(Lane& replica, const std::optional<std::int64_t>& wanted, const std::stop_token& stop)
{
    for (const auto until = Clock::now() + lagTolerated; !stop.stop_requested(); wait(stop)) {
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
        if (Clock::now() >= until) {
            return false;
        }
    }
    return false;
}

} // namespace

const ClusterNode* replicaInStep(
    const ClusterMap& map, const ClusterTopology& topology, const ClusterNode& master, const std::stop_token& stop)
{
    std::optional<Place> ofMaster;
    for (const ClusterNode* replica : topology.replicasOf(master.id)) {
        if (replica->health == NodeHealth::Failed) {
            continue;
        }
        if (!ofMaster) {
            ofMaster = placeOf(*hurriedLane(map, master), stop);
        }
        if (isInStep(*hurriedLane(map, *replica), ofMaster->offset, stop)) {
            return replica;
        }
    }
    return nullptr;
}

} // namespace keyglass
