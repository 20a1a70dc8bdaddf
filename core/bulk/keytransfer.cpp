// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/keytransfer.h"

#include "core/bulk/keysizes.h"
#include "core/source/lane.h"

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {

constexpr std::uint64_t bytesAtOnce = 8U * 1024 * 1024;
constexpr std::size_t keysAtOnce = 200;

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
        Status done = store();
        if (done && m_ways.moves) {
            done = remove();
        }
        if (!done) {
            noteSent();
        }
        return done;
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
    [[nodiscard]] Status storeWatched(const Value& value);
    [[nodiscard]] Status remove();
    void noteSent();
    [[nodiscard]] const SeenState* archived(const Value& value) const;
    [[nodiscard]] Command restoring(const Value& value, bool comparesItself) const;
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
    std::vector<const Value*> sent;
    std::vector<const Value*> watched;
    for (const Value& value : m_values) {
        const SeenState* const seen = archived(value);
        if (seen != nullptr && m_ways.ownerThere && (!m_ways.hasScriptsThere || !seen->isForScript())) {
            watched.push_back(&value);
            continue;
        }
        commands.push_back(restoring(value, true));
        commands.push_back(Command{"EXISTS", value.key.name}); // +OK alone says nothing where its time is over
        sent.push_back(&value);
    }
    const auto replies = commands.empty() ? Result(std::vector<Reply>()) : m_to.pipeline(commands, m_stop);
    if (!replies) {
        return replies.error();
    }
    for (std::size_t at = 0; at < sent.size(); ++at) {
        const Reply& restored = (*replies)[at * 2];
        const bool isCompared = archived(*sent[at]) != nullptr && m_ways.ownerThere;
        if (isCompared && isWithoutScripts(restored)) {
            m_ways.hasScriptsThere = false;
            watched.push_back(sent[at]);
        } else if (isCompared && restored.isInteger()) {
            watched.push_back(sent[at]); // a table in another order is no other table
        } else {
            stored(*sent[at], restored, (*replies)[at * 2 + 1]);
        }
    }
    for (const Value* const value : watched) {
        if (Status written = storeWatched(*value); !written) {
            return written;
        }
    }
    return ok();
}

/// What it writes over is compared by us.
Status Load::storeWatched(const Value& value)
{
    const std::string name(value.key.name);
    Lane& owner = m_ways.ownerThere(name);
    bool isSent = false;
    const auto answer = writeIfUnchanged(owner, name, *archived(value), restoring(value, false), isSent, m_stop);
    if (!answer) {
        return answer.error();
    }
    if (answer->isChanged) {
        skip(value, Outcome::Skipped, nameIsTaken);
        return ok();
    }
    const std::vector<Command> looking{Command{"EXISTS", name}};
    const auto exists = owner.pipeline(looking, m_stop);
    if (!exists) {
        return exists.error();
    }
    stored(value, answer->reply, exists->front());
    return ok();
}

void Load::noteSent()
{
    for (const Value& value : m_values) {
        m_ways.sent.insert_or_assign(std::string(value.key.name), seenState(value.dump, value.end));
    }
}

/// What of the key that it takes the place of is archived; null: nothing is, or there is none.
const SeenState* Load::archived(const Value& value) const
{
    const auto over = m_ways.onto.find(value.key.name);
    return over == m_ways.onto.end() || !over->second ? nullptr : &*over->second;
}

/// `comparesItself`: by a script, where it takes the place of what is archived.
Command Load::restoring(const Value& value, bool comparesItself) const
{
    const bool isOver = m_ways.onto.contains(value.key.name);
    const SeenState* const seen = archived(value);
    Command restore{"RESTORE", value.key.name};
    if (seen != nullptr && comparesItself) {
        restore = Command{"EVAL", restoreOntoArchived, "1", value.key.name, seen->digest, seen->end};
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
    } else if (restored.isError() && isRefusedForNow(reasonOf(restored.text))) {
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
    keys.reserve(m_there.size());
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

struct Size {
    std::uint64_t bytes = 0; ///< Also of a key that is not there, or of another node's: that is told when it is read.
    std::string untold{};    ///< Why it is not known; such a value is not to be read at once.
};

/// How large the values are.
Result<std::vector<Size>> sizesOf(Lane& lane, std::span<const Carried> keys, const std::stop_token& stop)
{
    std::vector<std::string_view> names;
    for (const Carried& key : keys) {
        names.push_back(key.key);
    }
    const auto replies = keySizes(lane, names, stop);
    if (!replies) {
        return replies.error();
    }
    std::vector<Size> sizes;
    for (const Reply& reply : *replies) {
        const bool isUntold = reply.isError() && isUntoldSize(reply.text);
        sizes.push_back({reply.isInteger() ? static_cast<std::uint64_t>(std::max<std::int64_t>(0, reply.integer)) : 0,
            isUntold ? reply.text : std::string()});
    }
    return sizes;
}

bool isReadAtOnce(const Size& size, const TransferWays& ways)
{
    return size.untold.empty() && size.bytes <= ways.largest.value;
}

/// Of a key that is not.
void tellUnread(const Size& size, std::string_view key, OutcomeSink& outcomes)
{
    if (size.untold.empty()) {
        outcomes.add(
            key, Outcome::Skipped, std::string(tooLargeToCarry) + ": " + std::to_string(size.bytes) + " bytes");
    } else {
        outcomes.add(key, Outcome::NotDone,
            size.untold + ", and a large one would block the server: it is copied where MEMORY USAGE is allowed");
    }
}

} // namespace

Command renamingOntoArchived(std::string_view key, std::string_view name, const SeenState& archived)
{
    return Command{"EVAL", renameOntoArchived, "2", key, name, archived.digest, archived.end};
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
            if (isReadAtOnce((*sizes)[end], ways)) {
                load.push_back(keys[end]);
                bytes += (*sizes)[end].bytes;
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
            if (!isReadAtOnce((*sizes)[settled], ways)) {
                tellUnread((*sizes)[settled], keys[settled].key, outcomes);
            }
        }
    }
    return ok();
}

} // namespace keyglass
