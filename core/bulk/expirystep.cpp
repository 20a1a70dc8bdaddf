// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/expirystep.h"

#include "core/bulk/stepreplies.h"
#include "core/source/lane.h"

#include <utility>

namespace keyglass {

ExpiryStep::ExpiryStep(ExpireKeys expiry)
    : m_change(expiry)
{
}

ExpiryStep::ExpiryStep(PersistKeys persist)
    : m_change(persist)
{
}

bool ExpiryStep::isRepeatable() const
{
    const auto* expiry = std::get_if<ExpireKeys>(&m_change);
    return !expiry || expiry->mode != ExpireKeys::Mode::Add;
}

/// Whether what is sent depends on the time to live that a key has.
bool ExpiryStep::looksFirst() const
{
    const auto* expiry = std::get_if<ExpireKeys>(&m_change);
    return !expiry || expiry->mode == ExpireKeys::Mode::Add || expiry->mode == ExpireKeys::Mode::Cap;
}

bool ExpiryStep::adds() const
{
    const auto* expiry = std::get_if<ExpireKeys>(&m_change);
    return expiry && expiry->mode == ExpireKeys::Mode::Add;
}

Status ExpiryStep::apply(const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop)
{
    std::vector<KeyEnd> known;
    if (Status told = read(lanes, keys, known, stop); !told) {
        appendKeys(m_unsettled.notSent, keys);
        return told;
    }
    m_putOff.clear();
    std::vector<Command> commands;
    KeyBatch sent;
    for (std::size_t at = 0; at < keys.size(); ++at) {
        Choice choice = choose(keys[at], known.empty() ? nullptr : &known[at]);
        if (choice.command) {
            commands.push_back(*std::move(choice.command));
            sent.append(keys[at]);
        } else if (choice.outcome == Outcome::Failed) {
            addFailure(outcomes, keys[at], choice.why);
        } else {
            outcomes.add(keys[at], choice.outcome, choice.why);
        }
    }
    if (sent.isEmpty()) {
        return ok();
    }
    if (adds() && lanes.shown == nullptr) { // else the transaction shows it for the archive, with its value
        return putOffEnds(lanes, m_putOff, m_hasExpireTime, outcomes, m_unsettled, stop);
    }
    const auto replies = sendWrites(lanes, commands, sent, m_unsettled, stop);
    if (!replies) {
        return replies.error();
    }
    for (std::size_t at = 0; at < sent.size(); ++at) {
        addOutcome(outcomes, sent[at], (*replies)[at]);
    }
    return ok();
}

Status ExpiryStep::read(
    const StepLanes& lanes, const KeyBatch& keys, std::vector<KeyEnd>& known, const std::stop_token& stop)
{
    if (!looksFirst()) {
        return ok();
    }
    if (adds()) {
        auto ends = readEnds(lanes, keys, m_hasExpireTime, stop);
        if (ends) {
            known = *std::move(ends);
        }
        return ends ? ok() : Status(std::move(ends).error());
    }
    std::vector<Command> asked;
    for (std::size_t at = 0; at < keys.size(); ++at) {
        asked.push_back(Command{"PTTL", keys[at]});
    }
    auto replies = lanes.routed.pipeline(asked, stop);
    if (!replies) {
        return std::move(replies).error();
    }
    for (Reply& reply : *replies) {
        known.push_back({std::move(reply)});
    }
    return ok();
}

ExpiryStep::Choice ExpiryStep::choose(std::string_view key, const KeyEnd* known)
{
    if (!known) {
        const auto& expiry = std::get<ExpireKeys>(m_change);
        const char* name = expiry.mode == ExpireKeys::Mode::At ? "PEXPIREAT" : "PEXPIRE";
        return {Command{name, key}.add((expiry.time + jitter()).count()), Outcome::Done, {}};
    }
    if (!known->ttl.isInteger()) {
        return {std::nullopt, Outcome::Failed, known->ttl.text};
    }
    constexpr std::int64_t isMissing = -2;
    if (known->ttl.integer == isMissing) {
        return {std::nullopt, Outcome::Missing, {}};
    }
    return chooseByTtl(key, *known);
}

/// By what is known of a key that is there; PTTL is negative where it has no end.
ExpiryStep::Choice ExpiryStep::chooseByTtl(std::string_view key, const KeyEnd& known)
{
    const Milliseconds ttl{known.ttl.integer};
    const bool hasTtl = ttl >= Milliseconds{0};
    const auto* expiry = std::get_if<ExpireKeys>(&m_change);
    if (!expiry || expiry->mode == ExpireKeys::Mode::Add) {
        if (!hasTtl) {
            return {std::nullopt, Outcome::Skipped, "it has no time to live"};
        }
        if (!expiry) {
            return {Command{"PERSIST", key}, Outcome::Done, {}};
        }
        const Milliseconds more = expiry->time + jitter();
        if (ttl + more <= Milliseconds{0} || !known.end) {
            return {std::nullopt, Outcome::Skipped, "it would be over already"};
        }
        m_putOff.push_back({std::string(key), *known.end, more});
        return {endingAt(key, *known.end + more), Outcome::Done, {}};
    }
    const Milliseconds then = expiry->time + jitter();
    if (hasTtl && ttl <= then) { // a cap makes no time longer
        return {std::nullopt, Outcome::Skipped, "it ends sooner"};
    }
    return {Command{"PEXPIRE", key}.add(then.count()), Outcome::Done, {}};
}

Milliseconds ExpiryStep::jitter()
{
    const auto& expiry = std::get<ExpireKeys>(m_change);
    std::uniform_int_distribution<std::int64_t> upTo(0, expiry.jitter.count());
    return Milliseconds{upTo(m_random)};
}

UnsettledKeys ExpiryStep::takeUnsettled()
{
    return std::exchange(m_unsettled, {});
}

} // namespace keyglass
