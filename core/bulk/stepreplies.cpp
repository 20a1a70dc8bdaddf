// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/stepreplies.h"

#include "core/base/error.h"
#include "core/bulk/shownwrites.h"
#include "core/source/lane.h"
#include "core/source/redis/clusteraddress.h"

namespace keyglass {

LineWatch::LineWatch(const Lane& lane)
    : m_lane(lane)
    , m_wasOpen(lane.isOpen())
    , m_openings(lane.openings())
{
}

bool LineWatch::mayHaveSent(const Error& failure) const
{
    const bool refusedByGate = failure.kind == ErrorKind::ReadOnly || failure.kind == ErrorKind::Confirm;
    return !refusedByGate && (m_wasOpen || m_lane.openings() != m_openings);
}

bool isLostLine(ErrorKind kind)
{
    return kind == ErrorKind::Network || kind == ErrorKind::Timeout || kind == ErrorKind::Loading;
}

bool isOfAnotherVersion(std::string_view error)
{
    return error.find("DUMP payload version") != std::string_view::npos
        || error.find("Bad data format") != std::string_view::npos;
}

void appendKeys(KeyBatch& to, const KeyBatch& from)
{
    to.reserve(to.size() + from.size(), to.byteCount() + from.byteCount());
    for (std::size_t at = 0; at < from.size(); ++at) {
        to.append(from[at]);
    }
}

Result<std::vector<Reply>> sendForKeys(Lane& lane, std::span<const Command> commands, const KeyBatch& keys,
    UnsettledKeys& unsettled, const std::stop_token& stop)
{
    const LineWatch watch(lane);
    auto replies = lane.pipeline(commands, stop);
    if (!replies) {
        appendKeys(watch.mayHaveSent(replies.error()) ? unsettled.maybeDone : unsettled.notSent, keys);
    }
    return replies;
}

Result<std::vector<Reply>> sendWrites(const StepLanes& lanes, std::span<const Command> commands, const KeyBatch& keys,
    UnsettledKeys& unsettled, const std::stop_token& stop)
{
    return lanes.shown != nullptr ? lanes.shown->send(lanes, commands, keys, unsettled, stop)
                                  : sendForKeys(lanes.routed, commands, keys, unsettled, stop);
}

/// By the server's whole words: what a script answers of itself may begin with the same code, and has been done.
bool isRefusedForNow(std::string_view error)
{
    const bool isBusy = error.starts_with("BUSY ") && error.find(" is busy running a ") != std::string_view::npos;
    const bool isLoading = error.starts_with("LOADING ") && error.find(" is loading ") != std::string_view::npos;
    return isBusy || isLoading || error.starts_with("MASTERDOWN Link with MASTER is down");
}

bool isElsewhere(const Reply& reply)
{
    return reply.isError() && isElsewhere(std::string_view(reply.text));
}

bool isElsewhere(std::string_view error)
{
    const std::string_view reason = reasonOf(error); // MULTI is taken by a server that runs a script, EXEC is not
    return parseRedirect(reason) || reason.starts_with("TRYAGAIN") || reason.starts_with("CLUSTERDOWN")
        || reason.starts_with("READONLY") || isRefusedForNow(reason);
}

Error refusalForNow(const Lane& lane, std::string_view error)
{
    return {ErrorKind::Timeout, lane.nodeText(), displayText(reasonOf(error))};
}

void addOutcome(OutcomeSink& outcomes, std::string_view key, const Reply& reply, Outcome none)
{
    if (reply.isInteger() && reply.integer == 1) {
        outcomes.add(key, Outcome::Done);
    } else if (reply.isInteger() && reply.integer == 0) {
        outcomes.add(key, none);
    } else {
        addFailure(outcomes, key, reply);
    }
}

void addFailure(OutcomeSink& outcomes, std::string_view key, const Reply& reply)
{
    addFailure(outcomes, key, reply.isError() ? std::string_view(reply.text) : "an unexpected reply");
}

void addFailure(OutcomeSink& outcomes, std::string_view key, std::string_view error)
{
    if (isElsewhere(error)) {
        outcomes.elsewhere(key, error);
    } else {
        outcomes.add(key, Outcome::Failed, error);
    }
}

} // namespace keyglass
