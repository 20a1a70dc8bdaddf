// SPDX-License-Identifier: GPL-3.0-or-later
// What was carried elsewhere is deleted where it was, if it is still that.
#include "core/base/clock.h"
#include "core/base/stopwait.h"
#include "core/bulk/keytransfer.h"
#include "core/source/lane.h"
#include "core/source/redis/clusteraddress.h"

#include <cstddef>
#include <utility>

namespace keyglass {

namespace {

/// How often a redirect is followed, and what is waited from the second one on.
constexpr int hopsAtMost = 20;
constexpr Milliseconds hopPause{100};

/// Deletes a key if its DUMP and its end are still what was read: 1; -1 where it is gone, 0 where it is another.
constexpr std::string_view removeUnchanged =
    "local d = redis.call('DUMP', KEYS[1]) "
    "if not d then return -1 end "
    "if redis.sha1hex(d) ~= ARGV[1] then return 0 end "
    "if ARGV[2] ~= '' and redis.call('PEXPIRETIME', KEYS[1]) ~= tonumber(ARGV[2]) then return 0 end "
    "return redis.call('DEL', KEYS[1])";

/// As writeIfUnchanged(), at the node that has the key by now: its slot may have begun to move since it was read.
Result<GuardedReply> writeWhereItIs(
    const StepLanes& lanes, const CarriedKey& key, const Command& write, const std::stop_token& stop)
{
    bool isSent = false;
    auto answer = writeIfUnchanged(lanes.node, key.key, key.seen, write, isSent, stop);
    for (int hops = 0; hops < hopsAtMost && answer && lanes.redirected; ++hops) {
        const auto to = answer->reply.isError() ? parseRedirect(answer->reply.text) : std::nullopt;
        if (!to || stop.stop_requested()) {
            break;
        }
        if (hops > 0) {
            waitOrStop(hopPause, stop); // two nodes that send us to each other, until they have agreed
        }
        answer = writeIfUnchanged(*lanes.redirected(*to), key.key, key.seen, write, isSent, stop);
    }
    return answer;
}

} // namespace

RemovedCarried removedCarried(const GuardedReply& answer)
{
    if (answer.isGone) {
        return {}; // as the script has it: nothing is left to be deleted
    }
    if (answer.isChanged) {
        return {Outcome::Changed, "it changed while it was copied: it was not deleted here"};
    }
    if (!answer.reply.isInteger()) {
        return {Outcome::Failed, "copied, but not deleted here: " + answer.reply.text};
    }
    return {};
}

Result<std::vector<RemovedCarried>> removeCarried(
    const StepLanes& lanes, std::span<const CarriedKey> keys, TransferWays& ways, const std::stop_token& stop)
{
    std::vector<RemovedCarried> removed(keys.size());
    std::vector<Command> commands;
    std::vector<std::size_t> sent;
    std::vector<std::size_t> watched;
    for (std::size_t at = 0; at < keys.size(); ++at) {
        const SeenState& seen = keys[at].seen;
        if (!ways.hasScripts || !seen.isForScript()) {
            watched.push_back(at);
            continue;
        }
        sent.push_back(at);
        commands.push_back(Command{"EVAL", removeUnchanged, "1", keys[at].key, seen.digest, seen.end});
    }
    if (!commands.empty()) {
        auto replies = lanes.routed.pipeline(commands, stop);
        if (!replies) {
            return std::move(replies).error();
        }
        for (std::size_t n = 0; n < sent.size(); ++n) {
            Reply& reply = (*replies)[n];
            if (isWithoutScripts(reply)) {
                ways.hasScripts = false;
                watched.push_back(sent[n]);
            } else if (reply.isInteger() && reply.integer == 0) {
                watched.push_back(sent[n]); // a table in another order is no other table
            } else {
                removed[sent[n]] = removedCarried({false, std::move(reply)});
            }
        }
    }
    for (const std::size_t at : watched) {
        const Command removing{ways.hasUnlink ? "UNLINK" : "DEL", keys[at].key};
        const auto answer = writeWhereItIs(lanes, keys[at], removing, stop);
        if (!answer) {
            return answer.error();
        }
        removed[at] = removedCarried(*answer);
    }
    return removed;
}

} // namespace keyglass
