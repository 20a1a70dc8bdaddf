// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/setfieldstep.h"

#include "core/bulk/stepreplies.h"
#include "core/source/lane.h"

#include <string>
#include <utility>
#include <vector>

namespace keyglass {

namespace {

/// 1: done; 0: no such key; else its type.
constexpr std::string_view setField = "local t = redis.call('TYPE', KEYS[1]).ok "
                                      "if t == 'none' then return 0 end "
                                      "if t ~= 'hash' then return t end "
                                      "redis.call('HSET', KEYS[1], ARGV[1], ARGV[2]) "
                                      "return 1";

} // namespace

SetFieldStep::SetFieldStep(SetField change)
    : m_change(std::move(change))
{
}

Status SetFieldStep::apply(const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop)
{
    std::vector<Command> commands;
    for (std::size_t at = 0; at < keys.size(); ++at) {
        commands.push_back(Command{"EVAL", setField, "1", keys[at], m_change.field, m_change.value});
    }
    const auto replies = sendWrites(lanes, commands, keys, m_unsettled, stop);
    if (!replies) {
        return replies.error();
    }
    for (std::size_t at = 0; at < keys.size(); ++at) {
        const Reply& reply = (*replies)[at];
        if (reply.isText()) {
            outcomes.add(keys[at], Outcome::Skipped, "it is no hash, but a " + reply.text);
        } else {
            addOutcome(outcomes, keys[at], reply);
        }
    }
    return ok();
}

Result<std::vector<bool>> SetFieldStep::holdIt(
    const StepLanes& lanes, const KeyBatch& keys, const std::stop_token& stop)
{
    std::vector<Command> commands;
    for (std::size_t at = 0; at < keys.size(); ++at) {
        commands.push_back(Command{"HGET", keys[at], m_change.field});
    }
    const auto replies = commands.empty() ? Result(std::vector<Reply>()) : lanes.node.pipeline(commands, stop);
    if (!replies) {
        return replies.error();
    }
    std::vector<bool> held;
    for (const Reply& reply : *replies) {
        held.push_back(reply.isText() && reply.text == m_change.value);
    }
    return held;
}

UnsettledKeys SetFieldStep::takeUnsettled()
{
    return std::exchange(m_unsettled, {});
}

} // namespace keyglass
