// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/laneview.h"

#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace keyglass::test {

/// What Redis says while a script runs.
inline const std::string busyText =
    "BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.";
/// The same of EXEC.
inline const std::string discardedText = "EXECABORT Transaction discarded because of: " + busyText;

/// A server that runs a script for some calls, as Redis 7.0 answers then: WATCH, UNWATCH and MULTI are taken.
class BusyLane final : public LaneView {
public:
    /// `before` calls go through, then `refusals` do not.
    BusyLane(Lane& lane, int before, int refusals)
        : LaneView(lane)
        , m_before(before)
        , m_refusals(refusals)
    {
    }
    BusyLane(std::unique_ptr<Lane> lane, int before, int refusals)
        : BusyLane(*lane, before, refusals)
    {
        m_own = std::move(lane);
    }
    Result<Reply> call(const Command& command, std::stop_token stop) override
    {
        auto replies = pipeline({&command, 1}, std::move(stop));
        return replies ? Result<Reply>(std::move(replies->front())) : Result<Reply>(std::move(replies).error());
    }
    Result<std::vector<Reply>> pipeline(std::span<const Command> commands, std::stop_token stop) override
    {
        if (m_before > 0 || refused >= m_refusals) {
            --m_before;
            return LaneView::pipeline(commands, std::move(stop));
        }
        ++refused;
        std::vector<Reply> replies;
        for (const Command& command : commands) {
            const bool isTaken = command.name() == "MULTI" || command.name().ends_with("WATCH");
            Reply& reply = replies.emplace_back();
            reply.type = isTaken ? Reply::Type::SimpleString : Reply::Type::Error;
            reply.text = isTaken ? "OK" : command.name() == "EXEC" ? discardedText : busyText;
        }
        return replies;
    }
    /// The same server.
    std::unique_ptr<Lane> confirmed(Confirmation /*confirmation*/) override
    {
        return std::make_unique<LaneView>(static_cast<Lane&>(*this));
    }

    int refused = 0; ///< Calls so far.

private:
    int m_before;
    const int m_refusals;
    std::unique_ptr<Lane> m_own;
};

} // namespace keyglass::test
