// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/laneview.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string_view>
#include <utility>
#include <vector>

namespace keyglass::test {

/// The line is lost once, with a write on its way: when a command of this name is sent for the n-th time. The server
/// has done it, or never got it; then somebody else is at work.
class LostLane final : public LaneView {
public:
    struct Loss {
        std::string_view command = "EVAL";
        int time = 1;
        bool isDone = true; ///< By the server.
        std::function<void()> then{};
    };
    LostLane(std::unique_ptr<Lane> lane, Loss loss)
        : LaneView(*lane)
        , m_own(std::move(lane))
        , m_loss(std::move(loss))
    {
    }
    Result<std::vector<Reply>> pipeline(std::span<const Command> commands, std::stop_token stop) override
    {
        const auto isIt = [this](const Command& command) { return command.name() == m_loss.command; };
        if (!std::ranges::any_of(commands, isIt) || ++m_times != m_loss.time) {
            return LaneView::pipeline(commands, std::move(stop));
        }
        if (m_loss.isDone) {
            static_cast<void>(LaneView::pipeline(commands, std::move(stop)));
        }
        if (m_loss.then) {
            m_loss.then();
        }
        return Error{ErrorKind::Network, {}, {}};
    }
    std::unique_ptr<Lane> confirmed(Confirmation) override
    {
        return std::make_unique<LaneView>(static_cast<Lane&>(*this));
    }

private:
    const std::unique_ptr<Lane> m_own;
    const Loss m_loss;
    int m_times = 0;
};

} // namespace keyglass::test
