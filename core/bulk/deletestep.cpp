// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/deletestep.h"

#include "core/bulk/stepreplies.h"
#include "core/source/lane.h"

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {

/// Groups sent before the first one's answer is waited for: the server never waits for us.
constexpr std::size_t groupsUnderWay = 2;
constexpr std::size_t singlesAfterGap = 5000;
constexpr std::size_t replyCap = 1U << 20U;

} // namespace

DeleteStep::DeleteStep(DeleteWays ways)
    : m_ways(ways)
{
}

Status DeleteStep::apply(const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop)
{
    if (!m_ways.inGroups || m_singles > 0) {
        if (Status settled = finish(lanes, outcomes, stop); !settled) {
            appendKeys(m_unsettled.notSent, keys);
            return settled;
        }
        m_singles -= std::min(m_singles, keys.size());
        return oneByOne(lanes, std::move(keys), outcomes, stop);
    }
    for (std::size_t at = 0; at < keys.size();) {
        KeyBatch group;
        for (; at < keys.size() && group.size() < m_callKeys; ++at) {
            group.append(keys[at]);
        }
        Status done = sendGroup(lanes, std::move(group), stop);
        if (done && m_underWay.size() >= groupsUnderWay) {
            done = settleOne(lanes, outcomes, stop);
        }
        if (!done) {
            for (; at < keys.size(); ++at) {
                m_unsettled.notSent.append(keys[at]);
            }
            return done;
        }
    }
    return ok();
}

Status DeleteStep::sendGroup(const StepLanes& lanes, KeyBatch&& keys, const std::stop_token& stop)
{
    Command group{m_ways.mayUnlink ? "UNLINK" : "DEL"};
    for (std::size_t at = 0; at < keys.size(); ++at) {
        group.add(keys[at]);
    }
    const LineWatch watch(lanes.node);
    if (Status sent = lanes.node.send(group, stop); !sent) {
        appendKeys(watch.mayHaveSent(sent.error()) ? m_unsettled.maybeDone : m_unsettled.notSent, keys);
        return sent;
    }
    m_underWay.push_back(std::move(keys));
    return ok();
}

std::vector<std::string> DeleteStep::pacedCommands() const
{
    return m_ways.inGroups ? std::vector<std::string>{"unlink", "del"} : std::vector<std::string>();
}

Status DeleteStep::settleOne(const StepLanes& lanes, OutcomeSink& outcomes, std::stop_token stop)
{
    const auto reply = lanes.node.receiveWhole(replyCap, stop);
    if (!reply) {
        return reply.error();
    }
    KeyBatch keys = std::move(m_underWay.front());
    m_underWay.pop_front();
    if (reply->isInteger() && reply->integer == static_cast<std::int64_t>(keys.size())) {
        for (std::size_t at = 0; at < keys.size(); ++at) {
            outcomes.add(keys[at], Outcome::Done);
        }
        return ok();
    }
    if (reply->isInteger() && reply->integer >= 0) {
        std::vector<std::string_view> names;
        for (std::size_t at = 0; at < keys.size(); ++at) {
            names.push_back(keys[at]);
        }
        m_singles = singlesAfterGap;
        outcomes.addGone(names, std::min(names.size(), static_cast<std::size_t>(reply->integer)));
        return ok();
    }
    if (!m_underWay.empty()) { // its answer comes first
        appendKeys(m_unsettled.notSent, keys);
        Status rest = settleOne(lanes, outcomes, stop);
        keys = std::exchange(m_unsettled.notSent, {});
        if (!rest) {
            appendKeys(m_unsettled.notSent, keys);
            return rest;
        }
    }
    return oneByOne(lanes, std::move(keys), outcomes, stop); // one key's refusal must not be that of all
}

Status DeleteStep::oneByOne(const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, const std::stop_token& stop)
{
    std::vector<Command> commands;
    commands.reserve(keys.size());
    for (std::size_t at = 0; at < keys.size(); ++at) {
        commands.push_back(Command{m_ways.mayUnlink ? "UNLINK" : "DEL", keys[at]});
    }
    const auto replies = sendForKeys(lanes.node, commands, keys, m_unsettled, stop);
    if (!replies) {
        return replies.error();
    }
    if (fallsBack(replies->front())) {
        return oneByOne(lanes, std::move(keys), outcomes, stop);
    }
    for (std::size_t at = 0; at < keys.size(); ++at) {
        addOutcome(outcomes, keys[at], (*replies)[at]);
    }
    return ok();
}

/// Whether the server knows no UNLINK (before 4.0): from now on it is DEL.
bool DeleteStep::fallsBack(const Reply& reply)
{
    return reply.isError() && reply.text.starts_with("ERR unknown command") && std::exchange(m_ways.mayUnlink, false);
}

Status DeleteStep::finish(const StepLanes& lanes, OutcomeSink& outcomes, std::stop_token stop)
{
    while (!m_underWay.empty()) {
        if (Status settled = settleOne(lanes, outcomes, stop); !settled) {
            return settled;
        }
    }
    return ok();
}

UnsettledKeys DeleteStep::takeUnsettled()
{
    UnsettledKeys keys = std::exchange(m_unsettled, {});
    for (const KeyBatch& batch : std::exchange(m_underWay, {})) {
        appendKeys(keys.maybeDone, batch);
    }
    return keys;
}

} // namespace keyglass
