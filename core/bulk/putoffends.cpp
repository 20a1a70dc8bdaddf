// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/putoffends.h"

#include "core/bulk/keyreading.h"
#include "core/bulk/stepreplies.h"
#include "core/source/lane.h"

#include <cstddef>
#include <utility>

namespace keyglass {

namespace {

/// Somebody who changes an end between any two of our calls.
constexpr int mostTimes = 10;
/// TIME and PTTL of one transaction are read a moment apart.
constexpr Milliseconds apart{5};

Result<std::vector<KeyEnd>> readEndsByClock(const StepLanes& lanes, const KeyBatch& keys, const std::stop_token& stop)
{
    constexpr std::size_t each = 4;
    std::vector<Command> asked;
    for (std::size_t at = 0; at < keys.size(); ++at) {
        asked.insert(asked.end(), {Command{"MULTI"}, Command{"TIME"}, Command{"PTTL", keys[at]}, Command{"EXEC"}});
    }
    auto replies = lanes.node.pipeline(asked, stop);
    if (!replies) {
        return std::move(replies).error();
    }
    std::vector<KeyEnd> ends;
    for (std::size_t at = 0; at < keys.size(); ++at) {
        const std::span<Reply> part = std::span(*replies).subspan(at * each, each);
        Reply& executed = part.back();
        if (!executed.isArray() || executed.elements.size() != 2) {
            const Reply* const error = firstError(part);
            ends.push_back({error != nullptr ? *error : executed});
            continue;
        }
        const auto now = serverTimeIn(executed.elements.front());
        Reply& ttl = executed.elements.back();
        const bool doesEnd = now && ttl.isInteger() && ttl.integer >= 0;
        const auto end = doesEnd ? std::optional(*now + Milliseconds{ttl.integer}) : std::nullopt;
        ends.push_back({now ? std::move(ttl) : std::move(executed.elements.front()), end});
    }
    return ends;
}

/// One key on its way.
struct Open {
    enum class Goal { PutOff, TakeAway, PutBack };
    const PutOffEnd* wanted = nullptr;
    std::optional<Milliseconds> expected; ///< Its end as we know it; nothing: it has none.
    Milliseconds then{0};                 ///< The end that it is given.
    Goal goal = Goal::PutOff;

    [[nodiscard]] Command command() const
    {
        return goal == Goal::TakeAway ? Command{"PERSIST", wanted->key} : endingAt(wanted->key, then);
    }
    [[nodiscard]] std::optional<Milliseconds> made() const
    {
        return goal == Goal::TakeAway ? std::nullopt : std::optional(then);
    }
};

constexpr std::size_t shownOfEach = 2;
constexpr std::size_t commandsOfEach = shownOfEach + 3;

std::vector<Command> transactions(const std::vector<Open>& keys, bool hasExpireTime)
{
    std::vector<Command> commands;
    for (const Open& key : keys) {
        commands.push_back(Command{"MULTI"});
        commands.push_back(hasExpireTime ? Command{"PEXPIRETIME", key.wanted->key} : Command{"TIME"});
        commands.push_back(Command{"PTTL", key.wanted->key});
        commands.push_back(key.command());
        commands.push_back(Command{"EXEC"});
    }
    return commands;
}

/// Takes the answers to one round of transactions.
class Round {
public:
    Round(bool hasExpireTime, bool isFirst, OutcomeSink& outcomes)
        : m_hasExpireTime(hasExpireTime)
        , m_isFirst(isFirst)
        , m_outcomes(outcomes)
    {
    }

    /// What is to be sent once more; nothing: it is settled.
    [[nodiscard]] std::optional<Open> take(const Open& key, std::span<const Reply> part)
    {
        const std::string& name = key.wanted->key;
        std::span<const Reply> shown = part.back().elements;
        if (part.front().isError() && !isElsewhere(part.front())) { // no MULTI: they were done one by one
            shown = part.subspan(1, shownOfEach + 1);
        }
        if (shown.size() != shownOfEach + 1 || !shown[1].isInteger()) {
            fail(name, firstError(part) != nullptr ? *firstError(part) : part.back());
            return std::nullopt;
        }
        const std::int64_t ttl = shown[1].integer;
        if (ttl < noEnd) {
            m_outcomes.add(name, Outcome::Missing);
            return std::nullopt;
        }
        const auto end = endOf(shown, ttl);
        if (isSame(end, key.expected) || (!end && key.goal == Open::Goal::TakeAway)) {
            settle(key, shown.back());
            return std::nullopt;
        }
        return next(key, end, Milliseconds{ttl});
    }

private:
    static constexpr std::int64_t noEnd = -1;

    [[nodiscard]] std::optional<Milliseconds> endOf(std::span<const Reply> shown, std::int64_t ttl) const
    {
        if (ttl == noEnd) {
            return std::nullopt;
        }
        if (m_hasExpireTime) {
            return shown[0].isInteger() && shown[0].integer >= 0 ? std::optional(Milliseconds{shown[0].integer})
                                                                 : std::nullopt;
        }
        const auto now = serverTimeIn(shown[0]);
        return now ? std::optional(*now + Milliseconds{ttl}) : std::nullopt;
    }
    [[nodiscard]] bool isSame(std::optional<Milliseconds> end, std::optional<Milliseconds> expected) const
    {
        if (!end || !expected || m_hasExpireTime) {
            return end == expected;
        }
        return *end - *expected <= apart && *expected - *end <= apart;
    }
    /// It had another end, or none, than it was to be put off from.
    [[nodiscard]] static Open next(const Open& key, std::optional<Milliseconds> end, Milliseconds ttl)
    {
        Open again{key.wanted, key.made(), Milliseconds{0}, Open::Goal::TakeAway};
        if (end) {
            const bool isOver = ttl + key.wanted->by <= Milliseconds{0};
            again.goal = isOver ? Open::Goal::PutBack : Open::Goal::PutOff;
            again.then = isOver ? *end : *end + key.wanted->by;
        }
        return again;
    }
    void settle(const Open& key, const Reply& written)
    {
        switch (key.goal) {
        case Open::Goal::PutOff:
            addOutcome(m_outcomes, key.wanted->key, written);
            break;
        case Open::Goal::TakeAway:
            m_outcomes.add(key.wanted->key, Outcome::Skipped, "it has no time to live");
            break;
        case Open::Goal::PutBack:
            m_outcomes.add(key.wanted->key, Outcome::Skipped, "it would be over already");
            break;
        }
    }
    void fail(std::string_view key, const Reply& why)
    {
        if (m_isFirst) {
            addFailure(m_outcomes, key, why);
        } else { // it is not done once more from there
            m_outcomes.add(key, Outcome::Failed, "somebody changed its time to live meanwhile: " + why.text);
        }
    }

    const bool m_hasExpireTime;
    const bool m_isFirst;
    OutcomeSink& m_outcomes;
};

} // namespace

Command endingAt(std::string_view key, Milliseconds end)
{
    return Command{"PEXPIREAT", key}.add(end.count());
}

Result<std::vector<KeyEnd>> readEnds(
    const StepLanes& lanes, const KeyBatch& keys, bool& hasExpireTime, const std::stop_token& stop)
{
    if (!hasExpireTime) {
        return readEndsByClock(lanes, keys, stop);
    }
    std::vector<Command> asked;
    for (std::size_t at = 0; at < keys.size(); ++at) {
        asked.push_back(Command{"PEXPIRETIME", keys[at]});
        asked.push_back(Command{"PTTL", keys[at]});
    }
    auto replies = lanes.routed.pipeline(asked, stop);
    if (!replies) {
        return std::move(replies).error();
    }
    std::vector<KeyEnd> ends;
    for (std::size_t at = 0; at < keys.size(); ++at) {
        Reply& end = (*replies)[2 * at];
        Reply& ttl = (*replies)[2 * at + 1]; // it says so where the key, or its end, went between the two
        if (isUnknownCommand(end) || (end.isError() && end.text.starts_with("NOPERM"))) {
            hasExpireTime = false;
            return readEndsByClock(lanes, keys, stop);
        }
        const bool doesEnd = end.isInteger() && end.integer >= 0;
        const auto time = doesEnd ? std::optional(Milliseconds{end.integer}) : std::nullopt;
        ends.push_back({doesEnd ? std::move(ttl) : std::move(end), time});
    }
    return ends;
}

Status putOffEnds(const StepLanes& lanes, std::span<const PutOffEnd> keys, bool hasExpireTime, OutcomeSink& outcomes,
    UnsettledKeys& unsettled, const std::stop_token& stop)
{
    std::vector<Open> open;
    for (const PutOffEnd& key : keys) {
        open.push_back({&key, key.from, key.from + key.by});
    }
    for (int time = 0; !open.empty() && time < mostTimes; ++time) {
        const LineWatch watch(lanes.node);
        const auto replies = lanes.node.pipeline(transactions(open, hasExpireTime), stop);
        if (!replies) {
            const bool isSent = time > 0 || watch.mayHaveSent(replies.error());
            for (const Open& key : open) {
                (isSent ? unsettled.maybeDone : unsettled.notSent).append(key.wanted->key);
            }
            return replies.error();
        }
        Round round(hasExpireTime, time == 0, outcomes);
        std::vector<Open> again;
        for (std::size_t at = 0; at < open.size(); ++at) {
            if (auto key = round.take(open[at], std::span(*replies).subspan(at * commandsOfEach, commandsOfEach))) {
                again.push_back(*key);
            }
        }
        open = std::move(again);
    }
    for (const Open& key : open) {
        outcomes.add(key.wanted->key, Outcome::Failed, "somebody changes its time to live all the time");
    }
    return ok();
}

} // namespace keyglass
