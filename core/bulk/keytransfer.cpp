// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/keytransfer.h"

#include "core/base/clock.h"
#include "core/base/stopwait.h"
#include "core/bulk/keysizes.h"
#include "core/source/lane.h"
#include "core/source/redis/clusteraddress.h"

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {

constexpr std::uint64_t bytesAtOnce = 8U * 1024 * 1024;
constexpr std::size_t keysAtOnce = 200;
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

/// Takes the place of what is archived, if it is still that: 1; 0 where it is another by now.
constexpr std::string_view renameOntoArchived =
    "local d = redis.call('DUMP', KEYS[2]) "
    "if not d or redis.sha1hex(d) ~= ARGV[1] then return 0 end "
    "if ARGV[2] ~= '' and redis.call('PEXPIRETIME', KEYS[2]) ~= tonumber(ARGV[2]) then return 0 end "
    "redis.call('RENAME', KEYS[1], KEYS[2]) "
    "return 1";

/// The same of what comes from elsewhere; 0 as well.
constexpr std::string_view restoreOntoArchived =
    "local d = redis.call('DUMP', KEYS[1]) "
    "if not d or redis.sha1hex(d) ~= ARGV[1] then return 0 end "
    "if ARGV[2] ~= '' and redis.call('PEXPIRETIME', KEYS[1]) ~= tonumber(ARGV[2]) then return 0 end "
    "return redis.call('RESTORE', KEYS[1], unpack(ARGV, 3))";

/// Keeps outcomes back until all that belongs to them is done: where the line breaks before that, nothing is told.
class Withheld final : public OutcomeSink {
public:
    void add(std::string_view key, Outcome outcome, std::string_view detail) override
    {
        m_told.push_back({key, outcome, std::string(detail), false});
    }
    void elsewhere(std::string_view key, std::string_view redirect) override
    {
        m_told.push_back({key, Outcome::NotDone, std::string(redirect), true});
    }
    void handOn(OutcomeSink& to) const
    {
        for (const Told& told : m_told) {
            if (told.isElsewhere) {
                to.elsewhere(told.key, told.detail);
            } else {
                to.add(told.key, told.outcome, told.detail);
            }
        }
    }

private:
    struct Told {
        std::string_view key;
        Outcome outcome;
        std::string detail;
        bool isElsewhere;
    };
    std::vector<Told> m_told;
};

/// Keys on their way together.
class Load {
public:
    Load(const StepLanes& from, Lane& to, TransferWays& ways, OutcomeSink& outcomes, const std::stop_token& stop)
        : m_from(from)
        , m_to(to)
        , m_ways(ways)
        , m_outcomes(outcomes)
        , m_stop(stop)
    {
    }

    [[nodiscard]] Status carry(std::span<const Carried> keys)
    {
        if (Status read = fetch(keys); !read) {
            return read;
        }
        if (Status written = store(); !written) {
            return written;
        }
        return m_ways.moves ? remove() : ok();
    }

private:
    struct Value {
        Carried key;
        std::string dump;
        std::string expireAt; ///< Unix time in ms, or a time to live; "0": never.
        std::string end;      ///< As PEXPIRETIME told it; empty: it did not.
    };

    [[nodiscard]] Status fetch(std::span<const Carried> keys);
    [[nodiscard]] Status store();
    [[nodiscard]] Status remove();
    [[nodiscard]] Command restoring(const Value& value) const;
    void stored(const Value& value, const Reply& restored, const Reply& exists);
    void skip(const Value& value, Outcome outcome, std::string_view why)
    {
        m_outcomes.add(value.key.key, outcome, why);
    }

    const StepLanes& m_from;
    Lane& m_to;
    TransferWays& m_ways;
    OutcomeSink& m_outcomes;
    const std::stop_token& m_stop;
    std::vector<Value> m_values;
    std::vector<const Value*> m_there; ///< Written at the new place.
};

Status Load::fetch(std::span<const Carried> keys)
{
    std::vector<Command> commands;
    for (const Carried& key : keys) {
        commands.push_back(Command{"DUMP", key.key});
        commands.push_back(Command{m_ways.hasExpireTime ? "PEXPIRETIME" : "PTTL", key.key});
    }
    const auto replies = m_from.node.pipeline(commands, m_stop);
    if (!replies) {
        return replies.error();
    }
    if (m_ways.hasExpireTime && (*replies)[1].isError() && (*replies)[1].text.starts_with("ERR unknown command")) {
        m_ways.hasExpireTime = false;
        return fetch(keys);
    }
    for (std::size_t at = 0; at < keys.size(); ++at) {
        const Reply& dump = (*replies)[at * 2];
        const Reply& expiry = (*replies)[at * 2 + 1];
        if (dump.isNil()) {
            m_outcomes.add(keys[at].key, Outcome::Missing);
        } else if (dump.isError() || !expiry.isInteger()) {
            addFailure(m_outcomes, keys[at].key, dump.isError() ? dump : expiry);
        } else {
            const bool ends = expiry.integer >= 0;
            m_values.push_back(
                {keys[at], dump.text, std::to_string(ends ? std::max<std::int64_t>(1, expiry.integer) : 0),
                    m_ways.hasExpireTime ? std::to_string(expiry.integer) : std::string()});
        }
    }
    return ok();
}

Status Load::store()
{
    std::vector<Command> commands;
    for (const Value& value : m_values) {
        commands.push_back(restoring(value));
        commands.push_back(Command{"EXISTS", value.key.name}); // +OK alone says nothing where its time is over
    }
    const auto replies = m_to.pipeline(commands, m_stop);
    if (!replies) {
        return replies.error();
    }
    for (std::size_t at = 0; at < m_values.size(); ++at) {
        stored(m_values[at], (*replies)[at * 2], (*replies)[at * 2 + 1]);
    }
    return ok();
}

Command Load::restoring(const Value& value) const
{
    const auto over = m_ways.onto.find(value.key.name);
    const bool isOver = over != m_ways.onto.end();
    Command restore{"RESTORE", value.key.name};
    if (isOver && over->second) {
        restore = Command{"EVAL", restoreOntoArchived, "1", value.key.name, over->second->digest, over->second->end};
    }
    restore.add(value.expireAt).add(value.dump);
    if (m_ways.replaces || isOver) {
        restore.add("REPLACE");
    }
    if (m_ways.hasExpireTime && value.expireAt != "0") {
        restore.add("ABSTTL");
    }
    return restore;
}

void Load::stored(const Value& value, const Reply& restored, const Reply& exists)
{
    if ((restored.isError() && restored.text.starts_with("BUSYKEY")) || restored.isInteger()) {
        skip(value, Outcome::Skipped, nameIsTaken); // also by another by now than what was to be written over
    } else if (restored.isError() && isRefusedForNow(restored.text)) {
        m_outcomes.elsewhere(value.key.key, restored.text); // it is carried again, a little later
    } else if (restored.isError()) {
        skip(value, Outcome::Failed, restored.text);
    } else if (!exists.isInteger() || exists.integer != 1) {
        skip(value, Outcome::ExpiredMeanwhile, {});
    } else if (m_ways.moves) {
        m_there.push_back(&value);
    } else {
        skip(value, Outcome::Done, {});
    }
}

Status Load::remove()
{
    std::vector<CarriedKey> keys;
    for (const Value* value : m_there) {
        keys.push_back({value->key.key, seenState(value->dump, value->end)});
    }
    const auto removed = removeCarried(m_from, keys, m_ways, m_stop);
    if (!removed) {
        return removed.error();
    }
    for (std::size_t at = 0; at < m_there.size(); ++at) {
        skip(*m_there[at], (*removed)[at].outcome, (*removed)[at].detail);
    }
    return ok();
}

/// How large the values are, 0 where that is not told.
Result<std::vector<std::uint64_t>> sizesOf(Lane& lane, std::span<const Carried> keys, const std::stop_token& stop)
{
    std::vector<std::string_view> names;
    for (const Carried& key : keys) {
        names.push_back(key.key);
    }
    const auto replies = keySizes(lane, names, stop);
    if (!replies) {
        return replies.error();
    }
    std::vector<std::uint64_t> sizes;
    for (const Reply& reply : *replies) {
        sizes.push_back(reply.isInteger() ? static_cast<std::uint64_t>(std::max<std::int64_t>(0, reply.integer)) : 0);
    }
    return sizes;
}

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

Command renamingOntoArchived(std::string_view key, std::string_view name, const SeenState& archived)
{
    return Command{"EVAL", renameOntoArchived, "2", key, name, archived.digest, archived.end};
}

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

Status transferKeys(const StepLanes& from, Lane& to, std::span<const Carried> keys, TransferWays& ways,
    OutcomeSink& outcomes, std::size_t& settled, const std::stop_token& stop)
{
    const auto sizes = sizesOf(from.node, keys, stop);
    if (!sizes) {
        return sizes.error();
    }
    while (settled < keys.size()) {
        std::vector<Carried> load;
        std::uint64_t bytes = 0;
        std::size_t end = settled;
        for (; end < keys.size() && load.size() < keysAtOnce && bytes < bytesAtOnce; ++end) {
            if ((*sizes)[end] <= ways.largest.value) {
                load.push_back(keys[end]);
                bytes += (*sizes)[end];
            }
        }
        if (!load.empty()) {
            Withheld told;
            if (Status carried = Load(from, to, ways, told, stop).carry(load); !carried) {
                return carried;
            }
            told.handOn(outcomes);
        }
        for (; settled < end; ++settled) {
            if ((*sizes)[settled] > ways.largest.value) {
                outcomes.add(keys[settled].key, Outcome::Skipped,
                    std::string(tooLargeToCarry) + ": " + std::to_string((*sizes)[settled]) + " bytes");
            }
        }
    }
    return ok();
}

} // namespace keyglass
