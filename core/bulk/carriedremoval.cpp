// SPDX-License-Identifier: GPL-3.0-or-later
// What was carried elsewhere is deleted where it was, if it is still that.
#include "core/base/clock.h"
#include "core/base/stopwait.h"
#include "core/bulk/keytransfer.h"
#include "core/source/lane.h"
#include "core/source/redis/clusteraddress.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>

namespace keyglass {

namespace {

/// How often a redirect is followed, and what is waited from the second one on.
constexpr int hopsAtMost = 20;
constexpr Milliseconds hopPause{100};
/// Before a server that refuses for now is asked again; each time twice as long.
constexpr Milliseconds firstPause{50};
constexpr Milliseconds longestPause{1000};

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

bool isForNow(const Reply& reply)
{
    return reply.isError() && isRefusedForNow(reasonOf(reply.text));
}

/// Gives which of `places` the server refuses for now.
Result<std::vector<std::size_t>> removeOnce(const StepLanes& lanes, std::span<const CarriedKey> keys,
    std::span<const std::size_t> places, TransferWays& ways, std::span<RemovedCarried> removed,
    const std::stop_token& stop)
{
    std::vector<std::size_t> refused;
    std::vector<Command> commands;
    std::vector<std::size_t> sent;
    std::vector<std::size_t> watched;
    const auto took = [&](std::size_t at, const GuardedReply& answer) {
        removed[at] = removedCarried(answer);
        if (isForNow(answer.reply)) {
            refused.push_back(at);
        }
    };
    for (const std::size_t at : places) {
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
                took(sent[n], {false, std::move(reply)});
            }
        }
    }
    for (const std::size_t at : watched) {
        const Command removing{ways.hasUnlink ? "UNLINK" : "DEL", keys[at].key};
        const auto answer = writeWhereItIs(lanes, keys[at], removing, stop);
        if (!answer) {
            return answer.error();
        }
        took(at, *answer);
    }
    return refused;
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
    std::vector<std::size_t> open(keys.size());
    std::iota(open.begin(), open.end(), std::size_t{0});
    const Deadline patience(ways.patience);
    Milliseconds pause = firstPause;
    while (!open.empty()) {
        auto refused = removeOnce(lanes, keys, open, ways, removed, stop);
        if (!refused) {
            return std::move(refused).error();
        }
        open = *std::move(refused);
        if (!open.empty() && !patience.hasPassed()) {
            waitOrStop(std::min(pause, patience.left()), stop);
            pause = std::min(pause * 2, longestPause);
        } else {
            open.clear();
        }
        if (stop.stop_requested()) {
            open.clear(); // what was answered is what is told: they were copied
        }
    }
    return removed;
}

} // namespace keyglass
