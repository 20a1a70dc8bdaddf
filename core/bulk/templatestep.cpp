// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/templatestep.h"

#include "core/bulk/stepreplies.h"
#include "core/console/replytext.h"
#include "core/source/lane.h"

#include <string>
#include <utility>
#include <vector>

namespace keyglass {

namespace {

constexpr std::size_t longestDetail = 200;

} // namespace

TemplateStep::TemplateStep(OperationTemplate operation)
    : m_operation(std::move(operation))
{
}

Status TemplateStep::apply(const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop)
{
    std::vector<Command> asking;
    for (std::size_t at = 0; at < keys.size(); ++at) {
        asking.push_back(Command{"EXISTS", keys[at]});
    }
    const auto there = lanes.routed.pipeline(asking, stop);
    if (!there) {
        appendKeys(m_unsettled.notSent, keys);
        return there.error();
    }
    ScannedElements elements;
    for (std::size_t at = 0; at < keys.size(); ++at) {
        Reply key;
        key.type = Reply::Type::String;
        key.text = keys[at];
        elements.raw.push_back(std::move(key));
    }
    std::vector<Command> commands;
    KeyBatch sent;
    for (std::size_t at = 0; at < keys.size(); ++at) {
        const Reply& reply = (*there)[at];
        const bool isUntold = reply.isError() && reply.text.starts_with("NOPERM"); // a user may have this command alone
        if (reply.isError() && !isUntold) {
            addFailure(outcomes, keys[at], reply);
        } else if (!isUntold && reply.integer == 0) {
            outcomes.add(keys[at], Outcome::Missing); // many commands would make it anew
        } else {
            commands.push_back(m_operation.forElement(elements, at));
            sent.append(keys[at]);
        }
    }
    if (sent.isEmpty()) {
        return ok();
    }
    const auto replies = sendWrites(lanes, commands, sent, m_unsettled, stop);
    if (!replies) {
        return replies.error();
    }
    for (std::size_t at = 0; at < sent.size(); ++at) {
        const Reply& reply = (*replies)[at];
        if (reply.isError()) {
            addFailure(outcomes, sent[at], reply);
        } else {
            outcomes.add(sent[at], Outcome::Done, replyLine(reply, longestDetail).toStdString());
        }
    }
    return ok();
}

UnsettledKeys TemplateStep::takeUnsettled()
{
    return std::exchange(m_unsettled, {});
}

} // namespace keyglass
